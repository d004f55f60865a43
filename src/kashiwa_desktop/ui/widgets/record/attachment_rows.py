"""The files beside a record, one a row: its name and size, ［開く］, and where wanted ［外す］."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kashiwa_desktop.domain.attachment import Attachment, size_words
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.records.attaching import Attaching
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class AttachmentRow(QFrame):
    """One file."""

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, one: Attachment, *, removable: bool) -> None:
        super().__init__()
        self._one = one
        buttons = FlowLayout()
        buttons.addWidget(self._button("開く", "folder", self._ask_open))
        if removable:
            buttons.addWidget(self._button("外す", "close", self._ask_remove))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP // 2)
        column.addWidget(TextLabel(f"{one.name} ({size_words(one.bytes)})"))
        column.addLayout(buttons)

    def _button(self, word: str, icon: str, pressed: Callable[[], None]) -> BigButton:
        button = BigButton(word, icon)
        button.setAccessibleDescription(self._one.name)
        button.clicked.connect(pressed)
        return button

    def _ask_open(self) -> None:
        self.opened.emit(self._one)

    def _ask_remove(self) -> None:
        self.removed.emit(self._one)


class AttachmentRows(QWidget):
    """Rows below each other; ``opened`` and ``removed`` give the ``Attachment``."""

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, *, removable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._removable = removable
        self._rows: list[AttachmentRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)
        self.hide()

    def show_files(self, files: Sequence[Attachment]) -> None:
        """Replace what is shown."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [AttachmentRow(one, removable=self._removable) for one in files]
        for row in self._rows:
            self._column.addWidget(row)
            row.opened.connect(self.opened)
            row.removed.connect(self.removed)
        show_when(self, wanted=bool(files))
        restore_tab_order(self)


def open_file(attaching: Attaching, one: Attachment) -> None:
    """Open a file with the program of this PC that is for it; RefusedError where that fails."""
    url = QUrl.fromLocalFile(str(attaching.path_of(one)))
    if not QDesktopServices.openUrl(url):
        text = "開けませんでした。この種類のファイルを開くソフトが、このパソコンにないようです。"
        raise RefusedError(text, code="no_program")
