"""承認の取り消し: never without its reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.fold import Fold


class WithdrawCard(Fold):
    """Folded away until wanted; ``withdrawn`` carries the reason."""

    withdrawn = Signal(str)
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("この承認を取り消したいとき", parent)
        self._line = TextLine()
        self._field = FormField("取り消す理由", self._line, required=True)
        self._go = BigButton("承認を取り消す", "undo")
        self._line.touched.connect(self.touched)
        self._go.clicked.connect(self._give)
        self.add(self._field, self._go)

    def state(self) -> str:
        return self._line.text_so_far()

    def restore(self, text: str) -> None:
        """Show what was typed before; nothing folds it."""
        self._line.setText(text)
        self._field.clear_message()
        self.open(opened=bool(text.strip()))

    def _give(self) -> None:
        reason = self._line.text().strip()
        if reason:
            self.withdrawn.emit(reason)
        else:
            self._field.block()
            self._field.focus()
