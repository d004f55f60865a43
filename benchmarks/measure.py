"""Medians of repetitions, and the line they end up in: ours, floor, ratio."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison; milliseconds unless it says otherwise, medians of the repetitions."""

    what: str
    ours: float
    floor: float

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    def __str__(self) -> str:
        return f"{self.what:<54}{self.ours:>11.2f}{self.floor:>11.2f}{self.ratio:>9.2f}"


HEAD = f"{'what':<54}{'ours ms':>11}{'floor ms':>11}{'ratio':>9}"


def once(work: Callable[[], object]) -> float:
    """Return how many milliseconds ``work`` took."""
    before = perf_counter()
    work()
    return (perf_counter() - before) * 1000


def compare(what: str, ours: Callable[[], float], floor: Callable[[], float], repeat: int) -> Line:
    """Take turns, so that a disturbance of the machine meets both sides; both return ms.

    The first turn of each warms files, fonts and statements up and is not counted.
    """
    ours(), floor()
    turns = [(ours(), floor()) for _ in range(repeat)]
    return Line(what, median(o for o, _ in turns), median(f for _, f in turns))
