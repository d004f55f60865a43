"""ふりかえり as a paper: the year in a sentence, plots with their numbers, and with whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.reports.parts import plot_section
from kashiwa_desktop.reports.parts.page import MM, WIDTH, Flow, Footer, Made, save
from kashiwa_desktop.reports.parts.table import Column, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, STRONG, TITLE


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
        plot_section.draw(flow, section.title, section.plot)
    if values.counterparts:
        _with_whom(flow, values.counterparts)
    return save(head, [flow], out)


def _with_whom(flow: Flow, counterparts: Sequence[tuple[str, int]]) -> None:
    flow.gap(5 * MM)
    flow.need(30 * MM)
    flow.write("相手先(多い順)", STRONG)
    flow.gap(2 * MM)
    columns = (Column("相手先", WIDTH - 25 * MM), Column("回数", 25 * MM, "right"))
    rows = [Row((name, f"{count}回")) for name, count in counterparts]
    Table(columns, rows).draw(flow)
