"""The keys of every screen, and the guard that keeps single keys away from typing.

Enter never saves: text fields swallow it (``widgets/text_fields.py``), buttons are pressed by it
only while they have the focus.
"""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

COMPOSING = "composing"
"""Dynamic property of a text field: an input method is converting in it right now."""


def is_typing() -> bool:
    """Whether a text field has the focus, conversion going on or not."""
    focus = QApplication.focusWidget()
    return focus is not None and focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def is_composing() -> bool:
    """Whether an input method is converting in the field that has the focus."""
    focus = QApplication.focusWidget()
    return focus is not None and bool(focus.property(COMPOSING))


class WindowKeys(QObject):
    """The keys that mean the same on every screen."""

    help_asked = Signal()
    new_asked = Signal()
    save_asked = Signal()
    undo_asked = Signal()
    find_asked = Signal()
    print_asked = Signal()
    bigger_asked = Signal()
    smaller_asked = Signal()
    normal_asked = Signal()
    back_asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        for sequence, signal in (
            ("F1", self.help_asked),
            ("Ctrl+N", self.new_asked),
            ("Ctrl+S", self.save_asked),
            ("Ctrl+Z", self.undo_asked),
            ("Ctrl+F", self.find_asked),
            ("Ctrl+P", self.print_asked),
            ("Ctrl++", self.bigger_asked),
            ("Ctrl+;", self.bigger_asked),  # where + is on a Japanese keyboard, without Shift
            ("Ctrl+=", self.bigger_asked),
            ("Ctrl+-", self.smaller_asked),
            ("Ctrl+0", self.normal_asked),
        ):
            shortcut = QShortcut(QKeySequence(sequence), window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(signal)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        back.activated.connect(self._go_back)

    @Slot()
    def _go_back(self) -> None:
        if not is_composing():
            self.back_asked.emit()


class SingleKeys(QObject):
    """Letter and number keys of a page: they act only while nothing is being typed.

    ``pressed`` gives the key as it was listed, ``"1"`` or ``"J"``.
    """

    pressed = Signal(str)

    def __init__(self, page: QWidget, keys: Iterable[str]) -> None:
        super().__init__(page)
        self._shortcuts: list[QShortcut] = []
        for key in keys:
            shortcut = QShortcut(QKeySequence(key), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._press)
            self._shortcuts.append(shortcut)

    def switch(self, *, on: bool) -> None:
        """Let the keys act or leave them alone, as the person chose."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(on)

    @Slot()
    def _press(self) -> None:
        shortcut = self.sender()
        if isinstance(shortcut, QShortcut) and not is_typing():
            self.pressed.emit(shortcut.key().toString())
