"""The pages of 名簿・設定 and 職員による入力: made here, joined to the office's window."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.entering import Entering
from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.services.money.banking import Banking
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.log_trail import LogTrail
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.new_year import NewYear
from kashiwa_desktop.services.office.office_book import OfficeBook
from kashiwa_desktop.services.office.opening_table import OpeningTable
from kashiwa_desktop.services.office.payment_settings import PaymentSettings
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.office.roster_tables import RosterTables
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.undoing import Undoing
from kashiwa_desktop.ui.district.log_page import LogPage
from kashiwa_desktop.ui.district.roster.advanced_page import AdvancedPage
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.roster_page import RosterPage
from kashiwa_desktop.ui.district.sheet.entering_page import EnteringPage
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow
from kashiwa_desktop.ui.widgets.page import Page


def make_desk(store: Store, place: str) -> RosterDesk:
    """Return the services behind 名簿・設定; ``place`` keeps the drafts of a page apart."""
    return RosterDesk(
        OfficeBook(store), RosterService(store), MoneySettings(store), RosterTables(store),
        OpeningTable(store), Accounts(store), Banking(store), NewYear(store), OfficeSetup(store),
        PaymentSettings(store), KeptForms(store, place), Releasing(store),
    )  # fmt: skip


class RosterPages(QObject):
    """Screens 26, 27, 34 and 35 of one office window, each made when it is first opened.

    ``undoable`` says that what was just done can be taken back with ``undo``.
    """

    undoable = Signal()
    staff_wanted = Signal()

    def __init__(self, store: Store, jobs: Jobs, window: MainWindow) -> None:
        super().__init__(window)
        self._store, self._worker, self._window = store, jobs, window
        self._undoing = Undoing(store)
        self._roster: RosterPage | None = None
        self._entering: EnteringPage | None = None
        self._advanced: AdvancedPage | None = None
        self._log: LogPage | None = None
        self._before: Page | None = None

    def roster(self) -> RosterPage:
        """Screen 27, a place of the rail."""
        if self._roster is None:
            page = self._roster = RosterPage(make_desk(self._store, "roster"), self._worker)
            page.changed.connect(self._tell)
            page.undo_wanted.connect(self.undo)
            page.entering_wanted.connect(self.open_entering)
            page.advanced_wanted.connect(self.open_advanced)
            page.log_wanted.connect(self.open_log)
        return self._roster

    def open_entering(self, month: Month | None = None, promoter: str | None = None) -> None:
        """Show 職員による入力, of a month and a promoter where they are named."""
        self._remember()
        if self._entering is None:
            entering, kept = Entering(self._store), KeptForms(self._store, "sheet")
            self._entering = EnteringPage(entering, kept, self._store.clock, self._worker)
            self._entering.changed.connect(self._tell)
            self._entering.undo_wanted.connect(self.undo)
            self._entering.back_asked.connect(self._return)
        self._window.open_page(self._entering)
        if month is not None:
            self._entering.show_sheet(month, promoter)

    def open_advanced(self) -> None:
        """Show 詳しい設定."""
        self._remember()
        if self._advanced is None:
            page = self._advanced = AdvancedPage(make_desk(self._store, "advanced"), self._worker)
            page.changed.connect(self._tell)
            page.undo_wanted.connect(self.undo)
            page.back_asked.connect(self._return)
            page.staff_wanted.connect(self.staff_wanted)
        self._window.open_page(self._advanced)

    def open_log(self) -> None:
        """Show 操作の記録."""
        self._remember()
        if self._log is None:
            self._log = LogPage(LogTrail(self._store), self._store.clock, self._worker)
            self._log.back_asked.connect(self._return)
        self._window.open_page(self._log)

    @property
    def is_open(self) -> bool:
        """Whether one of the pages is in view on which a setting or a record is changed."""
        page = self._window.page
        return page is not None and page in (self._roster, self._entering, self._advanced)

    def undo(self) -> None:
        """Take back what whoever is at work changed last."""
        job = self._worker.start(partial(_undo, self._undoing))
        job.succeeded.connect(self._tell_undone)
        job.failed.connect(self._tell_failed)

    def _tell(self, text: str) -> None:
        self.undoable.emit()
        self._window.undo_strip.tell(text)

    def _tell_undone(self, text: str) -> None:
        page = self._window.page
        if page is not None:
            page.refresh()
        self._say(lambda shown: shown.say(text))

    def _tell_failed(self, error: BaseException) -> None:
        self._say(lambda shown: shown.show_error(error))

    def _say(self, say: Callable[..., object]) -> None:
        page = self._window.page
        shown = getattr(page, "messages", None)
        if shown is not None:
            say(shown)

    def _remember(self) -> None:
        page = self._window.page
        if page not in (self._entering, self._advanced, self._log):
            self._before = page

    def _return(self) -> None:
        self._window.open_page(self._before or self.roster())


def _undo(undoing: Undoing, _progress: Progress) -> str:
    return f"{undoing.undo()}。"
