"""The promoter's pages beside the rail: made when they are first wanted, left to where one was."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow
from kashiwa_desktop.ui.widgets.page import Page

if TYPE_CHECKING:
    from kashiwa_desktop.ui.promoter.print_page import PrintPage


class AsidePages(QObject):
    """印刷, ふりかえり, 地域の資源, 前の表を取り込む, パソコンの引っ越し and 前任者の記録.

    ``changed`` says what can be undone, ``paper_wanted`` gives a ``Paper`` to be shown.
    """

    changed = Signal(str)
    paper_wanted = Signal(object)
    home_wanted = Signal()
    reply_wanted = Signal()
    wiped = Signal()

    def __init__(self, window: MainWindow, store: Store, jobs: Jobs, sticks: Sticks) -> None:
        super().__init__(window)
        self._window, self._store, self._jobs, self._sticks = window, store, jobs, sticks
        self._pages: dict[str, Any] = {}
        self._came_from: dict[Page, Page] = {}

    @property
    def before(self) -> Page | None:
        """The page to which back leads from the one in view."""
        page = self._window.page
        return self._came_from.get(page) if page is not None else None

    def moving(self, guide: str) -> None:
        page = self._made("moving", self._make_moving)
        page.show_guide(guide)
        self._open(page)

    def predecessor(self, recording: Recording) -> None:
        self._open(self._made("predecessor", partial(self._make_predecessor, recording)))

    def resources(self) -> None:
        self._open(self._made("resources", self._make_resources))

    def review(self) -> None:
        self._open(self._made("review", self._make_review))

    def importing(self) -> None:
        self._open(self._made("import", self._make_import))

    def paper(self) -> "PrintPage":
        """Show 印刷, for a paper that is given to it then."""
        page: PrintPage = self._made("paper", self._make_paper)
        self._open(page)
        return page

    def back(self) -> None:
        """Go back to where the page in view was asked for."""
        before = self.before
        if before is not None:
            self._window.open_page(before)
        else:
            self.home_wanted.emit()

    def _open(self, page: Page) -> None:
        here = self._window.page
        if here is not None and here is not page:
            self._came_from[page] = here
        self._window.open_page(page)

    def _made(self, name: str, make: Callable[[], Page]) -> Any:
        """Return a page, made and joined when it is first wanted."""
        if name not in self._pages:
            page = self._pages[name] = make()
            page.back_asked.connect(self.back)
        return self._pages[name]

    def _make_moving(self) -> Page:
        from kashiwa_desktop.app.moving_pages import moving_page

        page = moving_page(self._store, self._sticks, self._jobs)
        page.reply_wanted.connect(self.reply_wanted)
        page.wiped.connect(self.wiped)
        return page

    def _make_predecessor(self, recording: Recording) -> Page:
        from kashiwa_desktop.app.moving_pages import predecessor_page

        page = predecessor_page(self._store, recording, self._jobs)
        page.changed.connect(self.changed)
        return page

    def _make_resources(self) -> Page:
        from kashiwa_desktop.app.register_pages import resource_page

        page = resource_page(self._store, self._jobs)
        page.changed.connect(self.changed)
        page.paper_wanted.connect(self.paper_wanted)
        return page

    def _make_review(self) -> Page:
        """Plots bring half of a start with them: they come when they are asked for."""
        from kashiwa_desktop.services.records.looking_back import LookingBack
        from kashiwa_desktop.ui.promoter.review_page import ReviewPage

        page = ReviewPage(LookingBack(self._store), self._jobs)
        page.paper_wanted.connect(self.paper_wanted)
        page.resources_wanted.connect(self.resources)
        return page

    def _make_import(self) -> Page:
        from kashiwa_desktop.services.records.importing import Importing
        from kashiwa_desktop.ui.promoter.old_table.import_page import ImportPage

        page = ImportPage(Importing(self._store), self._jobs)
        page.changed.connect(self.changed)
        return page

    def _make_paper(self) -> Page:
        from kashiwa_desktop.services.papers.printing import Printing
        from kashiwa_desktop.ui.promoter.print_page import PrintPage

        return PrintPage(Printing(self._store), self._jobs)
