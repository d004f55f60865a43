"""What stands on a sheet so far, line by line as on paper, and who typed it in."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable


class SheetTable(WholeTable[Activity]):
    """Enter opens a line to be corrected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._entered: Mapping[str, str] = {}
        self._records = TableModel[Activity](
            [
                Column("日", _day, align=RIGHT),
                Column("区分・種別", _kind),
                Column("内容(ひとこと)", _title),
                Column("人数", _people, align=RIGHT),
                Column("時間(分)", _minutes, align=RIGHT),
                Column("入力した人", self._who),
            ]
        )
        super().__init__(self._records, "この用紙の記録", parent=parent)

    def show_records(self, records: Sequence[Activity], entered: Mapping[str, str]) -> None:
        self._entered = entered
        self._records.show_rows(records)

    def _who(self, a: Activity) -> str:
        return self._entered.get(a.id, "本人")


def _day(a: Activity) -> str:
    return f"{a.date.day}"


def _kind(a: Activity) -> str:
    return a.words.kind(a.category, a.type)


def _title(a: Activity) -> str:
    mark = "" if a.status == "held" else f"({a.status_label})"
    return a.title + mark


def _people(a: Activity) -> str:
    return "" if a.attendees is None else f"{a.attendees}"


def _minutes(a: Activity) -> str:
    return "" if a.minutes is None else f"{a.minutes}"
