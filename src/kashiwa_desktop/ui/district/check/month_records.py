"""The records of one month as a short table, every line in view."""

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.ui.widgets.state_mark import StateMark
from kashiwa_desktop.ui.widgets.table.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable


class MonthRecords(WholeTable[Activity]):
    """Day, words, category; a record with a 確認事項 carries a triangle."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._marked: Collection[str] = ()
        self._records = TableModel[Activity](
            [
                Column("日", _day, mark=self._mark),
                Column("内容(ひとこと)", _title, tip=_content),
                Column("区分", _category),
            ]
        )
        super().__init__(self._records, name, parent=parent)

    def show_records(self, records: Sequence[Activity], marked: Collection[str] = ()) -> None:
        """Replace the records; ``marked`` are ids of those to look at."""
        self._marked = marked
        self._records.show_rows(records)

    def choose_record(self, record: str) -> None:
        """Put the keyboard on a record."""
        for number, row in enumerate(self._records.rows):
            if row.id == record:
                self.choose(number)
                self.setFocus()

    def _mark(self, a: Activity) -> StateMark | None:
        if a.id in self._marked:
            return StateMark("shape_triangle", "確認事項", "notice")
        return None


def _day(a: Activity) -> str:
    return f"{a.date.day}日"


def _title(a: Activity) -> str:
    if a.status == "held":
        return a.title
    return f"{a.title}({a.status_label})"


def _content(a: Activity) -> str:
    return a.content


def _category(a: Activity) -> str:
    return a.category_label
