"""The rows of the roster's tables as they are written: the columns of ``table_file``, in order."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from kashiwa_desktop.domain.area_statistics import COUNTS
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.services.records.registered import ceilings


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
