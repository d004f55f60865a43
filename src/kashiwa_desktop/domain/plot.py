"""The numbers of a plot as values: drawn by ``reports.charts``, shown as a table everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers of a plot: its name and a whole number for each place."""

    name: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn: places from left to right (months), series stacked or beside each other."""

    places: Sequence[str]
    series: Sequence[Series]
    unit: str = "回"
    stacked: bool = True

    @property
    def sums(self) -> tuple[int, ...]:
        """Return the sum of each place over all series."""
        return tuple(map(sum, zip(*(s.values for s in self.series), strict=True)))

    @property
    def highest(self) -> int:
        """Return the height of the highest bar."""
        single = [value for s in self.series for value in s.values]
        return max(self.sums if self.stacked else single, default=0)
