"""Look-alikes: two records that may be one activity. A question, never anything automatic.

BUNDLE.md §5: two ids of one promoter with the same day, category and place (or the same ひとこと),
or one joint meeting recorded from two areas.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.revision import derived_id
from kashiwa_desktop.domain.wording import search_key


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two records that may be one; ``joint`` where they are of two promoters."""

    one: Activity
    other: Activity

    @property
    def joint(self) -> bool:
        return self.one.promoter != self.other.promoter

    @property
    def id(self) -> str:
        """The id of the answer, the same whichever record came first."""
        names = sorted(f"{a.promoter}/{a.id}" for a in (self.one, self.other))
        return derived_id("look_alike", *names)

    def has(self, record: str) -> bool:
        return record in (self.one.id, self.other.id)


def of_one_promoter(mine: Sequence[Activity]) -> list[LookAlike]:
    """Return the pairs among one promoter's records of a month, in the order of the list."""
    return [LookAlike(a, b) for a, b in combinations(mine, 2) if _alike(a, b)]


def of_two_areas(mine: Iterable[Activity], others: Sequence[Activity]) -> list[LookAlike]:
    """Return the meetings of one promoter that another one recorded from his area as well."""
    return [
        LookAlike(a, b)
        for a in mine
        for b in others
        if a.promoter != b.promoter and _one_meeting(a, b)
    ]


def _alike(a: Activity, b: Activity) -> bool:
    if (a.date, a.category) != (b.date, b.category):
        return False
    if search_key(a.title) == search_key(b.title):
        return True
    same_place = bool(a.place.strip()) and search_key(a.place) == search_key(b.place)
    return same_place and not _apart(a, b)


def _apart(a: Activity, b: Activity) -> bool:
    """Whether one ended before the other began: then they cannot be the same."""
    times = (a.start, a.end, b.start, b.end)
    if any(t is None for t in times):
        return False
    a_start, a_end, b_start, b_end = map(str, times)
    return a_end <= b_start or b_end <= a_start


def _one_meeting(a: Activity, b: Activity) -> bool:
    if (a.date, a.category, b.category) != (b.date, "council", "council") or _apart(a, b):
        return False
    return a.area in b.areas or b.area in a.areas
