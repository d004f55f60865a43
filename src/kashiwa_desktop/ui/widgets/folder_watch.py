"""Sees files arrive in a folder: told by the system where it does, looked for where it does not."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.travel.inbox import SETTLED, Inbox
from kashiwa_desktop.ui.jobs import Job, Jobs

LOOK_MS = 5_000
_SOON_MS = round(1_000 * SETTLED) + 200


class FolderWatch(QObject):
    """``changed`` gives the files that lie ready; shares of a network are only looked into."""

    changed = Signal(list)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._inbox: Inbox | None = None
        self._job: Job | None = None
        self._ready: tuple[Path, ...] = ()
        self._told = QFileSystemWatcher(self)
        self._told.directoryChanged.connect(self._come_soon)
        self._often = QTimer(self, interval=LOOK_MS)
        self._often.timeout.connect(self.look)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.look)

    @property
    def ready(self) -> tuple[Path, ...]:
        """The files that lay ready at the last look."""
        return self._ready

    def watch(self, inbox: Inbox | None) -> None:
        """Watch a folder; None watches nothing."""
        if self._told.directories():
            self._told.removePaths(self._told.directories())
        self._inbox, self._ready = inbox, ()
        self.changed.emit([])

    def start(self) -> None:
        """Look now, and from now on."""
        if self._inbox is None:
            return
        if self._inbox.folder.is_dir():
            self._told.addPath(str(self._inbox.folder))
        self._often.start()
        self.look()

    def stop(self) -> None:
        for timer in (self._often, self._soon):
            timer.stop()

    def deal_with(self, files: Iterable[Path]) -> None:
        """These were looked at by a person and are not offered again."""
        if self._inbox is not None:
            self._inbox.deal_with(files)
            self.look()

    def look(self) -> None:
        """Look once, off the UI thread."""
        if self._inbox is None or self._job is not None:
            return
        job = self._job = self._jobs.start(partial(_look, self._inbox))
        job.succeeded.connect(self._compare)
        job.failed.connect(self._pass_over)
        job.finished.connect(self._release)

    def _come_soon(self, _folder: str) -> None:
        """A file has come or is coming: look at once, and again when it can be whole."""
        self.look()
        self._soon.start()

    def _compare(self, found: Sequence[Path]) -> None:
        if tuple(found) != self._ready:
            self._ready = tuple(found)
            self.changed.emit(list(found))

    def _pass_over(self, _error: BaseException) -> None:
        """A folder that cannot be read now is looked at again later."""

    def _release(self) -> None:
        self._job = None


def _look(inbox: Inbox, _progress: Progress) -> tuple[Path, ...]:
    return inbox.look()
