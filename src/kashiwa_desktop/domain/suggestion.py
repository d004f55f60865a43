"""What a promoter is likely to record next, read from what he recorded before. Only suggestions.

Source of the rules: PRODUCT.md screen 2 (chips by recency × frequency) and DOMAIN.md §5
(第n週の曜日: the nth weekday, never the ISO week).
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.meeting_rule import day_of, nth_weekday
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wording import search_key

MOST_CHIPS = 8
_REGULAR = "regular_meeting"
DAYS_TO_HALF = 45
"""After so many days a record counts half as much for the order of the chips."""
DAYS_OFFERED = 7
"""A planned day is offered on that day and so many days after it."""

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a chip fills in; ``minutes`` is the usual length in minutes, ``area`` a code."""

    category: str
    type: str
    title: str
    place: str = ""
    minutes: int | None = None
    counterparts: tuple[str, ...] = ()
    area: str = ""

    def fields(self) -> dict[str, object]:
        """Return the fields of a record it fills in, by their public names."""
        found: dict[str, object] = {
            "category": self.category, "type": self.type, "title": self.title,
            "place": self.place, "minutes": self.minutes,
            "counterparts": list(self.counterparts), "area": self.area or None,
        }  # fmt: skip
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Planned:
    """Something that is usual or agreed on for ``day``.

    ``agreed`` where a meeting named it or the office did, ``told`` where the office told that the
    promoter was there.
    """

    day: date
    suggestion: Suggestion
    agreed: bool = False
    told: bool = False


STARTERS = (
    Suggestion("other", "regular_meeting", "推進員定例会"),
    Suggestion("other", "area_officer", "地区担当と打合せ"),
)
"""What every promoter does every month (DOMAIN.md §0), for who has not recorded it yet."""


def frequent(
    activities: Iterable[Activity], today: date, most: int = MOST_CHIPS
) -> list[Suggestion]:
    """Return the chips: what was recorded often and lately, the likeliest first."""
    groups = _groups(a for a in activities if a.date <= today)
    ranked = sorted(groups, key=lambda g: (-_weight(g, today), g[0].title))
    chips = [_usual(group) for group in ranked]
    known = {(chip.category, chip.type) for chip in chips[:most]}
    missing = [s for s in STARTERS if (s.category, s.type) not in known]
    return [*chips[: most - len(missing)], *missing]


def usual_types(activities: Iterable[Activity], words: Words = SEED_WORDS) -> dict[str, str]:
    """Return for every category the type recorded most often, or its first one; none that ended."""
    offered = {code: words.choices("type", code) for code in words.choices("category")}
    counted: dict[str, Counter[str]] = {code: Counter() for code in offered}
    for a in activities:
        if a.type in offered.get(a.category, ()):
            counted[a.category][a.type] += 1
    return {
        code: found.most_common(1)[0][0] if found else next(iter(offered[code]), "")
        for code, found in counted.items()
    }


def planned(
    activities: Sequence[Activity], today: date, meetings: Sequence[date] | None = None
) -> list[Planned]:
    """Return what is usual or agreed on for these days and not recorded yet, the newest first.

    ``meetings`` are the days on which the office holds the 推進員定例会; None where it left them
    open: then what was usual counts for it as for everything else.
    """
    found = _agreed(activities, today)
    if meetings is None:
        found += _recurring(activities, today)
    else:
        found += _called(activities, today, meetings)
        found += _recurring([a for a in activities if a.type != _REGULAR], today)
    once = {(p.day, p.suggestion.category, p.suggestion.type): p for p in reversed(found)}
    return sorted(once.values(), key=lambda p: (p.day, p.suggestion.title), reverse=True)


def of_last_month(activities: Sequence[Activity], today: date) -> list[Suggestion]:
    """Return what was recorded last month and not yet in this one, in the order of the days."""
    here = Month.of(today)
    done = {_key(a) for a in activities if Month.of(a.date) == here}
    last = [a for a in activities if Month.of(a.date) == here.previous()]
    groups = _groups(a for a in sorted(last, key=lambda a: a.date) if _key(a) not in done)
    return [_usual(group) for group in groups]


def _key(a: Activity) -> tuple[str, str, str]:
    return a.category, a.type, search_key(a.title)


def _groups(activities: Iterable[Activity]) -> list[list[Activity]]:
    groups: dict[tuple[str, str, str], list[Activity]] = {}
    for a in activities:
        groups.setdefault(_key(a), []).append(a)
    return list(groups.values())


def _weight(group: Sequence[Activity], today: date) -> int:
    return sum(1024 >> min((today - a.date).days // DAYS_TO_HALF, 10) for a in group)


def _usual(group: Sequence[Activity]) -> Suggestion:
    newest = max(group, key=lambda a: (a.date, a.id))
    return Suggestion(
        newest.category,
        newest.type,
        newest.title,
        place=_most(group, lambda a: a.place) or "",
        minutes=_most(group, lambda a: a.minutes),
        counterparts=_most(group, lambda a: a.counterparts) or (),
        area=newest.area,
    )


def _most(group: Iterable[Activity], read: Callable[[Activity], T | None]) -> T | None:
    """Return the value most often given, of equally frequent ones the newest."""
    values = [read(a) for a in sorted(group, key=lambda a: a.date, reverse=True)]
    found = Counter(value for value in values if value).most_common(1)
    return found[0][0] if found else None


def _agreed(activities: Sequence[Activity], today: date) -> list[Planned]:
    found = []
    for a in activities:
        text = (a.council or {}).get("next_date")
        day = date.fromisoformat(text) if text else None
        if day is not None and _is_offered(day, today) and not _held_since(activities, a, day):
            found.append(Planned(day, _usual([a]), agreed=True))
    return found


def _called(activities: Sequence[Activity], today: date, meetings: Sequence[date]) -> list[Planned]:
    """The 推進員定例会 of the office's days, as it was usually written, else as everybody does."""
    mine = [a for a in activities if a.type == _REGULAR]
    done = {Month.of(a.date) for a in mine}
    what = _usual(mine) if mine else STARTERS[0]
    return [
        Planned(day, what, agreed=True)
        for day in meetings
        if _is_offered(day, today) and Month.of(day) not in done
    ]


def _held_since(activities: Iterable[Activity], before: Activity, day: date) -> bool:
    return any(
        a.category == "council" and before.date < a.date and abs(a.date - day).days <= DAYS_OFFERED
        for a in activities
    )


def _recurring(activities: Iterable[Activity], today: date) -> list[Planned]:
    """What took place on the same nth weekday in at least three of the last six months."""
    month = Month.of(today)
    since = month
    for _ in range(6):
        since = since.previous()
    recent = [a for a in activities if since.first <= a.date]
    found = []
    for group in _groups(recent):
        day = _next_day([a for a in group if a.date < month.first], month)
        done = any(Month.of(a.date) == month for a in group)
        if day is not None and not done and _is_offered(day, today):
            found.append(Planned(day, _usual(group)))
    return found


def _next_day(group: Sequence[Activity], month: Month) -> date | None:
    by_place = Counter(nth_weekday(day) for day in sorted({a.date for a in group}))
    if not by_place:
        return None
    place, times = by_place.most_common(1)[0]
    return day_of(month, *place) if times >= 3 else None


def _is_offered(day: date, today: date) -> bool:
    return timedelta(0) <= today - day <= timedelta(days=DAYS_OFFERED)
