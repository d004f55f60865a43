"""監査綴り: the pages of our own between the kept sheets: cover, index, and one before each sheet.

Everything needed to follow a yen from the payment back to the records stands on paper: no program
is needed to read it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import fiscal_year_name, long_date, short_date
from kashiwa_desktop.reports.finished.placed_text import words
from kashiwa_desktop.reports.finished.rereading import yen_between
from kashiwa_desktop.reports.paper import (
    Block,
    Document,
    FactRows,
    Gap,
    Heading,
    Passage,
    Signatures,
    Title,
    write,
)
from kashiwa_desktop.reports.parts.heading import NONE, Sender
from kashiwa_desktop.reports.parts.page import LEFT, MM, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Row, Table
from kashiwa_desktop.reports.parts.text import SMALL, Style

_TITLE = "監査綴り"
_CELL = Style("mincho", 8, 10.5)
_CODE = Style("mincho", 6.5, 9)
KINDS = {
    "honorarium": "支給", "additional": "追給", "refund": "戻入", "correction": "訂正報告",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One record that a sheet rests on: what it says, its revision and the file it came in."""

    day: date
    what: str
    title: str
    revision: str
    file: str


@dataclass(frozen=True, slots=True)
class SheetStep:
    """One decision about the month: when, by whom, what, why; ``counts`` for this sheet."""

    at: str
    who: str
    what: str
    why: str = ""
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One sheet in the binder with all that belongs to it; yen in yen, signed.

    ``page`` is where it begins and ``report_page`` where its 月報 does; ``state`` is 支払済み,
    未払い or 取消.
    """

    number: str
    kind: str
    month: Month
    area: str
    name: str
    gross: int
    withheld: int
    net: int
    state: str
    paid_on: date | None
    method: str
    voucher: str
    paid_by: str
    issued: str
    approver: str
    approved_at: str
    approval: str
    report: str
    version: int
    code: str
    cites: str = ""
    void: str = ""
    records: Sequence[Record] = ()
    page: int = 0
    steps: Sequence[SheetStep] = ()
    report_page: int = 0


@dataclass(frozen=True, slots=True)
class Proof:
    """The totals of the year, reckoned three ways: they must be the same, in yen."""

    listed: int
    printed: int
    paid: int

    @property
    def holds(self) -> bool:
        return self.listed == self.printed == self.paid


def render_front(
    year: int, entries: Sequence[Entry], proof: Proof, sender: Sender, out: Path | BinaryIO
) -> Made:
    """Write cover and index."""
    title = f"{_TITLE} {fiscal_year_name(year)}"
    return write(title, [front_paper(year, entries, proof, sender)], out)


def front_paper(year: int, entries: Sequence[Entry], proof: Proof, sender: Sender) -> Document:
    """Say what stands on cover and index."""
    name = fiscal_year_name(year)
    blocks: list[Block] = [
        Gap(6),
        Title(_TITLE, f"{name} 地域支えあい推進員 委託金(活動・報償費)"),
        _proof(entries, proof),
        Heading("目次"),
        _index(entries),
        Gap(5),
        Signatures(("監査", "監査", "確認"), "確かめた日  令和    年    月    日"),
    ]
    return Document(f"{_TITLE} {name}", sender.footer(_TITLE, name), blocks, closer=False)


def render_entry(entry: Entry, number: int, sender: Sender, out: Path | BinaryIO) -> Made:
    """Write the page that stands before a sheet: payment, approval and records behind it."""
    return write(f"{_TITLE} No.{number}", [entry_paper(entry, number, sender)], out)


def entry_paper(entry: Entry, number: int, sender: Sender) -> Document:
    """Say what stands on that page; it may take more than one."""
    text = "記録の印は版のSHA-256のはじめの24けた、届いたファイルは同じく束の番号です。"
    blocks: list[Block] = [
        Title(f"No.{number}  発行番号 {entry.number}", f"{entry.month.label()}分 {entry.area}"),
        _entry_facts(entry),
        Passage(f"報告書の印 {entry.report}", SMALL),
        Passage(f"承認の印 {entry.approval}", SMALL),
        *_steps(entry.steps),
        Heading("もとになった記録(この書類が名指すもの)"),
        _records(entry.records),
        Gap(1),
        Passage(text, SMALL),
    ]
    footer = sender.footer(_TITLE, entry.area, f"発行番号 {entry.number}")
    return Document(f"{_TITLE} No.{number}", footer, blocks, closer=False)


def _records(records: Sequence[Record]) -> Table:
    columns = (
        Column("日", 14 * MM, "left", _CELL), Column("区分・種別", 44 * MM, "left", _CELL),
        Column("内容", REST, "left", _CELL),
        Column("記録の印", 37 * MM, "left", _CODE),
        Column("届いたファイル", 37 * MM, "left", _CODE),
    )  # fmt: skip
    rows = [
        Row((f"{r.day.month}/{r.day.day}", r.what, r.title, r.revision, r.file)) for r in records
    ]
    return Table(columns, rows or [Row((NONE, "", "記録はありません", "", ""))])


def _steps(steps: Sequence[SheetStep]) -> Iterator[Block]:
    if not steps:
        return
    yield Heading("承認の経過")
    columns = (
        Column("日時", 32 * MM, "left", _CELL), Column("職員", 36 * MM, "left", _CELL),
        Column("内容", 30 * MM, "left", _CELL), Column("理由", REST, "left", _CELL),
    )  # fmt: skip
    rows = [Row((s.at, s.who, f"{s.what}(この書類)" if s.counts else s.what, s.why)) for s in steps]
    yield Table(columns, rows)
    yield Gap(1)


def _proof(entries: Sequence[Entry], proof: Proof) -> FactRows:
    paid = [e for e in entries if e.state == "支払済み"]
    void = [e for e in entries if e.void]
    return FactRows(
        [
            ("書類", f"{len(entries)}件(うち取消 {len(void)}件)"),
            ("支払", f"{len(paid)}件"),
            ("一覧の合計", f"{_yen(proof.listed)}円"),
            ("書類の合計", f"{_yen(proof.printed)}円"),
            ("記録の合計", f"{_yen(proof.paid)}円"),
            ("3つの合計", "一致しています" if proof.holds else "一致していません"),
        ],
    )


_COLUMNS = (
    Column("No.", 9 * MM, "right", _CELL), Column("発行番号", 18 * MM, "left", _CELL),
    Column("種類", 14 * MM, "center", _CELL), Column("地域", 21 * MM, "left", _CELL),
    Column("氏名", REST, "left", _CELL),
    Column("支給額", 18 * MM, "right", _CELL), Column("源泉", 14 * MM, "right", _CELL),
    Column("差引", 18 * MM, "right", _CELL), Column("支払日", 18 * MM, "center", _CELL),
    Column("頁", 9 * MM, "right", _CELL),
)  # fmt: skip
_YEN = {"gross": 5, "withheld": 6, "net": 7}
"""Which column of the index holds which yen."""


def _index(entries: Sequence[Entry]) -> Table:
    rows = [_index_row(n, entry) for n, entry in enumerate(entries, 1)]
    live = [e for e in entries if not e.void]
    sums = [sum(getattr(e, n) for e in live) for n in _YEN]
    last = Row(("", "合計", "", f"{len(live)}件", "取消を除く", *map(_yen, sums), "", ""))
    return Table(_COLUMNS, rows, last=last)


def says(pdf: bytes, entries: Sequence[Entry]) -> bool:
    """Say whether a finished index, read again, holds all yen of ``entries`` and their sums."""
    found = words(pdf)
    begin = next((n for n, w in enumerate(found) if w.text == "目次"), len(found))
    edges = list(accumulate((c.width for c in _index(()).columns), initial=LEFT))
    for name, at in _YEN.items():
        wanted = [getattr(e, name) for e in entries]
        total = sum(getattr(e, name) for e in entries if not e.void)
        if yen_between(found[begin:], edges[at], edges[at + 1]) != [*wanted, total]:
            return False
    return True


def _index_row(number: int, entry: Entry) -> Row:
    paid = short_date(entry.paid_on) if entry.paid_on else entry.state
    return Row((
        str(number), entry.number, KINDS[entry.kind], entry.area, entry.name, _yen(entry.gross),
        _yen(entry.withheld), _yen(entry.net), paid, str(entry.page),
    ))  # fmt: skip


def _entry_facts(entry: Entry) -> FactRows:
    paid = f"{long_date(entry.paid_on)} {entry.method}" if entry.paid_on else entry.state
    return FactRows(
        [
            ("氏名", entry.name),
            ("種類", KINDS[entry.kind]),
            ("支給額", f"{_yen(entry.gross)}円"),
            ("源泉徴収額", f"{_yen(entry.withheld)}円"),
            ("差引額", f"{_yen(entry.net)}円"),
            ("もとの発行番号", entry.cites or NONE),
            ("支払", paid),
            ("伝票番号・入力", f"{entry.voucher or NONE} {entry.paid_by}".rstrip()),
            ("発行", entry.issued),
            ("承認", f"{entry.approver} {entry.approved_at}".strip() or NONE),
            ("報告書", _report_words(entry)),
            ("取消", entry.void or NONE),
        ],
    )


def _report_words(entry: Entry) -> str:
    where = f" 月報は{entry.report_page}頁" if entry.report_page else ""
    return f"第{entry.version}版 照合番号 {entry.code}{where}"


def _yen(yen: int) -> str:
    return f"△{-yen:,}" if yen < 0 else f"{yen:,}"
