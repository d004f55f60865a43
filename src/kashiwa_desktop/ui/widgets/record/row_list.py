"""Rows that are added and taken away: points of an agenda, pieces of homework."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.undo_strip import UndoStrip


class Row(QFrame):
    """One row; it says what it holds and asks to be taken away."""

    touched = Signal()
    left = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "card")
        self.remove = BigButton("消す", "trash", "quiet")
        self.remove.clicked.connect(self.removed)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(2 * theme.GAP, theme.GAP, 2 * theme.GAP, theme.GAP)
        self.body.setSpacing(theme.GAP)

    def fill(self, value: dict[str, Any]) -> None:
        raise NotImplementedError

    def typed(self) -> dict[str, Any]:
        raise NotImplementedError

    def given(self) -> dict[str, Any]:
        return self.typed()

    def unreadable(self) -> list[Problem]:
        return []

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said: such a row is not recorded."""
        raise NotImplementedError


class RowList(QWidget):
    """Rows below each other, ［加える］ under them, and the way back after one was taken away."""

    touched = Signal()
    left = Signal()

    def __init__(self, make: Callable[[], Row], word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._rows: list[Row] = []
        self._taken: tuple[int, dict[str, Any]] | None = None
        self._strip = UndoStrip()
        self._add = BigButton(word, "plus")
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.GAP)
        buttons = FlowLayout()
        buttons.addWidget(self._add)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.GAP)
        whole.addLayout(self._column)
        whole.addWidget(self._strip)
        whole.addLayout(buttons)
        self._add.clicked.connect(self._add_empty)
        self._strip.undo_asked.connect(self._put_back)

    def rows(self) -> list[Row]:
        return list(self._rows)

    def fill(self, values: Sequence[dict[str, Any]]) -> None:
        """Show these rows."""
        self._strip.clear()
        while self._rows:
            self._take_away(self._rows[-1])
        for value in values:
            self._insert(len(self._rows), value)

    def typed(self) -> list[dict[str, Any]]:
        return [row.typed() for row in self._rows if not row.is_empty]

    def given(self) -> list[dict[str, Any]]:
        return [row.given() for row in self._rows if not row.is_empty]

    def unreadable(self) -> list[Problem]:
        return [problem for row in self._rows for problem in row.unreadable()]

    def _insert(self, place: int, value: dict[str, Any]) -> Row:
        row = self._make()
        row.fill(value)
        self._rows.insert(place, row)
        self._column.insertWidget(place, row)
        row.touched.connect(self.touched)
        row.left.connect(self.left)
        row.removed.connect(self._remove_sender)
        show_when(row, wanted=True)
        restore_tab_order(self)
        return row

    def _take_away(self, row: Row) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _add_empty(self) -> None:
        self._insert(len(self._rows), {}).setFocus()

    def _remove_sender(self) -> None:
        row = self.sender()
        if not isinstance(row, Row):
            return
        self._taken = (self._rows.index(row), row.typed())
        was_empty = row.is_empty
        self._take_away(row)
        if not was_empty:
            self._strip.tell("1件消しました。")
        self.touched.emit()

    def _put_back(self) -> None:
        if self._taken is not None:
            self._insert(*self._taken)
            self.touched.emit()
