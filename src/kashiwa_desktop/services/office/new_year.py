"""新しい年度: the April roster in one step, all or nothing, from what holds on 31 March.

An appointment without a last day simply goes on; one that ends with the fiscal year is copied with
its amounts; who leaves gets the last day and the reason; new people come with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kashiwa_desktop.domain.people import Appointment
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.appointed_once import refuse_overlap
from kashiwa_desktop.services.office.roster import (
    NewPromoter,
    appoint,
    appointment,
    end_changes,
    private_change,
    terms_of,
)
from kashiwa_desktop.services.office.settings_changes import write_step
from kashiwa_desktop.services.store import Change, Store, office_facts, roster, save
from kashiwa_desktop.storage.database import Tx

_OF_ONE_YEAR = ("adjustments", "suspended", "end_reason")
"""Terms that belong to the appointment that ends, not to the one that begins."""


@dataclass(frozen=True, slots=True)
class Going:
    """One appointment on 31 March; ``renews`` where it ends that day and would be copied."""

    appointment: str
    promoter: str
    name: str
    area: str
    first: date
    renews: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes of one: it goes on, or it ends with its reason."""

    appointment: str
    stays: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Turned:
    """What the step did, in numbers of appointments; ``vacant`` are areas left without anybody."""

    going_on: int
    ended: int
    added: int
    vacant: tuple[str, ...]


class NewYear:
    """The change of the fiscal year ``year`` (its first calendar year)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def plan(self, year: int) -> list[Going]:
        """Return the appointments that hold on the day before the year begins, by area."""
        with self._store.db.read() as tx:
            office_facts(tx)
            people = roster(tx)
        last = date(year, 3, 31)
        known = {a.id for a in people.appointments}
        order = {a.code: n for n, a in enumerate(people.areas)}
        held = [a for a in people.appointments if a.active_on(last)]
        found = []
        for a in sorted(held, key=lambda a: (order.get(a.area, len(order)), a.promoter)):
            if _again(a, year).id in known:
                continue  # copied before
            person = people.person(a.promoter)
            name = person.name if person else a.promoter
            area = people.area(a.area).name
            found.append(Going(a.id, a.promoter, name, area, a.first, a.last == last))
        return found

    def turn(self, year: int, choices: Sequence[Choice], new: Sequence[NewPromoter]) -> Turned:
        """Write the new year's roster; RefusedError where a reason is missing or does not fit."""
        first, last = date(year, 4, 1), date(year, 3, 31)
        with self._store.db.write() as tx:
            office_facts(tx)
            before = roster(tx)
            held = {a.id: a for a in before.appointments}
            made, ended, renewed = [], 0, 0
            for choice in choices:
                changes = list(_of_choice(tx, held[choice.appointment], choice, year))
                made += save(self._store, tx, changes)
                ended += not choice.stays
                renewed += choice.stays
            for one in new:
                begins = one if one.first >= first else replace(one, first=first)
                made += save(self._store, tx, appoint(tx, begins)[1])
            refuse_overlap(tx, before)
            write_step(self._store, tx, "new_year", made, year=year)
            people = roster(tx)
            taken = {a.area for a in people.appointments if a.active_on(first)}
            vacant = [
                a.name
                for a in people.areas
                if a.code not in taken and a.first <= first and (not a.last or a.last > last)
            ]
        return Turned(renewed, ended, len(new), tuple(vacant))


def _again(a: Appointment, year: int) -> Appointment:
    new = NewPromoter(a.promoter, "", "", a.area, date(year, 4, 1), a.yen)
    return appointment(new, a.area)


def _of_choice(tx: Tx, held: Appointment, choice: Choice, year: int) -> Iterator[Change]:
    last = date(year, 3, 31)
    if not choice.stays:
        if not choice.reason.strip():
            raise RefusedError("終わりになる方の、理由をお書きください。", code="reason_missing")
        yield from end_changes(tx, held, last, choice.reason)
    elif held.last == last:
        person = roster(tx).person(held.promoter)
        name, kana = (person.name, person.kana) if person else (held.promoter, "")
        new = NewPromoter(held.promoter, name, kana, held.area, date(year, 4, 1))
        made, changes = appoint(tx, new)
        yield from changes
        yield from _copied_terms(tx, held, made)


def _copied_terms(tx: Tx, held: Appointment, made: Appointment) -> Iterator[Change]:
    terms: dict[str, Any] = terms_of(tx, held)
    kept = {name: value for name, value in terms.items() if name not in _OF_ONE_YEAR}
    if any(value for name, value in kept.items() if name not in ("kind", "appointment")):
        begin = {"end_reason": "", "suspended": []}
        yield private_change(tx, {**begin, **kept, "appointment": made.id}, made)
