"""How many people of each kind of organisation came; their sum is shown and never typed."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kashiwa_desktop.domain import entry
from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.read_line import ReadLine
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class AttendanceFields(QWidget):
    """One small field for each kind; empty ones are not recorded."""

    touched = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Words = SEED_WORDS
        self._kinds: dict[str, str] = {}
        self._counts: dict[str, ReadLine[int]] = {}
        self._labels: list[TextLabel] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * theme.GAP)
        self._grid.setVerticalSpacing(theme.GAP)
        self._sum = TextLabel(role="strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(self._grid)
        column.addWidget(self._sum)
        self._show_kinds(())
        self._add_up()

    def offer_words(self, words: Words) -> None:
        """Offer the kinds of the day; a kind in which people stand stays."""
        self._words = words
        self._show_kinds(self.typed())

    def total(self) -> int:
        """Return the number of people."""
        return sum(self.given().values())

    def fill(self, counts: dict[str, Any]) -> None:
        self._show_kinds(counts)
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
                text = told % self._kinds[kind]
                return [Problem("number_unreadable", text, "attendance", blocking=True)]
        return []

    def _show_kinds(self, stood: Iterable[str]) -> None:
        """Show a field for each kind that is offered, and for those that stand in the record."""
        kinds = self._words.shown("attendance", stood)
        if kinds == self._kinds:
            return
        typed, self._kinds = self.typed(), kinds
        for old in (*self._labels, *self._counts.values()):
            old.hide()
            self._grid.removeWidget(old)
            old.deleteLater()
        self._labels = [TextLabel(word) for word in kinds.values()]
        self._counts = {kind: self._line(word) for kind, word in kinds.items()}
        for place, (label, line) in enumerate(
            zip(self._labels, self._counts.values(), strict=True)
        ):
            row, side = place // 2, 2 * (place % 2)
            label.setBuddy(line)
            self._grid.addWidget(label, row, side)
            self._grid.addWidget(line, row, side + 1)
            self._grid.setColumnStretch(side, 1)
        for kind in typed.keys() & kinds.keys():
            self._counts[kind].put(typed[kind])
        self.setFocusProxy(next(iter(self._counts.values())))
        restore_tab_order(self)

    def _line(self, word: str) -> ReadLine[int]:
        line = ReadLine(entry.parse_count, str, word, width=4)
        line.touched.connect(self._add_up)
        line.touched.connect(self.touched)
        line.left.connect(self.left)
        return line

    def _add_up(self) -> None:
        self._sum.setText(f"合計 {self.total()}人")
