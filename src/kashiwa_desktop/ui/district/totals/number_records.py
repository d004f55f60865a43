"""The records behind one number: when, where, who, what; each leads to its month."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.crosstab import MEASURES, UNITS, words
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.services.counting.tabulating import MOST, Spot, TotalsTable, number_at
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_ONLY_FOR = {"minutes": 4, "attendees": 5}
"""Columns that are shown only where their number is looked at."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A record behind a number, with the names of its area and promoter."""

    activity: Activity
    area: str
    promoter: str


class NumberRecords(QWidget):
    """``opened`` gives month and promoter of a record that is to be looked at."""

    opened = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(role="heading")
        self._note = TextLabel(role="muted")
        self._rows = TableModel[Behind](
            [
                Column("日付", _day, sort_by=_native_day),
                Column("地域", _area),
                Column("推進員", _promoter),
                Column("区分", _category),
                Column("時間", _time, sort_by=_native_time, align=RIGHT),
                Column("参加人数", _people, sort_by=_native_people, align=RIGHT),
                Column("内容(ひとこと)", _what),
            ]
        )
        self.table = TableView(self._rows, "この数の記録")
        self.table.allow_sorting()
        self.table.opened.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._title)
        column.addWidget(self._note)
        column.addWidget(self.table, 1)

    @property
    def title(self) -> str:
        return self._title.text()

    def show_records(
        self, table: TotalsTable, spot: Spot, measure: str, rows: Sequence[Behind]
    ) -> None:
        """Show the records of a number; the sentence says where some are not shown."""
        number = number_at(table, spot)
        unit = "" if measure == "minutes" else UNITS[measure]
        said = f"{MEASURES[measure]} {words(number, measure)}{unit}"
        self._title.setText(f"{_place(table, spot)}  {said}")
        notes = [f"記録は{number.count - number.opening:,}件です。"]
        if number.opening:
            text = "期首の回数 %s回には、記録がありません。"
            notes.append(text % f"{number.opening:,}")
        if len(rows) >= MOST:
            notes.append(f"新しいほうから{MOST:,}件を出しています。")
        self._note.setText("".join(notes))
        show_when(self._note, wanted=True)
        for name, place in _ONLY_FOR.items():
            self.table.setColumnHidden(place, name != measure)
        self._rows.show_rows(rows)
        self.table.choose(0)

    def open_current(self) -> None:
        """Open the record the keyboard is on."""
        row = self.table.current_row()
        if row is not None:
            self._open(row)

    def _open(self, row: Behind) -> None:
        a = row.activity
        self.opened.emit(Month.of(a.date), a.promoter)


def behind(people: Roster, held: Sequence[Activity]) -> list[Behind]:
    """Put names to records."""
    found = []
    for a in held:
        person = people.person(a.promoter)
        area = "・".join(people.area(code).name for code in a.areas)
        found.append(Behind(a, area, person.name if person else a.promoter))
    return found


def _place(table: TotalsTable, spot: Spot) -> str:
    """田中 10月 (令和8年度)."""
    numbers = table.numbers
    lines = {line.key: line.name for line in numbers.lines}
    parts = [lines[spot.line]] if spot.line is not None else []
    if spot.column is not None:
        parts.append(dict(numbers.columns)[spot.column])
    return f"{table.time} {' '.join(parts) or '計'}"


def _day(row: Behind) -> str:
    return long_date(row.activity.date)


def _native_day(row: Behind) -> str:
    return row.activity.date.isoformat()


def _area(row: Behind) -> str:
    return row.area


def _promoter(row: Behind) -> str:
    return row.promoter


def _category(row: Behind) -> str:
    return row.activity.category_label


def _time(row: Behind) -> str:
    return "–" if row.activity.minutes is None else f"{row.activity.minutes}分"


def _native_time(row: Behind) -> int:
    return row.activity.minutes or 0


def _people(row: Behind) -> str:
    return "–" if row.activity.attendees is None else f"{row.activity.attendees}人"


def _native_people(row: Behind) -> int:
    return row.activity.attendees or 0


def _what(row: Behind) -> str:
    return row.activity.title
