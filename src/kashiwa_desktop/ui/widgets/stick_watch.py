"""Sees sticks come and go: looks again and again, off the UI thread, while it is wanted."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.travel.sticks import LOOK_MS, Stick, Sticks
from kashiwa_desktop.ui.jobs import Job, Jobs


class StickWatch(QObject):
    """``changed`` gives all sticks when one came or went, ``came`` each one that is new."""

    changed = Signal(list)
    came = Signal(object)

    def __init__(self, sticks: Sticks, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._sticks, self._jobs = sticks, jobs
        self._job: Job | None = None
        self._here: dict[str, Stick] = {}
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def here(self) -> list[Stick]:
        """The sticks that were in the PC at the last look."""
        return list(self._here.values())

    @property
    def is_watching(self) -> bool:
        """Whether it looks by itself now."""
        return self._timer.isActive()

    def start(self) -> None:
        """Look now and every second."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        self._timer.stop()

    def forget(self) -> None:
        """Let the sticks that are in the PC count as new again."""
        self._here = {}

    def look(self) -> None:
        """Look once; while other work runs, the look waits behind it and no second one is asked."""
        if self._job is not None:
            return
        sticks = self._sticks
        job = self._job = self._jobs.start(_Look(sticks))
        job.succeeded.connect(self._compare)
        job.failed.connect(self._pass_over)
        job.finished.connect(self._release)

    def _compare(self, found: Sequence[Stick]) -> None:
        before, self._here = self._here, {_name(stick): stick for stick in found}
        if before.keys() != self._here.keys():
            self.changed.emit(self.here)
        if not self.is_watching:
            return
        for name, stick in self._here.items():
            if name not in before:
                self.came.emit(stick)

    def _pass_over(self, _error: BaseException) -> None:
        """A drive that is just going cannot be asked; the next look tells."""

    def _release(self) -> None:
        self._job = None


class _Look:
    """The work itself: holds no widget."""

    def __init__(self, sticks: Sticks) -> None:
        self._sticks = sticks

    def __call__(self, _progress: Progress) -> list[Stick]:
        return self._sticks.find()


def _name(stick: Stick) -> str:
    return str(stick.path)
