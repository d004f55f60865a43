"""What drawings are made of: boxes with patterns, hatches, texts, and the key of the patterns."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Literal

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, black, white

from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.reports.parts.fonts import face

Box = tuple[float, float, float, float]
"""x, y of the lower left corner, width, height; points."""

Pattern = Literal["black", "grey", "hatch", "white"]
PATTERNS: tuple[Pattern, ...] = ("black", "grey", "hatch", "white")
FAINT = Color(0.75, 0.75, 0.75)
LINE = 1.45
"""Height of a line of the key in type sizes."""

_DARK, _GREY = Color(0.2, 0.2, 0.2), Color(0.72, 0.72, 0.72)
_HATCH = 0.36  # type sizes between two strokes of a hatch


class Picture(Drawing):  # type: ignore[misc]
    """A drawing that remembers which characters in it no font has."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(width, height)
        self._lost: dict[str, None] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(self._lost)

    def remember(self, lost: str) -> None:
        """Note a character that stands as 〓."""
        if lost:
            self._lost[lost] = None


def fill(drawing: Any, box: Box, pattern: Pattern, size: float) -> None:
    """Draw a box with a pattern; nothing where it has no height or no width."""
    x, y, width, height = box
    if height <= 0 or width <= 0:
        return
    ground = {"black": _DARK, "grey": _GREY}.get(pattern, white)
    drawing.add(Rect(x, y, width, height, fillColor=ground, strokeColor=black, strokeWidth=0.6))
    if pattern == "hatch":
        for x1, y1, x2, y2 in strokes(width, height, _HATCH * size):
            drawing.add(Line(x + x1, y + y1, x + x2, y + y2, strokeColor=black, strokeWidth=0.5))


def tone(drawing: Any, box: Box, part: float) -> None:
    """Draw a box in a grey for ``part``, 0 (white) to 1; black type stands on it at 7:1."""
    grey = 1 - 0.38 * part
    shade = Color(grey, grey, grey)
    drawing.add(Rect(*box, fillColor=shade, strokeColor=FAINT, strokeWidth=0.5))


def strokes(width: float, height: float, step: float) -> list[tuple[float, float, float, float]]:
    """Return the slanting strokes that fill a box at the origin, each cut at its edges."""
    found = []
    for n in range(1, int((width + height) / step) + 1):
        c = n * step  # the stroke on which x + y is c
        found.append((max(0.0, c - height), min(c, height), min(c, width), max(0.0, c - width)))
    return found


def write(drawing: Any, spot: tuple[float, float], text: str, size: float, anchor: float) -> None:
    """Write a text; ``anchor`` is which part of its width lies left of the spot, 0 to 1."""
    x, y = spot[0] - text_width(text, size) * anchor, spot[1]
    for font, glyphs in groupby(face("gothic").shape(text), lambda glyph: glyph.font):
        run = list(glyphs)
        for glyph in run:
            drawing.remember(glyph.lost)
        drawing.add(String(x, y, "".join(g.char for g in run), fontName=font, fontSize=size))
        x += sum(g.width for g in run) * size / 1000


def fitted(text: str, size: float, room: float) -> float:
    """Return the type size, ``size`` or smaller, at which a text takes no more than ``room``."""
    wide = text_width(text, size)
    return size if wide <= room else size * max(room, 1) / wide


def text_width(text: str, size: float) -> float:
    return sum(glyph.width for glyph in face("gothic").shape(text)) * size / 1000


def key_lines(plot: Plot, width: float, size: float) -> list[list[tuple[float, int, str]]]:
    """Return the lines of the key: (x, number of the series, name)."""
    lines: list[list[tuple[float, int, str]]] = [[]]
    x = 0.0
    for number, series in enumerate(plot.series):
        wide = 1.6 * size + text_width(series.name, size) + 1.6 * size
        if x + wide > width and lines[-1]:
            lines.append([])
            x = 0.0
        lines[-1].append((x, number, series.name))
        x += wide
    return lines


def draw_key(drawing: Any, lines: Sequence[Sequence[tuple[float, int, str]]], size: float) -> None:
    """Draw the key at the upper edge."""
    for row, line in enumerate(lines, start=1):
        y = drawing.height - row * LINE * size + 0.3 * size
        for x, number, name in line:
            fill(drawing, (x, y - 0.1 * size, 1.2 * size, size), PATTERNS[number % 4], size)
            write(drawing, (x + 1.6 * size, y), name, size, 0.0)
