"""Plots as drawings: the same on the screen and on paper, in black and white with patterns.

A drawing is as wide as asked (points) and grows with its type size, so that large text stays
readable. What a plot shows always stands beside it as a table.
"""

from collections.abc import Sequence
from io import BytesIO
from itertools import count, groupby
from typing import Any, Literal

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.reports.fonts import face

Pattern = Literal["black", "grey", "hatch", "white"]
PATTERNS: tuple[Pattern, ...] = ("black", "grey", "hatch", "white")
_DARK, _GREY, _FAINT = Color(0.2, 0.2, 0.2), Color(0.72, 0.72, 0.72), Color(0.75, 0.75, 0.75)
_HATCH = 0.36  # type sizes between two strokes of a hatch
_TICKS = 4
_HIGH = 15  # height of the plot in type sizes
_LINE = 1.45  # height of a line of the key in type sizes


def draw(plot: Plot, width: float, size: float) -> Any:
    """Return the drawing of a plot, ``width`` points wide, with type of ``size`` points."""
    key = _key_lines(plot, width, size)
    foot, left = 1.8 * size, _text_width("00", size) + size
    head = len(key) * _LINE * size + 2.2 * size
    drawing = Drawing(width, head + _HIGH * size + foot)
    _draw_key(drawing, key, size)
    _Bars(drawing, plot, size, (left, foot, width - left, _HIGH * size)).draw()
    return drawing


def as_pdf(drawing: Any) -> bytes:
    """Return a PDF of one page that is just as large as the drawing."""
    from reportlab.graphics import renderPDF

    data = BytesIO()
    canvas = Canvas(data, pagesize=(drawing.width, drawing.height), invariant=1)
    renderPDF.draw(drawing, canvas, 0, 0)
    canvas.showPage()
    canvas.save()
    return data.getvalue()


class _Bars:
    """The plot itself: a faint grid, the bars, the sums above them, the places below."""

    def __init__(
        self, drawing: Any, plot: Plot, size: float, box: tuple[float, float, float, float]
    ) -> None:
        self.drawing, self.plot, self.size = drawing, plot, size
        self.left, self.low, self.width, self.height = box
        self.step = _step(plot.highest)
        self.scale = self.height / (self.step * _TICKS)

    def draw(self) -> None:
        self._grid()
        room = self.width / max(len(self.plot.places), 1)
        for number, place in enumerate(self.plot.places):
            x = self.left + number * room
            if self.plot.stacked:
                self._stack(number, x + room * 0.18, room * 0.64)
            else:
                self._beside(number, x + room * 0.1, room * 0.8)
            _write(self.drawing, (x + room / 2, self.low - 1.3 * self.size), place, self.size, 0.5)

    def _grid(self) -> None:
        right = self.left + self.width
        for tick in range(_TICKS + 1):
            y = self.low + tick * self.step * self.scale
            self.drawing.add(
                Line(self.left, y, right, y, strokeColor=_FAINT if tick else black, strokeWidth=0.5)
            )
            spot = (self.left - 0.4 * self.size, y - 0.35 * self.size)
            _write(self.drawing, spot, str(tick * self.step), self.size * 0.9, 1.0)
        spot = (self.left - 0.4 * self.size, self.low + self.height + 0.6 * self.size)
        _write(self.drawing, spot, f"({self.plot.unit})", self.size * 0.9, 0.6)

    def _stack(self, number: int, x: float, width: float) -> None:
        y, total = self.low, 0
        for place, series in enumerate(self.plot.series):
            value = series.values[number]
            box = (x, y, width, value * self.scale)
            _fill(self.drawing, box, PATTERNS[place % 4], self.size)
            y, total = y + value * self.scale, total + value
        if total:
            spot = (x + width / 2, y + 0.3 * self.size)
            _write(self.drawing, spot, str(total), self.size, 0.5)

    def _beside(self, number: int, x: float, width: float) -> None:
        each = width / max(len(self.plot.series), 1)
        for place, series in enumerate(self.plot.series):
            value = series.values[number]
            left = x + place * each
            box = (left, self.low, each * 0.92, value * self.scale)
            _fill(self.drawing, box, PATTERNS[place % 4], self.size)
            if value:
                spot = (left + each * 0.46, self.low + value * self.scale + 0.3 * self.size)
                _write(self.drawing, spot, str(value), self.size * 0.85, 0.5)


def _step(highest: int) -> int:
    """Return the numbers between two lines of the grid: 1, 2, 5, 10, 20, 50 and so on."""
    steps = (f * int(10**power) for power in count() for f in (1, 2, 5))
    return next(step for step in steps if step * _TICKS >= highest)


def _key_lines(plot: Plot, width: float, size: float) -> list[list[tuple[float, int, str]]]:
    """Return the lines of the key: (x, number of the series, name)."""
    lines: list[list[tuple[float, int, str]]] = [[]]
    x = 0.0
    for number, series in enumerate(plot.series):
        wide = 1.6 * size + _text_width(series.name, size) + 1.6 * size
        if x + wide > width and lines[-1]:
            lines.append([])
            x = 0.0
        lines[-1].append((x, number, series.name))
        x += wide
    return lines


def _draw_key(drawing: Any, lines: Sequence[Sequence[tuple[float, int, str]]], size: float) -> None:
    for row, line in enumerate(lines, start=1):
        y = drawing.height - row * _LINE * size + 0.3 * size
        for x, number, name in line:
            _fill(drawing, (x, y - 0.1 * size, 1.2 * size, size), PATTERNS[number % 4], size)
            _write(drawing, (x + 1.6 * size, y), name, size, 0.0)


def _fill(
    drawing: Any, box: tuple[float, float, float, float], pattern: Pattern, size: float
) -> None:
    x, y, width, height = box
    if height <= 0:
        return
    ground = {"black": _DARK, "grey": _GREY}.get(pattern, white)
    drawing.add(Rect(x, y, width, height, fillColor=ground, strokeColor=black, strokeWidth=0.6))
    if pattern == "hatch":
        for x1, y1, x2, y2 in _strokes(width, height, _HATCH * size):
            drawing.add(Line(x + x1, y + y1, x + x2, y + y2, strokeColor=black, strokeWidth=0.5))


def _strokes(width: float, height: float, step: float) -> list[tuple[float, float, float, float]]:
    """Return the slanting strokes that fill a box at the origin, each cut at its edges."""
    found = []
    for n in range(1, int((width + height) / step) + 1):
        c = n * step  # the stroke on which x + y is c
        found.append((max(0.0, c - height), min(c, height), min(c, width), max(0.0, c - width)))
    return found


def _write(drawing: Any, spot: tuple[float, float], text: str, size: float, anchor: float) -> None:
    """Write a text; ``anchor`` is which part of its width lies left of the spot, 0 to 1."""
    x, y = spot[0] - _text_width(text, size) * anchor, spot[1]
    for font, glyphs in groupby(face("gothic").shape(text), lambda glyph: glyph.font):
        run = list(glyphs)
        drawing.add(String(x, y, "".join(g.char for g in run), fontName=font, fontSize=size))
        x += sum(g.width for g in run) * size / 1000


def _text_width(text: str, size: float) -> float:
    return sum(glyph.width for glyph in face("gothic").shape(text)) * size / 1000
