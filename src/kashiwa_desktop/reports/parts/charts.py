"""Plots as drawings: the same on the screen and on paper, in black and white with patterns.

A drawing is as wide as asked (points) and grows with its type size, so that large text stays
readable. What a plot shows always stands beside it as a table.
"""

from io import BytesIO
from itertools import count
from typing import Any

from reportlab.graphics.shapes import Line
from reportlab.lib.colors import black
from reportlab.pdfgen.canvas import Canvas

from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.reports.parts import heat, ink, lying_bars

_TICKS = 4
_HIGH = 15  # height of the plot in type sizes


def draw(plot: Plot, width: float, size: float) -> Any:
    """Return the drawing of a plot, ``width`` points wide, with type of ``size`` points."""
    if plot.form == "heat":
        return heat.draw(plot, width, size)
    if plot.form in ("lying", "shares"):
        return lying_bars.draw(plot, width, size)
    key = ink.key_lines(plot, width, size)
    highest = f"{_step(plot.highest) * _TICKS:,}"
    foot, left = 1.8 * size, max(ink.text_width(word, size) for word in (highest, "00")) + size
    head = len(key) * ink.LINE * size + 2.2 * size
    drawing = ink.Picture(width, head + _HIGH * size + foot)
    ink.draw_key(drawing, key, size)
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

    def __init__(self, drawing: Any, plot: Plot, size: float, box: ink.Box) -> None:
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
            spot = (x + room / 2, self.low - 1.3 * self.size)
            ink.write(self.drawing, spot, place, ink.fitted(place, self.size, room * 0.96), 0.5)

    def _grid(self) -> None:
        right = self.left + self.width
        for tick in range(_TICKS + 1):
            y = self.low + tick * self.step * self.scale
            colour = ink.FAINT if tick else black
            self.drawing.add(Line(self.left, y, right, y, strokeColor=colour, strokeWidth=0.5))
            spot = (self.left - 0.4 * self.size, y - 0.35 * self.size)
            ink.write(self.drawing, spot, f"{tick * self.step:,}", self.size * 0.9, 1.0)
        spot = (self.left - 0.4 * self.size, self.low + self.height + 0.85 * self.size)
        ink.write(self.drawing, spot, f"({self.plot.unit})", self.size * 0.9, 0.6)

    def _stack(self, number: int, x: float, width: float) -> None:
        y, total = self.low, 0
        for place, series in enumerate(self.plot.series):
            value = series.values[number]
            box = (x, y, width, value * self.scale)
            ink.fill(self.drawing, box, ink.PATTERNS[place % 4], self.size)
            y, total = y + value * self.scale, total + value
        if total:
            size = ink.fitted(f"{total:,}", self.size, width * 1.4)
            spot = (x + width / 2, y + 0.3 * self.size)
            ink.write(self.drawing, spot, f"{total:,}", size, 0.5)

    def _beside(self, number: int, x: float, width: float) -> None:
        each = width / max(len(self.plot.series), 1)
        for place, series in enumerate(self.plot.series):
            value = series.values[number]
            left = x + place * each
            box = (left, self.low, each * 0.92, value * self.scale)
            ink.fill(self.drawing, box, ink.PATTERNS[place % 4], self.size)
            if value:
                size = ink.fitted(f"{value:,}", self.size * 0.85, each * 1.3)
                spot = (left + each * 0.46, self.low + value * self.scale + 0.3 * self.size)
                ink.write(self.drawing, spot, f"{value:,}", size, 0.5)


def _step(highest: int) -> int:
    """Return the numbers between two lines of the grid: 1, 2, 5, 10, 20, 50 and so on."""
    steps = (f * int(10**power) for power in count() for f in (1, 2, 5))
    return next(step for step in steps if step * _TICKS >= highest)
