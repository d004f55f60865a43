"""Watches for files of the office on USB memory sticks, so that nobody has to look for them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.travel.receiving import Receiving, files_in
from kashiwa_desktop.services.travel.sticks import LOOK_MS, Sticks
from kashiwa_desktop.ui.jobs import Jobs

_Seen = tuple[tuple[str, int], ...]


class StickWatch(QObject):
    """``found`` gives the files for this PC that were not read yet, each time they change."""

    found = Signal(list)

    def __init__(self, receiving: Receiving, sticks: Sticks, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._receiving, self._sticks, self._jobs = receiving, sticks, jobs
        self._seen: _Seen = ()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look which files lie there; they are opened only when that changed."""
        folders = [stick.path for stick in self._sticks.find()]
        seen = _seen(files_in(folders))
        if seen != self._seen and not self._jobs.busy:
            self._seen = seen
            job = self._jobs.start(partial(_unread, self._receiving, folders))
            job.succeeded.connect(self._tell)

    def _tell(self, paths: list[Path]) -> None:
        self.found.emit(paths)

    def look_again(self) -> None:
        """Something was read: what is left may be less."""
        self._seen = ()
        self.found.emit([])
        self.look()


def _seen(paths: Sequence[Path]) -> _Seen:
    found = []
    for path in paths:
        try:
            found.append((str(path), path.stat().st_size))
        except OSError:
            continue  # the stick was pulled just now
    return tuple(found)


def _unread(receiving: Receiving, folders: Sequence[Path], _: Progress) -> list[Path]:
    return receiving.unread(folders)
