"""Texts laid out in lines: what is written where stands in ``page``, how wide it is, here."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Flag, auto
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from kashiwa_desktop.reports.parts.fonts import FaceName, face
from kashiwa_desktop.reports.parts.glyph import Glyph

Align = Literal["left", "center", "right"]

_BLANK = re.compile(r"[ \u3000\u00a0\u1680\u2000-\u200a\u202f\u205f\t\n\v\f\r\x85\u2028\u2029]")
_HARD_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Style:
    """A face at a size, and the distance from line to line; both in points."""

    face: FaceName
    size: float
    leading: float


BODY = Style("mincho", 10, 14)
SMALL = Style("mincho", 8, 11)
TINY = Style("mincho", 7, 9)
CELL = Style("mincho", 9, 11.5)
LABEL = Style("gothic", 8, 11)
STRONG = Style("bold", 9, 11.5)
TITLE = Style("mincho", 17, 24)


class Line(NamedTuple):
    """One line of a text: its glyphs, its width in points, and its style."""

    glyphs: Sequence[Glyph]
    width: float
    style: Style


@lru_cache(maxsize=2048)
def layout(text: str, style: Style, width: float) -> tuple[Line, ...]:
    """Break ``text`` into lines no wider than ``width`` points; an empty text is one line."""
    glyphs_of = face(style.face).shape
    limit = width * 1000 / style.size + 0.01
    lines = []
    for paragraph in _HARD_BREAK.split(text):
        for glyphs in break_lines(glyphs_of(paragraph), limit) or [()]:
            lines.append(Line(glyphs, _width(glyphs) * style.size / 1000, style))
    return tuple(lines)


def height(lines: Sequence[Line]) -> float:
    """Return the height of ``lines`` one under the other, in points."""
    return sum(line.style.leading for line in lines)


def _width(glyphs: Sequence[Glyph]) -> float:
    return sum(glyph.width for glyph in glyphs)


def solid(text: str) -> str:
    """Return ``text`` without blanks and line ends, which a page shows as room."""
    return _BLANK.sub("", text)


def drawn(text: str) -> str:
    """Return ``text`` as it stands on paper: without blanks, 〓 for what no font has."""
    return solid("".join(glyph.text for glyph in face("mincho").shape(text)))


# Where a line of Japanese may end: 禁則 by 追い出し, with Latin words and numbers kept whole.
# The forbidden characters are those of JIS X 4051 in its strict form; the treatment of Latin text
# follows UAX #14. What may not begin a line takes its neighbour down with it; nothing hangs out.
class Kind(Flag):
    """How a character behaves at the edge of a line."""

    ORDINARY = 0
    NO_START = auto()
    NO_END = auto()
    WORD = auto()
    SPACE = auto()
    DIGIT = auto()
    HOLDS_WORD = auto()  # a point or colon inside a word or number: 40,000  example.org
    HOLDS_DIGIT = auto()  # a stroke, hyphen or wave beside a number: 10/23  1～4  第2版
    UNIT = auto()  # what a number counts stays with it: 40,000円  10月  3回


_NO_START = frozenset(
    "、。，．・：；？！‼⁇⁈⁉゛゜ヽヾゝゞ々〻ー―—–…‥〜～’”）〕］｝〉》」』】〙〗〟»°′″℃％‰㌫"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "｡､｣･ｰﾞﾟｧｨｩｪｫｬｭｮｯ"
    "!%),.:;?]}/-"
)
_NO_END = frozenset("‘“（〔［｛〈《「『【〘〖〝«｢([{¥￥$＄£￡＃№〒")
_UNITS = frozenset("円年月日回人件時分秒名個枚台本号版丁番歳才週度階層点組区か倍割万千百十億")
_GLUE = re.compile("[\u00a0\u00ad\u034f\u200c\u200d\u202f\u2060-\u2064\ufeff]")
_ZERO_WIDTH_SPACE = "\u200b"


_HOLDS = (
    (Kind.HOLDS_WORD, ".,:;"),
    (Kind.HOLDS_DIGIT, "/-～〜．，：／－第"),
    (Kind.UNIT, _UNITS),
)


@cache
def kind(char: str) -> Kind:
    """Return how ``char`` behaves at the edge of a line."""
    if _GLUE.match(char):
        return Kind.NO_START | Kind.NO_END
    if char.isspace():
        return Kind.SPACE
    found = Kind.ORDINARY
    if char in _NO_START or char == _ZERO_WIDTH_SPACE or unicodedata.combining(char):
        found |= Kind.NO_START
    if char in _NO_END:
        found |= Kind.NO_END
    for kinds, held in _HOLDS:
        if char in held:
            found |= kinds
    if not found & ~Kind.UNIT and _is_latin(char):
        found |= Kind.WORD
    return found | (Kind.DIGIT if char.isdecimal() else Kind.ORDINARY)


def may_break(before: Kind, after: Kind) -> bool:
    """Say whether a line may end between two neighbours."""
    if not _is_legal(before, after):
        return False
    if before & Kind.HOLDS_DIGIT:
        return not after & Kind.DIGIT
    if before & Kind.DIGIT and after & (Kind.DIGIT | Kind.UNIT):
        return False
    return not (before & (Kind.WORD | Kind.HOLDS_WORD) and after & Kind.WORD)


def _is_legal(before: Kind, after: Kind) -> bool:
    """Say whether 禁則 allows it; words and numbers may be cut there if nothing else helps."""
    return not (after & (Kind.SPACE | Kind.NO_START) or before & Kind.NO_END)


def break_lines(glyphs: Sequence[Glyph], limit: float) -> list[Sequence[Glyph]]:
    """Cut ``glyphs`` into lines of at most ``limit`` (1/1000 of the type size).

    A word longer than a line is cut where the line is full, and then takes what may not begin a
    line along. Spaces at the end of a line are dropped: they have nothing to show.
    """
    chars = [glyph.text[0] for glyph in glyphs]
    if sum(glyph.width for glyph in glyphs) < limit:  # as most texts of a paper
        return [glyphs[: _without_spaces(chars, 0, len(glyphs))]] if glyphs else []
    lines: list[Sequence[Glyph]] = []
    start = 0
    while start < len(glyphs):
        end = _line_end(glyphs, chars, start, limit)
        lines.append(glyphs[start : _without_spaces(chars, start, end)])
        start = end
    return lines


def _line_end(glyphs: Sequence[Glyph], chars: Sequence[str], start: int, limit: float) -> int:
    width, allowed, legal = 0.0, start, start
    for end in range(start, len(glyphs)):
        if end > start:
            is_legal, may = _edge(chars[end - 1], chars[end])
            legal = end if is_legal else legal
            allowed = end if may else allowed
        width += glyphs[end].width
        if width > limit and not kind(chars[end]) & Kind.SPACE:
            found = allowed if allowed > start else legal
            return found if found > start else max(end, start + 1)
    return len(glyphs)


@lru_cache(maxsize=16_384)
def _edge(before: str, after: str) -> tuple[bool, bool]:
    """Say of two characters whether 禁則 allows a line to end between them, and all else too."""
    kinds = kind(before), kind(after)
    return _is_legal(*kinds), may_break(*kinds)


def _without_spaces(chars: Sequence[str], start: int, end: int) -> int:
    while end > start and kind(chars[end - 1]) & Kind.SPACE:
        end -= 1
    return end


def _is_latin(char: str) -> bool:
    if char.isascii():
        return True
    narrow = unicodedata.east_asian_width(char) not in "WFH"
    return narrow and unicodedata.category(char)[0] in "LN" and not unicodedata.numeric(char, 0)
