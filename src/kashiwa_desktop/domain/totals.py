"""Counts: 回数, 活動日数, 時間, 参加人数. Measures side by side, never mixed (DOMAIN.md §2.4).

活動日数 is the number of distinct days of a promoter with a counted activity. A joint meeting is
one 回 for each of its areas, but once for the city; its attendance counts once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.category import CATEGORIES
from kashiwa_desktop.domain.month import Month, months

GROUPS = (
    "area", "zone", "category", "type", "tag", "promoter", "month", "year", "calendar",
)  # fmt: skip
TIMES = ("month", "year", "calendar")
"""Of GROUPS, those that divide time: month, fiscal year (its first year), calendar year."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One row of totals: its group (by the names asked for) and its sums; minutes in minutes.

    ``opening`` says how much of ``count`` is opening balance, which has no records behind it.
    """

    group: tuple[str, ...]
    count: int = 0
    days: int = 0
    minutes: int = 0
    attendees: int = 0
    opening: int = 0

    def plus(self, other: "Sum") -> "Sum":
        """Return both together; days add up only where no day can be in both."""
        return replace(
            self,
            count=self.count + other.count,
            days=self.days + other.days,
            minutes=self.minutes + other.minutes,
            attendees=self.attendees + other.attendees,
            opening=self.opening + other.opening,
        )

    def measures(self) -> tuple[int, int, int, int]:
        return (self.count, self.days, self.minutes, self.attendees)


def time_keys(first: Month, last: Month, name: str) -> dict[str, Month]:
    """Return the keys of a time group between two months, each with its last month there."""
    found: dict[str, Month] = {}
    for month in months(first, last):
        named = {"month": month, "year": month.fiscal_year, "calendar": month.year}
        found[str(named[name])] = month
    return found


def cumulated(rows: Iterable[Sum], at: int, keys: Sequence[str]) -> list[Sum]:
    """Return running sums: for each of ``keys`` all rows up to it, however early they began.

    ``at`` is the place of the time key in the groups, and keys compare as text. The days of
    ``rows`` must stand in the row where they first occur, so that no day counts twice.
    """
    rest: dict[tuple[str, ...], list[Sum]] = {}
    for row in rows:
        rest.setdefault((*row.group[:at], *row.group[at + 1 :]), []).append(row)
    found = []
    for others, of_others in rest.items():
        for key in keys:
            running = Sum((*others[:at], key, *others[at:]))
            for row in of_others:
                if row.group[at] <= key:
                    running = running.plus(row)
            if running.count:
                found.append(running)
    return found


def in_order(
    rows: Iterable[Sum], by: Sequence[str], known: Mapping[str, Sequence[str]]
) -> list[Sum]:
    """Sort rows group by group: what is ``known`` in its order, the rest after it by its code."""
    places = {name: {code: n for n, code in enumerate(known[name])} for name in known}

    def place(row: Sum) -> list[tuple[int, str]]:
        named = zip(by, row.group, strict=True)
        return [(places.get(name, {}).get(code, 9_999), code) for name, code in named]

    return sorted(rows, key=place)


@dataclass(frozen=True, slots=True)
class Counts:
    """The sums of some activities; ``minutes`` in minutes."""

    count: int = 0
    days: int = 0
    minutes: int = 0
    attendees: int = 0
    by_category: dict[str, int] = field(default_factory=dict)
    by_type: dict[tuple[str, str], int] = field(default_factory=dict)

    def fields(self) -> dict[str, int]:
        return {
            "count": self.count,
            "days": self.days,
            "minutes": self.minutes,
            "attendees": self.attendees,
        }


def counts(activities: Iterable[Activity]) -> Counts:
    """Sum up what counts among ``activities``, each once; what nobody knows as その他."""
    held = [a for a in activities if a.counted]
    by_category = dict.fromkeys(CATEGORIES, 0)
    by_type: dict[tuple[str, str], int] = {}
    for a in held:
        category, kind = a.codes.counted_as(a.category, a.type)
        by_category[category] = by_category.get(category, 0) + 1
        by_type[category, kind] = by_type.get((category, kind), 0) + 1
    return Counts(
        count=len(held),
        days=len({(a.promoter, a.date) for a in held}),
        minutes=sum(a.minutes or 0 for a in held),
        attendees=sum(a.attendees or 0 for a in held),
        by_category=by_category,
        by_type=by_type,
    )
