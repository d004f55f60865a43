"""合言葉: asked once, in the page, and kept only in memory."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard


class KeywordCard(SectionCard):
    """``given`` carries what was typed; the field is emptied at once."""

    given = Signal(str)

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title("事務局の合言葉をお入れください")
        self._line = TextLine()
        self.setFocusProxy(self._line)
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._field = FormField(
            "合言葉(パスワード。人に教えません)",
            self._line,
            hint=hint or "届いたファイルを開くのに使います。閉じるまで、もうお聞きしません。",
        )
        self._open = BigButton("開く", "check", "main")
        self._open.clicked.connect(self._give)
        self.add(self._field)
        self.add_row(self._open)

    def show_wrong(self, text: str) -> None:
        """Say why it did not open, under the field."""
        self._field.block(text)
        self._field.focus()

    def _give(self) -> None:
        text = self._line.text()
        if not text:
            self.show_wrong("")
            return
        self._field.clear_message()
        self._line.clear()
        self.given.emit(text)
