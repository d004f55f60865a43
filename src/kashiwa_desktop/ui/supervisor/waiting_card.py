"""What cannot be printed yet, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.state_mark import StateMark, board_marks
from kashiwa_desktop.ui.widgets.table.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable


@dataclass(frozen=True, slots=True)
class NotReady:
    """One month that is not approved: whose, its state on the board, and the first reason."""

    promoter: str
    name: str
    state: str
    why: str


class WaitingCard(SectionCard):
    """``opened`` gives the promoter whose month is to be looked at."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rows = TableModel[NotReady](
            [
                Column("いまの状態", _word, mark=_mark),
                Column("地域と推進員", _name),
                Column("理由", _why),
            ]
        )
        self._table = WholeTable(self._rows, "まだ印刷できないもの")
        self._look = BigButton("選んだ月を確認する", "check")
        self._table.opened.connect(self._open)
        self._look.clicked.connect(self._open_current)
        self.add(self._table)
        self.add_row(self._look)

    def show_waiting(self, waiting: Sequence[NotReady]) -> None:
        """Replace what is listed; nothing hides the card."""
        self.set_title(f"まだ印刷できないもの {len(waiting)}件")
        self._rows.show_rows(waiting)
        self._table.choose(0)
        show_when(self, wanted=bool(waiting))

    def _open(self, row: NotReady) -> None:
        self.opened.emit(row.promoter)

    def _open_current(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self._open(row)


def _mark(row: NotReady) -> StateMark:
    return board_marks()[row.state]


def _word(row: NotReady) -> str:
    return _mark(row).word


def _name(row: NotReady) -> str:
    return row.name


def _why(row: NotReady) -> str:
    return row.why
