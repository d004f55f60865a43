"""What 集計 asks of its services, off the UI thread: values in, values out."""

from dataclasses import dataclass

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.counting.tabulating import Asked, Spot, Tabulating, TotalsTable
from kashiwa_desktop.services.counting.year_closing import YearClosing
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.papers.office_papers import OfficePapers
from kashiwa_desktop.services.papers.office_plots import OfficePlots, PlotsWanted
from kashiwa_desktop.services.papers.printing import Printed
from kashiwa_desktop.ui.district.totals.number_records import Behind, behind
from kashiwa_desktop.ui.district.totals.year_card import YearState, is_over


@dataclass(frozen=True, slots=True)
class TotalsDesk:
    """The services of the page."""

    tabulating: Tabulating
    papers: OfficePapers
    plots: OfficePlots
    closing: YearClosing
    roster: RosterService
    clock: Clock


@dataclass(frozen=True, slots=True)
class Seen:
    """What the worker brings: the table, where its year stands, and who is who."""

    table: TotalsTable
    state: YearState
    people: Roster


def look(desk: TotalsDesk, asked: Asked, progress: Progress) -> Seen:
    """Count the table that is asked, and see where its year stands."""
    table = desk.tabulating.table(asked, progress)
    progress.step("", 0, 0)
    return Seen(table, state_of(desk, asked.year), desk.roster.roster())


def state_of(desk: TotalsDesk, year: int) -> YearState:
    """Return where a fiscal year stands."""
    return YearState(year, is_over(year, desk.clock.today()), desk.closing.show(year))


def close_year(desk: TotalsDesk, asked: Asked, progress: Progress) -> Seen:
    """Freeze the figures of a year, and count again."""
    progress.step("", 0, 0)
    desk.closing.close(asked.year, approved=asked.approved)
    return look(desk, asked, progress)


def records_behind(
    desk: TotalsDesk, table: TotalsTable, spot: Spot, progress: Progress
) -> list[Behind]:
    """Return the records behind a number with the names of their areas and promoters."""
    held = desk.tabulating.records(table, spot, progress)
    return behind(desk.roster.roster(), held)


def all_plots(plots: OfficePlots, wanted: PlotsWanted, progress: Progress) -> dict[str, Plot]:
    """Return all plots of a year."""
    return plots.plots(wanted, progress)


def month_paper(desk: TotalsDesk, month: Month, progress: Progress, *, approved: bool) -> Printed:
    """Make the 集計 of a month with its year so far and the same month a year ago."""
    progress.step("紙の形にしています", 0, 0)
    return desk.papers.totals(month, None, approved=approved)
