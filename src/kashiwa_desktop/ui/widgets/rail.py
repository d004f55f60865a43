"""The left rail: a few large buttons, one for each place of the program."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton


class Rail(QFrame):
    """Icon and word below each other; Alt+1, Alt+2 … lead there too. ``chosen`` gives the place."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "rail")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.GAP, 2 * theme.GAP, theme.GAP, theme.GAP)
        self._column.setSpacing(theme.GAP)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._group.idClicked.connect(self.chosen)

    def add(self, icon: str, word: str) -> None:
        button = BigButton(word, icon, "rail")
        button.setCheckable(True)
        number = len(self._group.buttons())
        button.set_letter(str(number + 1))
        self._group.addButton(button, number)
        self._column.addWidget(button)

    def show_place(self, number: int | None) -> None:
        """Mark a place as the one that is shown; None for a page that is not on the rail."""
        if number is None:
            self._group.setExclusive(False)
            for button in self._group.buttons():
                button.setChecked(False)
            self._group.setExclusive(True)
        else:
            self._group.button(number).setChecked(True)
