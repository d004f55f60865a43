"""活動した人: the promoter, or somebody in his place, whose standing is named."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.showing import show_when


class ProxyField(QWidget):
    """本人, or 代理 with the person's standing; 代理 is not counted by default."""

    touched = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = ChipBar("活動した人", one_stop=True)
        self._chips.show_chips([("self", "本人"), ("proxy", "代理")])
        self._line = TextLine("代理の方の立場")
        hint = "例: コアメンバー。代理の活動は、ふつう回数に数えません"
        self._field = FormField("代理の方の立場", self._line, hint=hint)
        self.setFocusProxy(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._chips)
        column.addWidget(self._field)
        self._chips.chosen.connect(self._choose)
        self._line.touched.connect(self.touched)
        self._line.left.connect(self.left)
        self.fill(None)

    def fill(self, value: str | None) -> None:
        """Show 本人 for None, else 代理 with what is known of him."""
        self._line.setText(value or "")
        self._show("self" if value is None else "proxy")

    def value(self) -> str | None:
        """Return None for 本人, else the standing of who went, '' where it was left empty."""
        return self._line.text_so_far() if self._chips.current() == "proxy" else None

    def _choose(self, key: object) -> None:
        self._show(str(key))
        self.touched.emit()

    def _show(self, key: str) -> None:
        self._chips.choose(key)
        show_when(self._field, wanted=key == "proxy")
