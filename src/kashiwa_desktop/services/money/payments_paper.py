"""The values of the 支払一覧: what is approved, what of it is issued and paid, what is unusual.

What was paid stays on the list whatever becomes of its approval, with the reason beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports.payments_list import Payment, PaymentsList
from kashiwa_desktop.services import log_heads
from kashiwa_desktop.services.holidays import payday, planned_payday
from kashiwa_desktop.services.money.dues import Due, all_due
from kashiwa_desktop.services.money.handing_out import AGAIN, ISSUE, to_do
from kashiwa_desktop.services.money.issuing import Desk, appointment_of, tax_day_of, tax_of
from kashiwa_desktop.services.money.sheet_checks import check_line
from kashiwa_desktop.services.months.approvals import in_force
from kashiwa_desktop.services.office.log_doubts import accepted
from kashiwa_desktop.services.office.payment_settings import options
from kashiwa_desktop.services.printed import NOT_TRUE
from kashiwa_desktop.storage import payments, sheets
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.payments import Paid
from kashiwa_desktop.storage.sheets import ADDITIONAL, CORRECTION, REFUND, Sheet

_KINDS = {ADDITIONAL: "追給", REFUND: "戻入", CORRECTION: "訂正"}
APPROVE = "approve"
"""What is to be done about a row that was paid and is not approved now (besides ISSUE, AGAIN)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the list: ``due`` is None where it was paid and no approval holds any more.

    ``held`` are all its sheets, cancelled ones too; ``todo`` is ISSUE, AGAIN, APPROVE or ''.
    """

    promoter: str
    due: Due | None
    held: tuple[Sheet, ...]
    todo: str
    payment: Payment

    @property
    def live(self) -> list[Sheet]:
        return [s for s in self.held if not s.is_void]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a row is compared with: last month's yen, this month's sheets and payments."""

    before: Mapping[str, int]
    held: Mapping[str, Sequence[Sheet]]
    paid: Mapping[str, Paid]

    def paid_of(self, appointment: str) -> list[Sheet]:
        return [s for s in self.held.get(appointment, ()) if s.number in self.paid]


def listed(desk: Desk, month: Month) -> list[Listed]:
    """Return the rows of this month in the order of areas; nothing is issued by looking."""
    tx, people = desk.tx, desk.people
    beside = _Beside(
        _yen_of(tx, people, month.previous()),
        _by_appointment(tx, month),
        payments.of_month(tx, str(month)),
    )
    due = {d.line.appointment: d for d in all_due(tx, people, month)}
    rows = []
    for appointment in people.in_order():
        if appointment.id in due:
            rows.append(_due_row(desk, due[appointment.id], beside))
        elif beside.paid_of(appointment.id):
            rows.append(_paid_row(desk, beside.held[appointment.id], beside))
    return rows


def values(desk: Desk, month: Month, rows: Sequence[Listed]) -> PaymentsList:
    """Return everything that stands on the list of this month."""
    inquiry, voucher = options(desk.tx).numbers_of(month)
    return PaymentsList(
        month=month,
        office=desk.office.full_name(),
        payments=[row.payment for row in rows],
        made_by=desk.store.staff,
        made_on=desk.store.clock.today(),
        pay_on=_pay_on(desk, month, rows),
        account=desk.office.account_title,
        inquiry_number=inquiry,
        voucher_number=voucher,
        approvers=desk.office.approval_boxes,
        log_head=log_heads.code(desk.tx),
        log_accepted=tuple(accepted(desk.tx, month)),
        trial=desk.store.is_trial,
    )


def check(desk: Desk, month: Month, rows: Sequence[Listed]) -> None:
    """Compare every row with its sheets, or with the second opinion where there is none yet.

    RefusedError: then there is no list.
    """
    for row in rows:
        if row.due is not None and row.todo in (ISSUE, AGAIN):
            day = str(_tax_day(desk, row.due, row.live))
            check_line(row.due.line, row.payment.withheld, day, desk.opinions)
        elif _sums([s for s in row.live if s.is_payable]) != _told(row):
            raise RefusedError(NOT_TRUE, code="not_true")


def name_of(people: Roster, promoter: str) -> str:
    person = people.person(promoter)
    return person.name if person else promoter


def _told(row: Listed) -> tuple[int, int]:
    return row.payment.yen, row.payment.withheld


def _sums(held: Sequence[Sheet]) -> tuple[int, int]:
    return sum(s.gross for s in held), sum(s.kept_back for s in held)


def _pay_on(desk: Desk, month: Month, rows: Sequence[Listed]) -> date | None:
    """Return the planned day; None where it is past and nothing was issued for it."""
    day = payday(month, desk.office)
    if any(s.pay_on == str(day) for row in rows for s in row.live):
        return day
    return planned_payday(month, desk.office, desk.store.clock.today())


def _by_appointment(tx: Tx, month: Month) -> dict[str, list[Sheet]]:
    found: dict[str, list[Sheet]] = {}
    for sheet in sheets.of_month(tx, str(month)):
        found.setdefault(sheet.appointment, []).append(sheet)
    return found


def _yen_of(tx: Tx, people: Roster, month: Month) -> dict[str, int]:
    """Return the yen of a month by appointment: as approved, else as paid."""
    found = {d.line.appointment: d.line.yen for d in all_due(tx, people, month)}
    paid = payments.of_month(tx, str(month))
    if all(p.appointment in found for p in paid.values()):
        return found
    alone: dict[str, int] = {}
    for sheet in sheets.of_month(tx, str(month)):
        if sheet.number in paid:
            alone[sheet.appointment] = alone.get(sheet.appointment, 0) + sheet.gross
    return alone | found


def _due_row(desk: Desk, due: Due, beside: _Beside) -> Listed:
    held = tuple(beside.held.get(due.line.appointment, ()))
    live = [s for s in held if not s.is_void]
    todo = to_do(desk, due, live)
    payment = replace(
        _plain(desk, due.promoter, due.line.area, due.report.code),
        yen=due.line.yen,
        withheld=_withheld(desk, due, live, todo),
        difference=_difference(due.line.yen, due.line.appointment, beside),
        exception="、".join(_exceptions(desk, due, live)),
        approved=_day(due.approved_at),
        printed=bool(live) and all(s.printed_at for s in live),
        paid=_paid_on(live, beside),
    )
    return Listed(due.promoter, due, held, todo, payment)


def _paid_row(desk: Desk, held: Sequence[Sheet], beside: _Beside) -> Listed:
    """Return the row of what was paid and is approved no more: as it was paid, and why."""
    first = held[0]
    paid = beside.paid_of(first.appointment)
    gross, kept_back = _sums(paid)
    withdrawn = in_force(desk.tx, first.promoter, Month.parse(first.month)) is None
    why = "承認が取り消されています" if withdrawn else "そのあとの直しが、承認を待っています"
    more = [f"{_KINDS[s.kind]} {s.number}" for s in paid if s.kind in _KINDS]
    payment = replace(
        _plain(desk, first.promoter, first.area, paid[-1].code),
        yen=gross,
        withheld=kept_back,
        difference=_difference(gross, first.appointment, beside),
        exception="、".join([f"支払済み({why})", *more]),
        printed=all(s.printed_at for s in paid),
        paid=_paid_on(paid, beside),
    )
    kept = tuple(s for s in held if s.number in beside.paid or s.is_void or s.kind == CORRECTION)
    return Listed(first.promoter, None, kept, APPROVE, payment)


def _plain(desk: Desk, promoter: str, area: str, code: str) -> Payment:
    """Return a row that says who it is about, and nothing of money yet."""
    person = desk.people.person(promoter)
    return Payment(
        area=desk.people.area(area).name,
        name=person.name if person else promoter,
        kana=person.kana if person else "",
        yen=0,
        check_code=code,
    )


def _difference(yen: int, appointment: str, beside: _Beside) -> int | None:
    earlier = beside.before.get(appointment)
    return None if earlier is None else yen - earlier


def _paid_on(live: Sequence[Sheet], beside: _Beside) -> date | None:
    paid = [beside.paid[s.number] for s in live if s.number in beside.paid]
    return date.fromisoformat(paid[-1].paid_on) if paid else None


def _withheld(desk: Desk, due: Due, live: Sequence[Sheet], todo: str) -> int:
    """Return the yen withheld: as issued where nothing is to be made, else reckoned."""
    if not todo:
        return sum(s.kept_back for s in live if s.is_payable)
    return tax_of(desk, due.line, _tax_day(desk, due, live)).yen


def _tax_day(desk: Desk, due: Due, live: Sequence[Sheet]) -> date:
    """Return the day whose tax holds: of what was paid already, else the one to be issued for."""
    paid = [s for s in live if payments.of_number(desk.tx, s.number) is not None]
    return date.fromisoformat(paid[0].pay_on) if paid else tax_day_of(desk, due.report.month)


def _exceptions(desk: Desk, due: Due, live: Sequence[Sheet]) -> list[str]:
    found = []
    if due.report.state == "closed-empty":
        found.append("活動がなかった月")
    found += [due.remarks] if due.remarks else []
    first = due.line.items[0]
    if not due.line.yen and not first.yen:
        found.append(first.formula)
    elif "× 1か月" not in first.formula:
        found.append("日割・月割")
    found += [f"調整 {i.yen:+,}円({i.formula})" for i in due.line.items if i.kind == "adjustment"]
    found += [f"{_KINDS[s.kind]} {s.number}" for s in live if s.kind in _KINDS]
    payee = appointment_of(desk.people, due.line.appointment).payee
    if payee is not None:
        found.append(f"支払先は{payee.relation or '本人以外'}")
    return found


def _day(text: str) -> date:
    return datetime.fromisoformat(text).date()
