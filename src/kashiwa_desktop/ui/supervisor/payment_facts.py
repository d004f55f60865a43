"""What stands at the head of the 支払一覧 and is not reckoned: day, account, 伺番号, 伝票番号."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.services.money.payments_desk import PaymentsView
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class PaymentFacts(Fold):
    """``kept`` gives 伺番号 and 伝票番号 of the month in view."""

    kept = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("支払予定日・勘定科目・伺番号・伝票番号", parent)
        self._facts = TextLabel()
        self._inquiry, self._voucher = TextLine(), TextLine()
        self._keep = BigButton("番号を書きとめる", "save")
        self.add(
            self._facts,
            FormField("伺番号", self._inquiry),
            FormField("伝票番号", self._voucher),
            self._keep,
        )
        self._shown = ("", "", "")
        self._keep.clicked.connect(self._give)

    def show_view(self, view: PaymentsView) -> None:
        """Show the facts of a month; what is being typed stays."""
        values = view.values
        day = long_date(values.pay_on) if values.pay_on else "－"
        account = values.account or "－"
        self._facts.setText(f"支払予定日 {day}  勘定科目 {account}")
        shown = (str(view.month), values.inquiry_number, values.voucher_number)
        if shown != self._shown:
            self._shown = shown
            self._inquiry.setText(values.inquiry_number)
            self._voucher.setText(values.voucher_number)

    def _give(self) -> None:
        self.kept.emit(self._inquiry.text_so_far().strip(), self._voucher.text_so_far().strip())
