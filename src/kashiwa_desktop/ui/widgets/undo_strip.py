"""What was just done, and the way back; stays until the next action."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class UndoStrip(QFrame):
    """「『11月12日 包括と打合せ』を消しました。［元に戻す］」."""

    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "ok")
        self._text = TextLabel()
        self._undo = BigButton("元に戻す", "undo")
        self._undo.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setSpacing(2 * theme.GAP)
        row.setContentsMargins(2 * theme.GAP, theme.GAP, 2 * theme.GAP, theme.GAP)
        row.addWidget(self._text, 1)
        row.addWidget(self._undo)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def tell(self, text: str) -> None:
        """Show a whole sentence about what was done."""
        self._text.setText(text)
        self.setAccessibleName(text)
        show_when(self, wanted=True)

    def clear(self) -> None:
        """The next action has begun."""
        self.hide()

    def _ask(self) -> None:
        self.hide()
        self.undo_asked.emit()
