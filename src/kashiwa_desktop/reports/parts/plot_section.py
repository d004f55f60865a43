"""A plot on paper with its title, and the same numbers under it as a table."""

from collections.abc import Sequence

from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.reports.parts import charts
from kashiwa_desktop.reports.parts.heading import NONE
from kashiwa_desktop.reports.parts.page import MM, WIDTH, Flow
from kashiwa_desktop.reports.parts.table import Column, Row, Table
from kashiwa_desktop.reports.parts.text import SMALL, STRONG

_TYPE = 8.0
_FIRST = 34 * MM
_SUM = 12 * MM


def draw(flow: Flow, title: str, plot: Plot) -> None:
    """Put title, drawing and table on the paper; a heat table is a table by itself."""
    drawing = charts.draw(plot, WIDTH, _TYPE)
    flow.gap(5 * MM)
    flow.need(drawing.height + 40 * MM)
    flow.write(title, STRONG)
    flow.gap(2 * MM)
    flow.put(drawing)
    flow.gap(2 * MM)
    if plot.form == "columns":
        _along(plot).draw(flow)
    elif plot.form != "heat":
        _downwards(plot).draw(flow)


def _along(plot: Plot) -> Table:
    """Places across, as they stand under the bars."""
    last = _SUM if plot.adds_up else 0.0
    each = (WIDTH - _FIRST - last) / max(len(plot.places), 1)
    columns = [Column("", _FIRST, style=SMALL)]
    columns += [Column(place, each, "right", SMALL) for place in plot.places]
    rows = [_row(s.name, s.values, plot) for s in plot.series]
    sums = _row("計", plot.sums, plot, strong=True) if plot.stacked else None
    if plot.adds_up:
        columns.append(Column("計", _SUM, "right", SMALL))
    return Table(tuple(columns), rows, sums)


def _row(name: str, values: Sequence[int], plot: Plot, *, strong: bool = False) -> Row:
    whole = [f"{sum(values):,}"] if plot.adds_up else []
    return Row((name, *(f"{v:,}" if v else NONE for v in values), *whole), strong=strong)


def _downwards(plot: Plot) -> Table:
    """Places one under the other: their names are long."""
    names = [s.name for s in plot.series] + (["計"] if plot.has_sums else [])
    each = min(30 * MM, (WIDTH - 50 * MM) / max(len(names), 1))
    columns = [Column(plot.of, WIDTH - each * len(names), style=SMALL)]
    columns += [Column(name, each, "right", SMALL) for name in names]
    rows = []
    for n, place in enumerate(plot.places):
        values = [s.values[n] for s in plot.series] + ([plot.sums[n]] if plot.has_sums else [])
        rows.append(Row((place, *(f"{v:,}{plot.unit}" if v else NONE for v in values))))
    return Table(tuple(columns), rows)
