"""「新しい版 0.3.0 が、USBメモリーにあります。［入れる］」: above every page until put off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class UpdateStrip(QFrame):
    """``wanted`` comes when the person wants it put in; putting it off hides the strip."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = TextLabel()
        self._go = BigButton("入れる", "check", "main")
        self._later = BigButton("あとで", "close")
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GAP, theme.GAP, 2 * theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addWidget(self._text)
        column.addWidget(FlowRow(self._go, self._later))
        self._go.clicked.connect(self.wanted)
        self._later.clicked.connect(self.clear)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def tell(self, text: str, *, offers: bool = False) -> None:
        """Show a sentence; ``offers`` says that there is something to put in."""
        self.setProperty("panel", "ok" if offers else "notice")
        self.style().unpolish(self)
        self.style().polish(self)
        self._text.setText(text)
        self.setAccessibleName(text)
        self._later.set_word("あとで" if offers else "閉じる")
        show_when(self._go, wanted=offers)
        show_when(self, wanted=True)

    def clear(self) -> None:
        self.hide()
