"""The roster as tables (CSV): areas, places, appointments, telephone and address, proxies.

All rows of a table are read before one is written, and a table that contradicts itself or the
office is refused whole. How its file looks stands in ``table_file``, what its lines change in
``table_changes``, what they contradict in ``table_clashes``.
"""

import contextlib
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kashiwa_desktop.domain.area_statistics import COUNTS
from kashiwa_desktop.domain.people import Area, Roster
from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.errors import AppError, WrongUsageError
from kashiwa_desktop.services.office import table_changes, table_clashes
from kashiwa_desktop.services.office.settings_changes import write_step
from kashiwa_desktop.services.office.table_changes import ChangeStep
from kashiwa_desktop.services.office.table_file import (
    COLUMNS,
    Clash,
    Line,
    named_row,
    read_lines,
    safe,
)
from kashiwa_desktop.services.printed import replace_file
from kashiwa_desktop.services.records.registered import ceilings
from kashiwa_desktop.services.store import Store, office_facts, roster, save
from kashiwa_desktop.storage.database import Tx


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
            before = roster(tx)
            known = table_changes.matched(kind, lines, before)
            _refuse(table_clashes.within(kind, known))
            made = []
            for step in table_changes.steps(kind, known, before):
                made += self._do(tx, step)
            _refuse(table_clashes.against(kind, known, before, roster(tx)))
            write_step(self._store, tx, "table", made, kind=kind, rows=len(lines))
        return len(made)

    def preview(self, kind: str, path: Path) -> TablePreview:
        """Return what ``read`` would change and what is to be put right; writes nothing."""
        lines = read_lines(kind, path)
        found: set[tuple[int, str]] = set()
        made = 0
        with contextlib.suppress(_PreviewDone), self._store.db.write() as tx:
            office_facts(tx)
            before = roster(tx)
            known = _understood(kind, lines, before, found)
            for step in table_changes.steps(kind, known, before):
                try:
                    made += len(self._do(tx, step))
                except AppError as error:
                    found.add(_told(error))
            clashes = table_clashes.against(kind, known, before, roster(tx))
            found |= {(clash.n, clash.refusal().text) for clash in clashes}
            raise _PreviewDone
        return TablePreview(len(lines), made, tuple(sorted(found)))

    def write(self, kind: str, path: Path) -> int:
        """Write a table, in the place of an older one of that name; returns its rows."""
        if kind not in COLUMNS:
            raise WrongUsageError(f"知らない表です: {kind}", code="kind")
        with self._store.db.read() as tx:
            office_facts(tx)
            rows = list(rows_of(kind, roster(tx)))
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(COLUMNS[kind])
        table.writerows([safe(cell) for cell in row] for row in rows)
        replace_file(path, out.getvalue().encode("utf-8-sig"))
        return len(rows)

    def _do(self, tx: Tx, step: ChangeStep) -> list[Revision]:
        """Save what a step changes; a refusal names its line."""
        made = []
        with named_row(step.lines[-1]) if step.lines else contextlib.nullcontext():
            for change in step.make(tx):
                made += save(self._store, tx, [change] if change else [])
        return made


def read_areas(path: Path) -> list[Area]:
    """Read ``code,name,kana,zone,order,from,to``.

    An area that changed its zone has a line for each, ``from`` being the day of the change.
    """
    lines = table_changes.matched("areas", read_lines("areas", path), Roster())
    _refuse(table_clashes.within("areas", lines))
    found = table_changes.areas_of(lines)
    _refuse(table_clashes.against("areas", lines, Roster(), Roster(areas=tuple(found))))
    return found


def _refuse(clashes: Sequence[Clash]) -> None:
    if clashes:
        raise clashes[0].refusal()


def _understood(
    kind: str, lines: Sequence[Line], people: Roster, found: set[tuple[int, str]]
) -> list[Line]:
    """Return the lines with their codes; what keeps the table from being taken in is ``found``.

    A cell that cannot be read is found again, and told, by what its line would change.
    """
    try:
        known = table_changes.matched(kind, lines, people)
    except AppError as error:
        found.add(_told(error))
        return []
    with contextlib.suppress(AppError):
        found |= {(x.n, x.refusal().text) for x in table_clashes.within(kind, known)}
    return known


def _told(error: AppError) -> tuple[int, str]:
    return int(str(error.values.get("n", 1))), error.text


# The rows of the roster's tables as they are written: the columns of ``table_file``, in order.
def rows_of(kind: str, people: Roster) -> list[list[str]]:
    """Return the rows of a table, without its headings."""
    return list(_ROWS[kind](people))


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _area_rows(people: Roster) -> Iterator[list[str]]:
    for a in people.areas:
        spans = sorted(a.zones) or [(a.first, a.zone)]
        for n, (first, zone) in enumerate(spans):
            last = a.last if n == len(spans) - 1 else spans[n + 1][0] - timedelta(days=1)
            yield [a.code, a.name, a.kana, zone, str(a.order), _text(first), _text(last)]


def _place_rows(people: Roster) -> Iterator[list[str]]:
    for p in people.places:
        named = [p.kind, p.code, p.name, p.kana, str(p.order), " ".join(p.of), p.phone]
        yield [*named, _text(p.first), _text(p.last)]


def _appointment_rows(people: Roster) -> Iterator[list[str]]:
    for a in people.appointments:
        person = people.person(a.promoter)
        name, kana = (person.name, person.kana) if person else ("", "")
        yen = "" if a.yen is None else str(a.yen)
        yield [a.promoter, name, kana, a.area, _text(a.first), _text(a.last), yen]


def _contact_rows(people: Roster) -> Iterator[list[str]]:
    for person in people.people:
        held = people.contact(person.promoter)
        yield [person.promoter, held.phone, held.address]


def _proxy_rows(people: Roster) -> Iterator[list[str]]:
    for p in people.proxies:
        yield [p.promoter, p.name, p.standing, _text(p.first), _text(p.last)]


def _statistics_rows(people: Roster) -> Iterator[list[str]]:
    for s in people.statistics:
        counts = [getattr(s, name) for name in COUNTS]
        yield [s.area, _text(s.on), *("" if n is None else str(n) for n in counts)]


def _ceiling_rows(people: Roster) -> Iterator[list[str]]:
    for c in ceilings(people):
        percent = "" if c.percent is None else str(c.percent)
        yield [c.form, c.subsidy, c.purpose, _text(c.first), _text(c.last), str(c.yen), percent]


_ROWS: dict[str, Callable[[Roster], Iterable[list[str]]]] = {
    "areas": _area_rows,
    "places": _place_rows,
    "appointments": _appointment_rows,
    "contacts": _contact_rows,
    "proxies": _proxy_rows,
    "statistics": _statistics_rows,
    "ceilings": _ceiling_rows,
}
