"""Areas, people and appointments (委嘱), as the office's settings revisions describe them.

The unit of everything is the appointment: person, area, from, to, monthly amount (PRODUCT.md §1).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from kashiwa_desktop.domain.month import Month


@dataclass(frozen=True, slots=True)
class Area:
    """A community area with its time of validity; ``code`` is its key, ``name`` its label."""

    code: str
    name: str
    kana: str = ""
    zone: str = ""
    order: int = 0
    first: date = date(2015, 4, 1)
    last: date | None = None

    def valid_in(self, month: Month) -> bool:
        return self.first <= month.last and (self.last is None or self.last >= month.first)


@dataclass(frozen=True, slots=True)
class Person:
    """A promoter as the settings file names him: number, name, フリガナ."""

    promoter: str
    name: str
    kana: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days; an open end is None."""

    first: date
    last: date | None = None
    reason: str = ""

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One 委嘱; ``yen`` is its own monthly amount, None where the office's rate holds."""

    id: str
    promoter: str
    area: str
    first: date
    last: date | None = None
    yen: int | None = None
    suspended: tuple[Period, ...] = ()
    end_reason: str = ""

    def active_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def active_in(self, month: Month) -> bool:
        return self.first <= month.last and (self.last is None or self.last >= month.first)

    def suspended_in(self, month: Month) -> bool:
        """Whether every day of the appointment in ``month`` is one of leave (休止)."""
        days = (month.first + timedelta(days=n) for n in range(month.days))
        held = [day for day in days if self.active_on(day)]
        return bool(held) and all(any(p.holds(day) for p in self.suspended) for day in held)


@dataclass(frozen=True, slots=True)
class Contact:
    """Address and telephone of a promoter: only in the office store and in his own returns."""

    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything the settings say about areas and people."""

    areas: tuple[Area, ...] = ()
    people: tuple[Person, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    contacts: tuple[tuple[str, Contact], ...] = ()

    def area(self, code: str) -> Area:
        """Return the area of that code; one the settings do not know is shown by its code."""
        return next((a for a in self.areas if a.code == code), Area(code, code))

    def area_named(self, text: str) -> Area | None:
        """Find an area by code or by name; the newest one where a name was used twice."""
        by_code = [a for a in self.areas if a.code == text]
        by_name = sorted((a for a in self.areas if a.name == text), key=lambda a: a.first)
        found = by_code or by_name
        return found[-1] if found else None

    def person(self, promoter: str) -> Person | None:
        return next((p for p in self.people if p.promoter == promoter), None)

    def contact(self, promoter: str) -> Contact:
        return dict(self.contacts).get(promoter, Contact())

    def of_promoter(self, promoter: str) -> list[Appointment]:
        return [a for a in self.appointments if a.promoter == promoter]

    def active(self, month: Month, promoter: str | None = None) -> list[Appointment]:
        """Return the appointments of ``month``, in the order of areas, then of promoters."""
        order = {area.code: (area.order, area.code) for area in self.areas}
        found = [
            a for a in self.appointments if a.active_in(month) and promoter in (None, a.promoter)
        ]
        return sorted(found, key=lambda a: (order.get(a.area, (9999, a.area)), a.promoter))


def roster(bodies: Iterable[dict[str, Any]]) -> Roster:
    """Read the roster from the shown bodies of type ``settings``; unknown kinds are passed over."""
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for body in bodies:
        by_kind.setdefault(body.get("kind", ""), []).append(body)
    terms = {body["appointment"]: body for body in by_kind.get("terms", [])}
    areas = sorted(map(_area, by_kind.get("area", [])), key=lambda a: (a.order, a.code))
    people = sorted(
        (Person(b["promoter"], b["name"], b.get("kana", "")) for b in by_kind.get("person", [])),
        key=lambda p: p.promoter,
    )
    appointments = sorted(
        (_appointment(b, terms.get(b["appointment"])) for b in by_kind.get("appointment", [])),
        key=lambda a: (a.promoter, a.first, a.area),
    )
    contacts = sorted(
        (
            (b["promoter"], Contact(b.get("address", ""), b.get("phone", "")))
            for b in by_kind.get("contact", [])
        ),
        key=lambda pair: pair[0],
    )
    return Roster(tuple(areas), tuple(people), tuple(appointments), tuple(contacts))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _area(body: dict[str, Any]) -> Area:
    return Area(
        code=body["code"],
        name=body["name"],
        kana=body.get("kana", ""),
        zone=body.get("zone", ""),
        order=body.get("order", 0),
        first=_day(body.get("from")) or date(2015, 4, 1),
        last=_day(body.get("to")),
    )


def _appointment(body: dict[str, Any], terms: dict[str, Any] | None) -> Appointment:
    plain = Appointment(
        id=body["appointment"],
        promoter=body["promoter"],
        area=body["area"],
        first=date.fromisoformat(body["from"]),
        last=_day(body.get("to")),
    )
    if terms is None:
        return plain
    return replace(
        plain,
        yen=terms.get("yen"),
        end_reason=terms.get("end_reason", ""),
        suspended=tuple(
            Period(date.fromisoformat(p["from"]), _day(p.get("to")), p.get("reason", ""))
            for p in terms.get("suspended", [])
        ),
    )
