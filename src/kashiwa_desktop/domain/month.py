"""A calendar month, its fiscal year, and the day until which it is to be handed over."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kashiwa_desktop.domain import wareki

FIRST_YEAR, LAST_YEAR = 1927, 2199
"""Years a month or a day may lie in: eras and the calendar hold for all of them."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month; ``str`` gives ``2026-10``, the form used in every file."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read ``2026-10``; ValueError for anything else."""
        match = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
        if match is None:
            raise ValueError(f"not a month: {text!r}")
        year, number = int(match[1]), int(match[2])
        if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12):
            raise ValueError(f"not a month: {text!r}")
        return cls(year, number)

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    @property
    def days(self) -> int:
        return self.last.day

    @property
    def fiscal_year(self) -> int:
        """The year in which this month's fiscal year (April to March) began."""
        return self.year if self.number >= 4 else self.year - 1

    def next(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def previous(self) -> "Month":
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    def year_before(self) -> "Month":
        return Month(self.year - 1, self.number)

    def label(self) -> str:
        """令和8年10月."""
        return f"{wareki.era_year(self.first)}{self.number}月"

    def short(self) -> str:
        """10月分."""
        return f"{self.number}月分"


def months(first: Month, last: Month) -> Iterator[Month]:
    """Every month from ``first`` to ``last``, both included."""
    while first <= last:
        yield first
        first = first.next()


def fiscal_year_start(month: Month) -> Month:
    return Month(month.fiscal_year, 4)


def deadline(month: Month, day: int, is_open: Callable[[date], bool]) -> date:
    """Return the last day on which ``month`` counts as handed over in time.

    ``day`` is the day of the next month (default of the office 5); on a closed day the next open
    day counts (DOMAIN.md, safe defaults).
    """
    due = month.next().first.replace(day=min(day, month.next().days))
    while not is_open(due):
        due += timedelta(days=1)
    return due
