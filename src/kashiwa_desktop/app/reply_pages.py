"""事務局からの返事 in the promoter's window: its page, files that are dropped, sticks put in."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.replying import Replying
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.reply.reply_page import ReplyPage
from kashiwa_desktop.ui.promoter.stick_watch import StickWatch


class ReplyDesk(QObject):
    """Makes the page once; ``found`` gives unread files that lie on a stick."""

    found = Signal(list)

    def __init__(self, store: Store, jobs: Jobs, sticks: Sticks, parent: QObject) -> None:
        super().__init__(parent)
        self._store, self._jobs = store, jobs
        self._receiving = Receiving(store)
        self._page: ReplyPage | None = None
        self._found: list[Path] = []
        self._watch = StickWatch(self._receiving, sticks, jobs, self)
        self._watch.found.connect(self._tell_found)

    def make_page(self) -> ReplyPage:
        """Make the page, with what was found so far."""
        page = self._page = ReplyPage(Replying(self._store), self._receiving, self._jobs)
        page.arrived.connect(self._watch.look_again)
        page.show_found(self._found)
        return page

    def _tell_found(self, paths: list[Path]) -> None:
        self._found = paths
        if self._page is not None:
            self._page.show_found(paths)
        self.found.emit(paths)
