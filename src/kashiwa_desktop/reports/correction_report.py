"""訂正報告書: what of a month's text changed after it was paid, before beside after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.reports.finished.rereading import solid_text
from kashiwa_desktop.reports.parts.boxes import stamp_boxes
from kashiwa_desktop.reports.parts.page import MM, WIDTH, Flow, Footer, Made, fit, save
from kashiwa_desktop.reports.parts.table import Column, Part, Row, Table
from kashiwa_desktop.reports.parts.text import (
    BODY,
    CELL,
    LABEL,
    SMALL,
    TINY,
    TITLE,
    Style,
    drawn,
    solid,
)

_TITLE = "訂正報告書"
_BIG = Style("mincho", 11, 15)
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
    return save(title, [fit(partial(compose, value))], out)


def compose(value: CorrectionReport, air: float) -> Flow:
    """Lay the report out on its pages."""
    month = f"{value.month.label()}分"
    footer = Footer(
        (value.area, month, f"第{value.version}版", f"照合番号 {value.check_code}",
         f"発行番号 {value.number}"),
        value.trial,
    )  # fmt: skip
    flow = Flow(footer, f"{_TITLE} {value.number} {value.name}", air)
    flow.write(_TITLE, TITLE, align="center")
    flow.write(f"({month} 活動実績報告書の訂正)", _BIG, align="center")
    flow.gap(2 * MM)
    issued = long_date(value.issued, weekday=False)
    flow.write(f"発行番号 {value.number}  発行日 {issued}", SMALL, align="right")
    flow.gap(1 * MM)
    _who(flow, value)
    flow.gap(4 * MM)
    text = (
        f"発行番号 {value.cites} でお支払いした月の記録に、下記の訂正がありました。"
        "支払額に変更がある場合は、追給または戻入の書類で別にお知らせします。"
    )
    flow.write(text, BODY)
    flow.gap(3 * MM)
    _changes(flow, value)
    if value.boxes:
        flow.gap(5 * MM)
        flow.need(25 * MM)
        flow.y += stamp_boxes(flow, value.boxes)
    return flow


def _who(flow: Flow, value: CorrectionReport) -> None:
    label = 27 * MM
    columns = (
        Column("", label, "center", LABEL, label=True), Column("", 60 * MM, "left", BODY),
        Column("", label, "center", LABEL, label=True),
        Column("", WIDTH - 60 * MM - 2 * label, "left", BODY),
    )  # fmt: skip
    name = (Part(value.kana, TINY), Part(value.name, BODY))
    rows = (
        Row(("氏名", name, "地域", value.area)),
        Row(("もとの発行番号", value.cites, "承認した人", value.approver or _NONE)),
    )
    Table(columns, rows, heads=False).draw(flow)


def _changes(flow: Flow, value: CorrectionReport) -> None:
    side = (WIDTH - 44 * MM) / 2
    columns = (
        Column("活動の日", 22 * MM, "left", CELL), Column("項目", 22 * MM, "left", CELL),
        Column("訂正前", side, "left", CELL, top=True),
        Column("訂正後", side, "left", CELL, top=True),
    )  # fmt: skip
    rows = [
        Row((
            f"{change.day.month}月{change.day.day}日", change.what,
            change.before or _NONE, change.after or _NONE,
        ))
        for change in value.changes
    ]  # fmt: skip
    Table(columns, rows).draw(flow)


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
