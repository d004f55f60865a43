"""Making 集計 and Excelに出す, and leading from the one to the other and to 確認する."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kashiwa_desktop import settings
from kashiwa_desktop.app.preferences import keep
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from kashiwa_desktop.services.counting.tabulating import Asked
    from kashiwa_desktop.ui.district.totals.excel_page import Chosen, ExcelPage
    from kashiwa_desktop.ui.district.totals.totals_page import TotalsPage

Check = Callable[[Month, str | None], None]


class TotalsPages:
    """The two pages of one window; each, and what it works with, is loaded when it is wanted."""

    def __init__(self, store: Store, jobs: Jobs, window: MainWindow) -> None:
        self._store, self._jobs, self._window = store, jobs, window
        self._totals: TotalsPage | None = None
        self._excel: ExcelPage | None = None

    def totals(self, check: Check, back: Callable[[], None]) -> "TotalsPage":
        """Make 集計; ``check`` opens 確認する at a month and a promoter."""
        from kashiwa_desktop.services.counting.tabulating import Tabulating
        from kashiwa_desktop.services.counting.year_closing import YearClosing
        from kashiwa_desktop.services.office.roster import RosterService
        from kashiwa_desktop.services.papers.office_papers import OfficePapers
        from kashiwa_desktop.services.papers.office_plots import OfficePlots
        from kashiwa_desktop.ui.district.totals.totals_page import TotalsPage
        from kashiwa_desktop.ui.district.totals.totals_work import TotalsDesk

        store = self._store
        desk = TotalsDesk(
            Tabulating(store), OfficePapers(store), OfficePlots(store), YearClosing(store),
            RosterService(store), store.clock,
        )  # fmt: skip
        page = self._totals = TotalsPage(desk, self._jobs)
        page.check_wanted.connect(check)
        page.excel_wanted.connect(self.open_excel)
        page.back_asked.connect(back)
        return page

    def open_excel(self, asked: "Asked | None" = None) -> "ExcelPage":
        """Open Excelに出す with what is counted on 集計."""
        if self._excel is None:
            self._excel = self._make_excel()
        if asked is not None:
            self._excel.show_asked(asked)
        self._window.open_page(self._excel)
        return self._excel

    def _make_excel(self) -> "ExcelPage":
        from kashiwa_desktop.services.counting.office_workbook import OfficeWorkbook
        from kashiwa_desktop.ui.district.totals.excel_page import ExcelDesk, ExcelPage

        month = Month.of(self._store.clock.today())
        desk = ExcelDesk(OfficeWorkbook(self._store), month, self._remembered, self._remember)
        page = ExcelPage(desk, self._jobs)
        page.back_asked.connect(self._open_totals)
        return page

    def _open_totals(self) -> None:
        if self._totals is not None:
            self._window.open_page(self._totals)

    def _remembered(self) -> "Chosen":
        from kashiwa_desktop.ui.district.totals.excel_page import Chosen

        held = settings.load(self._store.folder.settings_file)
        return Chosen(held.excel_tables, held.excel_columns)

    def _remember(self, chosen: "Chosen") -> None:
        changes = {"excel_tables": tuple(chosen.tables), "excel_columns": tuple(chosen.columns)}
        keep(self._store.folder.settings_file, **changes)
