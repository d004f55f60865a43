"""The opening balance (繰越) out of a file: a table of counts, or the settings' own JSON.

CSV columns: ``from,to`` (months) or ``year`` (fiscal), and any of
``area,category,type,count,days,minutes,attendees``; an empty group cell says 「not known」.
"""

from pathlib import Path
from typing import Any

import msgspec

from kashiwa_desktop.domain import bounds, codes, opening
from kashiwa_desktop.domain.code_list import CodeLists
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.opening import MEASURES, Balance
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.settings_schema import YearBody
from kashiwa_desktop.errors import RefusedError, WrongUsageError
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.table_file import Clash, Line, decoded, lines_of
from kashiwa_desktop.services.store import Store, find_area, roster

COLUMNS = ("from", "to", "area", "category", "type", *MEASURES)
_TABLE = "期首の回数の表"


class OpeningTable:
    """Taking the opening balance in."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, path: Path) -> tuple[Balance, ...]:
        """Put the file's balance in the place of the one before; returns its rows.

        WrongUsageError for an area, category or type that the office does not know.
        """
        body = self._body(path)
        MoneySettings(self._store).change_office({"opening": body})
        return opening.read(body)

    def look(self, path: Path) -> tuple[Balance, ...]:
        """Return the rows that ``read`` would put in; writes nothing."""
        return opening.read(self._body(path))

    def _body(self, path: Path) -> dict[str, Any]:
        try:
            text = decoded(path.read_bytes(), _TABLE)
        except OSError as error:
            raise RefusedError(f"{_TABLE}が読めません: {path.name}", code="unreadable") from error
        with self._store.db.read() as tx:
            people = roster(tx)
        body = _json(text) if text.lstrip()[:1] in ("{", "[") else {"rows": _rows(text, people)}
        rows = [_checked(row, people) for row in body.get("rows", [])]
        for code in body.get("counts", {}):
            _refuse_unknown(str(code), "", people.codes)
        return {**body, "rows": rows}


def _json(text: str) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise WrongUsageError(f"JSONとして読めません({error})。") from error
    return {"rows": value} if isinstance(value, list) else dict(value)


def _rows(text: str, people: Roster) -> list[dict[str, Any]]:
    """Return the rows of a table; RefusedError where two lines count the same months again."""
    found: dict[tuple[str, ...], list[tuple[Line, dict[str, Any]]]] = {}
    for line in lines_of(text, {"count"}, COLUMNS, _TABLE):
        row = _row(_with_area(line, people))
        group = tuple(str(row[name]) for name in ("category", "type", "area"))
        for other, said in found.setdefault(group, []):
            if row["from"] <= said["to"] and said["from"] <= row["to"]:
                text = "同じ月の同じ回数が、2行にあります。どちらかを消してください。"
                raise Clash((other, line), text).refusal()
        found[group].append((line, row))
    in_order = sorted((pair for of in found.values() for pair in of), key=lambda p: p[0].n)
    return [row for _, row in in_order]


def _with_area(line: Line, people: Roster) -> Line:
    named = people.area_named(line.text("area")) is not None
    known = {area.code for area in people.areas}
    return line if named or not line.text("area") else line.matched("area", known)


def _row(line: Line) -> dict[str, Any]:
    year = line.number("year")
    if year is not None and not bounds.within(YearBody, "year", year):
        raise line.wrong("year", "西暦の4桁で書いてください")
    span = (
        {"from": _month(line, "from"), "to": _month(line, "to")}
        if year is None
        else {"from": str(Month(year, 4)), "to": str(Month(year + 1, 3))}
    )
    if span["to"] < span["from"]:
        raise line.refused("終わりの月が、始まりの月より前です。")
    named = {name: line.text(name) for name in ("category", "type", "area")}
    return {**span, **named, **{n: line.number(n) or 0 for n in MEASURES}}


def _month(line: Line, name: str) -> str:
    try:
        return str(Month(*codes.month(line.filled(name))))
    except ValueError as error:
        raise line.wrong(name, "年月(2015-04 か 2015/4)で書いてください") from error


def _checked(row: dict[str, Any], people: Roster) -> dict[str, Any]:
    """Return the row with its area's code; a type needs the category it belongs to."""
    _refuse_unknown(str(row.get("category", "")), str(row.get("type", "")), people.codes)
    area = row.get("area")
    return {**row, "area": find_area(people, str(area)).code} if area else row


def _refuse_unknown(category: str, kind: str, known: CodeLists) -> None:
    if category and not known.knows("category", category):
        raise WrongUsageError(f"知らない区分です: {category}", code="category")
    if kind and not known.knows("type", kind, category):
        raise WrongUsageError(f"知らない種別です: {kind}", code="type")
