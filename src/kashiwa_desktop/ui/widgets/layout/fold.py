"""What is hidden until wanted: 「くわしく書く」."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.showing import show_when


class Fold(QWidget):
    """A button that opens and closes what is ``add``-ed to it."""

    toggled = Signal(bool)

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = word
        self._switch = BigButton(word, "down")
        self._inner = QWidget()
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(2 * theme.GAP)
        self._inner.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._switch)
        column.addWidget(self._inner)
        self._switch.clicked.connect(self._toggle)

    @property
    def is_open(self) -> bool:
        return not self._inner.isHidden()

    def add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self.body.addWidget(widget)

    def open(self, *, opened: bool = True) -> None:
        show_when(self._inner, wanted=opened)
        self._switch.set_icon("up" if opened else "down")
        self._switch.set_word(f"{self._word} (閉じる)" if opened else self._word)
        self.toggled.emit(opened)

    def _toggle(self) -> None:
        self.open(opened=not self.is_open)
