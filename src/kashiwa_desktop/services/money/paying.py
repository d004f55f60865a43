"""支払済みにする: one payment for each appointment, month and kind; it locks its sheet.

Clicked twice, retried or killed in between: the primary key of the store lets no second one in
(RELIABILITY.md R55).
"""

import io
import unicodedata
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
from kashiwa_desktop.services.checking.approving import Outcome
from kashiwa_desktop.services.money.claimed import OnItsWay, beyond, on_its_way
from kashiwa_desktop.services.money.dues import all_due
from kashiwa_desktop.services.money.issuing import appointment_of
from kashiwa_desktop.services.money.payments_paper import name_of
from kashiwa_desktop.services.money.witnessed import refuse_doubts
from kashiwa_desktop.services.months.approvals import Left
from kashiwa_desktop.services.printed import NOT_TRUE, Printed, addressee, offer
from kashiwa_desktop.services.store import Store, allow, note, office_facts, office_settings, roster
from kashiwa_desktop.storage import payments, sheets
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.payments import Paid
from kashiwa_desktop.storage.sheets import Sheet

CASH = "現金"
_TRANSFER = ("振込", "振り込み", "振込み", "振替")
TWO_CLAIMS = (
    "同じ方の同じ地域に、承認した額より多く支払うことになります。戻入を先に支払済みにしてください。"
)
LAPSED = 5
"""Years after which nobody pays any more."""
AHEAD = 31
"""Days by which a bank may be told ahead."""


class Paying:
    """What the supervisor does once money has gone out."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def pay(
        self,
        month: Month,
        promoters: Sequence[str],
        *,
        on: date,
        method: str,
        voucher: str,
        although_transferred: bool = False,
    ) -> Outcome:
        """Mark all open sheets of these promoters' month as paid; each is left alone with a reason.

        RefusedError where no method of payment is named, the day cannot be meant, or (unless
        ``although_transferred``) a sheet stands in a transfer file and is to be paid another way.
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
            if not (although_transferred or is_transfer(method)):
                _refuse_transferred(tx, month, promoters)
            due = all_due(tx, roster(tx), month)
            current = {d.line.appointment: d.approval for d in due}
            no_yen = {d.promoter for d in due} - {d.promoter for d in due if d.line.yen}
            for promoter in promoters:
                mine = [s for s in sheets.of_month(tx, str(month)) if s.promoter == promoter]
                reason = _why_not(tx, mine, current, nothing=promoter in no_yen)
                if reason is None and beyond(tx, str(month), _open(tx, mine), due):
                    reason = TWO_CLAIMS
                if reason is not None:
                    left.append(Left(promoter, reason))
                    continue
                for sheet in _open(tx, mine):
                    payments.add(tx, self._paid(sheet, on, clean(method), clean(voucher)))
                    note(self._store, tx, "pay", number=sheet.number, net=sheet.net)
                done.append(promoter)
        return Outcome(tuple(done), tuple(left))

    def transferred(self, month: Month, promoters: Sequence[str]) -> list[OnItsWay]:
        """Return the transfer files in which open sheets of these promoters stand."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return _transferred(tx, month, promoters)

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


def is_transfer(method: str) -> bool:
    """Whether this method of payment is the one a transfer file is for."""
    return any(word in unicodedata.normalize("NFKC", method) for word in _TRANSFER)


def _transferred(tx: Tx, month: Month, promoters: Sequence[str]) -> list[OnItsWay]:
    mine = [s for s in sheets.of_month(tx, str(month)) if s.promoter in promoters]
    return on_its_way(tx, [s.number for s in _open(tx, mine)])


def _refuse_transferred(tx: Tx, month: Month, promoters: Sequence[str]) -> None:
    """Refuse to pay in another way what a bank may be about to pay."""
    found = _transferred(tx, month, promoters)
    if found:
        text = (
            f"{found[0].number} は、振込のファイル{found[0].words}に入っています。"
            "銀行からも支払われると、2回の支払になります。何も書きとめていません。"
        )
        raise RefusedError(text, code="transferred", numbers=[one.number for one in found])


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
