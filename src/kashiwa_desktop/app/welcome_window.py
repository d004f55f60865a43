"""The window before there is a role: はじめての設定, and 事務局の用意 from it."""

from pathlib import Path

from PySide6.QtCore import Signal

from kashiwa_desktop.app.way_window import Back, Stop, WayWindow
from kashiwa_desktop.services.office.setup import PromoterSetup
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.welcome_page import WelcomePage
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.ways import Screen
from kashiwa_desktop.ui.widgets.page import Page


class WelcomeWindow(WayWindow):
    """``begun`` when the person wants to go on, with a settings file or without.

    ``office_begun`` when this folder has become an office's.
    """

    begun = Signal()
    office_begun = Signal()
    practice_wanted = Signal()

    def __init__(self, store: Store, jobs: Jobs, look: Look) -> None:
        self._store, self._worker, self._dress = store, jobs, look
        stops = {
            Screen.WELCOME: Stop(self._make, Back.NOWHERE, icon="house", word="はじめての設定"),
            Screen.START: Stop(self._make_start),
        }
        super().__init__(stops, jobs, look)
        self.files_dropped.connect(self._take_files)
        self.open_place(0)

    def _make(self) -> Page:
        page = WelcomePage(PromoterSetup(self._store), self._worker, self._dress)
        page.begun.connect(self.begun)
        page.practice_wanted.connect(self.practice_wanted)
        return page

    def _make_start(self) -> Page:
        from kashiwa_desktop.app import safety_making

        page = safety_making.start_page(self._store, self._worker)
        page.begun.connect(self.office_begun)
        return page

    def _take_files(self, paths: list[Path]) -> None:
        if isinstance(self.page, WelcomePage) and len(paths) == 1:
            self.page.take_file(paths[0])
