"""Which USB memory stick is meant: the only one, or the one that was chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.services.travel.sticks import Stick
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class StickChoice(QWidget):
    """Says which sticks are there; ``changed`` comes when another one is meant."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sticks: list[Stick] = []
        self._words = TextLabel()
        self._chips = ChipBar("USBメモリーを選ぶ")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._words)
        column.addWidget(self._chips)
        self._chips.chosen.connect(self._tell)
        self._say()

    def show_sticks(self, sticks: Sequence[Stick]) -> None:
        """Show which sticks are in the PC now; the chosen one stays chosen while it is there."""
        before = [(s.path, s.name) for s in self._sticks]
        self._sticks = list(sticks)
        if before != [(s.path, s.name) for s in self._sticks]:
            self._chips.show_chips((str(s.path), s.name) for s in self._sticks)
            if len(self._sticks) == 1:
                self._chips.choose(str(self._sticks[0].path))
            self.changed.emit()
        self._say()

    def stick(self) -> Stick | None:
        """Return the stick that is meant, None where none is, or nobody chose yet."""
        return next((s for s in self._sticks if str(s.path) == self._chips.current()), None)

    def _tell(self, _path: object) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        show_when(self._chips, wanted=len(self._sticks) > 1)
        if not self._sticks:
            text = "USBメモリーをさしてください。さすと、ここに名前が出ます。"
        elif self.stick() is None:
            text = "USBメモリーが%s本あります。どれを使うかお選びください。"
            text %= len(self._sticks)
        else:
            text = f"USBメモリー「{self._sticks[self._place()].name}」を使います。"
        self._words.setText(text)

    def _place(self) -> int:
        return [str(s.path) for s in self._sticks].index(str(self._chips.current()))
