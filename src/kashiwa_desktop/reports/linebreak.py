"""Where a line of Japanese may end: 禁則 by 追い出し, with Latin words and numbers kept whole.

The forbidden characters are those of JIS X 4051 in its strict form; the treatment of Latin text
follows UAX #14. What may not begin a line takes its neighbour down with it; nothing hangs out.
"""

import unicodedata
from collections.abc import Sequence
from enum import Flag, auto
from functools import cache

from kashiwa_desktop.reports.fonts import Glyph


class Kind(Flag):
    """How a character behaves at the edge of a line."""

    ORDINARY = 0
    NO_START = auto()
    NO_END = auto()
    WORD = auto()
    SPACE = auto()
    DIGIT = auto()
    HOLDS_WORD = auto()  # a point or colon inside a word or number: 40,000  example.org
    HOLDS_DIGIT = auto()  # a stroke or hyphen inside a number: 10/23  04-7163


_NO_START = frozenset(
    "、。，．・：；？！‼⁇⁈⁉゛゜ヽヾゝゞ々〻ー―—–…‥〜～’”）〕］｝〉》」』】〙〗〟»°′″℃％‰㌫"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "｡､｣･ｰﾞﾟｧｨｩｪｫｬｭｮｯ"
    "!%),.:;?]}/-"
)
_NO_END = frozenset("‘“（〔［｛〈《「『【〘〖〝«｢([{¥￥$＄£￡＃№〒")


@cache
def kind(char: str) -> Kind:
    """Return how ``char`` behaves at the edge of a line."""
    if char in "\u00a0\u2060\u202f":
        return Kind.NO_START | Kind.NO_END
    if char.isspace():
        return Kind.SPACE
    found = Kind.NO_START if char in _NO_START or unicodedata.combining(char) else Kind.ORDINARY
    if char in _NO_END:
        found |= Kind.NO_END
    if char in ".,:;":
        found |= Kind.HOLDS_WORD
    if char in "/-":
        found |= Kind.HOLDS_DIGIT
    if not found and _is_latin(char):
        found |= Kind.WORD | (Kind.DIGIT if char.isdecimal() else Kind.ORDINARY)
    return found


def may_break(before: Kind, after: Kind) -> bool:
    """Say whether a line may end between two neighbours."""
    if after & (Kind.SPACE | Kind.NO_START) or before & Kind.NO_END:
        return False
    if before & Kind.HOLDS_DIGIT:
        return not after & Kind.DIGIT
    return not (before & (Kind.WORD | Kind.HOLDS_WORD) and after & Kind.WORD)


def break_lines(glyphs: Sequence[Glyph], limit: float) -> list[Sequence[Glyph]]:
    """Cut ``glyphs`` into lines of at most ``limit`` (1/1000 of the type size).

    A word longer than a line is cut where the line is full. Spaces at the end of a line are
    dropped: they have nothing to show.
    """
    kinds = [kind(glyph.text[0]) for glyph in glyphs]
    if sum(glyph.width for glyph in glyphs) < limit:  # as most texts of a paper
        return [glyphs[: _without_spaces(kinds, 0, len(glyphs))]] if glyphs else []
    lines: list[Sequence[Glyph]] = []
    start = 0
    while start < len(glyphs):
        end = _line_end(glyphs, kinds, start, limit)
        lines.append(glyphs[start : _without_spaces(kinds, start, end)])
        start = end
    return lines


def _line_end(glyphs: Sequence[Glyph], kinds: list[Kind], start: int, limit: float) -> int:
    width, allowed = 0.0, start
    for end in range(start, len(glyphs)):
        if end > start and may_break(kinds[end - 1], kinds[end]):
            allowed = end
        width += glyphs[end].width
        if width > limit and not kinds[end] & Kind.SPACE:
            return allowed if allowed > start else max(end, start + 1)
    return len(glyphs)


def _without_spaces(kinds: list[Kind], start: int, end: int) -> int:
    while end > start and kinds[end - 1] & Kind.SPACE:
        end -= 1
    return end


def _is_latin(char: str) -> bool:
    if char.isascii():
        return True
    narrow = unicodedata.east_asian_width(char) not in "WFH"
    return narrow and unicodedata.category(char)[0] in "LN" and not unicodedata.numeric(char, 0)
