"""The 合言葉 once more, before anything is entrusted to it."""

from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.secret_line import SecretLine
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class OpenCard(SectionCard):
    """``take`` gives what was typed; the keys are read from the disk again with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("⑤ 本当に開けるかの確かめ", parent)
        what = (
            "かぎをディスクから読み直し、合言葉と予備のかぎの両方で、ためしのファイルを開きます。"
            "開けてはじめて、事務局の記録を作ります。"
        )
        self._line = SecretLine()
        self._field = FormField(
            "さきほど決めた合言葉(パスワード。人に教えません)", self._line, required=True
        )
        self.add(TextLabel(what), self._field)
        self.setFocusProxy(self._line)

    def take(self) -> str:
        self._field.clear_message()
        if not self._line.text():
            self._field.block()
            self._field.focus()
        return self._line.take()

    def show_wrong(self, text: str) -> None:
        self._field.block(text)
        self._field.focus()
