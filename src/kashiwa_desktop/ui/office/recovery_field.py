"""予備のかぎ typed in again: its forty words from the paper, or the text read from its QR code."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.safety.guarding import read_text
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea

_LINES = 8


class RecoveryField(QWidget):
    """``take`` gives what was typed and empties the field; a service says what is wrong with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = TextArea(lines=_LINES)
        self._field = FormField(
            "予備のかぎのことば(40個)",
            self._area,
            required=True,
            hint=(
                "封筒の紙を、1行目から順に、左から右へお書きください。"
                "ひらがなでもカタカナでもかまいません。QRから読み取った文字でも使えます。"
            ),
        )
        self._file = BigButton("文字のファイルから入れる", "folder")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._field)
        column.addWidget(self._file, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._area)
        self._file.clicked.connect(self._choose)

    def put(self, text: str) -> None:
        self._area.set_text(text)

    def clear(self) -> None:
        self._area.set_text("")
        self._field.clear_message()

    def text(self) -> str:
        """Return what was typed, '' after saying at the field that it is empty."""
        text = self._area.text()
        self._field.clear_message()
        if not text.strip():
            self._field.block()
            self._field.focus()
            return ""
        return text

    def show_wrong(self, text: str) -> None:
        """Say which word or line is wrong; what was typed stays."""
        self._field.block(text)
        self._field.focus()

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "予備のかぎの文字のファイル", "", "文字のファイル (*.txt *)"
        )
        if chosen:
            try:
                self.put(read_text(Path(chosen)))
            except AppError as error:
                self.show_wrong(error.text)
