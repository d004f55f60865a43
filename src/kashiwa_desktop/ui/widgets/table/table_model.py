"""Rows and columns as data: any list of values shown as a table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kashiwa_desktop.ui.widgets.icon import icon
from kashiwa_desktop.ui.widgets.state_mark import StateMark
from kashiwa_desktop.ui.widgets.text_label import plain_tip

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

ROW = Qt.ItemDataRole.UserRole.value
"""Role that gives the row's value back, through any proxy."""
SORT = Qt.ItemDataRole.UserRole.value + 1
"""Role that gives the native value to sort by."""

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: title, text of a row, what it is sorted by, its side, a tip, a state's shape."""

    title: str
    text: Callable[[Row], str]
    sort_by: Callable[[Row], Any] | None = None
    align: Qt.AlignmentFlag = LEFT
    tip: Callable[[Row], str] | None = None
    mark: Callable[[Row], StateMark | None] | None = None

    def key(self, row: Row) -> Any:
        return self.sort_by(row) if self.sort_by else self.text(row)


class TableModel(QAbstractTableModel, Generic[Row]):
    """Shows rows; ``show_rows`` replaces them whole, sorting orders the list itself.

    Sorting a list and resetting is quick at any size; Qt's sorting proxy is not (TECH.md §1).
    """

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: list[Row] = []
        self._order: tuple[int, Qt.SortOrder] | None = None

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        return self._columns

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in the order in which they are shown."""
        return tuple(self._rows)

    def show_rows(self, rows: Iterable[Row]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self._sort_rows()
        self.endResetModel()

    def show_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Replace the columns, such as when those of tax are wanted; the order is forgotten."""
        self.beginResetModel()
        self._columns, self._order = tuple(columns), None
        self.endResetModel()

    def row(self, number: int) -> Row:
        return self._rows[number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align | Qt.AlignmentFlag.AlignVCenter
        return self._other_data(row, column, role)

    def _other_data(self, row: Row, column: Column[Row], role: int) -> Any:
        if role == ROW:
            return row
        if role == SORT:
            return column.key(row)
        if role == Qt.ItemDataRole.DecorationRole:
            mark = column.mark(row) if column.mark else None
            return icon(mark.icon, mark.role) if mark else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title} {column.text(row)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(column.tip(row)) if column.tip else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self._columns):
            if role in shown:
                return self._columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self._columns[section].align | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._order = (column, order) if column >= 0 else None
        self._sort_rows()
        self.endResetModel()

    def _sort_rows(self) -> None:
        if self._order is not None:
            column, order = self._order
            self._rows.sort(
                key=self._columns[column].key, reverse=order == Qt.SortOrder.DescendingOrder
            )
