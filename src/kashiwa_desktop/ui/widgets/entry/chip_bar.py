"""Large chips to choose from: frequent activities, categories, lengths of time."""

from collections.abc import Hashable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order

_STEPS = {
    Qt.Key.Key_Left.value: -1,
    Qt.Key.Key_Up.value: -1,
    Qt.Key.Key_Right.value: 1,
    Qt.Key.Key_Down.value: 1,
}


class ChipBar(QWidget):
    """Chips in a flow; one of them can be the chosen one, pressing it again keeps it chosen.

    With ``one_stop`` Tab stops once, at the chosen chip, and the arrows choose another one.
    """

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None, *, one_stop: bool = False) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._one_stop = one_stop
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
        restore_tab_order(self)

    def current(self) -> Hashable:
        return self._chosen

    def choose(self, key: Hashable) -> None:
        """Show ``key`` as chosen (None: none); emits nothing."""
        self._chosen = key
        for other, chip in self._chips.items():
            chip.setChecked(other == key)
        self._place_stop()

    def chip(self, key: Hashable) -> BigButton | None:
        """Return the chip of a key."""
        return self._chips.get(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(event.key())
            if step is not None:
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        keys = list(self._chips)
        here = keys.index(self._chosen) if self._chosen in keys else min(-by, 0)
        self._take(keys[(here + by) % len(keys)])
        self._chips[self._chosen].setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_stop(self) -> None:
        """Let the keyboard come to the chosen chip, or to the first one."""
        stop = self._chips.get(self._chosen) or next(iter(self._chips.values()), None)
        if stop is not None:
            self.setFocusProxy(stop)
        if self._one_stop:
            policy = Qt.FocusPolicy
            for chip in self._chips.values():
                chip.setFocusPolicy(policy.StrongFocus if chip is stop else policy.ClickFocus)

    def _take(self, key: Hashable) -> None:
        self.choose(key)
        self.chosen.emit(key)

    def _chip(self, word: str) -> BigButton:
        chip = BigButton(word)
        chip.setCheckable(True)
        chip.clicked.connect(self._press)
        if self._one_stop:
            chip.installEventFilter(self)  # a button would move the focus by itself
        self._flow.addWidget(chip)
        return chip

    def _press(self) -> None:
        pressed = self.sender()
        for key, chip in self._chips.items():
            if chip is pressed:
                self._take(key)
                return
