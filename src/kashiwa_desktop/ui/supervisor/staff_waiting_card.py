"""承認待ち(職員入力分): what a colleague entered, to be approved by somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel


@dataclass(frozen=True, slots=True)
class Entered:
    """One month entered by staff; ``report`` is the closing that is in view, ``yen`` in yen."""

    promoter: str
    name: str
    by: str
    count: int
    yen: int
    finding: str
    own: bool
    report: str


class StaffWaitingCard(SectionCard):
    """``approve_wanted`` gives the row to be approved, ``opened`` the promoter to be looked at."""

    approve_wanted = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rows = TableModel[Entered](
            [
                Column("地域と推進員", _name),
                Column("入力した職員", _by),
                Column("回数", _count, align=RIGHT),
                Column("金額", _yen, align=RIGHT),
                Column("確認事項", _finding),
            ]
        )
        self._table = WholeTable(self._rows, "承認待ち(職員入力分)")
        self._own = TextLabel("ご自分で入力した月です。ほかの職員が承認します。", "muted")
        self._approve = BigButton("この月を承認する", "stamp")
        self._look = BigButton("この月の内容を見る", "check")
        self.add(self._table, self._own)
        self.add_row(self._approve, self._look)
        self._table.opened.connect(self._open)
        self._table.chosen.connect(self._show_whose)
        self._approve.clicked.connect(self._ask)
        self._look.clicked.connect(self._open_current)

    def show_waiting(self, waiting: Sequence[Entered]) -> None:
        """Replace what is listed; with nothing the card is hidden."""
        self.set_title(f"承認待ち(職員入力分) {len(waiting)}件")
        self._rows.show_rows(waiting)
        self._table.choose(0)
        self._show_whose()
        show_when(self, wanted=bool(waiting))

    def _show_whose(self, _row: object = None) -> None:
        row = self._table.current_row()
        show_when(self._own, wanted=row is not None and row.own)
        self._approve.setEnabled(row is not None and not row.own)

    def _ask(self) -> None:
        row = self._table.current_row()
        if row is not None and not row.own:
            self.approve_wanted.emit(row)

    def _open(self, row: Entered) -> None:
        self.opened.emit(row.promoter)

    def _open_current(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self._open(row)


def _name(row: Entered) -> str:
    return row.name


def _by(row: Entered) -> str:
    return row.by


def _count(row: Entered) -> str:
    return f"{row.count}回"


def _yen(row: Entered) -> str:
    return f"{row.yen:,}円"


def _finding(row: Entered) -> str:
    return row.finding
