"""The 全銀 file, shown only where the office switched it on: the day, the 合言葉, one button."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from kashiwa_desktop.services.holidays import holiday_name
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.date_entry import DateEntry
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class TransferCard(Fold):
    """``wanted`` gives the day of transfer and the 合言葉; the field is emptied at once."""

    wanted = Signal(object, str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("振込のファイル(全銀)を作る", parent)
        hint = "書類ができていて、まだ支払済みでないものが入ります。口座は画面に出しません。"
        self._day = DateEntry(today, holiday_name, "振込の日")
        self._words = TextLine()
        self._words.setEchoMode(QLineEdit.EchoMode.Password)
        self._fields = (
            FormField("振込の日", self._day, required=True),
            FormField("合言葉(パスワード。人に教えません)", self._words, required=True),
        )
        self._write = BigButton("ファイルを作る", "save")
        self.add(TextLabel(hint, "muted"), *self._fields, self._write)
        self._write.clicked.connect(self._give)

    def show_day(self, day: date | None) -> None:
        """Propose the planned day of payment."""
        if self._day.day() is None and day is not None:
            self._day.set_day(day)

    def _give(self) -> None:
        for field in self._fields:
            field.clear_message()
        day, words = self._day.day(), self._words.text()
        for field, given in zip(self._fields, (day, words), strict=True):
            if not given:
                field.block()
                field.focus()
                return
        self._words.clear()
        self.wanted.emit(day, words)
