"""Who is at work in the office: asked before the office opens, and whenever it is to change."""

from PySide6.QtCore import Signal

from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.district.staff_page import StaffPage
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow, Place
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.page import Page

NOBODY = "事務局"
"""What stands in the log where nobody was named."""


class StaffWindow(MainWindow):
    """``chosen`` gives the name, ``left`` comes where all stays as it was."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, store: Store, jobs: Jobs, look: Look, *, asked: bool = False) -> None:
        self._store, self._asked = store, asked
        super().__init__([Place("people", "どなたが使いますか", self._make)], jobs, look)
        self.open_place(0)

    def _make(self) -> Page:
        accounts = Accounts(self._store)
        members = accounts.staff(self._store.clock.today())
        now = self._store.staff if self._asked else ""
        page = StaffPage(members, now, only=accounts.are_on())
        page.chosen.connect(self.chosen)
        page.back_asked.connect(self._leave)
        return page

    def _leave(self) -> None:
        if self._asked:
            self.left.emit()
