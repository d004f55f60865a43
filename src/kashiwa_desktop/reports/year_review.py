"""ふりかえり as a paper: the year in a sentence, plots with their numbers, and with whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.reports.paper import (
    Block,
    Document,
    Gap,
    Heading,
    Passage,
    PlotBlock,
    Title,
    write,
)
from kashiwa_desktop.reports.parts.page import MM, Footer, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Row, Table


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
    return write(_head(values), [paper(values)], out)


def _head(values: YearReview) -> str:
    return f"ふりかえり {values.year}"


def paper(values: YearReview) -> Document:
    """Say what stands on the paper."""
    blocks: list[Block] = [
        Title(_head(values)),
        Passage(f"{values.area}  {values.name}"),
        Gap(2),
        Passage(values.sentence),
        *(PlotBlock(section.title, section.plot) for section in values.sections),
    ]
    if values.counterparts:
        columns = (Column("相手先", REST), Column("回数", 25 * MM, "right"))
        rows = [Row((name, f"{count}回")) for name, count in values.counterparts]
        blocks.append(Heading("相手先(多い順)", above=5, below=2, room=30))
        blocks.append(Table(columns, rows))
    footer = Footer((values.area, f"{wareki.long_date(values.made_on)} 作成"), values.trial)
    return Document(_head(values), footer, blocks, closer=False)
