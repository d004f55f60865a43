"""支払済みにする: one payment for each appointment, month and kind; it locks its sheet.

Clicked twice, retried or killed in between: the primary key of the store lets no second one in
(RELIABILITY.md R55).
"""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports import receipt
from kashiwa_desktop.services.checking.approving import Left, Outcome
from kashiwa_desktop.services.money.dues import all_due
from kashiwa_desktop.services.money.issuing import appointment_of
from kashiwa_desktop.services.money.payments_paper import name_of
from kashiwa_desktop.services.money.witnessed import refuse_doubts
from kashiwa_desktop.services.printed import NOT_TRUE, Printed, addressee, offer
from kashiwa_desktop.services.store import Store, allow, note, office_facts, office_settings, roster
from kashiwa_desktop.storage import payments, sheets
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.payments import Paid
from kashiwa_desktop.storage.sheets import Sheet

CASH = "現金"
LAPSED = 5
"""Years after which nobody pays any more."""
AHEAD = 31
"""Days by which a bank may be told ahead."""


class Paying:
    """What the supervisor does once money has gone out."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def pay(
        self, month: Month, promoters: Sequence[str], *, on: date, method: str, voucher: str
    ) -> Outcome:
        """Mark all open sheets of these promoters' month as paid; each is left alone with a reason.

        RefusedError where no method of payment is named or the day cannot be meant.
        """
        _check_day(month, on, self._store.clock.today())
        if not method.strip():
            raise RefusedError(
                "支払の方法をお書きください(振込、現金など)。", code="method_missing"
            )
        done, left = [], []
        with self._store.db.write() as tx:
            office_facts(tx)
            allow(self._store, tx, "supervisor")
            refuse_doubts(self._store, tx, month)
            due = all_due(tx, roster(tx), month)
            current = {d.line.appointment: d.approval for d in due}
            no_yen = {d.promoter for d in due} - {d.promoter for d in due if d.line.yen}
            for promoter in promoters:
                mine = [s for s in sheets.of_month(tx, str(month)) if s.promoter == promoter]
                reason = _why_not(tx, mine, current, nothing=promoter in no_yen)
                if reason is not None:
                    left.append(Left(promoter, reason))
                    continue
                for sheet in _open(tx, mine):
                    payments.add(tx, self._paid(sheet, on, clean(method), clean(voucher)))
                    note(self._store, tx, "pay", number=sheet.number, net=sheet.net)
                done.append(promoter)
        return Outcome(tuple(done), tuple(left))

    def paid(self, month: Month) -> dict[str, Paid]:
        """Return the payments of one month of service, by the number of their sheet."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return payments.of_month(tx, str(month))

    def receipts(self, month: Month, promoters: Sequence[str] | None, out: Path | None) -> Printed:
        """領収書 to be signed, for what was paid in cash; RefusedError where nothing was."""
        with self._store.db.read() as tx:
            office_facts(tx)
            people, office = roster(tx), office_settings(tx)
            cash = [
                p
                for p in payments.of_month(tx, str(month)).values()
                if CASH in p.method and p.net > 0 and (promoters is None or p.promoter in promoters)
            ]
            values = [_receipt(people, office, p) for p in cash]
        values = [replace(v, trial=self._store.is_trial) for v in values]
        if not values:
            text = f"{month.short()}には現金で支払ったものがありません。"
            raise RefusedError(text, code="nothing_to_print")
        buffer = io.BytesIO()
        made = receipt.render(values, buffer)
        if not receipt.says(buffer.getvalue(), values):
            raise RefusedError(NOT_TRUE, code="not_true")
        return offer(self._store, out, buffer.getvalue(), made)

    def _paid(self, sheet: Sheet, on: date, method: str, voucher: str) -> Paid:
        return Paid(
            appointment=sheet.appointment,
            month=sheet.month,
            kind=sheet.kind,
            basis=sheet.basis,
            number=sheet.number,
            promoter=sheet.promoter,
            paid_on=on.isoformat(),
            method=method,
            voucher=voucher,
            at=self._store.clock.text(),
            who=self._store.staff,
            net=sheet.net,
        )


def _check_day(month: Month, on: date, today: date) -> None:
    """Refuse a day that cannot be meant, for what is paid is locked for ever.

    That is a day before the month of service, one so late that the year must be mistyped (a claim
    lapses after five years, 民法166条), or one further ahead than a bank is told.
    """
    late = month.last.replace(month=12, day=31, year=month.year + LAPSED)
    ahead = today + timedelta(days=AHEAD)
    to_come = on > ahead and today >= month.first
    if month.first <= on <= late and not to_come:
        return
    text = (
        f"支払った日({on.year}年{on.month}月{on.day}日)を、ご確認ください。{month.label()}分です。"
    )
    raise RefusedError(text, code="pay_day")


def _receipt(people: Roster, office: Office, paid: Paid) -> receipt.Receipt:
    payee = appointment_of(people, paid.appointment).payee
    on = date.fromisoformat(paid.paid_on)
    return receipt.Receipt(
        month=Month.parse(paid.month),
        number=paid.number,
        name=payee.name if payee else name_of(people, paid.promoter),
        address=payee.address if payee else people.contact(paid.promoter).address,
        addressee=addressee(office, office.chair(on)),
        net=paid.net,
        paid_on=on,
        voucher=paid.voucher,
        amount_style=office.amount_style,
        seal=office.seal,
    )


def _open(tx: Tx, mine: Sequence[Sheet]) -> list[Sheet]:
    return [s for s in mine if s.is_payable and payments.of_number(tx, s.number) is None]


def _why_not(
    tx: Tx, mine: Sequence[Sheet], current: dict[str, str], *, nothing: bool
) -> str | None:
    """Return why nothing can be paid now, None where it can."""
    payable = [s for s in mine if s.is_payable]
    if not payable and nothing:
        return "支払う額が0円の月です。支払の書類はありません。"
    if not payable:
        return "支払の書類がまだありません。先に請求書・支払明細書を作ってください。"
    waiting = _open(tx, mine)
    if not waiting:
        last = payments.of_number(tx, payable[-1].number)
        day = date.fromisoformat(last.paid_on) if last else None
        return f"もう支払済みです({day.month}月{day.day}日)。" if day else "もう支払済みです。"
    twice = [p for s in waiting if (p := payments.of_line(tx, s)) is not None]
    if twice:
        return (
            f"この月の支払の記録が、別の書類({twice[0].number})にもうあります。"
            "支払わずに、サポートに電話してください。"
        )
    if any(current.get(s.appointment) != s.approval for s in waiting):
        return "書類を作ったあとに承認が変わりました。書類を作り直してください。"
    return None
