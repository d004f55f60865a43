"""One of a few values from a list that opens."""

from collections.abc import Hashable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget


class ChoiceBox(QComboBox):
    """Holds (key, word) pairs; the wheel scrolls the page and never changes what was chosen."""

    chosen = Signal(object)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: list[Hashable] = []
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._tell)

    def may_shrink(self) -> None:
        """Be as narrow as the page asks for: long values are read whole in the open list."""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def show_choices(self, choices: Iterable[tuple[Hashable, str]]) -> None:
        """Replace the values; what was chosen stays chosen while it is still there."""
        before = self.current()
        pairs = list(choices)
        self._keys = [key for key, _ in pairs]
        self.clear()
        self.addItems([word for _, word in pairs])
        self.choose(before if before in self._keys else None)

    def current(self) -> Hashable:
        """Return the key that is chosen, None for none."""
        place = self.currentIndex()
        return self._keys[place] if 0 <= place < len(self._keys) else None

    def choose(self, key: Hashable) -> None:
        """Show ``key`` as chosen (None: none); emits nothing."""
        self.setCurrentIndex(self._keys.index(key) if key in self._keys else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _tell(self, place: int) -> None:
        self.chosen.emit(self._keys[place])
