"""記録の一覧 as a paper: what the list shows, one row a record, in the order in which it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.reports.paper import Block, Document, Gap, Passage, Title, write
from kashiwa_desktop.reports.parts.page import MM, Footer, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Part, Row, Table
from kashiwa_desktop.reports.parts.text import CELL, SMALL

_TITLE = "記録の一覧"
_COLUMNS = (
    Column("日付", 27 * MM),
    Column("区分・種別", 36 * MM),
    Column("内容", REST),
    Column("場所・相手先", 34 * MM),
)


@dataclass(frozen=True, slots=True)
class RecordList:
    """The records to be listed; ``title`` says which they are."""

    title: str
    name: str
    area: str
    made_on: date
    records: Sequence[Activity]
    trial: bool = False


def render(values: RecordList, out: Path | BinaryIO) -> Made:
    """Write the list as a PDF."""
    return write(_TITLE, [paper(values)], out)


def paper(values: RecordList) -> Document:
    """Say what stands on the list."""
    footer = Footer((values.area, f"{wareki.long_date(values.made_on)} 作成"), values.trial)
    blocks: list[Block] = [
        Title(_TITLE),
        Passage(f"{values.title}  {len(values.records)}件"),
        Passage(f"{values.area}  {values.name}"),
        Gap(3),
        Table(_COLUMNS, [_row(a) for a in values.records], least=8 * MM),
    ]
    return Document(_TITLE, footer, blocks, closer=False)


def _row(a: Activity) -> Row:
    day = f"{wareki.short_era_year(a.date)}.{a.date.month}.{a.date.day}"
    day += f"({wareki.WEEKDAYS[a.date.weekday()]})"
    kind = (Part(a.category_label, CELL), Part(a.words.type(a.category, a.type), SMALL))
    where = "\n".join(text for text in (a.place, "、".join(a.counterparts)) if text)
    return Row((day, kind, _what(a), where))


def _what(a: Activity) -> tuple[Part, ...]:
    mark = "" if a.status == "held" else f"【{a.status_label}】"
    parts = [Part(mark + a.title, CELL)]
    parts += [Part(text, SMALL) for text in (a.content, a.findings) if text]
    return tuple(parts)
