"""訂正報告書: what of a month's text changed after it was paid, before beside after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.reports.finished.rereading import solid_text
from kashiwa_desktop.reports.paper import Block, Document, Gap, Passage, Signatures, Title, write
from kashiwa_desktop.reports.parts.page import MM, Footer, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Part, Row, Table
from kashiwa_desktop.reports.parts.text import (
    BODY,
    CELL,
    LABEL,
    TINY,
    drawn,
    solid,
)

_TITLE = "訂正報告書"
_NONE = "(なし)"
_ENOUGH = 12  # characters of a cell that stand together whatever happens to its lines


@dataclass(frozen=True, slots=True)
class Change:
    """One record that says something else now; an empty side means it was not there."""

    day: date
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CorrectionReport:
    """Everything that stands on a 訂正報告書; ``cites`` is the number of the paid sheet."""

    month: Month
    area: str
    name: str
    kana: str
    number: str
    issued: date
    cites: str
    check_code: str
    version: int
    changes: Sequence[Change]
    approver: str = ""
    boxes: Sequence[str] = ()
    trial: bool = False


def render(value: CorrectionReport, out: Path | BinaryIO) -> Made:
    """Write the report as a PDF."""
    title = f"{_TITLE} {value.month.label()}分"
    return write(title, [paper(value)], out)


def paper(value: CorrectionReport) -> Document:
    """Say what stands on the report."""
    month = f"{value.month.label()}分"
    footer = Footer(
        (value.area, month, f"第{value.version}版", f"照合番号 {value.check_code}",
         f"発行番号 {value.number}"),
        value.trial,
    )  # fmt: skip
    issued = f"発行番号 {value.number}  発行日 {long_date(value.issued, weekday=False)}"
    text = (
        f"発行番号 {value.cites} でお支払いした月の記録に、下記の訂正がありました。"
        "支払額に変更がある場合は、追給または戻入の書類で別にお知らせします。"
    )
    blocks: list[Block] = [
        Title(_TITLE, f"({month} 活動実績報告書の訂正)", issued),
        _who(value), Gap(4), Passage(text), Gap(3), _changes(value),
    ]  # fmt: skip
    if value.boxes:
        blocks += [Gap(5), Signatures(value.boxes)]
    return Document(f"{_TITLE} {value.number} {value.name}", footer, blocks)


def _who(value: CorrectionReport) -> Table:
    label = Column("", 27 * MM, "center", LABEL, label=True)
    columns = (label, Column("", 60 * MM, "left", BODY), label, Column("", REST, "left", BODY))
    name = (Part(value.kana, TINY), Part(value.name, BODY))
    rows = (
        Row(("氏名", name, "地域", value.area)),
        Row(("もとの発行番号", value.cites, "承認した人", value.approver or _NONE)),
    )
    return Table(columns, rows, heads=False)


def _changes(value: CorrectionReport) -> Table:
    columns = (
        Column("活動の日", 22 * MM, "left", CELL), Column("項目", 22 * MM, "left", CELL),
        Column("訂正前", REST, "left", CELL, top=True),
        Column("訂正後", REST, "left", CELL, top=True),
    )  # fmt: skip
    rows = [
        Row((
            f"{change.day.month}月{change.day.day}日", change.what,
            change.before or _NONE, change.after or _NONE,
        ))
        for change in value.changes
    ]  # fmt: skip
    return Table(columns, rows)


def says(pdf: bytes, value: CorrectionReport) -> bool:
    """Say whether a finished report, read again, names its sheet and holds every change in order.

    A row that is longer than a page is not looked for as a whole, but its beginning is.
    """
    text = solid_text(pdf)
    named = (value.number, value.cites, value.check_code, f"第{value.version}版")
    if not all(solid(part) in text for part in named):
        return False
    at = 0
    for change in value.changes:
        day = f"{change.day.month}月{change.day.day}日"
        for part in (day, change.what, change.before or _NONE, change.after or _NONE):
            at = text.find(drawn(part)[:_ENOUGH], at)
            if at < 0:
                return False
    return True
