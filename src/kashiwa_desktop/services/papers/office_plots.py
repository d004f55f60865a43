"""The plots of the office (PRODUCT.md §7), made of the very tables of 集計, and as a paper."""

import io
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kashiwa_desktop.domain.month import months
from kashiwa_desktop.domain.plot import Plot, Series
from kashiwa_desktop.domain.wareki import fiscal_year_name
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.reports.parts import charts
from kashiwa_desktop.reports.totals_table import PlotsPaper
from kashiwa_desktop.services.counting.tabulating import (
    Asked,
    TotalsTable,
    span_of,
    tabulated,
    which_words,
)
from kashiwa_desktop.services.months.approvals import approved_months
from kashiwa_desktop.services.months.handing_in import counted_days
from kashiwa_desktop.services.printed import Printed, offer, sender_of
from kashiwa_desktop.services.store import Store, office_facts, office_settings, roster
from kashiwa_desktop.storage import activities
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx

MONTHS = "月ごとの活動(区分別)"
HEAT = "地域と月(濃いほど多い)"
DEADLINE = "提出した日と締切"
ZONES = "圏域ごとの区分の割合"
YEARS = "年度ごとの活動(区分別)"
SINCE = "はじめの年度からの累計(期首の回数を含みます)"
WITH_WHOM = "相手先(多い順)"
TITLES = (MONTHS, HEAT, DEADLINE, ZONES, YEARS, SINCE, WITH_WHOM)

MOST_COUNTERPARTS = 15


@dataclass(frozen=True, slots=True)
class PlotsWanted:
    """Of which fiscal year, by its first calendar year; all records, or approved months only."""

    year: int
    approved: bool = False


class OfficePlots:
    """Plots of a fiscal year and of all years."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def plots(self, wanted: PlotsWanted, progress: Progress | None = None) -> dict[str, Plot]:
        """Return all plots by their titles, counted in one look at the store."""
        progress = progress or Progress()
        with self._store.db.read() as tx:
            office_facts(tx)
            made = {}
            makers = _makers(self._store, tx, wanted)
            for n, (title, make) in enumerate(makers.items()):
                progress.step("数えています", n, len(makers))
                made[title] = make()
        return made

    def drawing(self, plot: Plot, width: float, size: float, progress: Progress) -> bytes:
        """Return a plot as a PDF of one page, ``width`` points wide, type of ``size`` points."""
        progress.step("", 0, 0)
        return charts.as_pdf(charts.draw(plot, width, size))

    def paper(self, wanted: PlotsWanted, progress: Progress, out: Path | None = None) -> Printed:
        """Make a paper of all plots with their numbers."""
        from kashiwa_desktop.reports.totals_table import render_plots

        plots = self.plots(wanted, progress)
        with self._store.db.read() as tx:
            sender = sender_of(self._store, tx)
        time, which = (
            fiscal_year_name(wanted.year),
            which_words(Asked(wanted.year, approved=wanted.approved)),
        )
        buffer = io.BytesIO()
        value = PlotsPaper(time, which, list(plots.items()))
        made = render_plots(value, sender, buffer)
        return offer(self._store, out, buffer.getvalue(), made)


def _makers(store: Store, tx: Tx, wanted: PlotsWanted) -> dict[str, partial[Plot]]:
    def table(rows: str, across: str) -> TotalsTable:
        asked = Asked(wanted.year, rows, across, wanted.approved)
        return tabulated(tx, asked, store.clock.now())

    return {
        MONTHS: partial(_by_line, partial(table, "category", "month"), "月"),
        HEAT: partial(_heat, partial(table, "area", "month")),
        DEADLINE: partial(_deadline, store, tx, wanted.year),
        ZONES: partial(_by_column, partial(table, "zone", "category"), "圏域"),
        YEARS: partial(_by_line, partial(table, "category", "year"), "年度"),
        SINCE: partial(_by_line, partial(table, "category", "since"), "年度", adds_up=False),
        WITH_WHOM: partial(_with_whom, tx, wanted),
    }


def _by_line(make: partial[TotalsTable], of: str, *, adds_up: bool = True) -> Plot:
    """Return a plot whose series are the lines of a table, and whose places are its columns."""
    numbers = make().numbers
    series = [Series(line.name, [cell.count for cell in line.cells]) for line in numbers.lines]
    return Plot([name for _, name in numbers.columns], series, of=of, adds_up=adds_up)


def _by_column(make: partial[TotalsTable], of: str) -> Plot:
    """Return a plot whose series are the columns of a table, and whose places are its lines."""
    numbers = make().numbers
    series = [
        Series(name, [line.cells[n].count for line in numbers.lines])
        for n, (_, name) in enumerate(numbers.columns)
    ]
    places = [line.name for line in numbers.lines]
    return Plot(places, series, form="shares", of=of, adds_up=False)


def _heat(make: partial[TotalsTable]) -> Plot:
    numbers = make().numbers
    series = [Series(line.name, [cell.count for cell in line.cells]) for line in numbers.lines]
    places = [name for _, name in numbers.columns]
    return Plot(places, series, stacked=False, form="heat", of="地域", adds_up=False)


def _deadline(store: Store, tx: Tx, year: int) -> Plot:
    people, office, today = roster(tx), office_settings(tx), store.clock.today()
    wanted = [month for month in months(*span_of(year)) if month.first <= today]
    found = counted_days(tx, people, office, wanted, today)
    series = [Series("月の数", [count for _, count in found])]
    return Plot([name for name, _ in found], series, unit="件", form="lying", of="提出した日")


def _with_whom(tx: Tx, wanted: PlotsWanted) -> Plot:
    """Return with whom, the most frequent first, then as the names stand in order."""
    pairs = approved_months(tx) if wanted.approved else None
    asked = Wanted(None, *span_of(wanted.year), months=pairs)
    named = activities.count_counterparts(tx, asked)
    found = sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_COUNTERPARTS]
    series = [Series("回数", [count for _, count in found])]
    places = [name for name, _ in found]
    return Plot(places, series, form="lying", of="相手先", adds_up=False)
