"""The opening balance (繰越): counts of times before any record, as they were reported.

It is never added to months that have records (PRODUCT.md §8), and only to sums whose groups it
can tell: a balance by category says nothing of areas.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kashiwa_desktop.domain.month import Month

FIRST = Month(2015, 4)
MEASURES = ("count", "days", "minutes", "attendees")


@dataclass(frozen=True, slots=True)
class Balance:
    """What was counted from ``first`` to ``last`` (both included); '' where it is not known."""

    first: Month
    last: Month
    category: str = ""
    type: str = ""
    area: str = ""
    count: int = 0
    days: int = 0
    minutes: int = 0
    attendees: int = 0

    def group(self, by: Sequence[str]) -> tuple[str, ...] | None:
        """Return its place among groups of these names, None where it cannot tell."""
        found = tuple(self._told(name) for name in by)
        return found if all(found) else None

    def _told(self, name: str) -> str:
        if name in ("category", "type", "area"):
            return str(getattr(self, name))
        if name == "month":
            return str(self.first) if self.first == self.last else ""
        if name == "year":
            same = self.first.fiscal_year == self.last.fiscal_year
            return str(self.first.fiscal_year) if same else ""
        if name == "calendar":
            return str(self.first.year) if self.first.year == self.last.year else ""
        return ""

    def body(self) -> dict[str, Any]:
        named = {n: getattr(self, n) for n in ("category", "type", "area", *MEASURES)}
        return {"from": str(self.first), "to": str(self.last), **named}


def read(opening: Mapping[str, Any] | None) -> tuple[Balance, ...]:
    """Read ``{"counts": {category: n}, "until": month}``, its ``from``, and its ``rows``."""
    if not opening:
        return ()
    rows = [_row(row) for row in opening.get("rows", ())]
    if opening.get("until"):
        first = Month.parse(opening.get("from") or str(FIRST))
        last = Month.parse(opening["until"])
        counts = opening.get("counts", {})
        rows += [Balance(first, last, category=c, count=n) for c, n in counts.items()]
    return tuple(rows)


def _row(row: Mapping[str, Any]) -> Balance:
    plain = {n: row[n] for n in ("category", "type", "area", *MEASURES) if n in row}
    return Balance(Month.parse(row["from"]), Month.parse(row["to"]), **plain)


@dataclass(frozen=True, slots=True)
class Served:
    """What of the opening balance was added, by group, and what was left out and why.

    ``overlapping`` rows lie over months that have records, ``outside`` reach beyond the time asked
    for, ``untold`` cannot tell one of the groups.
    """

    added: tuple[tuple[tuple[str, ...], Balance], ...] = ()
    overlapping: int = 0
    outside: int = 0
    untold: int = 0


def serve(
    balances: Iterable[Balance],
    span: tuple[Month, Month],
    by: Sequence[str],
    recorded: Collection[Month],
) -> Served:
    """Say which balances may be added to sums of ``span`` by these groups.

    ``recorded`` are the months that have records. A type without its category is not told apart.
    """
    added, overlapping, outside, untold = [], 0, 0, 0
    for balance in balances:
        group = balance.group(by)
        if not (span[0] <= balance.first and balance.last <= span[1]):
            outside += 1
        elif any(balance.first <= month <= balance.last for month in recorded):
            overlapping += 1
        elif group is None:
            untold += 1
        else:
            added.append((group, balance))
    return Served(tuple(added), overlapping, outside, untold)
