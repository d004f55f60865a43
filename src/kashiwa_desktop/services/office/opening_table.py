"""The opening balance (繰越) out of a file: a table of counts, or the settings' own JSON.

CSV columns: ``from,to`` (months) or ``year`` (fiscal), and any of
``area,category,type,count,days,minutes,attendees``; an empty group cell says 「not known」.
"""

import csv
import io
from pathlib import Path
from typing import Any

import msgspec

from kashiwa_desktop.domain import opening
from kashiwa_desktop.domain.category import CATEGORIES
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.opening import MEASURES, Balance
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.errors import RefusedError, WrongUsageError
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.roster import find_area
from kashiwa_desktop.services.store import Store, roster


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
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise RefusedError(f"繰越の表が読めません: {path.name}", code="unreadable") from error
        with self._store.db.read() as tx:
            people = roster(tx)
        body = _json(text) if text.lstrip()[:1] in ("{", "[") else {"rows": _rows(text)}
        rows = [_checked(row, people) for row in body.get("rows", [])]
        for code in body.get("counts", {}):
            _refuse_unknown(str(code), "")
        return {**body, "rows": rows}


def _json(text: str) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise WrongUsageError(f"JSONとして読めません({error})。") from error
    return {"rows": value} if isinstance(value, list) else dict(value)


def _rows(text: str) -> list[dict[str, Any]]:
    table = csv.DictReader(io.StringIO(text, newline=""))
    if "count" not in (table.fieldnames or ()):
        columns = "from,to,area,category,type,count,days,minutes,attendees"
        raise RefusedError(f"繰越の表の1行目は {columns} にしてください。", code="columns")
    return [_row(row, n) for n, row in enumerate(table, start=2)]


def _row(row: dict[str, str | None], line: int) -> dict[str, Any]:
    cells = {name: cell.strip() for name, cell in row.items() if isinstance(cell, str)}
    try:
        span = {"from": cells.get("from", ""), "to": cells.get("to", "")}
        if cells.get("year"):
            year = int(cells["year"])
            span = {"from": str(Month(year, 4)), "to": str(Month(year + 1, 3))}
        _refuse_backwards(Month.parse(span["from"]), Month.parse(span["to"]))
        named = {name: cells.get(name, "") for name in ("category", "type", "area")}
        return {**span, **named, **{n: int(cells.get(n) or 0) for n in MEASURES}}
    except ValueError as error:
        raise RefusedError(f"繰越の表の{line}行目をご確認ください。", code="row") from error


def _refuse_backwards(first: Month, last: Month) -> None:
    if last < first:
        raise ValueError("ends before it begins")


def _checked(row: dict[str, Any], people: Roster) -> dict[str, Any]:
    """Return the row with its area's code; a type needs the category it belongs to."""
    _refuse_unknown(str(row.get("category", "")), str(row.get("type", "")))
    area = row.get("area")
    return {**row, "area": find_area(people, str(area)).code} if area else row


def _refuse_unknown(category: str, kind: str) -> None:
    if category and category not in CATEGORIES:
        raise WrongUsageError(f"知らない区分です: {category}", code="category")
    if kind and (not category or kind not in CATEGORIES[category].types):
        raise WrongUsageError(f"知らない種別です: {kind}", code="type")
