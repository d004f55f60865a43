"""集計: counts by area, zone, category, type, promoter, month, year, with the opening balance."""

from collections.abc import Sequence
from dataclasses import dataclass

from kashiwa_desktop.domain.category import CATEGORIES
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import WrongUsageError
from kashiwa_desktop.services.reviewing import approved_months
from kashiwa_desktop.services.store import Store, facts, office_settings, roster
from kashiwa_desktop.storage import activities
from kashiwa_desktop.storage.activities import Sum, Wanted
from kashiwa_desktop.storage.database import Tx

GROUPS = ("area", "zone", "category", "type", "promoter", "month", "year")


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows of sums by group, and the sum of all (each activity once, not the sum of the rows)."""

    first: Month
    last: Month
    by: tuple[str, ...]
    rows: tuple[Sum, ...]
    total: Sum


class Reporting:
    """The sums of what is held."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def totals(
        self,
        first: Month,
        last: Month,
        by: Sequence[str] = ("category",),
        *,
        approved: bool = False,
    ) -> Totals:
        """Sum up all held activities from ``first`` to ``last``, or only those of approved months.

        The opening balance counts for months before any record (never for months that have some).
        """
        unknown = [name for name in by if name not in GROUPS]
        if unknown:
            raise WrongUsageError(f"知らないまとめ方です: {', '.join(unknown)}", code="by")
        with self._store.db.read() as tx:
            who = facts(tx)
            only = approved_months(tx) if approved else None
            wanted = Wanted(who.promoter or None, first, last, months=only)
            zones = {area.code: area.zone for area in roster(tx).areas}
            rows = activities.sums(tx, wanted, by, zones)
            total = activities.sums(tx, wanted, ())
            opening = self._opening(tx, first, last)
        whole = total[0] if total else Sum((), 0, 0, 0, 0)
        if opening and tuple(by) == ("category",):
            rows = _with_opening(rows, opening)
            whole = _plus(whole, sum(opening.values()))
        order = {code: f"{i}" for i, code in enumerate(CATEGORIES)}
        rows = sorted(rows, key=lambda row: [order.get(g, g) for g in row.group])
        return Totals(first, last, tuple(by), tuple(rows), whole)

    def _opening(self, tx: Tx, first: Month, last: Month) -> dict[str, int]:
        office = office_settings(tx)
        until = office.opening_until
        if until is None or not first <= until <= last:
            return {}
        earliest = activities.first_month(tx)
        return {} if earliest and earliest <= str(until) else office.opening


def _with_opening(rows: list[Sum], opening: dict[str, int]) -> list[Sum]:
    held = {row.group[0]: row for row in rows}
    for code, count in opening.items():
        held[code] = _plus(held.get(code, Sum((code,), 0, 0, 0, 0)), count)
    return list(held.values())


def _plus(row: Sum, count: int) -> Sum:
    return Sum(row.group, row.count + count, row.days, row.minutes, row.attendees)
