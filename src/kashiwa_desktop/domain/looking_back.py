"""ふりかえり: one fiscal year of one promoter beside the year before, month by month.

No comparison between people (PRODUCT.md, screen 7).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.code_list import SEED, SEED_WORDS, CodeLists, Words
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.totals import Counts, counts


@dataclass(frozen=True, slots=True)
class YearView:
    """A fiscal year: its twelve months with their sums, the year before, and with whom.

    ``reached`` counts the months that have begun, 0 to 12; ``words`` are those of the year's end.
    """

    fiscal_year: int
    reached: int
    months: tuple[Month, ...]
    sums: tuple[Counts, ...]
    before: tuple[Counts, ...]
    whole: Counts
    counterparts: tuple[tuple[str, int], ...]
    words: Words = SEED_WORDS

    @property
    def count(self) -> int:
        return self.whole.count

    @property
    def count_before(self) -> int:
        """Return how many there were in the same months of the year before."""
        return sum(c.count for c in self.before[: self.reached])

    @property
    def most(self) -> tuple[str, int] | None:
        """Return the category with the most activities and their number."""
        found = max(self.whole.by_category.items(), key=lambda pair: pair[1], default=("", 0))
        return found if found[1] else None


def look_back(
    fiscal_year: int,
    this: Sequence[Activity],
    before: Sequence[Activity],
    today: date,
    codes: CodeLists = SEED,
) -> YearView:
    """Sum up the activities of a fiscal year and of the one before."""
    here = tuple(months(Month(fiscal_year, 4), Month(fiscal_year + 1, 3)))
    return YearView(
        fiscal_year=fiscal_year,
        reached=sum(month.first <= today for month in here),
        months=here,
        sums=_by_month(here, this),
        before=_by_month(tuple(m.year_before() for m in here), before),
        whole=counts(this),
        counterparts=_counterparts(this),
        words=codes.on(here[-1].last),
    )


def categories_of(view: YearView) -> list[str]:
    """Return the categories to be shown; what nobody knows is counted in one of them."""
    return view.words.lists.codes("category")


def _by_month(order: Sequence[Month], activities: Sequence[Activity]) -> tuple[Counts, ...]:
    return tuple(counts(a for a in activities if Month.of(a.date) == month) for month in order)


def _counterparts(activities: Iterable[Activity]) -> tuple[tuple[str, int], ...]:
    """Return with whom, the most frequent first, then as the names stand in order."""
    named = Counter(name for a in activities if a.counted for name in dict.fromkeys(a.counterparts))
    return tuple(sorted(named.items(), key=lambda pair: (-pair[1], pair[0])))
