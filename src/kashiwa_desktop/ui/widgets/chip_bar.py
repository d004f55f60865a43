"""Large chips to choose from: frequent activities, categories, lengths of time."""

from collections.abc import Hashable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.showing import show_when


class ChipBar(QWidget):
    """Chips in a flow; one of them can be the chosen one, pressing it again keeps it chosen."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._flow = FlowLayout(self)
        self._chips: dict[Hashable, BigButton] = {}
        self._chosen: Hashable = None

    def show_chips(self, chips: Iterable[tuple[Hashable, str]]) -> None:
        """Replace the chips by (key, word) pairs; a word may have a second line."""
        for old in self._chips.values():
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._chips = {key: self._chip(word) for key, word in chips}
        self.choose(self._chosen if self._chosen in self._chips else None)
        show_when(self, wanted=bool(self._chips))

    def current(self) -> Hashable:
        return self._chosen

    def choose(self, key: Hashable) -> None:
        """Show ``key`` as chosen (None: none); emits nothing."""
        self._chosen = key
        for other, chip in self._chips.items():
            chip.setChecked(other == key)

    def _chip(self, word: str) -> BigButton:
        chip = BigButton(word)
        chip.setCheckable(True)
        chip.clicked.connect(self._press)
        self._flow.addWidget(chip)
        return chip

    def _press(self) -> None:
        pressed = self.sender()
        for key, chip in self._chips.items():
            if chip is pressed:
                self.choose(key)
                self.chosen.emit(key)
