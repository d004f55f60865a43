"""活動ノート: a fiscal year of one promoter to read again and to keep, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.reports.paper import Block, Document, Heading, Passage, Title, write
from kashiwa_desktop.reports.parts.page import MM, Footer, Made
from kashiwa_desktop.reports.parts.table import REST, Cell, Column, Part, Row, Table
from kashiwa_desktop.reports.parts.text import CELL, SMALL, STRONG, Style

_MONTH = Style("bold", 11, 16)
_COLUMNS = (Column("日", 20 * MM, top=True), Column("内容", REST, top=True))


@dataclass(frozen=True, slots=True)
class Notebook:
    """The records of a year by date; ``year`` is 令和8年度."""

    year: str
    name: str
    area: str
    records: Sequence[Activity]
    made_on: date
    trial: bool = False


def render(values: Notebook, out: Path | BinaryIO) -> Made:
    """Write the notebook as a PDF."""
    return write(_head(values), [paper(values)], out)


def _head(values: Notebook) -> str:
    return f"活動ノート {values.year}"


def paper(values: Notebook) -> Document:
    """Say what stands in the notebook: a table a month."""
    about = f"{values.area}  {values.name}  {len(values.records)}件"
    blocks: list[Block] = [Title(_head(values)), Passage(about)]
    for month, records in groupby(values.records, key=lambda a: Month.of(a.date)):
        blocks.append(Heading(month.label(), _MONTH, above=4, below=1.5, room=30))
        blocks.append(Table(_COLUMNS, [_row(a) for a in records], heads=False))
    footer = Footer((values.area, f"{wareki.long_date(values.made_on)} 作成"), values.trial)
    return Document(_head(values), footer, blocks, closer=False)


def _row(a: Activity) -> Row:
    day = f"{a.date.month}/{a.date.day}({wareki.WEEKDAYS[a.date.weekday()]})"
    return Row((day, _told(a)))


def _told(a: Activity) -> Cell:
    mark = "" if a.status == "held" else f"【{a.status_label}】"
    kind = a.words.kind(a.category, a.type, " – ")
    facts = [kind, a.place, "、".join(a.counterparts)]
    if a.attendees is not None:
        facts.append(f"{a.attendees}人")
    parts = [Part(mark + a.title, STRONG), Part("  ".join(f for f in facts if f), SMALL)]
    for label, text in (("", a.content), ("成果・気づき: ", a.findings), ("次に: ", a.next)):
        if text:
            parts.append(Part(label + text, CELL))
    return tuple(parts)
