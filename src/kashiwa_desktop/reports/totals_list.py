"""集計: counts of a month and of the fiscal year so far, by category and type and by area."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain import code_list
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.reports.paper import Block, Document, Gap, Heading, Passage, Title, write
from kashiwa_desktop.reports.parts.heading import NONE, Sender
from kashiwa_desktop.reports.parts.page import MM, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Row, Table
from kashiwa_desktop.reports.parts.text import CELL, SMALL, Style

_TITLE = "活動集計"
_NUMBER = Style("mincho", 8.5, 11)


@dataclass(frozen=True, slots=True)
class TypeLine:
    """One row of the table by category and type: this month, the year so far, a year ago.

    ``last_year`` is None where the office has no records of that month.
    """

    label: str
    month: int
    year: int
    last_year: int | None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One row of the table by area: 回 by category, and all four together."""

    area: str
    month: Sequence[int]
    year: int
    days: int
    attendees: int

    @property
    def total(self) -> int:
        return sum(self.month)


@dataclass(frozen=True, slots=True)
class TotalsList:
    """Everything that stands on the paper; ``approved`` says whether only approved months count."""

    month: Month
    types: Sequence[TypeLine]
    total: TypeLine
    areas: Sequence[AreaLine]
    days: int
    attendees: int
    approved: bool = False
    words: code_list.Words = code_list.SEED_WORDS


def render(value: TotalsList, sender: Sender, out: Path | BinaryIO) -> Made:
    """Write the paper as a PDF."""
    title = f"{_TITLE} {value.month.label()}分"
    return write(title, [paper(value, sender)], out)


def paper(value: TotalsList, sender: Sender) -> Document:
    """Say what stands on the paper: by type, then by area."""
    month = f"{value.month.label()}分"
    which = "承認済みの月だけ" if value.approved else "受け取ったすべての記録"
    text = f"当月の活動日数 {value.days:,}日、参加延数 {value.attendees:,}人"
    blocks: list[Block] = [
        Title(_TITLE, f"({month}と年度累計)", which),
        Heading("区分・種別"),
        _types(value),
        Gap(1),
        Passage(text, SMALL),
        Heading("地域"),
        _areas(value),
        Gap(0.7),
        Passage("合同の支えあい会議は、地域ごとに1回、合計では1回と数えます。", SMALL),
    ]
    return Document(f"{_TITLE} {month}", sender.footer(_TITLE, month), blocks)


def _types(value: TotalsList) -> Table:
    number = 28 * MM
    columns = (
        Column("区分・種別", REST, "left", CELL),
        Column("当月(回)", number, "right", CELL), Column("年度累計(回)", number, "right", CELL),
        Column("前年同月(回)", number, "right", CELL),
    )  # fmt: skip
    rows = [_type_row(line) for line in value.types]
    return Table(columns, rows, last=_type_row(value.total))


def _type_row(line: TypeLine) -> Row:
    last = NONE if line.last_year is None else f"{line.last_year:,}"
    cells = (line.label, f"{line.month:,}", f"{line.year:,}", last)
    return Row(cells, strong=line.strong)


def _areas(value: TotalsList) -> Table:
    each = 17 * MM
    names = list(value.words.choices("category").values())
    columns = (
        Column("地域", REST, "left", _NUMBER),
        *(Column(name, each, "right", _NUMBER) for name in names),
        Column("当月 計", each, "right", _NUMBER), Column("年度累計", each, "right", _NUMBER),
        Column("活動日数", each, "right", _NUMBER), Column("参加延数", each, "right", _NUMBER),
    )  # fmt: skip
    rows = [
        Row((
            line.area, *(f"{n:,}" for n in line.month), f"{line.total:,}", f"{line.year:,}",
            f"{line.days:,}", f"{line.attendees:,}",
        ))
        for line in value.areas
    ]  # fmt: skip
    return Table(columns, rows)
