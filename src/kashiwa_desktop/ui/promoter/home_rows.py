"""Rows on a card of 今月: words on the left, what can be done with them on the right."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.emptying import empty
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class HomeRow(QFrame):
    """One row; ``actions`` are (key, icon, word), ``small`` a second line in small letters."""

    acted = Signal(object)

    def __init__(
        self, text: str, small: str = "", actions: Sequence[tuple[object, str, str]] = ()
    ) -> None:
        super().__init__()
        self._keys: dict[BigButton, object] = {}
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(TextLabel(text, "strong"))
        if small:
            words.addWidget(TextLabel(small, "small"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * theme.GAP)
        line.addLayout(words, 1)
        line.addLayout(self._buttons(text, actions), 1 if len(actions) > 1 else 0)

    def _buttons(self, text: str, actions: Iterable[tuple[object, str, str]]) -> FlowLayout:
        buttons = FlowLayout()
        for key, icon, word in actions:
            button = BigButton(word, icon)
            button.setAccessibleDescription(text)
            button.clicked.connect(self._act)
            self._keys[button] = key
            buttons.addWidget(button)
        return buttons

    def _act(self) -> None:
        button = self.sender()
        if isinstance(button, BigButton):
            self.acted.emit(self._keys[button])


class HomeRows(QWidget):
    """Rows below each other, replaced as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * theme.GAP)

    def show_rows(self, rows: Iterable[QWidget]) -> None:
        """Replace what is shown."""
        empty(self._column)
        for row in rows:
            self._column.addWidget(row)
        restore_tab_order(self)
