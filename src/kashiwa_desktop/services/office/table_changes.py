"""What the lines of a table change: one step for each line, or for lines that say one thing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from kashiwa_desktop.domain.area_statistics import COUNTS, AreaStatistics
from kashiwa_desktop.domain.ceiling import Ceiling
from kashiwa_desktop.domain.people import Area, Contact, Proxy, Roster
from kashiwa_desktop.domain.places import KINDS, Place
from kashiwa_desktop.domain.resource import FORMS, SUBSIDIES
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.services.office.roster import (
    NewPromoter,
    amend,
    appoint,
    appointment,
    area_changes,
    ceilings_change,
    contact,
    place_change,
    proxy_change,
    statistics_change,
)
from kashiwa_desktop.services.office.table_file import Line
from kashiwa_desktop.services.records.registered import ceilings
from kashiwa_desktop.services.store import Change, find_area, roster
from kashiwa_desktop.storage.database import Tx

Make = Callable[[Tx], Iterable[Change | None]]
"""Changes one by one: each is saved before the next is asked for."""


@dataclass(frozen=True, slots=True)
class ChangeStep:
    """Lines that say one thing, and the changes it makes; a step may rest on the one before it."""

    lines: tuple[Line, ...]
    make: Make


def matched(kind: str, lines: Sequence[Line], people: Roster) -> list[Line]:
    """Return the lines with the codes that the office has, where a spreadsheet took their zeros.

    What an earlier line of the same table brings is known to the later ones. An area that is
    written by its name stands by its code.
    """
    persons, areas = {p.promoter for p in people.people}, {a.code for a in people.areas}
    places = {kind: {p.code for p in people.places if p.kind == kind} for kind in KINDS}
    found = []
    for line in lines:
        now = line
        if kind == "areas":
            now = _with_code(now, "code", areas)
        elif kind == "places":
            now = _with_code(now, "code", places.setdefault(now.text("kind"), set()))
        if now.text("promoter"):
            now = _with_code(now, "promoter", persons)
        found.append(_by_code(now, people, areas) if now.text("area") else now)
    return found


def _with_code(line: Line, name: str, known: set[str]) -> Line:
    """Return the line with the code that is meant, which is known from now on."""
    found = line.matched(name, known)
    known.add(found.text(name))
    return found


def _by_code(line: Line, people: Roster, areas: set[str]) -> Line:
    named = people.area_named(line.text("area"))
    if named is None:
        return line.matched("area", areas)
    return replace(line, cells={**line.cells, "area": named.code})


def areas_of(lines: Sequence[Line]) -> list[Area]:
    """Return the areas of a table: one that changed its zone has a line for each."""
    return [_area(of) for of in _by_area(lines)]


def _by_area(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    in_order = sorted(lines, key=_code)
    return [tuple(of) for _, of in groupby(in_order, key=_code)]


def _code(line: Line) -> str:
    return line.text("code")


def _area(lines: Sequence[Line]) -> Area:
    spans = sorted(lines, key=Line.first)
    newest = spans[-1]
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


def _area_change(of: Sequence[Line], tx: Tx) -> Sequence[Change | None]:
    return area_changes(tx, [_area(of)])


def _place_changes(line: Line, tx: Tx) -> Sequence[Change | None]:
    return [place_change(tx, _place(line))]


def _areas(lines: Sequence[Line], _people: Roster) -> Iterator[ChangeStep]:
    for of in _by_area(lines):
        yield ChangeStep(of, partial(_area_change, of))


def _place_steps(lines: Sequence[Line], _people: Roster) -> Iterator[ChangeStep]:
    for line in lines:
        yield ChangeStep((line,), partial(_place_changes, line))


def _place(line: Line) -> Place:
    return Place(
        kind=line.one_of("kind", KINDS),
        code=line.filled("code"),
        name=line.filled("name"),
        kana=line.text("kana"),
        order=line.order(),
        of=tuple(line.text("of").split()),
        phone=line.text("phone"),
        first=line.first(),
        last=line.day("to"),
    )


def _appointments(lines: Sequence[Line], people: Roster) -> Iterator[ChangeStep]:
    """Add who is new, give those who are known their last day and amount; nobody is taken out."""
    known = {a.id: a for a in people.appointments}

    def make(line: Line, tx: Tx) -> Iterator[Change | None]:
        new, last = _new(line), line.day("to")
        now = roster(tx)
        made = appointment(new, find_area(now, new.area).code)
        if made.id not in known:
            known[made.id], changes = appoint(tx, new)
            yield from changes
        person = roster(tx).person(new.promoter)
        if person is not None and person.name != clean(new.name):
            raise line.wrong("name", f"名簿では {person.name} です。名簿に合わせてください")
        yield from amend(tx, known[made.id], last, new.yen)

    for line in lines:
        yield ChangeStep((line,), partial(make, line))


def _new(line: Line) -> NewPromoter:
    return NewPromoter(
        promoter=line.filled("promoter"),
        name=line.filled("name"),
        kana=line.text("kana"),
        area=line.filled("area"),
        first=line.day_filled("from"),
        yen=line.number("yen"),
    )


def _contacts(lines: Sequence[Line], people: Roster) -> Iterator[ChangeStep]:
    def make(line: Line, tx: Tx) -> list[Change | None]:
        promoter = _known(line, people)
        given: dict[str, str] = {
            name: line.text(name) for name in ("phone", "address") if name in line.cells
        }
        if not any(given.values()) and people.contact(promoter) == Contact():
            return []  # a line that nobody filled in
        return [contact(tx, promoter, given)]

    for line in lines:
        yield ChangeStep((line,), partial(make, line))


def _proxies(lines: Sequence[Line], people: Roster) -> Iterator[ChangeStep]:
    def make(line: Line, tx: Tx) -> list[Change | None]:
        promoter, name = _known(line, people), line.filled("name")
        first, last = line.day_filled("from"), line.day("to")
        return [proxy_change(tx, Proxy(promoter, name, line.text("standing"), first, last))]

    for line in lines:
        yield ChangeStep((line,), partial(make, line))


def _known(line: Line, people: Roster) -> str:
    promoter = line.filled("promoter")
    if people.person(promoter) is None:
        raise line.wrong("promoter", "名簿にありません")
    return promoter


def _statistics(lines: Sequence[Line], people: Roster) -> Iterator[ChangeStep]:
    def make(line: Line, tx: Tx) -> list[Change | None]:
        area = find_area(people, line.filled("area")).code
        line.filled("population")
        counts = [line.number(name) for name in COUNTS]
        known = AreaStatistics(area, line.day_filled("on"), counts[0] or 0, *counts[1:])
        return [statistics_change(tx, known)]

    for line in lines:
        yield ChangeStep((line,), partial(make, line))


def _ceilings(lines: Sequence[Line], _people: Roster) -> Iterator[ChangeStep]:
    """Put the whole table in the place of the one before; an empty one brings the shipped back."""

    def make(tx: Tx) -> list[Change | None]:
        rows = tuple(map(_ceiling, lines))
        return [] if rows == ceilings(roster(tx)) else [ceilings_change(tx, rows)]

    yield ChangeStep(tuple(lines), make)


def _ceiling(line: Line) -> Ceiling:
    line.filled("yen")
    return Ceiling(
        form=line.one_of("form", FORMS),
        subsidy=line.one_of("subsidy", SUBSIDIES),
        purpose=line.text("purpose"),
        first=line.day("from"),
        last=line.day("to"),
        yen=line.number("yen") or 0,
        percent=line.number("percent"),
    )


def steps(kind: str, lines: Sequence[Line], people: Roster) -> Iterator[ChangeStep]:
    """Return what a table changes, in the order in which it is done."""
    return _STEPS[kind](lines, people)


_STEPS: dict[str, Callable[[Sequence[Line], Roster], Iterator[ChangeStep]]] = {
    "areas": _areas,
    "places": _place_steps,
    "appointments": _appointments,
    "contacts": _contacts,
    "proxies": _proxies,
    "statistics": _statistics,
    "ceilings": _ceilings,
}
