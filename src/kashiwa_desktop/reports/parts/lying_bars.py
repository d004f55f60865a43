"""Bars that lie, one under the other, each under its name: for names that are long."""

from typing import Any

from reportlab.graphics.shapes import Rect
from reportlab.lib.colors import white

from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.reports.parts import ink

_ROW = 3.1  # height of a name with its bar, in type sizes
_BAR = 1.3


def draw(plot: Plot, width: float, size: float) -> Any:
    """Return the drawing: bars as long as their numbers, or of one length and divided."""
    key = ink.key_lines(plot, width, size) if len(plot.series) > 1 else []
    head = len(key) * ink.LINE * size + 0.5 * size
    drawing = ink.Picture(width, head + max(len(plot.places), 1) * _ROW * size)
    ink.draw_key(drawing, key, size)
    room = width - ink.text_width(f"{plot.highest:,}{plot.unit}", size) - size
    for number, place in enumerate(plot.places):
        y = drawing.height - head - (number + 1) * _ROW * size + 0.4 * size
        above = (0.0, y + (_BAR + 0.35) * size)
        ink.write(drawing, above, place, ink.fitted(place, size, width), 0.0)
        end = _bar(drawing, plot, number, (0.0, y, room, _BAR * size), size)
        words = f"{plot.sums[number]:,}{plot.unit}"
        ink.write(drawing, (end + 0.4 * size, y + 0.3 * size), words, size, 0.0)
    return drawing


def _bar(drawing: Any, plot: Plot, number: int, box: ink.Box, size: float) -> float:
    """Draw the parts of one bar; returns where it ends."""
    x, y, room, height = box
    whole = plot.sums[number] if plot.form == "shares" else plot.highest
    for place, series in enumerate(plot.series):
        value = series.values[number]
        width = room * value / whole if whole else 0.0
        ink.fill(drawing, (x, y, width, height), ink.PATTERNS[place % 4], size)
        if len(plot.series) > 1:
            _inside(drawing, f"{value:,}", (x, y, width, height), size)
        x += width
    return x


def _inside(drawing: Any, text: str, box: ink.Box, size: float) -> None:
    """Write a number on white in the middle of its part, where there is room for it."""
    x, y, width, height = box
    wide = ink.text_width(text, size * 0.9)
    if wide + 0.8 * size > width:
        return
    left = x + (width - wide) / 2
    label = Rect(
        left - 0.2 * size, y + 0.12 * size, wide + 0.4 * size, height - 0.24 * size,
        fillColor=white, strokeColor=None,
    )  # fmt: skip
    drawing.add(label)
    ink.write(drawing, (left, y + 0.32 * size), text, size * 0.9, 0.0)
