"""A text field with chips of what was written there before: one press writes it again."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout

_CHIPS = 5


class RefillLine(QWidget):
    """One line, such as a place; a chip replaces what stands in it."""

    touched = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = TextLine(name)
        self._chips = ChipBar(f"{name}を選ぶ", one_stop=True)
        self._chips.hide()
        self.setFocusProxy(self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._line)
        column.addWidget(self._chips)
        self._line.touched.connect(self._mark)
        self._line.touched.connect(self.touched)
        self._line.left.connect(self.left)
        self._chips.chosen.connect(self._take)

    def offer(self, values: Sequence[str]) -> None:
        self._chips.show_chips([(value, value) for value in values[:_CHIPS]])
        self._mark()

    def text(self) -> str:
        return self._line.text_so_far()

    def set_text(self, text: str) -> None:
        self._line.setText(text)

    def _mark(self) -> None:
        self._chips.choose(self._line.text() or None)

    def _take(self, value: object) -> None:
        self._line.setText(str(value))
        self.left.emit()


class RefillArea(QWidget):
    """Names, one a line; a chip or a name of the list adds one."""

    touched = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = TextArea(name, lines=2)
        self._list = ChoiceBox(f"一覧の{name}")
        self._add = BigButton("一覧から加える", "plus")
        self.setFocusProxy(self._area)
        row = FlowLayout()
        row.addWidget(self._list)
        row.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._area)
        column.addLayout(row)
        self._area.touched.connect(self.touched)
        self._area.left.connect(self.left)
        self._add.clicked.connect(self._take)

    def offer(self, values: Sequence[str]) -> None:
        self._list.show_choices([(value, value) for value in values])

    def lines(self) -> list[str]:
        """Return the lines that hold something."""
        return [line for line in self._area.text_so_far().split("\n") if line.strip()]

    def set_lines(self, lines: Sequence[str]) -> None:
        self._area.set_text("\n".join(lines))

    def _take(self) -> None:
        value = self._list.current()
        if isinstance(value, str) and value not in self.lines():
            self.set_lines([*self.lines(), value])
            self.left.emit()
