"""The window before there is a role: はじめての設定."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kashiwa_desktop.services.office.setup import PromoterSetup
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow, Place
from kashiwa_desktop.ui.promoter.welcome_page import WelcomePage
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.page import Page

if TYPE_CHECKING:
    from kashiwa_desktop.ui.office.start_page import StartPage


class WelcomeWindow(MainWindow):
    """``begun`` when the person wants to go on, with a settings file or without.

    ``office_begun`` when this folder has become an office's.
    """

    begun = Signal()
    office_begun = Signal()
    practice_wanted = Signal()

    def __init__(self, store: Store, jobs: Jobs, look: Look) -> None:
        self._store, self._worker, self._dress = store, jobs, look
        self._start: StartPage | None = None
        super().__init__([Place("house", "はじめての設定", self._make)], jobs, look)
        self.files_dropped.connect(self._take_files)
        self.open_place(0)

    def _make(self) -> Page:
        page = WelcomePage(PromoterSetup(self._store), self._worker, self._dress)
        page.begun.connect(self.begun)
        page.practice_wanted.connect(self.practice_wanted)
        page.office_wanted.connect(self.open_start)
        return page

    def open_start(self) -> None:
        """Show 事務局の用意."""
        if self._start is None:
            from kashiwa_desktop.app import safety_making

            self._start = safety_making.start_page(self._store, self._worker)
            self._start.begun.connect(self.office_begun)
            self._start.back_asked.connect(self._go_back_to_first)
        self.open_page(self._start)

    def _go_back_to_first(self) -> None:
        self.open_place(0)

    def _take_files(self, paths: list[Path]) -> None:
        if isinstance(self.page, WelcomePage) and len(paths) == 1:
            self.page.take_file(paths[0])
