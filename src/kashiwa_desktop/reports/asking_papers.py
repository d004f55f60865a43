"""確認のお願い, handed to the promoter, and お聞きすること, the office's sheet for the telephone.

Both are one A4 page for each promoter: what does not fit any more is said to be on the screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.reports.parts.boxes import stamp_boxes
from kashiwa_desktop.reports.parts.heading import NONE, Sender, facts, heading, section
from kashiwa_desktop.reports.parts.page import LEFT, MM, THIN, WIDTH, Flow, Made, Rule, save
from kashiwa_desktop.reports.parts.table import Cell, Column, Part, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, CELL, SMALL, TINY, Style

Kind = Literal["request", "asking"]
REQUEST, ASKING = "確認のお願い", "お聞きすること"
_NAME = Style("mincho", 12, 16)
_ROW = 15 * MM  # room for an answer by hand
_LEADS = {
    "request": (
        "記録について、下記のことを確認させてください。お返事は、パソコンの「事務局からの返事」"
        "から、またはこの紙に書いてお渡しください。記録はそのまま残っています。"
    ),
    "asking": "電話や定例会でお聞きするときに使います。聞いたことを右の欄に書いてください。",
}


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One line: about which record (or the month), what is asked, and what was answered so far."""

    about: str
    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class AskingSheet:
    """Everything that stands on one page; ``phone`` is only on the office's own sheet."""

    kind: Kind
    month: Month
    area: str
    name: str
    kana: str
    check_code: str
    version: int
    lines: Sequence[AskedLine]
    phone: str = ""
    contact: str = ""
    remark: str = ""


def render(
    sheets: Sequence[AskingSheet], sender: Sender, out: Path | BinaryIO, *, duplex: bool = False
) -> Made:
    """Write the sheets, each on one page of its own: none shows another person."""
    titles = dict.fromkeys(f"{_title(s)} {s.month.label()}分" for s in sheets)
    return save("・".join(titles), [_on_one_page(s, sender) for s in sheets], out, duplex=duplex)


def _title(sheet: AskingSheet) -> str:
    return REQUEST if sheet.kind == "request" else ASKING


def _on_one_page(sheet: AskingSheet, sender: Sender) -> Flow:
    """Lay a sheet out on one page: less room to write first, then no remark, then fewer lines.

    What does not fit even alone takes more pages rather than being cut.
    """
    lines, bare = len(sheet.lines), replace(sheet, remark="")
    tries = [(sheet, lines, _ROW), (sheet, lines, _ROW / 2), (sheet, lines, 0.0)]
    tries += [(bare, count, 0.0) for count in range(lines, 0, -1)]
    for one, count, tall in tries:
        flow = compose(one, sender, count, tall)
        if len(flow.pages) == 1:
            return flow
    return compose(bare, sender, lines, 0.0)


def compose(sheet: AskingSheet, sender: Sender, count: int, tall: float) -> Flow:
    """Lay out the first ``count`` lines, each at least ``tall`` points high."""
    title, month = _title(sheet), f"{sheet.month.label()}分"
    flow = Flow(sender.footer(sheet.area, month, title), f"{title} {month}")
    heading(flow, title, f"({month})")
    if sheet.kind == "request":
        flow.write(f"{sheet.name} 様", _NAME)
        flow.gap(2 * MM)
    flow.write(_LEADS[sheet.kind], BODY)
    flow.gap(2 * MM)
    _who(flow, sheet)
    _lines(flow, sheet, count, tall)
    if sheet.remark:
        section(flow, "成果・課題・提案(推進員が書いたもの)")
        flow.write(sheet.remark, CELL)
    if sheet.kind == "request":
        _end_of_request(flow, sheet)
    else:
        _end_of_asking(flow, tall)
    return flow


def _who(flow: Flow, sheet: AskingSheet) -> None:
    pairs: list[tuple[str, Cell]] = [
        ("地域", sheet.area),
        ("氏名", (Part(sheet.kana, TINY), Part(sheet.name, BODY))),
        ("版", f"第{sheet.version}版" if sheet.version else "まだ締めていません"),
        ("照合番号", sheet.check_code or NONE),
    ]
    if sheet.kind == "asking":
        pairs += [("電話", sheet.phone or NONE), ("お聞きした日", "")]
    facts(flow, pairs)


def _lines(flow: Flow, sheet: AskingSheet, count: int, tall: float) -> None:
    number, about = 9 * MM, 42 * MM
    half = (WIDTH - number - about) / 2
    columns = (
        Column("No.", number, "center", CELL, top=True),
        Column("どの記録", about, "left", CELL, top=True),
        Column("確認したいこと", half, "left", CELL, top=True),
        Column("お返事", half, "left", CELL, top=True),
    )  # fmt: skip
    rows = [
        Row((str(n), line.about, line.text, line.answer))
        for n, line in enumerate(sheet.lines[:count], 1)
    ]
    left = len(sheet.lines) - count
    if left:
        rows.append(Row(("", "", f"ほか {left}件は、画面でご確認ください。", "")))
    Table(columns, rows or [Row(("", NONE, "お聞きすることはありません。", ""))], least=tall).draw(
        flow
    )


def _end_of_request(flow: Flow, sheet: AskingSheet) -> None:
    flow.gap(4 * MM)
    if sheet.contact:
        flow.write(f"お問合せ: {sheet.contact}", BODY)
        flow.gap(3 * MM)
    flow.write("お返事を書いた日  令和    年    月    日", BODY)
    flow.need(24 * MM)
    flow.y += stamp_boxes(flow, ("推進員", "担当"))


def _end_of_asking(flow: Flow, tall: float) -> None:
    """Leave lines to write on down to the foot of the page, where there is room."""
    flow.gap(3 * MM)
    step = 9 * MM
    if not tall or flow.room < 4 * step:
        return
    flow.write("メモ", SMALL)
    for _ in range(int((flow.room - 2 * MM) // step)):
        flow.y += step
        flow.page.rules.append(Rule(LEFT, flow.y, LEFT + WIDTH, flow.y, THIN))
