"""The numbers of a plot as values: drawn by ``reports.parts.charts``, and everywhere a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Form = Literal["columns", "lying", "shares", "heat"]
"""Upright bars; lying bars, places downwards; lying bars of one length, divided; a heat table."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers of a plot: its name and a whole number for each place."""

    name: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn: places (months; ``of`` says what they are), series stacked or beside.

    ``adds_up`` says whether the sum over all places says something: running sums' does not.
    """

    places: Sequence[str]
    series: Sequence[Series]
    unit: str = "回"
    stacked: bool = True
    form: Form = "columns"
    of: str = "月"
    adds_up: bool = True

    @property
    def sums(self) -> tuple[int, ...]:
        """Return the sum of each place over all series."""
        return tuple(map(sum, zip(*(s.values for s in self.series), strict=True)))

    @property
    def highest(self) -> int:
        """Return the height of the highest bar."""
        single = [value for s in self.series for value in s.values]
        return max(self.sums if self.stacked else single, default=0)

    @property
    def has_sums(self) -> bool:
        """Whether a column of sums belongs beside the series."""
        return self.stacked and len(self.series) > 1
