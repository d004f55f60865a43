"""集計: counts by any groups, with their records, the opening balance, and 代理 apart.

Every number can give its records: both are made from one question (``storage.sums``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kashiwa_desktop.domain import opening
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.opening import Balance, Served
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.totals import GROUPS, TIMES, Sum, cumulated, in_order, time_keys
from kashiwa_desktop.errors import WrongUsageError
from kashiwa_desktop.services.months.approvals import approved_months
from kashiwa_desktop.services.store import Store, facts, office_settings, roster
from kashiwa_desktop.storage import sums
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.sums import Counting

__all__ = ["GROUPS", "Reporting", "Sum", "Totals"]


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows of sums by group, and the sum of all (each activity once, not the sum of the rows).

    ``proxy_rows`` and ``proxy_total`` are what 代理 did, never part of the others. ``opening`` says
    what of the opening balance was added, and what was left out and why.
    """

    first: Month
    last: Month
    by: tuple[str, ...]
    rows: tuple[Sum, ...]
    total: Sum
    proxy_rows: tuple[Sum, ...] = ()
    proxy_total: Sum = field(default_factory=lambda: Sum(()))
    opening: Served = field(default_factory=Served)
    approved: bool = False
    cumulative: bool = False


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
        cumulative: bool = False,
    ) -> Totals:
        """Sum up all held activities from ``first`` to ``last``, or only those of approved months.

        With ``cumulative`` the rows of a time group hold everything up to its end, however early
        it began. WrongUsageError for a group that is not in GROUPS.
        """
        asked = Totals(
            first, last, tuple(by), (), Sum(()), approved=approved, cumulative=cumulative
        )
        _refuse_unknown(asked)
        with self._store.db.read() as tx:
            return summed(tx, asked)

    def records_behind(
        self,
        found: Totals,
        group: Sequence[str] = (),
        *,
        proxy: bool = False,
        most: int | None = None,
    ) -> list[Activity]:
        """Return the activities behind the row of ``found`` with this group; () is its total.

        ``proxy`` asks for those of the rows of 代理, ``most`` for so many of the newest only. What
        is opening balance has no records.
        """
        with self._store.db.read() as tx:
            counting = replace(counting_of(tx, found), proxy=proxy)
            named = dict(zip(found.by, group, strict=True)) if group else {}
            if found.cumulative:
                end = found.last
                for name in set(named) & set(TIMES):
                    end = time_keys(found.first, found.last, name)[named.pop(name)]
                counting = replace(counting, wanted=replace(counting.wanted, first=None, last=end))
            return sums.records(tx, counting, named, most)


def _refuse_unknown(asked: Totals) -> None:
    unknown = [name for name in asked.by if name not in GROUPS]
    if unknown:
        raise WrongUsageError(f"知らないまとめ方です: {', '.join(unknown)}", code="by")
    if len(set(asked.by)) < len(asked.by):
        raise WrongUsageError("同じまとめ方が2つあります。", code="by")
    if asked.cumulative and len(set(asked.by) & set(TIMES)) > 1:
        text = "累計は、月・年度・年のどれか1つでまとめてください。"
        raise WrongUsageError(text, code="by")


def summed(tx: Tx, asked: Totals) -> Totals:
    """Return the totals that are asked for, inside a transaction that is already open."""
    counting, people = counting_of(tx, asked), roster(tx)
    rows, served = counted(tx, counting, asked)
    total = _total(tx, counting, asked)
    for _, balance in served.added:
        total = total.plus(_as_sum((), balance))
    apart = replace(counting, proxy=True)
    return replace(
        asked,
        rows=tuple(in_order(rows, asked.by, orders(people))),
        total=total,
        proxy_rows=tuple(in_order(_rows(tx, apart, asked), asked.by, orders(people))),
        proxy_total=_total(tx, apart, asked),
        opening=served,
    )


def counted(tx: Tx, counting: Counting, asked: Totals) -> tuple[list[Sum], Served]:
    """Return the rows of what is asked, in no order, and what of the opening balance is in them."""
    rows = _rows(tx, counting, asked)
    if counting.proxy:
        return rows, Served()
    served = _served(tx, asked)
    return _with_opening(rows, served, asked), served


def counting_of(tx: Tx, asked: Totals) -> Counting:
    """Say what is counted; a promoter's own PC counts his own records."""
    months = approved_months(tx) if asked.approved else None
    first = None if asked.cumulative else asked.first
    wanted = Wanted(facts(tx).promoter or None, first, asked.last, months=months)
    people = roster(tx)
    return Counting(wanted, zones_by_day(people), codes=people.codes)


def zones_by_day(people: Roster) -> list[tuple[str, str, str]]:
    """Return (area, first day, zone) of every area, its later days first."""
    found = []
    for area in people.areas:
        spans = [(first.isoformat(), zone) for first, zone in sorted(area.zones)]
        for first, zone in reversed(spans[1:]):
            found.append((area.code, first, zone))
        found.append((area.code, "", spans[0][1] if spans else area.zone))
    return found


def _total(tx: Tx, counting: Counting, asked: Totals) -> Sum:
    found = sums.sums(tx, counting, ())
    return found[0] if found else Sum(())


def _rows(tx: Tx, counting: Counting, asked: Totals) -> list[Sum]:
    found = sums.sums(tx, counting, asked.by)
    times = [n for n, name in enumerate(asked.by) if name in TIMES]
    if not (asked.cumulative and times):
        return found
    days = sums.first_days(tx, counting, asked.by, times[0])
    keys = list(time_keys(asked.first, asked.last, asked.by[times[0]]))
    return cumulated([*(replace(row, days=0) for row in found), *days], times[0], keys)


def _served(tx: Tx, asked: Totals) -> Served:
    """Say what of the opening balance fits; it belongs to the office's sums only."""
    balances = office_settings(tx).balances
    if not balances or not facts(tx).is_office:
        return Served()
    recorded = [Month.parse(month) for month in sums.recorded_months(tx)]
    first = min(b.first for b in balances) if asked.cumulative else asked.first
    by = [name for name in asked.by if not (asked.cumulative and name in TIMES)]
    return opening.serve(balances, (first, asked.last), by, recorded)


def _with_opening(rows: Iterable[Sum], served: Served, asked: Totals) -> list[Sum]:
    held = {row.group: row for row in rows}
    for group, balance in served.added:
        for place in _places(group, balance, asked):
            held[place] = held.get(place, Sum(place)).plus(_as_sum(place, balance))
    return list(held.values())


def _places(group: tuple[str, ...], balance: Balance, asked: Totals) -> list[tuple[str, ...]]:
    """Return the rows a balance belongs to: with 累計 every row that ends after it."""
    times = [n for n, name in enumerate(asked.by) if name in TIMES]
    if not (asked.cumulative and times):
        return [group]
    at = times[0]
    keys = time_keys(asked.first, asked.last, asked.by[at])
    return [(*group[:at], key, *group[at:]) for key, end in keys.items() if end >= balance.last]


def _as_sum(group: tuple[str, ...], b: Balance) -> Sum:
    return Sum(group, b.count, b.days, b.minutes, b.attendees, opening=b.count)


def orders(people: Roster) -> dict[str, list[str]]:
    """Return the codes of each group in the order in which they stand everywhere."""
    zones = [place.name for place in people.places if place.kind == "zone"]
    return {
        "category": people.codes.codes("category"),
        "type": [code for _, code in people.codes.types()],
        "tag": people.codes.codes("tag"),
        "area": [area.code for area in people.areas],
        "zone": list(dict.fromkeys([*zones, *(area.zone for area in people.areas)])),
    }
