"""困ったとき・安全 and what opens from it, and the archive that is kept up to date meanwhile."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.sending import Made
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.page import Page

if TYPE_CHECKING:
    from kashiwa_desktop.ui.office.trouble_page import TroublePage

JOURNAL_AFTER_MS = 2_000
"""How long the worker must rest before the office's own work goes into the archive."""


class SafetyPages(QObject):
    """困ったとき・安全 and the pages that open from it, in one window of the office."""

    def __init__(self, window: MainWindow, store: Store, jobs: Jobs, look: Look) -> None:
        super().__init__(window)
        self._window, self._store, self._worker, self._look = window, store, jobs, look
        self.ring = KeyRing(store)
        self._trouble: TroublePage | None = None
        self._pages: dict[str, Page] = {}
        self._elsewhere: dict[str, Callable[[], object]] = {}
        self._keeper = JournalKeeper(self.ring, jobs, self)
        self._keeper.left_behind.connect(window.show_note)

    def lead(self, way: str, show: Callable[[], object]) -> None:
        """Offer a page that others make: ``log``, ``details``, or ``returns`` for 引継ぎ."""
        self._elsewhere[way] = show

    def make_trouble(self) -> "TroublePage":
        """Make 困ったとき・安全 for the rail."""
        from kashiwa_desktop.app import safety_making

        page = safety_making.trouble_page(self._store, self._worker, self._look)
        page.way_wanted.connect(self._go)
        page.update_card.look_wanted.connect(partial(self._ask_for_update, page.update_card.tell))
        page.announced.connect(partial(self._ask_for_update, None))
        page.offer("keys", "handover", "disposal", *self._elsewhere)
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
        if way == "rebuild":
            self._open_rebuild(page)
        return page

    def _ask_for_update(self, told: Callable[[str], object] | None) -> None:
        self._window.update_asked.emit(told)

    def _go(self, way: str) -> None:
        if way in self._elsewhere:
            self._elsewhere[way]()
        else:
            self.open(way)

    def _show_returns(self, _promoter: str) -> None:
        self._elsewhere["returns"]()

    def _make(self, name: str) -> Page:
        from kashiwa_desktop.app import safety_making

        if name == "handover":
            offered = "returns" in self._elsewhere
            page = safety_making.handover_page(
                self._store, self._worker, self.ring, offers_return=offered
            )
            page.return_wanted.connect(self._show_returns)
            return page

        makers: dict[str, Callable[[Store, Jobs, KeyRing], Page]] = {
            "disposal": safety_making.disposal_page,
            "keys": safety_making.keys_page,
        }
        return makers[name](self._store, self._worker, self.ring)

    def _open_rebuild(self, page: Page) -> None:
        from kashiwa_desktop.ui.office.keys_page import KeysPage
        from kashiwa_desktop.ui.office.recovery_guides import RebuildGuide

        if isinstance(page, KeysPage):
            page.open_guide(RebuildGuide)

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
        self.left_behind.emit("事務局の記録の写しを、まだ保管できていません。")
