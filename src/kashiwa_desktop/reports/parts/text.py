"""Texts laid out in lines: what is written where stands in ``page``, how wide it is, here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from kashiwa_desktop.reports.parts.fonts import FaceName, face
from kashiwa_desktop.reports.parts.glyph import Glyph
from kashiwa_desktop.reports.parts.linebreak import break_lines

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
