"""The columns of a list of records in a spreadsheet: units in the headings, 西暦 and 和暦."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kashiwa_desktop.domain.activity import COUNCIL, FIELDS, Activity, as_body
from kashiwa_desktop.domain.field import Field, every, heading
from kashiwa_desktop.domain.field import cell as cell_of
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.wareki import fiscal_year_name, long_date
from kashiwa_desktop.excel.writer import Cell, Column


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """One column that can be chosen; ``named`` ones hold names of people and are off at first."""

    column: Column
    cell: Callable[[Activity, Roster], Cell]
    named: bool = False


def _zone(a: Activity, people: Roster) -> Cell:
    return people.area(a.area).zone_on(a.date)


def _person(a: Activity, people: Roster) -> Cell:
    person = people.person(a.promoter)
    return person.name if person else None


def _kana(a: Activity, people: Roster) -> Cell:
    person = people.person(a.promoter)
    return person.kana if person else None


def _areas(a: Activity, people: Roster) -> Cell:
    """The other areas of a joint meeting, which is one row."""
    return "、".join(people.area(code).name for code in a.areas if code != a.area)


def _of(field: Field) -> RecordColumn:
    """Return the column of a field of the record, by the field's own row."""

    def cell(a: Activity, people: Roster) -> Cell:
        body = (a.council or {}) if field in COUNCIL else as_body(a)
        return cell_of(field, body, lambda code: people.area(code).name, a.words)

    return RecordColumn(Column(heading(field), field.width), cell, field.named)


_BEFORE: dict[str, RecordColumn] = {
    "day": RecordColumn(Column("日付(西暦)", 12), lambda a, _: a.date),
    "era_day": RecordColumn(Column("日付(和暦)", 22), lambda a, _: long_date(a.date)),
    "year": RecordColumn(
        Column("年度", 11), lambda a, _: fiscal_year_name(Month.of(a.date).fiscal_year)
    ),
    "month": RecordColumn(Column("月", 6), lambda a, _: a.date.month),
    "zone": RecordColumn(Column("圏域", 14), _zone),
    "area": RecordColumn(Column("地域", 14), lambda a, people: people.area(a.area).name),
    "joint": RecordColumn(Column("合同の地域", 18), _areas),
    "promoter": RecordColumn(Column("推進員番号", 10), lambda a, _: a.promoter),
    "name": RecordColumn(Column("推進員の氏名", 14), _person, named=True),
    "kana": RecordColumn(Column("フリガナ", 16), _kana, named=True),
    "counted": RecordColumn(Column("回数(回)", 8), lambda a, _: int(a.counted)),
    "proxy": RecordColumn(Column("代理", 6), lambda a, _: "代理" if a.by_proxy else None),
}
"""What follows from a record without standing in it."""

COLUMNS: dict[str, RecordColumn] = _BEFORE | {
    field.name: _of(field)
    for field in every(FIELDS)
    if field.name not in ("date", *_BEFORE, "joint_areas")
}
"""Every column by its code, in the order in which they stand."""

USUAL: tuple[str, ...] = tuple(code for code, column in COLUMNS.items() if not column.named)
"""The columns at first: names of people are off."""


def headings(codes: Sequence[str]) -> list[Column]:
    """Return the columns of these codes in their order."""
    return [COLUMNS[code].column for code in codes]


def row(a: Activity, people: Roster, codes: Sequence[str]) -> list[Cell]:
    """Return the cells of a record."""
    return [COLUMNS[code].cell(a, people) for code in codes]
