"""A table with the numbers in its cells, the darker the more: areas downwards, months across."""

from typing import Any

from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.reports.parts import ink

_ROW = 1.7  # height of a row in type sizes
_NAMES = 0.3  # most of the width that the names may take


def draw(plot: Plot, width: float, size: float) -> Any:
    """Return the drawing; every number stands in its cell, so that the grey is only a help."""
    names = [series.name for series in plot.series]
    widest = max((ink.text_width(name, size) for name in names), default=0.0) + 0.6 * size
    left = min(widest, width * _NAMES)
    each = (width - left) / max(len(plot.places), 1)
    tall = _ROW * size
    drawing = ink.Picture(width, tall * (len(names) + 1) + 0.4 * size)
    for number, place in enumerate(plot.places):
        spot = (left + (number + 0.5) * each, drawing.height - 1.2 * size)
        ink.write(drawing, spot, place, ink.fitted(place, size, each * 0.94), 0.5)
    most = max((value for s in plot.series for value in s.values), default=0)
    for row, series in enumerate(plot.series, start=1):
        y = drawing.height - (row + 1) * tall
        small = ink.fitted(series.name, size, left - 0.4 * size)
        ink.write(drawing, (0.0, y + 0.5 * size), series.name, small, 0.0)
        for number, value in enumerate(series.values):
            box = (left + number * each, y, each, tall)
            ink.tone(drawing, box, value / most if most else 0.0)
            text = f"{value:,}" if value else "–"
            spot = (box[0] + each / 2, y + 0.5 * size)
            ink.write(drawing, spot, text, ink.fitted(text, size, each * 0.94), 0.5)
    return drawing
