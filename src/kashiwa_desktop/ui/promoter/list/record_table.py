"""The table of records: a mark for the chosen ones, the day, the category, and the few words."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTableView, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.ui.widgets.table.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView

_SINGLE = QTableView.SelectionMode.SingleSelection
_SEVERAL = QTableView.SelectionMode.MultiSelection


class RecordTable(TableView[Activity]):
    """``several_chosen`` tells how many are chosen whenever that changes."""

    several_chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._several = False
        self._marked: set[str] = set()
        self._records = TableModel[Activity](
            [
                Column("選んだ", self._mark_of),
                Column("日付", day_words, sort_by=_moment),
                Column("区分", _category_of),
                Column("内容", title_words),
            ]
        )
        super().__init__(self._records, name, parent)
        self.allow_sorting()
        self.setColumnHidden(0, True)  # noqa: FBT003 - Qt's signature
        self.selectionModel().selectionChanged.connect(self._mark_chosen)

    @property
    def several(self) -> bool:
        return self._several

    def show_records(self, records: Sequence[Activity]) -> None:
        """Replace the records; the one that was in view stays so while it is still there."""
        before = self.current_row()
        self._marked = set()
        self._records.show_rows(records)
        self.several_chosen.emit(0)
        if not self._several:
            self.choose_record(before.id if before else "")

    def choose_record(self, record: str) -> None:
        """Put the keyboard on a record, or on the first one where it is not shown."""
        numbers = [n for n, row in enumerate(self._records.rows) if row.id == record]
        self.choose(numbers[0] if numbers else 0)

    def choose_several(self, *, several: bool) -> None:
        """Let every click add a record to the chosen ones, or take it away again."""
        self._several = several
        self.clearSelection()
        self.setSelectionMode(_SEVERAL if several else _SINGLE)
        self.setColumnHidden(0, not several)
        self.setColumnHidden(2, several)  # leaves room for the marks
        if not several:
            self.choose(max(self.currentIndex().row(), 0))

    def shown(self) -> tuple[Activity, ...]:
        """Return the records in the order in which they stand."""
        return self._records.rows

    def _mark_of(self, a: Activity) -> str:
        return "✓" if a.id in self._marked else ""

    def _mark_chosen(self) -> None:
        if not self._several:
            return
        self._marked = {row.id for row in self.chosen_rows()}
        last = self._records.rowCount() - 1
        if last >= 0:
            self._records.dataChanged.emit(self._records.index(0, 0), self._records.index(last, 0))
        self.several_chosen.emit(len(self._marked))


def day_words(a: Activity) -> str:
    """Return 「R8.11.12(木)」."""
    era = wareki.short_era_year(a.date)
    return f"{era}.{a.date.month}.{a.date.day}({wareki.WEEKDAYS[a.date.weekday()]})"


def title_words(a: Activity) -> str:
    """Return the few words, with 中止 or 延期 before them."""
    return a.title if a.status == "held" else f"【{a.status_label}】{a.title}"


def _category_of(a: Activity) -> str:
    return a.category_label


def _moment(a: Activity) -> tuple[str, str]:
    return a.date.isoformat(), a.start or "99"
