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
from kashiwa_desktop.reports.parts.page import MM, WIDTH, Flow, Footer, Made, save
from kashiwa_desktop.reports.parts.table import Cell, Column, Part, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, CELL, SMALL, STRONG, TITLE, Style

_MONTH = Style("bold", 11, 16)
_COLUMNS = (Column("日", 20 * MM, top=True), Column("内容", WIDTH - 20 * MM, top=True))


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
    head = f"活動ノート {values.year}"
    made_on = f"{wareki.long_date(values.made_on)} 作成"
    flow = Flow(Footer((values.area, made_on), values.trial), head)
    flow.write(head, TITLE, align="center")
    flow.gap(2 * MM)
    flow.write(f"{values.area}  {values.name}  {len(values.records)}件", BODY)
    for month, records in groupby(values.records, key=lambda a: Month.of(a.date)):
        flow.gap(4 * MM)
        flow.need(30 * MM)
        flow.write(month.label(), _MONTH)
        flow.gap(1.5 * MM)
        Table(_COLUMNS, [_row(a) for a in records], heads=False).draw(flow)
    return save(head, [flow], out)


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
