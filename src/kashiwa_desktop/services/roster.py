"""The office's roster: areas, people, appointments. Every change is a settings revision."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kashiwa_desktop.domain.people import Appointment, Area, Person, Roster
from kashiwa_desktop.domain.revision import Content, RecordKey, derived_id
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError, WrongUsageError
from kashiwa_desktop.services.store import (
    Change,
    Store,
    note,
    office_facts,
    replace_shown,
    roster,
    save,
)
from kashiwa_desktop.storage.database import Tx

AREA_COLUMNS = ("code", "name", "kana", "zone", "order", "from", "to")


@dataclass(frozen=True, slots=True)
class NewPromoter:
    """One appointment to be added; ``yen`` None where the office's rate holds."""

    promoter: str
    name: str
    kana: str
    area: str
    first: date
    yen: int | None = None


class RosterService:
    """名簿: who is appointed where, from when, to when."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def roster(self) -> Roster:
        with self._store.db.read() as tx:
            return roster(tx)

    def add_promoter(self, new: NewPromoter) -> Appointment:
        """Appoint a person; numbers are never given to somebody else (PRODUCT.md §1)."""
        with self._store.db.write() as tx:
            office_facts(tx)
            people = roster(tx)
            area = find_area(people, new.area)
            known = people.person(new.promoter)
            if known is not None and known.name != new.name:
                text = f"番号 {new.promoter} はほかの方の番号です。新しい番号をお使いください。"
                raise RefusedError(text, code="number_used")
            made = appointment(new, area.code)
            if any(a.id == made.id for a in people.appointments):
                raise RefusedError("この委嘱はもう名簿にあります。", code="already_appointed")
            changes = list(_appoint(tx, new, made, known))
            save(self._store, tx, changes)
            note(self._store, tx, "appoint", promoter=new.promoter, area=area.code)
        return made

    def end(self, promoter: str, area: str, last: date, reason: str) -> Appointment:
        """End an appointment on its last day; the reason stays in the office."""
        with self._store.db.write() as tx:
            found = self._find(tx, promoter, area)
            if last < found.first:
                raise RefusedError("終わりの日が始まりの日より前です。", code="date")
            body = _appointment_body(found) | {"to": last.isoformat()}
            terms = _terms_body(found) | {"end_reason": clean(reason)}
            save(self._store, tx, [shared_change(tx, body, found.id), _private(tx, terms, found)])
            note(self._store, tx, "end", promoter=promoter, area=found.area)
            return next(a for a in roster(tx).appointments if a.id == found.id)

    def suspend(
        self, promoter: str, area: str, first: date, last: date | None, reason: str = ""
    ) -> Appointment:
        """Put an appointment on leave (休止) from a day, to a day or open."""
        with self._store.db.write() as tx:
            found = self._find(tx, promoter, area)
            if last is not None and last < first:
                raise RefusedError("終わりの日が始まりの日より前です。", code="date")
            terms = _terms_body(found)
            span = {"from": first.isoformat(), "to": last.isoformat() if last else None}
            span["reason"] = clean(reason)
            terms["suspended"] = [*terms["suspended"], span]
            save(self._store, tx, [_private(tx, terms, found)])
            note(self._store, tx, "suspend", promoter=promoter, area=found.area)
            return next(a for a in roster(tx).appointments if a.id == found.id)

    def _find(self, tx: Tx, promoter: str, area: str) -> Appointment:
        office_facts(tx)
        people = roster(tx)
        code = find_area(people, area).code
        mine = [a for a in people.of_promoter(promoter) if a.area == code]
        if not mine:
            text = f"名簿に {promoter} のこの地域の委嘱がありません。"
            raise RefusedError(text, code="not_appointed")
        return max(mine, key=lambda a: a.first)


def find_area(people: Roster, text: str) -> Area:
    """Find an area by code or name; WrongUsageError for one the office does not have."""
    area = people.area_named(text)
    if area is None:
        raise WrongUsageError(f"知らない地域です: {text}", code="area")
    return area


def appointment(new: NewPromoter, area: str) -> Appointment:
    """Return the appointment; the same person, area and first day are the same appointment."""
    name = derived_id("appointment", new.promoter, area, new.first.isoformat())
    return Appointment(name, new.promoter, area, new.first, yen=new.yen)


def _appoint(tx: Tx, new: NewPromoter, made: Appointment, known: Person | None) -> Iterator[Change]:
    if known is None:
        body = {"kind": "person", "promoter": new.promoter, "name": clean(new.name)}
        yield shared_change(tx, body | {"kana": clean(new.kana)}, new.promoter)
    yield shared_change(tx, _appointment_body(made), made.id)
    if new.yen is not None:
        yield _private(tx, _terms_body(made), made)


def area_changes(tx: Tx, areas: list[Area]) -> list[Change]:
    """Return the settings revisions of these areas."""
    return [
        shared_change(
            tx,
            {
                "kind": "area",
                "code": a.code,
                "name": a.name,
                "kana": a.kana,
                "zone": a.zone,
                "order": a.order,
                "from": a.first.isoformat(),
                "to": a.last.isoformat() if a.last else None,
            },
            a.code,
        )
        for a in areas
    ]


def shared_change(tx: Tx, body: dict[str, Any], name: str) -> Change:
    """Return a change of a settings record that goes to everybody in the settings file."""
    key = RecordKey(None, "settings", derived_id("settings", body["kind"], name))
    return replace_shown(tx, Content(key, None, body))


def _private(tx: Tx, body: dict[str, Any], of: Appointment) -> Change:
    key = RecordKey(of.promoter, "settings", derived_id(of.promoter, "settings/terms", of.id))
    return replace_shown(tx, Content(key, None, body))


def _appointment_body(a: Appointment) -> dict[str, Any]:
    return {
        "kind": "appointment",
        "appointment": a.id,
        "promoter": a.promoter,
        "area": a.area,
        "from": a.first.isoformat(),
        "to": a.last.isoformat() if a.last else None,
    }


def _terms_body(a: Appointment) -> dict[str, Any]:
    return {
        "kind": "terms",
        "appointment": a.id,
        "yen": a.yen,
        "end_reason": a.end_reason,
        "suspended": [
            {
                "from": p.first.isoformat(),
                "to": p.last.isoformat() if p.last else None,
                "reason": p.reason,
            }
            for p in a.suspended
        ],
    }


def read_areas(path: Path) -> list[Area]:
    """Read ``code,name,kana,zone,order,from,to`` (UTF-8, with or without a byte-order mark)."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RefusedError(f"地域の表が読めません: {path.name}", code="unreadable") from error
    except UnicodeDecodeError as error:
        raise RefusedError("地域の表は UTF-8 で保存してください。", code="encoding") from error
    rows = csv.DictReader(io.StringIO(text))
    if rows.fieldnames is None or not {"code", "name"} <= set(rows.fieldnames):
        columns = ",".join(AREA_COLUMNS)
        raise RefusedError(f"地域の表の1行目は {columns} にしてください。", code="columns")
    return [_read_area(row, n) for n, row in enumerate(rows, start=2)]


def _read_area(row: dict[str, str | None], line: int) -> Area:
    def cell(name: str) -> str:
        return (row.get(name) or "").strip()

    try:
        return Area(
            code=_filled(cell("code")),
            name=_filled(cell("name")),
            kana=cell("kana"),
            zone=cell("zone"),
            order=int(cell("order") or line),
            first=date.fromisoformat(cell("from") or "2015-04-01"),
            last=date.fromisoformat(cell("to")) if cell("to") else None,
        )
    except ValueError as error:
        raise RefusedError(f"地域の表の{line}行目をご確認ください。", code="row") from error


def _filled(text: str) -> str:
    if not text:
        raise ValueError("this column is required")
    return text
