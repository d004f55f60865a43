"""How many people of each kind of organisation came; their sum is shown and never typed."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kashiwa_desktop.domain import entry
from kashiwa_desktop.domain.category import ATTENDANCE_KINDS
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.read_line import ReadLine
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class AttendanceFields(QWidget):
    """One small field for each kind; empty ones are not recorded."""

    touched = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = {
            kind: ReadLine(entry.parse_count, str, word, width=4)
            for kind, word in ATTENDANCE_KINDS.items()
        }
        self._sum = TextLabel(role="strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(self._grid())
        column.addWidget(self._sum)
        self.setFocusProxy(next(iter(self._counts.values())))
        for line in self._counts.values():
            line.touched.connect(self._add_up)
            line.touched.connect(self.touched)
            line.left.connect(self.left)
        self._add_up()

    def total(self) -> int:
        """Return the number of people."""
        return sum(self.given().values())

    def fill(self, counts: dict[str, Any]) -> None:
        for kind, line in self._counts.items():
            line.put(counts.get(kind))

    def typed(self) -> dict[str, str]:
        texts = {kind: line.text_so_far() for kind, line in self._counts.items()}
        return {kind: text for kind, text in texts.items() if text.strip()}

    def given(self) -> dict[str, int]:
        values = {kind: line.value() for kind, line in self._counts.items()}
        return {kind: value for kind, value in values.items() if value is not None}

    def unreadable(self) -> list[Problem]:
        for kind, line in self._counts.items():
            line.set_blocked(blocked=line.is_unreadable)
            if line.is_unreadable:
                told = "「%s」の人数を数字でご記入ください。空けておいてもかまいません。"
                text = told % ATTENDANCE_KINDS[kind]
                return [Problem("number_unreadable", text, "attendance", blocking=True)]
        return []

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * theme.GAP)
        grid.setVerticalSpacing(theme.GAP)
        for place, (kind, line) in enumerate(self._counts.items()):
            row, side = place // 2, 2 * (place % 2)
            label = TextLabel(ATTENDANCE_KINDS[kind])
            label.setBuddy(line)
            grid.addWidget(label, row, side)
            grid.addWidget(line, row, side + 1)
            grid.setColumnStretch(side, 1)
        return grid

    def _add_up(self) -> None:
        self._sum.setText(f"合計 {self.total()}人")
