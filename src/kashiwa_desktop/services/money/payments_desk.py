"""Screen 41: every payment of a month with the life of its sheets, and the list as a spreadsheet.

The rows are those of the paper, from the same values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.excel.writer import Cell, Column, Table
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.reports.payments_list import Payment, PaymentsList
from kashiwa_desktop.services import workbooks
from kashiwa_desktop.services.money import payments_paper
from kashiwa_desktop.services.money.banking import OFFICE
from kashiwa_desktop.services.money.claimed import OnItsWay, on_its_way
from kashiwa_desktop.services.money.issuing import Desk
from kashiwa_desktop.services.money.payments_paper import Listed
from kashiwa_desktop.services.money.sheet_checks import second_opinion
from kashiwa_desktop.services.office.log_doubts import Doubt, doubt
from kashiwa_desktop.services.office.payment_settings import options
from kashiwa_desktop.services.store import Store, office_facts, office_settings, roster
from kashiwa_desktop.storage import bank_accounts, payments, sheets
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.payments import Paid
from kashiwa_desktop.storage.sheets import ADDITIONAL, CORRECTION, REFUND, Sheet

KINDS = {ADDITIONAL: "追給", REFUND: "戻入", CORRECTION: "訂正報告書"}

_HEADS = (
    Column("No.", 6), Column("地域", 14), Column("氏名", 16), Column("フリガナ", 18),
    Column("金額(円)", 12), Column("前月との差(円)", 14), Column("事由", 28),
    Column("承認日", 12), Column("照合番号", 12), Column("印刷", 8), Column("支払日", 12),
)  # fmt: skip
_TAX = (Column("源泉徴収(円)", 12), Column("差引(円)", 12))


@dataclass(frozen=True, slots=True)
class SheetState:
    """One sheet of a line: what it is and what became of it; ``net`` in yen, signed."""

    number: str
    kind: str
    net: int
    issued: date
    is_printed: bool
    paid: Paid | None
    void: str
    cites: str

    @property
    def is_open(self) -> bool:
        """Whether it can be paid or cancelled."""
        return not self.void and self.paid is None and self.kind != KINDS[CORRECTION]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of screen 41: the paper's own row, whose it is, and all its sheets.

    ``todo`` is ``issue`` where no sheet was made yet, ``again`` where the approval changed since,
    ``approve`` where it was paid and is not approved now, and ``''`` where its sheets say it all.
    """

    promoter: str
    payment: Payment
    sheets: tuple[SheetState, ...]
    todo: str

    @property
    def open_net(self) -> int:
        """Yen that can be paid now."""
        return sum(s.net for s in self.sheets if s.is_open)


@dataclass(frozen=True, slots=True)
class PaymentsView:
    """Everything screen 41 shows of a month; ``strays`` are sheets without an approval.

    ``on_its_way`` are the open sheets that stand in a transfer file already; ``doubt`` is what the
    log of operations must be looked at for before anything is paid.
    """

    month: Month
    values: PaymentsList
    lines: tuple[Line, ...]
    transfers: bool
    strays: tuple[str, ...]
    on_its_way: tuple[OnItsWay, ...] = ()
    doubt: Doubt | None = None

    @property
    def total_yen(self) -> int:
        return self.values.total_yen

    @property
    def payable(self) -> tuple[Line, ...]:
        """Lines with something issued and not paid."""
        return tuple(x for x in self.lines if not x.todo and any(s.is_open for s in x.sheets))


class PaymentsDesk:
    """What the supervisor sees before and after a payment."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def look(self, month: Month) -> PaymentsView:
        """Return the payments of a month, in the order of areas; nothing is issued by looking."""
        with self._store.db.read() as tx:
            office_facts(tx)
            opinions = second_opinion(tx, str(month))
            desk = Desk(self._store, tx, roster(tx), office_settings(tx), opinions)
            rows = payments_paper.listed(desk, month)
            values = payments_paper.values(desk, month, rows)
            lines = _lines(tx, month, rows)
            shown = {s.number for line in lines for s in line.sheets}
            strays = [
                s.number for s in sheets.of_month(tx, str(month))
                if s.is_payable and s.number not in shown
            ]  # fmt: skip
            opened = [s.number for line in lines for s in line.sheets if s.is_open]
            going = tuple(on_its_way(tx, opened))
            return PaymentsView(
                month, values, lines, _transfers(tx), tuple(strays), going, doubt(self._store, tx)
            )

    def excel(self, month: Month, out: Path, progress: Progress | None = None) -> int:
        """Write the list as .xlsx and return its rows: whole numbers as numbers, no formula."""
        (progress or Progress()).step("Excelの形にしています", 0, 0)
        values = self.look(month).values
        workbooks.write(self._store, [_table(values)], out)
        return len(values.payments)


def _transfers(tx: Tx) -> bool:
    """Whether the 全銀 file is offered: switched on, or accounts are kept to pay from and to."""
    known = bank_accounts.every(tx)
    return options(tx).transfers or (OFFICE in known and len(known) > 1)


def _lines(tx: Tx, month: Month, rows: Sequence[Listed]) -> tuple[Line, ...]:
    paid = payments.of_month(tx, str(month))
    return tuple(
        Line(
            row.promoter,
            row.payment,
            tuple(_state(s, paid.get(s.number)) for s in row.held),
            row.todo,
        )
        for row in rows
    )


def _state(sheet: Sheet, paid: Paid | None) -> SheetState:
    return SheetState(
        number=sheet.number,
        kind=KINDS.get(sheet.kind, ""),
        net=sheet.net,
        issued=datetime.fromisoformat(sheet.issued_at).date(),
        is_printed=bool(sheet.printed_at),
        paid=paid,
        void=sheet.void_reason if sheet.is_void else "",
        cites=sheet.cites,
    )


def _table(values: PaymentsList) -> Table:
    tax = values.withholds
    heads = (*_HEADS[:5], *_TAX, *_HEADS[5:]) if tax else _HEADS
    rows = [_row(n, p, tax=tax) for n, p in enumerate(values.payments, 1)]
    sums: list[Cell] = ["", "合計", f"{len(rows)}件", "", values.total_yen]
    if tax:
        kept = sum(p.withheld for p in values.payments)
        sums += [kept, values.total_yen - kept]
    return Table(f"支払一覧 {values.month}", heads, [*rows, sums], _above(values))


def _above(values: PaymentsList) -> list[str]:
    pay_on = long_date(values.pay_on) if values.pay_on else "－"
    return [
        f"支払一覧 {values.month.label()}分 {values.office}",
        f"支払予定日 {pay_on}  勘定科目 {values.account or '－'}",
        f"伺番号 {values.inquiry_number or '－'}  伝票番号 {values.voucher_number or '－'}",
    ]


def _row(number: int, p: Payment, *, tax: bool) -> list[Cell]:
    return [
        number, p.area, p.name, p.kana, p.yen, *([p.withheld, p.net] if tax else []),
        p.difference, p.exception, p.approved.isoformat() if p.approved else "", p.check_code,
        "済" if p.printed else "", p.paid.isoformat() if p.paid else "",
    ]  # fmt: skip
