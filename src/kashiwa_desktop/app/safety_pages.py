"""The office's archive, kept up to date while its window is open."""

from PySide6.QtCore import QObject, QTimer, Signal

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.travel.sending import Made
from kashiwa_desktop.ui.jobs import Jobs

JOURNAL_AFTER_MS = 2_000
"""How long the worker must rest before the office's own work goes into the archive."""


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
