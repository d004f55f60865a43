"""The table of the board: zones as groups, one line an area, the month in question beside the name.

A cell leads to its own month: arrows move from cell to cell, Enter or a double click opens.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from kashiwa_desktop.domain.board import MISSING, RECEIVED, Cell
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.checking.reviewing import Board, Row
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.state_mark import StateMark, board_marks
from kashiwa_desktop.ui.widgets.table.table_model import ROW, Column, Index, TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView

_LEAST_ROWS = 6


@dataclass(frozen=True, slots=True)
class ZoneHead:
    """The line above the areas of a zone: how many are expected, and how many are here."""

    zone: str
    expected: int
    received: int


Line = Row | ZoneHead


class BoardTable(TableView[Line]):
    """Areas × months, the newest month first, so that it is seen at every size of the text.

    The table is made for certain months; other months need another table. ``cell_opened`` gives
    the row and the month that was meant.
    """

    cell_opened = Signal(object, object)

    def __init__(self, board: Board, name: str, parent: QWidget | None = None) -> None:
        self._months = tuple(reversed(board.months))
        self._lines = _Lines(_columns(board))
        super().__init__(self._lines, name, parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self._stay_high()
        self.show_board(board)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._stay_high()

    @staticmethod
    def shape(board: Board) -> tuple[object, ...]:
        """Return what a table is made for."""
        return (board.months,)

    def show_board(self, board: Board) -> None:
        """Show other rows of the same months; the cell the keyboard is on stays."""
        before = self.currentIndex()
        row, column = before.row(), before.column()
        across = self.horizontalScrollBar().value() if before.isValid() else 0
        lines = lines_of(board)
        self.clearSpans()
        self._lines.show_rows(lines)
        for number, line in enumerate(lines):
            if isinstance(line, ZoneHead):
                self.setSpan(number, 0, 1, self._lines.columnCount())
        first = next((n for n, line in enumerate(lines) if isinstance(line, Row)), 0)
        self._go_to(max(row, first), column if column >= 0 else len(_names()))
        self.horizontalScrollBar().setValue(across)  # at first the names of the areas are seen

    def choose(self, number: int) -> None:
        """Put the keyboard on the month in question of a row and show it."""
        self._go_to(number, len(_names()))

    def sizeHintForColumn(self, column: int) -> int:  # noqa: N802 - Qt's name
        """The head of a zone reaches over all columns and makes none of them wide."""
        if column != 0:
            return super().sizeHintForColumn(column)
        names = (_area(line) for line in self._lines.rows if isinstance(line, Row))
        width = max(map(self.fontMetrics().horizontalAdvance, names), default=0)
        return width + 4 * theme.GAP

    def _go_to(self, row: int, column: int) -> None:
        index = self._lines.index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _open(self, index: QModelIndex) -> None:
        line = index.data(ROW)
        if isinstance(line, Row):
            self.cell_opened.emit(line, self._months[max(index.column() - len(_names()), 0)])

    def _stay_high(self) -> None:
        """Keep some rows in view where the page is short of room; it scrolls then."""
        self.setMinimumHeight(_LEAST_ROWS * self.verticalHeader().defaultSectionSize())


class _Lines(TableModel[Line]):
    """The head of a zone stands out by its weight and its ground."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and isinstance(self.row(index.row()), ZoneHead):
            if role == Qt.ItemDataRole.BackgroundRole:
                return theme.colour("rail")
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return self.columns[index.column()].text(self.row(index.row()))
        return super().data(index, role)


def mark_of(cell: Cell) -> StateMark:
    """Return shape and word of a cell."""
    marks = board_marks()
    return marks["empty" if cell.empty and cell.state == "received" else cell.state]


def words_of(cell: Cell) -> str:
    """Return everything a cell says: its state, 活動なし, 遅, changes after closing."""
    words = [mark_of(cell).word]
    if cell.empty and cell.state != "received":
        words.append("活動なし")
    if cell.late:
        words.append("遅")
    if cell.changed_after_close:
        words.append(f"締めのあと変更({cell.changed_after_close})")
    if cell.changed_after_approval:
        words.append(f"承認のあと変更({cell.changed_after_approval})")
    return " ".join(words)


def lines_of(board: Board) -> list[Line]:
    """Return the rows grouped by zone, in the order of each zone's first area.

    One zone alone, or zones that the office has not said yet, make no groups.
    """
    last = board.months[-1]
    by_zone: dict[str, list[Row]] = {}
    for row in board.rows:
        by_zone.setdefault(row.area.zone_on(last.last), []).append(row)
    if len(by_zone) < 2:
        return list(board.rows)
    lines: list[Line] = []
    for zone, rows in by_zone.items():
        lines += [_head(zone, (row.cells[last] for row in rows)), *rows]
    return lines


def _head(zone: str, cells: Iterable[Cell]) -> ZoneHead:
    states = [cell.state for cell in cells]
    received = sum(state in RECEIVED for state in states)
    expected = sum(state in RECEIVED or state in MISSING for state in states)
    return ZoneHead(zone, expected, received)


def _names() -> Sequence[Column[Line]]:
    return (
        Column("地域", _area),
        Column("推進員", _name, tip=_app),
    )


def _columns(board: Board) -> list[Column[Line]]:
    last = board.months[-1]
    return [*_names(), *(_month_column(m, last) for m in reversed(board.months))]


def _month_column(month: Month, last: Month) -> Column[Line]:
    def text(line: Line) -> str:
        return words_of(line.cells[month]) if isinstance(line, Row) else ""

    def mark(line: Line) -> StateMark | None:
        return mark_of(line.cells[month]) if isinstance(line, Row) else None

    title = month.short() if month == last else f"{month.number}月"
    return Column(title, text, mark=mark)


def _app(line: Line) -> str:
    """Which version the PC has that made the newest file."""
    if not isinstance(line, Row) or not line.app:
        return ""
    return f"ソフトの版 {line.app}"


def _area(line: Line) -> str:
    if isinstance(line, Row):
        return line.area.name
    zone = line.zone or "圏域 未設定"
    return f"{zone} {line.expected}地域のうち{line.received}地域から届いています"  # fmt: skip


def _name(line: Line) -> str:
    return (line.name or "–") if isinstance(line, Row) else ""
