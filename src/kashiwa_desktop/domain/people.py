"""Areas, people and appointments (委嘱), as the office's settings revisions describe them.

The unit of everything is the appointment: person, area, from, to, monthly amount (PRODUCT.md §1).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from kashiwa_desktop.domain import area_statistics, ceiling, code_list
from kashiwa_desktop.domain.area_statistics import AreaStatistics
from kashiwa_desktop.domain.ceiling import Ceiling
from kashiwa_desktop.domain.code_list import CodeLists
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.places import Place, places
from kashiwa_desktop.domain.withholding import Treatment


@dataclass(frozen=True, slots=True)
class Area:
    """A community area with its time of validity; ``code`` is its key, ``name`` its label.

    One that nobody has ``checked`` may still be a 初期値(要確認).
    """

    code: str
    name: str
    kana: str = ""
    zone: str = ""
    order: int = 0
    first: date = date(2015, 4, 1)
    last: date | None = None
    zones: tuple[tuple[date, str], ...] = ()
    checked: bool = False

    def zone_on(self, day: date) -> str:
        """Return the zone (圏域) it lay in on ``day``: history stays right when zones change."""
        held = [zone for first, zone in sorted(self.zones) if first <= day]
        return held[-1] if held else (sorted(self.zones)[0][1] if self.zones else self.zone)

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
class Adjustment:
    """調整: yen added to (or, below zero, taken from) one month, with its reason."""

    month: Month
    yen: int
    reason: str


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is paid instead of the promoter; ``relation`` as 相続人. Only in the office store."""

    name: str
    kana: str = ""
    address: str = ""
    phone: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One 委嘱; ``yen`` is its own monthly amount, None where the office's rate holds.

    ``amounts`` are own monthly amounts by date and come before ``yen``.
    """

    id: str
    promoter: str
    area: str
    first: date
    last: date | None = None
    yen: int | None = None
    suspended: tuple[Period, ...] = ()
    end_reason: str = ""
    amounts: tuple[tuple[date, int], ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    withholding: tuple[Treatment, ...] = ()
    payee: Payee | None = None

    def active_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def active_in(self, month: Month) -> bool:
        return self.first <= month.last and (self.last is None or self.last >= month.first)

    def suspended_in(self, month: Month) -> bool:
        """Whether every day of the appointment in ``month`` is one of leave (休止)."""
        days = (month.first + timedelta(days=n) for n in range(month.days))
        held = [day for day in days if self.active_on(day)]
        return bool(held) and all(map(self.on_leave, held))

    def on_leave(self, day: date) -> bool:
        return any(period.holds(day) for period in self.suspended)


@dataclass(frozen=True, slots=True)
class Contact:
    """Address and telephone of a promoter: only in the office store and in his own returns."""

    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Proxy:
    """Who may stand in for a promoter (代理), and as what, as コアメンバー."""

    promoter: str
    name: str
    standing: str
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything the settings say about areas and people, and the words for codes in force."""

    areas: tuple[Area, ...] = ()
    people: tuple[Person, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    contacts: tuple[tuple[str, Contact], ...] = ()
    proxies: tuple[Proxy, ...] = ()
    places: tuple[Place, ...] = ()
    statistics: tuple[AreaStatistics, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    codes: CodeLists = code_list.SEED

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
        return [a for a in self.in_order() if a.active_in(month) and promoter in (None, a.promoter)]

    def in_order(self) -> list[Appointment]:
        """Return all appointments, past ones too, in the order of areas, then of promoters."""
        order = {area.code: (area.order, area.code) for area in self.areas}
        return sorted(
            self.appointments, key=lambda a: (order.get(a.area, (9999, a.area)), a.promoter)
        )


def overlap(first: date, last: date | None, other: date, other_last: date | None) -> int:
    """Return on how many days two spans both hold; an open end (None) counts as the last day."""
    begin, end = max(first, other), min(last or date.max, other_last or date.max)
    return max((end - begin).days + 1, 0)


def overlaps(appointments: Iterable[Appointment]) -> dict[tuple[str, str], int]:
    """Return the pairs of appointments (ids) of one person for one area that hold at once.

    With on how many days; each would be paid, and so one claim twice.
    """
    of: dict[tuple[str, str], list[Appointment]] = {}
    for a in appointments:
        of.setdefault((a.promoter, a.area), []).append(a)
    found = {}
    for mine in of.values():
        for one, other in combinations(sorted(mine, key=lambda a: (a.first, a.id)), 2):
            days = overlap(one.first, one.last, other.first, other.last)
            if days:
                found[one.id, other.id] = days
    return found


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
    return Roster(
        tuple(areas),
        tuple(people),
        tuple(appointments),
        tuple(contacts),
        tuple(sorted(map(_proxy, by_kind.get("proxy", [])), key=lambda p: (p.promoter, p.first))),
        places(by_kind.get("place", [])),
        area_statistics.read_all(by_kind.get(area_statistics.KIND, [])),
        ceiling.read_settings(by_kind.get(ceiling.KIND, [])),
        code_list.of_settings(by_kind.get("office", [])),
    )


def _proxy(body: dict[str, Any]) -> Proxy:
    first, last = date.fromisoformat(body["from"]), _day(body.get("to"))
    return Proxy(body["promoter"], body["name"], body.get("standing", ""), first, last)


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
        zones=tuple((date.fromisoformat(z["from"]), z["zone"]) for z in body.get("zones", ())),
        checked=body.get("checked", False),
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
        amounts=tuple((date.fromisoformat(d["from"]), d["yen"]) for d in terms.get("amounts", [])),
        adjustments=tuple(
            Adjustment(Month.parse(d["month"]), d["yen"], d["reason"])
            for d in terms.get("adjustments", [])
        ),
        withholding=tuple(Treatment.read(d) for d in terms.get("withholding", [])),
        payee=_payee(terms.get("payee")),
    )


def _payee(body: dict[str, Any] | None) -> Payee | None:
    if not body:
        return None
    more = {name: body.get(name, "") for name in ("kana", "address", "phone", "relation")}
    return Payee(body["name"], **more)
