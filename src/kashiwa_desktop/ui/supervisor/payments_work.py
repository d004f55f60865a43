"""What screen 41 lets the worker do; each takes values and services, never a widget."""

from collections.abc import Sequence
from pathlib import Path

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.reviewing import Outcome
from kashiwa_desktop.services.money.payments_desk import PaymentsDesk, PaymentsView
from kashiwa_desktop.services.office.log_doubts import Doubt
from kashiwa_desktop.services.papers.printing import Printed, Printing
from kashiwa_desktop.ui.supervisor.office import Office
from kashiwa_desktop.ui.supervisor.pay_card import EnteredPayment


def look(office: Office, month: Month, progress: Progress) -> PaymentsView:
    progress.step("", 0, 0)
    return office.desk.look(month)


def paper(printing: Printing, month: Month, progress: Progress) -> Printed:
    progress.step("支払一覧を作っています", 0, 0)
    return printing.payments(month, None)


def receipts(office: Office, month: Month, progress: Progress) -> Printed:
    progress.step("領収書を作っています", 0, 0)
    return office.paying.receipts(month, None, None)


def sheets(printing: Printing, month: Month, promoter: str, progress: Progress) -> Printed:
    return printing.honorarium(month, [promoter], None, progress)


def again(
    printing: Printing, out: Sequence[str], numbers: Sequence[str], progress: Progress
) -> Printed:
    """Note what came out, and put 「再印刷」 over the others."""
    progress.step("もう一度印刷する書類をまとめています", 0, len(numbers))
    if out:
        printing.came_out(out)
    return printing.reprints(numbers, None)


def came_out(printing: Printing, numbers: Sequence[str], progress: Progress) -> int:
    progress.step("", 0, 0)
    printing.came_out(numbers)
    return len(numbers)


def excel(desk: PaymentsDesk, month: Month, out: Path, progress: Progress) -> Path:
    desk.excel(month, out, progress)
    return out


def pay(office: Office, month: Month, payment: EnteredPayment, progress: Progress) -> Outcome:
    progress.step("", 0, 0)
    return office.paying.pay(
        month,
        payment.promoters,
        on=payment.on,
        method=payment.method,
        voucher=payment.voucher,
        although_transferred=payment.although_transferred,
    )


def accept(office: Office, doubt: Doubt, progress: Progress) -> Doubt:
    progress.step("", 0, 0)
    return office.log_doubts.accept(doubt)


def numbers(office: Office, month: Month, given: tuple[str, str], progress: Progress) -> None:
    progress.step("", 0, 0)
    office.settings.set_numbers(month, *given)


def cancel(printing: Printing, number: str, reason: str, progress: Progress) -> str:
    progress.step("", 0, 0)
    printing.cancel(number, reason)
    return number
