"""The pages of 名簿・設定 and 職員による入力, and the way back from what is done there."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.entering import Entering
from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.services.money.banking import Banking
from kashiwa_desktop.services.office.accounts import Accounts
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
    """Makes screens 26, 27 and 35 of one office window, and takes back what was changed on them.

    ``undoable`` says that what was just done can be taken back with ``undo``.
    """

    undoable = Signal()

    def __init__(self, store: Store, jobs: Jobs, window: MainWindow) -> None:
        super().__init__(window)
        self._store, self._worker, self._window = store, jobs, window
        self._undoing = Undoing(store)

    def roster(self) -> Page:
        return self._joined(RosterPage(make_desk(self._store, "roster"), self._worker))

    def advanced(self) -> Page:
        return self._joined(AdvancedPage(make_desk(self._store, "advanced"), self._worker))

    def entering(self) -> Page:
        entering, kept = Entering(self._store), KeptForms(self._store, "sheet")
        return self._joined(EnteringPage(entering, kept, self._store.clock, self._worker))

    def _joined(self, page: RosterPage | AdvancedPage | EnteringPage) -> Page:
        page.changed.connect(self._tell)
        page.undo_wanted.connect(self.undo)
        return page

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


def _undo(undoing: Undoing, _progress: Progress) -> str:
    return f"{undoing.undo()}。"
