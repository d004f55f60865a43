"""From 「支払済みにする」 to the payment written down; also its numbers and the transfer file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.services.checking.reviewing import Outcome
from kashiwa_desktop.services.money.banking import TWICE, TransferFile
from kashiwa_desktop.services.money.claimed import OnItsWay
from kashiwa_desktop.services.money.paying import is_transfer
from kashiwa_desktop.services.money.payments_desk import PaymentsView
from kashiwa_desktop.services.travel import sticks
from kashiwa_desktop.ui.messages import Message, Question
from kashiwa_desktop.ui.supervisor import payments_work
from kashiwa_desktop.ui.supervisor.office import Office
from kashiwa_desktop.ui.supervisor.pay_card import PayCard
from kashiwa_desktop.ui.supervisor.payments_table import yen_text
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork


class PayFlow(QObject):
    """``done`` says in words what was written down."""

    done = Signal(object)

    def __init__(self, page: ScrollPage, work: PageWork, office: Office) -> None:
        super().__init__(page)
        self._page, self._work, self._office = page, work, office
        self._on_its_way: dict[str, OnItsWay] = {}
        self.card = PayCard(office.clock.today())

    def begin(self, view: PaymentsView) -> None:
        """Offer what can be paid."""
        values = view.values
        self._on_its_way = {one.number: one for one in view.on_its_way}
        self.card.show_lines(view.payable, values.pay_on, values.voucher_number)

    def ask(self, month: Month) -> None:
        """Ask once more with the sum in the question, then write the payments down."""
        payment = self.card.payment()
        if payment is None:
            return
        going = [self._on_its_way[n] for n in payment.numbers if n in self._on_its_way]
        if is_transfer(payment.method):
            going = []
        title = "%s件 差引 %sを支払済みにしますか"
        text = "支払った日 %s、%s、伝票番号 %s。支払済みにした書類は、取り消せません。"
        text %= (long_date(payment.on), payment.method, payment.voucher or "－")
        question = Question(
            title % (self.card.count, yen_text(payment.net)),
            self._twice_words(going) + text if going else text,
            "それでも支払済みにする" if going else "支払済みにする",
        )
        if ConfirmDialog.ask(question, self._page):
            known = replace(payment, although_transferred=bool(going))
            work = partial(payments_work.pay, self._office, month, known)
            self._work.run(work, self._tell_paid, "支払を書きとめています")

    def _twice_words(self, going: Sequence[OnItsWay]) -> str:
        """Name the sheets a bank may be about to pay, and the file they stand in."""
        words = "%s は、振込のファイル%sに入っています。銀行からも支払われると、2回になります。"
        numbers = "、".join(one.number for one in going)
        return words % (numbers, going[0].words)

    def keep_numbers(self, month: Month, inquiry: str, voucher: str) -> None:
        work = partial(payments_work.numbers, self._office, month, (inquiry, voucher))
        self._work.run(work, self._tell_numbers, "番号を書きとめています")

    def write_transfer(self, month: Month, day: date, words: str) -> None:
        """Ask where the 全銀 file goes, and write it."""
        name = f"振込_{month}.txt"
        chosen, _ = QFileDialog.getSaveFileName(self._page, "振込のファイルを作る", name)
        if chosen:
            work = partial(self._office.transfers.write, month, day, words, sticks.chosen(chosen))
            self._work.run(work, self._tell_transfer, "振込のファイルを作っています")

    def _tell_paid(self, outcome: Outcome) -> None:
        if outcome.left:
            text = "%s人分を支払済みにしました。残り %s人分は、そのままです。"
            words = text % (len(outcome.done), len(outcome.left))
            self.done.emit(Message(words, outcome.left[0].reason, tone="notice"))
        else:
            text = "%s人分を支払済みにしました。"
            self.done.emit(Message(text % len(outcome.done), tone="ok"))

    def _tell_numbers(self, _done: object) -> None:
        self.done.emit(Message("伺番号と伝票番号を書きとめました。", tone="ok"))

    def _tell_transfer(self, made: TransferFile) -> None:
        text = "%s件 合計 %s円を %s に書きました。"
        words = text % (made.rows, f"{made.total_yen:,}", made.file.name)
        if made.before:
            day = long_date(date.fromisoformat(made.before[:10]), weekday=False)
            again = f"同じ書類のファイルを{day}にも作っています。"
            self.done.emit(Message(words, again + TWICE, tone="notice"))
            return
        self.done.emit(Message(words, tone="ok"))
