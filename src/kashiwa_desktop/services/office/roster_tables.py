"""The roster as tables (CSV): areas, places, appointments, telephone and address, proxies.

All rows of a table are read before one is written. How its file looks stands in ``table_file``.
"""

import contextlib
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from kashiwa_desktop.bundle import place as files
from kashiwa_desktop.domain.area_statistics import COUNTS, AreaStatistics
from kashiwa_desktop.domain.ceiling import read_row
from kashiwa_desktop.domain.people import Area, Contact, Proxy
from kashiwa_desktop.domain.places import KINDS, Place
from kashiwa_desktop.domain.resource import FORMS, SUBSIDIES
from kashiwa_desktop.errors import AppError, WrongUsageError
from kashiwa_desktop.services.office.roster import (
    NewPromoter,
    amend,
    appoint,
    appointment,
    area_changes,
    ceilings_change,
    contact,
    find_area,
    place_change,
    proxy_change,
    statistics_change,
)
from kashiwa_desktop.services.office.roster_rows import rows_of
from kashiwa_desktop.services.office.settings_changes import write_step
from kashiwa_desktop.services.office.table_file import COLUMNS, Line, named_row, read_lines, safe
from kashiwa_desktop.services.records.registered import ceilings
from kashiwa_desktop.services.store import Change, Store, office_facts, roster, save
from kashiwa_desktop.storage.database import Tx

_MOST_PEOPLE, _MOST_YEN, _WHOLE = 100_000_000, 10_000_000, 100


@dataclass(frozen=True, slots=True)
class TablePreview:
    """What a table would do: ``changed`` records; ``problems`` are (line, what to look at)."""

    rows: int
    changed: int
    problems: tuple[tuple[int, str], ...] = ()


class _PreviewDone(Exception):  # noqa: N818 - it carries no fault, it only leaves the transaction
    """Rolls the preview's transaction back."""


class RosterTables:
    """Reading and writing the roster's tables."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, kind: str, path: Path) -> int:
        """Take a table in, all or nothing; returns how many records it changed."""
        lines = read_lines(kind, path)
        with self._store.db.write() as tx:
            office_facts(tx)
            made = []
            for change in _CHANGES[kind](tx, lines):  # a line may rest on the one before it
                made += save(self._store, tx, [change] if change else [])
            write_step(self._store, tx, "table", made, kind=kind, rows=len(lines))
        return len(made)

    def preview(self, kind: str, path: Path) -> TablePreview:
        """Return what ``read`` would change and what is to be put right; writes nothing."""
        lines = read_lines(kind, path)
        found: list[tuple[int, str]] = []
        made = 0
        with contextlib.suppress(_PreviewDone), self._store.db.write() as tx:
            office_facts(tx)
            for line in _together(kind, lines):
                try:
                    for change in _CHANGES[kind](tx, line):
                        made += len(save(self._store, tx, [change] if change else []))
                except AppError as error:
                    found.append((line[-1].n, error.text))
            raise _PreviewDone
        return TablePreview(len(lines), made, tuple(found))

    def write(self, kind: str, path: Path) -> int:
        """Write a table to a new file and read it back; returns its rows."""
        if kind not in COLUMNS:
            raise WrongUsageError(f"知らない表です: {kind}", code="kind")
        with self._store.db.read() as tx:
            office_facts(tx)
            rows = list(rows_of(kind, roster(tx)))
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(COLUMNS[kind])
        table.writerows([safe(cell) for cell in row] for row in rows)
        files.save_verified(out.getvalue().encode("utf-8-sig"), path, lambda _: None)
        return len(rows)


def _together(kind: str, lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines one by one; those of one area, and all ceilings, belong together."""
    if kind == "ceilings":
        return [list(lines)]
    if kind != "areas":
        return [[line] for line in lines]
    by_code = sorted(lines, key=lambda line: line.text("code"))
    return [list(of) for _, of in groupby(by_code, key=lambda line: line.text("code"))]


def read_areas(path: Path) -> list[Area]:
    """Read ``code,name,kana,zone,order,from,to``.

    An area that changed its zone has a line for each, ``from`` being the day of the change.
    """
    lines = sorted(read_lines("areas", path), key=lambda line: line.text("code"))
    return [_area(list(of)) for _, of in groupby(lines, key=lambda line: line.text("code"))]


def _area(lines: list[Line]) -> Area:
    spans = sorted(lines, key=lambda line: line.text("from"))
    newest = spans[-1]
    with named_row(newest):
        return Area(
            code=newest.filled("code"),
            name=newest.filled("name"),
            kana=newest.text("kana"),
            zone=newest.text("zone"),
            order=min(line.order() for line in spans),
            first=spans[0].first(),
            last=newest.day("to"),
            zones=tuple((s.first(), s.text("zone")) for s in spans) if len(spans) > 1 else (),
        )


def _areas(tx: Tx, lines: Sequence[Line]) -> list[Change]:
    by_code = sorted(lines, key=lambda line: line.text("code"))
    found = [_area(list(of)) for _, of in groupby(by_code, key=lambda line: line.text("code"))]
    return area_changes(tx, found)


def _places(tx: Tx, lines: Sequence[Line]) -> Iterator[Change | None]:
    for line in lines:
        with named_row(line):
            place = _place(line)
        yield place_change(tx, place)


def _place(line: Line) -> Place:
    if line.text("kind") not in KINDS:
        raise ValueError("not a kind of place")
    return Place(
        kind=line.text("kind"),
        code=line.filled("code"),
        name=line.filled("name"),
        kana=line.text("kana"),
        order=line.order(),
        of=tuple(line.text("of").split()),
        phone=line.text("phone"),
        first=line.first(),
        last=line.day("to"),
    )


def _appointments(tx: Tx, lines: Sequence[Line]) -> Iterator[Change]:
    """Add who is new, give those who are known their last day and amount; nobody is taken out."""
    people = roster(tx)
    known = {a.id: a for a in people.appointments}
    for line in lines:
        with named_row(line):
            new, last = _new(line), line.day("to")
            made = appointment(new, find_area(people, new.area).code)
            changes: list[Change] = []
            if made.id not in known:
                known[made.id], changes = appoint(tx, new)
        yield from changes
        yield from amend(tx, known[made.id], last, new.yen)


def _new(line: Line) -> NewPromoter:
    yen = int(line.text("yen")) if line.text("yen") else None
    if yen is not None and not 0 <= yen <= 10_000_000:
        raise ValueError("not an amount")
    return NewPromoter(
        promoter=line.filled("promoter"),
        name=line.filled("name"),
        kana=line.text("kana"),
        area=line.filled("area"),
        first=date.fromisoformat(line.filled("from")),
        yen=yen,
    )


def _contacts(tx: Tx, lines: Sequence[Line]) -> Iterator[Change | None]:
    people = roster(tx)
    for line in lines:
        with named_row(line):
            promoter = line.filled("promoter")
            if people.person(promoter) is None:
                raise ValueError("nobody of that number")
        given: dict[str, str] = {n: line.text(n) for n in ("phone", "address") if n in line.cells}
        if not any(given.values()) and people.contact(promoter) == Contact():
            continue  # a line that nobody filled in
        yield contact(tx, promoter, given)


def _proxies(tx: Tx, lines: Sequence[Line]) -> Iterator[Change | None]:
    people = roster(tx)
    for line in lines:
        with named_row(line):
            promoter = line.filled("promoter")
            if people.person(promoter) is None:
                raise ValueError("nobody of that number")
            first = date.fromisoformat(line.filled("from"))
            proxy = Proxy(
                promoter, line.filled("name"), line.text("standing"), first, line.day("to")
            )
        yield proxy_change(tx, proxy)


def _statistics(tx: Tx, lines: Sequence[Line]) -> Iterator[Change | None]:
    people = roster(tx)
    for line in lines:
        with named_row(line):
            area = find_area(people, line.filled("area")).code
            on = date.fromisoformat(line.filled("on"))
            line.filled("population")
            counts = [_people(line.text(name)) for name in COUNTS]
            known = AreaStatistics(area, on, counts[0] or 0, *counts[1:])
        yield statistics_change(tx, known)


def _ceilings(tx: Tx, lines: Sequence[Line]) -> Iterator[Change | None]:
    """Put the whole table in the place of the one before; an empty one brings the shipped back."""
    rows = []
    for line in lines:
        with named_row(line):
            row = read_row(line.cells)
            if row.form not in FORMS or row.subsidy not in SUBSIDIES:
                raise ValueError("not a form or a subsidy")
            if not (0 <= row.yen <= _MOST_YEN and 0 <= (row.percent or 0) <= _WHOLE):
                raise ValueError("not an amount or a share")
            rows.append(row)
    yield None if tuple(rows) == ceilings(roster(tx)) else ceilings_change(tx, rows)


def _people(text: str) -> int | None:
    """Read a number of people as a spreadsheet may write it, 「46,159」 too; ValueError."""
    if not text:
        return None
    count = int(text.replace(",", ""))
    if not 0 <= count <= _MOST_PEOPLE:
        raise ValueError("not a number of people")
    return count


_CHANGES: dict[str, Callable[[Tx, Sequence[Line]], Iterable[Change | None]]] = {
    "areas": _areas,
    "places": _places,
    "appointments": _appointments,
    "contacts": _contacts,
    "proxies": _proxies,
    "statistics": _statistics,
    "ceilings": _ceilings,
}
