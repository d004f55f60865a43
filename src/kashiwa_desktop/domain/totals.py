"""Counts: 回数, 活動日数, 時間, 参加人数. Measures side by side, never mixed (DOMAIN.md §2.4).

活動日数 is the number of distinct days of a promoter with a counted activity. A joint meeting is
one 回 for each of its areas, but once for the city; its attendance counts once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.category import CATEGORIES


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
    """Sum up what counts among ``activities``, each once."""
    held = [a for a in activities if a.counted]
    by_category = dict.fromkeys(CATEGORIES, 0)
    by_type: dict[tuple[str, str], int] = {}
    for a in held:
        by_category[a.category] = by_category.get(a.category, 0) + 1
        by_type[a.category, a.type] = by_type.get((a.category, a.type), 0) + 1
    return Counts(
        count=len(held),
        days=len({(a.promoter, a.date) for a in held}),
        minutes=sum(a.minutes or 0 for a in held),
        attendees=sum(a.attendees or 0 for a in held),
        by_category=by_category,
        by_type=by_type,
    )
