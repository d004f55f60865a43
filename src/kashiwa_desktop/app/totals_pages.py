"""Making 集計 and Excelに出す; what they work with is loaded when they are wanted."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kashiwa_desktop import settings
from kashiwa_desktop.app.preferences import keep
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.jobs import Jobs

if TYPE_CHECKING:
    from kashiwa_desktop.ui.district.totals.excel_page import Chosen, ExcelPage
    from kashiwa_desktop.ui.district.totals.totals_page import TotalsPage


def make_totals(store: Store, jobs: Jobs) -> "TotalsPage":
    """集計 (24)."""
    from kashiwa_desktop.services.counting.tabulating import Tabulating
    from kashiwa_desktop.services.counting.year_closing import YearClosing
    from kashiwa_desktop.services.office.roster import RosterService
    from kashiwa_desktop.services.papers.office_papers import OfficePapers
    from kashiwa_desktop.services.papers.office_plots import OfficePlots
    from kashiwa_desktop.ui.district.totals.totals_page import TotalsPage
    from kashiwa_desktop.ui.district.totals.totals_work import TotalsDesk

    desk = TotalsDesk(
        Tabulating(store), OfficePapers(store), OfficePlots(store), YearClosing(store),
        RosterService(store), store.clock,
    )  # fmt: skip
    return TotalsPage(desk, jobs)


def make_excel(store: Store, jobs: Jobs) -> "ExcelPage":
    """Excelに出す (25); the columns and tables that were chosen last are remembered."""
    from kashiwa_desktop.services.counting.office_workbook import OfficeWorkbook
    from kashiwa_desktop.ui.district.totals.excel_page import ExcelDesk, ExcelPage

    file = store.folder.settings_file
    month = Month.of(store.clock.today())
    desk = ExcelDesk(
        OfficeWorkbook(store), month, partial(_remembered, file), partial(_remember, file)
    )
    return ExcelPage(desk, jobs)


def _remembered(file: Path) -> "Chosen":
    from kashiwa_desktop.ui.district.totals.excel_page import Chosen

    held = settings.load(file)
    return Chosen(held.excel_tables, held.excel_columns)


def _remember(file: Path, chosen: "Chosen") -> None:
    keep(file, excel_tables=tuple(chosen.tables), excel_columns=tuple(chosen.columns))
