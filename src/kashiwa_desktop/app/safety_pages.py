"""Pages of the whole office (28 to 32), made of their services."""

from PySide6.QtCore import QObject, QTimer, Signal

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.beginning import Beginning
from kashiwa_desktop.services.bringing_back import BringingBack
from kashiwa_desktop.services.council_papers import CouncilPapers
from kashiwa_desktop.services.disposing import Disposing
from kashiwa_desktop.services.enrolling import Enrolling
from kashiwa_desktop.services.guarding import Guarding
from kashiwa_desktop.services.keeping import Keeping
from kashiwa_desktop.services.key_ring import KeyRing
from kashiwa_desktop.services.looking_into import LookingInto
from kashiwa_desktop.services.office_here import OfficeHere
from kashiwa_desktop.services.outside_copies import OutsideCopies
from kashiwa_desktop.services.rebuilding import Rebuilding
from kashiwa_desktop.services.recovery_drill import RecoveryDrill
from kashiwa_desktop.services.roster import RosterService
from kashiwa_desktop.services.sending import Made
from kashiwa_desktop.services.sticks import Sticks
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.succeeding import Succeeding
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow
from kashiwa_desktop.ui.office.disposal_page import DisposalPage
from kashiwa_desktop.ui.office.disposal_work import DisposalServices
from kashiwa_desktop.ui.office.guide import KeyServices
from kashiwa_desktop.ui.office.handover_page import HandoverPage
from kashiwa_desktop.ui.office.handover_work import HandoverServices
from kashiwa_desktop.ui.office.keys_page import KeysPage
from kashiwa_desktop.ui.office.recovery_guides import RebuildGuide
from kashiwa_desktop.ui.office.start_page import StartPage
from kashiwa_desktop.ui.office.trouble_page import TroublePage
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.page import Page

JOURNAL_AFTER_MS = 2_000
"""How long the worker must rest before the office's own work goes into the archive."""


def start_page(store: Store, jobs: Jobs) -> StartPage:
    """事務局の用意, on an empty data folder."""
    return StartPage(Beginning(store), BringingBack(store), jobs)


def trouble_page(store: Store, jobs: Jobs, look: Look) -> TroublePage:
    """困ったとき・安全."""
    return TroublePage(
        look,
        Keeping(store),
        LookingInto(store),
        OutsideCopies(store),
        OfficeHere(store),
        jobs,
    )


def keys_page(store: Store, jobs: Jobs, ring: KeyRing) -> KeysPage:
    """かぎとパソコン."""
    services = KeyServices(
        ring=ring,
        guarding=Guarding(store),
        drill=RecoveryDrill(store),
        enrolling=Enrolling(store),
        rebuilding=Rebuilding(store),
        roster=RosterService(store),
        archive=store.folder.archive,
    )
    return KeysPage(services, jobs)


def handover_page(
    store: Store, jobs: Jobs, ring: KeyRing, sticks: Sticks | None = None
) -> HandoverPage:
    """引継ぎ."""
    services = HandoverServices(ring, Succeeding(store), CouncilPapers(store), sticks or Sticks())
    return HandoverPage(services, jobs)


def disposal_page(store: Store, jobs: Jobs, ring: KeyRing) -> DisposalPage:
    """廃棄と開示."""
    return DisposalPage(DisposalServices(store, Disposing(store), ring), jobs)


class SafetyPages(QObject):
    """困ったとき・安全 and the pages that open from it, in one window of the office."""

    def __init__(self, window: MainWindow, store: Store, jobs: Jobs, look: Look) -> None:
        super().__init__(window)
        self._window, self._store, self._worker, self._look = window, store, jobs, look
        self.ring = KeyRing(store)
        self._trouble: TroublePage | None = None
        self._pages: dict[str, Page] = {}
        self._keeper = JournalKeeper(self.ring, jobs, self)
        self._keeper.left_behind.connect(window.show_note)

    def make_trouble(self) -> TroublePage:
        """Make 困ったとき・安全 for the rail."""
        page = trouble_page(self._store, self._worker, self._look)
        page.way_wanted.connect(self.open)
        page.offer("keys", "handover", "disposal")
        self._trouble = page
        return page

    def open(self, way: str) -> Page:
        """Open one of the pages; ``rebuild`` is a guide of かぎとパソコン."""
        name = "keys" if way == "rebuild" else way
        if name not in self._pages:
            page = self._make(name)
            page.back_asked.connect(self._return)
            self._pages[name] = page
        page = self._pages[name]
        self._window.open_page(page)
        if way == "rebuild" and isinstance(page, KeysPage):
            page.open_guide(RebuildGuide)
        return page

    def _make(self, name: str) -> Page:
        if name == "disposal":
            return disposal_page(self._store, self._worker, self.ring)
        if name == "handover":
            return handover_page(self._store, self._worker, self.ring)
        return keys_page(self._store, self._worker, self.ring)

    def _return(self) -> None:
        if self._trouble is not None:
            self._window.open_page(self._trouble)


class JournalKeeper(QObject):
    """Puts the office's own work into its archive whenever the worker rests and the keys are open.

    So the archive alone is enough to rebuild the office (BUNDLE.md §6). Where it cannot be written
    the next time carries it; nothing is held up.
    """

    left_behind = Signal(str)

    def __init__(self, ring: KeyRing, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ring, self._jobs, self._own = ring, jobs, False
        self._timer = QTimer(self, singleShot=True, interval=JOURNAL_AFTER_MS)
        self._timer.timeout.connect(self._write)
        jobs.became_idle.connect(self._wait)

    def _wait(self) -> None:
        """Begin to wait after somebody's work, never after our own."""
        if self._own:
            self._own = False
        elif self._ring.is_open:
            self._timer.start()

    def _write(self) -> None:
        if self._jobs.busy or not self._ring.is_open:
            return
        self._own = True
        job = self._jobs.start(self._journal)
        job.failed.connect(self._tell)

    def _journal(self, _: Progress) -> Made | None:
        return self._ring.journal()

    def _tell(self, _error: BaseException) -> None:
        self.left_behind.emit(self.tr("事務局の記録の写しを、まだ保管できていません。"))
