"""確認のお願い, handed to the promoter, and お聞きすること, the office's sheet for the telephone.

Both are one A4 page for each promoter: what does not fit any more is said to be on the screen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.reports.paper import (
    Block,
    Document,
    FactRows,
    Gap,
    Heading,
    Lines,
    Passage,
    Signatures,
    Title,
    write,
)
from kashiwa_desktop.reports.parts.heading import NONE, Sender
from kashiwa_desktop.reports.parts.page import MM, Made
from kashiwa_desktop.reports.parts.table import REST, Cell, Column, Part, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, CELL, TINY, Style

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
    return write("・".join(titles), [_on_one_page(s, sender) for s in sheets], out, duplex=duplex)


def _title(sheet: AskingSheet) -> str:
    return REQUEST if sheet.kind == "request" else ASKING


def _on_one_page(sheet: AskingSheet, sender: Sender) -> Iterator[Document]:
    """Return ever shorter papers: less room to write first, then no remark, then fewer lines.

    What does not fit even alone takes more pages rather than being cut.
    """
    lines, bare = len(sheet.lines), replace(sheet, remark="")
    for tall in (_ROW, _ROW / 2, 0.0):
        yield paper(sheet, sender, lines, tall)
    for count in range(lines, 0, -1):
        yield paper(bare, sender, count, 0.0)
    yield paper(bare, sender, lines, 0.0)


def paper(sheet: AskingSheet, sender: Sender, count: int, tall: float) -> Document:
    """Say what stands on the sheet: the first ``count`` lines, each at least ``tall`` high."""
    title, month = _title(sheet), f"{sheet.month.label()}分"
    request = sheet.kind == "request"
    whom = (Passage(f"{sheet.name} 様", _NAME), Gap(2)) if request else ()
    blocks: list[Block] = [
        Title(title, f"({month})"), *whom, Passage(_LEADS[sheet.kind]), Gap(2),
        _who(sheet), _lines(sheet, count, tall),
    ]  # fmt: skip
    if sheet.remark:
        blocks += [Heading("成果・課題・提案(推進員が書いたもの)"), Passage(sheet.remark, CELL)]
    if request:
        blocks += _end_of_request(sheet)
    else:
        blocks += [Gap(3), *([Lines("メモ")] if tall else [])]
    footer = sender.footer(sheet.area, month, title)
    return Document(f"{title} {month}", footer, blocks, closer=False)


def _who(sheet: AskingSheet) -> FactRows:
    pairs: list[tuple[str, Cell]] = [
        ("地域", sheet.area),
        ("氏名", (Part(sheet.kana, TINY), Part(sheet.name, BODY))),
        ("版", f"第{sheet.version}版" if sheet.version else "まだ締めていません"),
        ("照合番号", sheet.check_code or NONE),
    ]
    if sheet.kind == "asking":
        pairs += [("電話", sheet.phone or NONE), ("お聞きした日", "")]
    return FactRows(pairs)


def _lines(sheet: AskingSheet, count: int, tall: float) -> Table:
    columns = (
        Column("No.", 9 * MM, "center", CELL, top=True),
        Column("どの記録", 42 * MM, "left", CELL, top=True),
        Column("確認したいこと", REST, "left", CELL, top=True),
        Column("お返事", REST, "left", CELL, top=True),
    )  # fmt: skip
    rows = [
        Row((str(n), line.about, line.text, line.answer))
        for n, line in enumerate(sheet.lines[:count], 1)
    ]
    left = len(sheet.lines) - count
    if left:
        rows.append(Row(("", "", f"ほか {left}件は、画面でご確認ください。", "")))
    nothing = Row(("", NONE, "お聞きすることはありません。", ""))
    return Table(columns, rows or [nothing], least=tall)


def _end_of_request(sheet: AskingSheet) -> Iterator[Block]:
    yield Gap(4)
    if sheet.contact:
        yield Passage(f"お問合せ: {sheet.contact}")
        yield Gap(3)
    yield Passage("お返事を書いた日  令和    年    月    日")
    yield Signatures(("推進員", "担当"))
