"""The table of the board: one line an area, the month in question beside the name."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.board import Cell
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.reviewing import Board, Row
from kashiwa_desktop.ui.widgets.state_mark import StateMark, board_marks
from kashiwa_desktop.ui.widgets.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table_view import TableView

translate = QCoreApplication.translate

_LEAST_ROWS = 7


class BoardTable(TableView[Row]):
    """Areas × months, the newest month first, so that it is seen at every size of the text.

    The table is made for certain months; other months need another table.
    """

    def __init__(self, board: Board, name: str, parent: QWidget | None = None) -> None:
        self._rows_model = TableModel(_columns(board))
        super().__init__(self._rows_model, name, parent)
        self._stay_high()
        self.show_board(board)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._stay_high()

    @staticmethod
    def shape(board: Board) -> tuple[object, ...]:
        """Return what a table is made for."""
        return (board.months, _has_zones(board.rows))

    def show_board(self, board: Board) -> None:
        """Show other rows of the same months; the row the keyboard is on stays."""
        before = self.currentIndex().row()
        self._rows_model.show_rows(_in_zones(board.rows))
        self.choose(max(before, 0))

    def _stay_high(self) -> None:
        """Keep some rows in view where the page is short of room; it scrolls then."""
        self.setMinimumHeight(_LEAST_ROWS * self.verticalHeader().defaultSectionSize())


def mark_of(cell: Cell) -> StateMark:
    """Return shape and word of a cell."""
    marks = board_marks()
    return marks["empty" if cell.empty and cell.state == "received" else cell.state]


def words_of(cell: Cell) -> str:
    """Return everything a cell says: its state, 活動なし, 遅, changes after closing."""
    words = [mark_of(cell).word]
    if cell.empty and cell.state != "received":
        words.append(translate("board", "活動なし"))
    if cell.late:
        words.append(translate("board", "遅"))
    if cell.changed_after_close:
        words.append(translate("board", "締めのあと変更(%s)") % cell.changed_after_close)
    if cell.changed_after_approval:
        words.append(translate("board", "承認のあと変更(%s)") % cell.changed_after_approval)
    return " ".join(words)


def _columns(board: Board) -> list[Column[Row]]:
    columns: list[Column[Row]] = [
        Column(translate("board", "地域"), _area),
        Column(translate("board", "推進員"), _name),
    ]
    if _has_zones(board.rows):
        columns.insert(0, Column(translate("board", "圏域"), _zone))
    last = board.months[-1]
    return [*columns, *(_month_column(m, last) for m in reversed(board.months))]


def _month_column(month: Month, last: Month) -> Column[Row]:
    def text(row: Row) -> str:
        return words_of(row.cells[month])

    def mark(row: Row) -> StateMark:
        return mark_of(row.cells[month])

    title = month.short() if month == last else translate("board", "%s月") % month.number
    return Column(title, text, mark=mark)


def _area(row: Row) -> str:
    return row.area.name


def _zone(row: Row) -> str:
    return row.area.zone


def _name(row: Row) -> str:
    return row.name or "–"


def _has_zones(rows: Sequence[Row]) -> bool:
    return len({row.area.zone for row in rows}) > 1


def _in_zones(rows: Sequence[Row]) -> list[Row]:
    """Return the rows grouped by zone, in the order of each zone's first area."""
    zones = list(dict.fromkeys(row.area.zone for row in rows))
    return sorted(rows, key=lambda row: zones.index(row.area.zone))
