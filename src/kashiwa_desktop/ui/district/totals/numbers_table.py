"""The table of 集計: every number is a place for the keyboard, and opens its records."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from kashiwa_desktop.domain.crosstab import UNITS, Line, words
from kashiwa_desktop.services.counting.tabulating import Spot, TotalsTable, number_at
from kashiwa_desktop.ui.widgets.table.table_model import LEFT, RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView

_LEAST_ROWS = 5
_NAMES_MOST = 0.45
"""Part of the width that the names may take; a longer one ends in dots and has a tip."""

Index = QModelIndex | QPersistentModelIndex


class NumbersModel(TableModel[Line]):
    """Lines with their names at the side, the sums of all in bold before them."""

    def __init__(self, table: TotalsTable, measure: str) -> None:
        self._measure = measure
        has_before = table.numbers.has_before and measure == "count"
        columns = [Column("計", _whole(measure), align=RIGHT)]
        columns += [Column("期首", _before, align=RIGHT)] if has_before else []
        columns += [
            Column(name, _cell(n, measure), align=RIGHT)
            for n, (_, name) in enumerate(table.numbers.columns)
        ]
        self._first = len(columns) - len(table.numbers.columns)
        super().__init__(columns)
        self.show_table(table)

    def show_table(self, table: TotalsTable) -> None:
        """Show other numbers of the same columns."""
        self._keys = [key for key, _ in table.numbers.columns]
        self.show_rows([table.numbers.last, *table.numbers.lines])

    def spot(self, index: Index) -> Spot | None:
        """Return which number stands at an index; None for the opening balance."""
        line, place = self.row(index.row()), index.column()
        if 0 < place < self._first:
            return None
        column = self._keys[place - self._first] if place else None
        return Spot(line.key or None, column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.FontRole and index.isValid():
            font = QFont()
            font.setBold(index.row() == 0 or index.column() == 0)
            return font
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid():
            line, column = self.row(index.row()), self.columns[index.column()]
            return f"{line.name} {column.title} {column.text(line)}{UNITS[self._measure]}"
        return super().data(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal or not 0 <= section < len(self.rows):
            return super().headerData(section, orientation, role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.row(section).name
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT | Qt.AlignmentFlag.AlignVCenter
        return None


class NumbersTable(TableView[Line]):
    """``number_opened`` gives the ``Spot`` of a number; ``spot_chosen`` comes as one moves about.

    The names stand still at the side while the columns scroll.
    """

    number_opened = Signal(object)
    spot_chosen = Signal()

    def __init__(
        self, table: TotalsTable, measure: str, name: str, parent: QWidget | None = None
    ) -> None:
        self._numbers = NumbersModel(table, measure)
        self._shape = shape(table, measure)
        super().__init__(self._numbers, name, parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setSectionsClickable(False)
        self.verticalHeader().show()
        self.setCurrentIndex(self._numbers.index(0, 0))

    @property
    def shape(self) -> tuple[object, ...]:
        """What the table was made for."""
        return self._shape

    def show_table(self, table: TotalsTable) -> None:
        """Show other numbers in the same columns; the keyboard stays where it is."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        self._numbers.show_table(table)
        here = self._numbers.index(min(row, self._numbers.rowCount() - 1), column)
        self.setCurrentIndex(here)

    def spot(self) -> Spot | None:
        """Return which number the keyboard is on."""
        index = self.currentIndex()
        return self._numbers.spot(index) if index.isValid() else None

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        self.spot_chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.verticalHeader().setMaximumWidth(round(self.width() * _NAMES_MOST))

    def _open(self, index: QModelIndex) -> None:
        spot = self._numbers.spot(index) if index.isValid() else None
        if spot is not None:
            self.number_opened.emit(spot)

    def _fit(self) -> None:
        super()._fit()
        self.setMinimumHeight(_LEAST_ROWS * self.verticalHeader().defaultSectionSize())

    def _stretch_last(self) -> None:
        """A last number far from the others would be hard to read."""
        self.horizontalHeader().setStretchLastSection(False)


def shape(table: TotalsTable, measure: str) -> tuple[object, ...]:
    """Return what a table of numbers is made for."""
    return (table.numbers.columns, measure, table.numbers.has_before)


def has_records(table: TotalsTable, spot: Spot | None) -> bool:
    """Whether there is any record behind a number."""
    if spot is None:
        return False
    number = number_at(table, spot)
    return number.count > number.opening


def _whole(measure: str) -> Callable[[Line], str]:
    return lambda line: words(line.whole, measure)


def _cell(place: int, measure: str) -> Callable[[Line], str]:
    return lambda line: words(line.cells[place], measure)


def _before(line: Line) -> str:
    return f"{line.before:,}" if line.before else "–"
