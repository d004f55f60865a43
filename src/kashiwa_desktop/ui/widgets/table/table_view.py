"""A table to read and to open rows from: tall rows, the keyboard, and the chosen row kept."""

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.table.table_model import ROW, Index, TableModel

Row = TypeVar("Row")

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TableView(QTableView, Generic[Row]):
    """Shows a ``TableModel``; Enter or a double click opens a row, one click only chooses it.

    The last column takes the room that is left, but never less than its heading needs; the others
    are as wide as their text.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, model: TableModel[Row], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setAccessibleName(name)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self._set_up_headers()
        self._fit()
        self.activated.connect(self._open)
        model.modelReset.connect(self._fit_columns)

    def allow_several(self) -> None:
        """Let several rows be chosen (Shift, Ctrl)."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def allow_sorting(self) -> None:
        """Let a click on a heading order the rows."""
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def current_row(self) -> Row | None:
        """Return the row the keyboard is on."""
        found: Any = self.currentIndex().data(ROW)
        return found  # type: ignore[no-any-return]

    def chosen_rows(self) -> list[Row]:
        """Return the rows that are chosen, from top to bottom."""
        indexes = self.selectionModel().selectedRows()
        return [index.data(ROW) for index in sorted(indexes, key=QModelIndex.row)]

    def choose(self, number: int) -> None:
        """Put the keyboard on a row and show it."""
        if 0 <= number < self._model.rowCount():
            self.selectRow(number)
            self.scrollTo(self._model.index(number, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            event.accept()
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch_last()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.chosen.emit(current.data(ROW))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(ROW))

    def _set_up_headers(self) -> None:
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(50)
        header.setSectionsMovable(False)

    def _fit(self) -> None:
        height = max(theme.TARGET, self.fontMetrics().height() + 2 * theme.GAP)
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setMinimumSectionSize(height)
        self.setMinimumHeight(3 * height)
        self._fit_columns()

    def _fit_columns(self) -> None:
        self.resizeColumnsToContents()
        self._stretch_last()

    def _stretch_last(self) -> None:
        header = self.horizontalHeader()
        last = header.count() - 1
        least = header.sectionSizeHint(last)
        fits = self.viewport().width() - header.sectionPosition(last) >= least
        header.setStretchLastSection(fits)
        if not fits:
            whole = min(self.sizeHintForColumn(last), self.viewport().width())
            header.resizeSection(last, max(least, whole))
