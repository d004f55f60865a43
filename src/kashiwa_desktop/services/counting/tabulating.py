"""集計 as the office looks at it: one table, its sentences, and the records behind each number."""

import io
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kashiwa_desktop.domain import crosstab
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.crosstab import Crosstab, Key, Names
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.opening import Served
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.totals import TIMES, Sum, in_order, time_keys
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.counting.group_names import Span, expected, name_of, time_words
from kashiwa_desktop.services.counting.reporting import (
    Reporting,
    Totals,
    counted,
    counting_of,
    orders,
)
from kashiwa_desktop.services.printed import Printed, offer, sender_of
from kashiwa_desktop.services.store import Store, office_facts, office_settings, roster
from kashiwa_desktop.storage import activities, sums
from kashiwa_desktop.storage.database import Tx

ROWS: dict[str, tuple[str, ...]] = {
    "area": ("area",),
    "zone": ("zone",),
    "category": ("category",),
    "type": ("category", "type"),
    "tag": ("tag",),
    "promoter": ("promoter",),
}
"""What may stand downwards, by which groups."""

ROW_WORDS = {
    "area": "地域",
    "zone": "圏域",
    "category": "区分",
    "type": "区分・種別",
    "tag": "活動のねらい",
    "promoter": "推進員",
}

MOST = 1000
"""How many records of one number are shown; the newest ones."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A table that is wanted: of fiscal ``year``, or of all years where years stand across.

    ``only`` narrows a table of one year to some of its months.
    """

    year: int
    rows: str = "area"
    across: str = "month"
    approved: bool = False
    proxy: bool = False
    only: Span | None = None

    @property
    def of_one_year(self) -> bool:
        return self.across in ("month", "category")


@dataclass(frozen=True, slots=True)
class TotalsTable:
    """What was asked, its numbers, what 代理 did besides, and what is to be said about it.

    ``span`` is the time it covers.
    """

    asked: Asked
    span: Span
    numbers: Crosstab
    proxy: Sum
    notes: tuple[str, ...]
    at: datetime

    @property
    def time(self) -> str:
        """令和8年度, 令和8年10月, or 平成27年度から令和8年度まで."""
        return time_words(self.span)


@dataclass(frozen=True, slots=True)
class Spot:
    """A number of a table: the key of its line (None: the sums below) and its column's key."""

    line: Key | None = None
    column: str | None = None


class Tabulating:
    """Tables of the office's sums."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reporting = Reporting(store)

    def this_year(self) -> int:
        """Return the fiscal year that runs now, by its first calendar year."""
        return Month.of(self._store.clock.today()).fiscal_year

    def table(self, asked: Asked, progress: Progress | None = None) -> TotalsTable:
        """Count everything that stands in a table, in one look at the store."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return tabulated(tx, asked, self._store.clock.now(), progress)

    def records(
        self, table: TotalsTable, spot: Spot, progress: Progress | None = None
    ) -> list[Activity]:
        """Return the records behind a number by date, the newest MOST of them."""
        (progress or Progress()).step("", 0, 0)
        return self.all_records(table, spot, MOST)

    def paper(
        self,
        table: TotalsTable,
        measure: str,
        progress: Progress,
        out: Path | None = None,
        *,
        said: str = "",
    ) -> Printed:
        """Make a paper of a table as it was counted; ``measure`` is one of MEASURES.

        ``said`` is one more sentence under it, such as when the year's figures were frozen.
        """
        from kashiwa_desktop.reports.totals_table import TotalsPaper, render

        progress.step("紙の形にしています", 0, 0)
        with self._store.db.read() as tx:
            sender = sender_of(self._store, tx)
        value = TotalsPaper(
            what=ROW_WORDS[table.asked.rows],
            time=table.time,
            which=which_words(table.asked),
            measure=measure,
            numbers=table.numbers,
            notes=[*table.notes, *proxy_words(table), *filter(None, [said])],
        )
        buffer = io.BytesIO()
        made = render(value, sender, buffer)
        return offer(self._store, out, buffer.getvalue(), made)

    def all_records(
        self, table: TotalsTable, spot: Spot, most: int | None = None
    ) -> list[Activity]:
        """Return all records behind a number by date; what is opening balance has none."""
        asked = _totals(table.asked, table.span)
        down = ROWS[table.asked.rows] if spot.line is not None else ()
        across = (_across(table.asked),) if spot.column is not None else ()
        group = (*(spot.line or ()), *([spot.column] if spot.column is not None else []))
        wanted = replace(asked, by=(*down, *across))
        return self._reporting.records_behind(wanted, group, proxy=table.asked.proxy, most=most)


def which_words(asked: Asked) -> str:
    """Say which records are counted."""
    found = "承認済みの月だけ" if asked.approved else "受け取ったすべての記録"
    return f"代理の活動({found})" if asked.proxy else found


def proxy_words(table: TotalsTable) -> tuple[str, ...]:
    """Say what 代理 did besides, where it did anything."""
    if table.asked.proxy or not table.proxy.count:
        return ()
    return (f"ほかに、代理の活動が{table.proxy.count:,}回あります(計には入りません)。",)


def number_at(table: TotalsTable, spot: Spot) -> Sum:
    """Return the number of a spot."""
    numbers = table.numbers
    line = numbers.last
    if spot.line is not None:
        line = next(line for line in numbers.lines if line.key == spot.line)
    if spot.column is None:
        return line.whole
    return line.cells[[key for key, _ in numbers.columns].index(spot.column)]


def span_of(year: int) -> Span:
    """Return the first and the last month of a fiscal year."""
    return Month(year, 4), Month(year + 1, 3)


def _first_month(tx: Tx, span: Span) -> Month:
    """Return the beginning of the first fiscal year of which anything is known."""
    held = activities.first_month(tx)
    firsts = [balance.first for balance in office_settings(tx).balances]
    firsts += [Month.parse(held)] if held else []
    return Month(min([*firsts, span[0]]).fiscal_year, 4)


def _totals(asked: Asked, span: Span) -> Totals:
    since = asked.across == "since"
    return Totals(*span, (), (), Sum(()), approved=asked.approved, cumulative=since)


def _across(asked: Asked) -> str:
    return "year" if asked.across == "since" else asked.across


def tabulated(tx: Tx, asked: Asked, now: datetime, progress: Progress | None = None) -> TotalsTable:
    """Return a table inside a transaction that is already open."""
    progress = progress or Progress()
    span = asked.only or span_of(asked.year)
    if not asked.of_one_year:
        span = (_first_month(tx, span), span[1])
    people, wanted = roster(tx), _totals(asked, span)
    counting = replace(counting_of(tx, wanted), proxy=asked.proxy)
    down, across = ROWS[asked.rows], _across(asked)
    found: list[list[Sum]] = []
    served: list[Served] = []
    for by in ((*down, across), down, (across,), ()):
        progress.step("", len(found), 4)
        rows, told = counted(tx, counting, replace(wanted, by=by))
        found.append(rows)
        served.append(told)
    columns = _columns(people, asked, span, found[2])
    lines = _lines(people, asked, span, found[1])
    apart = sums.sums(tx, replace(counting, proxy=True), ())
    return TotalsTable(
        asked=asked,
        span=span,
        numbers=crosstab.crosstab(tuple(found), lines, columns, running=asked.across == "since"),
        proxy=apart[0] if apart else Sum(()),
        notes=_notes(asked, served[1], served[3]),
        at=now,
    )


def _lines(people: Roster, asked: Asked, span: Span, held: list[Sum]) -> Names:
    by = ROWS[asked.rows]
    keys = dict.fromkeys([*expected(people, by, span), *(row.group for row in held)])
    rows = in_order([Sum(key) for key in keys], by, orders(people))
    return [(row.group, name_of(people, by, row.group, span)) for row in rows]


def _columns(people: Roster, asked: Asked, span: Span, held: list[Sum]) -> Names:
    """Return every month or category; of years only those from the first with anything in it."""
    across = _across(asked)
    if across == "category":
        keys = dict.fromkeys([*expected(people, (across,), span), *(row.group for row in held)])
        return [(key, name_of(people, (across,), key, span)) for key in keys]
    codes = list(time_keys(*span, across))
    if across in TIMES[1:]:
        full = [row.group[0] for row in held]
        codes = [code for code in codes if code >= min(full, default=codes[-1])]
    return [((code,), name_of(people, (across,), (code,), span)) for code in codes]


def _notes(asked: Asked, lines: Served, whole: Served) -> tuple[str, ...]:
    """Return the sentences under the table; what was added to its lines, and to its last line."""
    found = []
    added, told = (sum(balance.count for _, balance in s.added) for s in (whole, lines))
    if told:
        found.append(f"記録より前の回数(期首の回数) {told:,}回を含みます。")
    if added > told:
        left = (
            f"期首の回数 {added - told:,}回は、この分けかたでは分けられません。計だけに入ります。"
        )
        found.append(left)
    if whole.overlapping:
        found.append("記録のある月の期首の回数は、加えていません。")
    if asked.rows in ("area", "zone"):
        found.append(
            f"合同の支えあい会議は、{ROW_WORDS[asked.rows]}ごとに1回、合計では1回と数えます。"
        )
    if asked.rows == "tag":
        found.append("ねらいが2つある活動は、それぞれに数えます。合計では1回と数えます。")
    return tuple(found)
