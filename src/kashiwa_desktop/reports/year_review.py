"""ふりかえり as a paper: the year in a sentence, plots with their numbers, and with whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.reports import charts
from kashiwa_desktop.reports.page import MM, WIDTH, Flow, Footer, Made, save
from kashiwa_desktop.reports.table import Column, Row, Table
from kashiwa_desktop.reports.text import BODY, SMALL, STRONG, TITLE

_TYPE = 8.0
_FIRST = 34 * MM
_SUM = 12 * MM


@dataclass(frozen=True, slots=True)
class Section:
    """A plot with its title; its numbers stand under it as a table."""

    title: str
    plot: Plot


@dataclass(frozen=True, slots=True)
class YearReview:
    """Everything that stands on the paper; ``year`` is 令和8年度."""

    year: str
    name: str
    area: str
    sentence: str
    sections: Sequence[Section]
    counterparts: Sequence[tuple[str, int]]
    made_on: date
    trial: bool = False


def render(values: YearReview, out: Path | BinaryIO) -> Made:
    """Write the paper as a PDF."""
    made_on = f"{wareki.long_date(values.made_on)} 作成"
    head = f"ふりかえり {values.year}"
    flow = Flow(Footer((values.area, made_on), values.trial), head)
    flow.write(head, TITLE, align="center")
    flow.gap(2 * MM)
    flow.write(f"{values.area}  {values.name}", BODY)
    flow.gap(2 * MM)
    flow.write(values.sentence, BODY)
    for section in values.sections:
        _section(flow, section)
    if values.counterparts:
        _with_whom(flow, values.counterparts)
    return save(head, [flow], out)


def _section(flow: Flow, section: Section) -> None:
    drawing = charts.draw(section.plot, WIDTH, _TYPE)
    flow.gap(5 * MM)
    flow.need(drawing.height + 40 * MM)
    flow.write(section.title, STRONG)
    flow.gap(2 * MM)
    flow.put(drawing)
    flow.gap(2 * MM)
    plot = section.plot
    each = (WIDTH - _FIRST - _SUM) / len(plot.places)
    columns = [Column("", _FIRST, style=SMALL)]
    columns += [Column(place, each, "right", SMALL) for place in plot.places]
    columns.append(Column("計", _SUM, "right", SMALL))
    rows = [
        Row((s.name, *(str(v) if v else "－" for v in s.values), str(sum(s.values))))
        for s in plot.series
    ]
    Table(tuple(columns), rows, _sums(plot) if plot.stacked else None).draw(flow)


def _sums(plot: Plot) -> Row:
    sums = [str(v) if v else "－" for v in plot.sums]
    return Row(("計", *sums, str(sum(plot.sums))), strong=True)


def _with_whom(flow: Flow, counterparts: Sequence[tuple[str, int]]) -> None:
    flow.gap(5 * MM)
    flow.need(30 * MM)
    flow.write("相手先(多い順)", STRONG)
    flow.gap(2 * MM)
    columns = (Column("相手先", WIDTH - 25 * MM), Column("回数", 25 * MM, "right"))
    rows = [Row((name, f"{count}回")) for name, count in counterparts]
    Table(columns, rows).draw(flow)
