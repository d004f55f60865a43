"""The values of the 支払一覧: what is approved, what of it is issued and paid, what is unusual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports.payments_list import Payment, PaymentsList
from kashiwa_desktop.services.dues import Due, all_due
from kashiwa_desktop.services.holidays import payday
from kashiwa_desktop.services.issuing import Desk, appointment_of, tax_of
from kashiwa_desktop.services.payment_settings import options
from kashiwa_desktop.services.printed import NOT_TRUE
from kashiwa_desktop.services.sheet_checks import check_line
from kashiwa_desktop.storage import payments, sheets
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.payments import Paid
from kashiwa_desktop.storage.sheets import ADDITIONAL, CORRECTION, REFUND, Sheet

_KINDS = {ADDITIONAL: "追給", REFUND: "戻入", CORRECTION: "訂正"}


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a row is compared with: last month's yen, this month's sheets and payments."""

    before: dict[str, int]
    issued: dict[str, list[Sheet]]
    paid: dict[str, Paid]


def values(desk: Desk, month: Month, due: Sequence[Due]) -> PaymentsList:
    """Return everything that stands on the list of this month."""
    beside = _Beside(
        {d.line.appointment: d.line.yen for d in all_due(desk.tx, desk.people, month.previous())},
        _live(desk.tx, month),
        payments.of_month(desk.tx, str(month)),
    )
    inquiry, voucher = options(desk.tx).numbers_of(month)
    return PaymentsList(
        month=month,
        office=desk.office.full_name(),
        payments=[_payment(desk, one, beside) for one in due],
        made_by=desk.store.staff,
        made_on=desk.store.clock.today(),
        pay_on=payday(month, desk.office),
        account=desk.office.account_title,
        inquiry_number=inquiry,
        voucher_number=voucher,
        approvers=desk.office.approval_boxes,
        trial=desk.store.is_trial,
    )


def check(desk: Desk, found: PaymentsList, due: Sequence[Due]) -> None:
    """Compare every line with its sheets, or with the second opinion where there is none yet.

    RefusedError: then there is no list.
    """
    issued = _live(desk.tx, found.month)
    pay_on = str(payday(found.month, desk.office))
    for payment, one in zip(found.payments, due, strict=True):
        mine = [s for s in issued.get(one.line.appointment, ()) if s.is_payable]
        if not any(s.approval == one.approval for s in mine):
            check_line(one.line, payment.withheld, pay_on, desk.opinions)
        elif sum(s.gross for s in mine) != payment.yen:
            raise RefusedError(NOT_TRUE, code="not_true")


def numbers(tx: Tx, month: Month) -> dict[str, str]:
    """Return the number of the first live sheet of each appointment."""
    return {name: of[0].number for name, of in _live(tx, month).items()}


def name_of(people: Roster, promoter: str) -> str:
    person = people.person(promoter)
    return person.name if person else promoter


def _live(tx: Tx, month: Month) -> dict[str, list[Sheet]]:
    found: dict[str, list[Sheet]] = {}
    for sheet in sheets.of_month(tx, str(month)):
        if not sheet.is_void:
            found.setdefault(sheet.appointment, []).append(sheet)
    return found


def _payment(desk: Desk, due: Due, beside: _Beside) -> Payment:
    person = desk.people.person(due.promoter)
    earlier = beside.before.get(due.line.appointment)
    issued = beside.issued.get(due.line.appointment, [])
    paid = [beside.paid[s.number] for s in issued if s.number in beside.paid]
    return Payment(
        area=desk.people.area(due.line.area).name,
        name=person.name if person else due.promoter,
        kana=person.kana if person else "",
        yen=due.line.yen,
        withheld=_withheld(desk, due, issued),
        check_code=due.report.code,
        difference=None if earlier is None else due.line.yen - earlier,
        exception="、".join(_exceptions(desk, due, issued)),
        approved=_day(due.approved_at),
        printed=bool(issued) and all(s.printed_at for s in issued),
        paid=date.fromisoformat(paid[-1].paid_on) if paid else None,
    )


def _withheld(desk: Desk, due: Due, issued: Sequence[Sheet]) -> int:
    """Return the yen withheld: as issued where the sheets are of this approval, else reckoned."""
    if issued and any(s.approval == due.approval for s in issued):
        return sum(s.kept_back for s in issued)
    return tax_of(desk, due.line, payday(due.report.month, desk.office)).yen


def _exceptions(desk: Desk, due: Due, issued: Sequence[Sheet]) -> list[str]:
    found = []
    if due.report.state == "closed-empty":
        found.append("活動がなかった月")
    found += [due.remarks] if due.remarks else []
    first = due.line.items[0]
    if "× 1か月" not in first.formula:
        found.append("日割・月割")
    found += [f"調整 {i.yen:+,}円({i.formula})" for i in due.line.items if i.kind == "adjustment"]
    found += [f"{_KINDS[s.kind]} {s.number}" for s in issued if s.kind in _KINDS]
    payee = appointment_of(desk.people, due.line.appointment).payee
    if payee is not None:
        found.append(f"支払先は{payee.relation or '本人以外'}")
    return found


def _day(text: str) -> date:
    return datetime.fromisoformat(text).date()
