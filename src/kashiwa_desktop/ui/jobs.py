"""Work off the UI thread: one worker, so jobs never race; results and errors come back here.

The work is any callable that takes ``Progress`` as its last argument. It may hold services and
values, never a widget: the last reference to one could be dropped on the worker thread.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import (
    SIGNAL,
    QCoreApplication,
    QEvent,
    QObject,
    Qt,
    QThreadPool,
    QTimer,
    Signal,
    Slot,
)

from kashiwa_desktop.progress import CancelledError, Progress, Step

POLL_MS = 100

Work = Callable[[Progress], object]


class Job(QObject):
    """One piece of work and what became of it; every signal arrives on the UI thread."""

    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()
    progressed = Signal(str, int, int)
    unheard = Signal(object)
    _ended = Signal(object, object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._progress = Progress()
        self._shown = Step()
        self._ended.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop at its next step; one that has not begun never begins."""
        self._progress.cancel()

    def run_in_worker(self) -> None:
        """Do the work; called by the worker thread, which touches nothing but ``_ended``."""
        try:
            self._progress.step("", 0, 0)
            self._ended.emit(self._work(self._progress), None)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the UI must hear of it
            self._ended.emit(None, error)

    def show_progress(self) -> None:
        """Tell how far the work is, if that changed since the last time."""
        state = self._progress.state
        if state != self._shown:
            self._shown = state
            self.progressed.emit(state.text, state.done, state.total)

    @Slot(object, object)
    def _settle(self, result: object, error: BaseException | None) -> None:
        self._work = _nothing  # what it held is let go here, on the UI thread
        try:
            self._tell(result, error)
        finally:
            self.finished.emit()

    def _tell(self, result: object, error: BaseException | None) -> None:
        if error is None:
            self.show_progress()
            self.succeeded.emit(result)
        elif isinstance(error, CancelledError):
            self.cancelled.emit()
        else:
            heard = self.receivers(SIGNAL("failed(PyObject)")) > 0
            (self.failed if heard else self.unheard).emit(error)


def _nothing(_progress: Progress) -> None:
    return None


class Jobs(QObject):
    """The one worker and its queue; outlives every page.

    While work runs, Python collects garbage on the UI thread only: a page that is gone may lie in
    it, and a widget that is taken apart by the worker ends the program.
    """

    became_busy = Signal()
    became_idle = Signal()
    unheard = Signal(object)
    """The error of a job to whose ``failed`` nobody listens: no error is ever lost."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._queue: list[Job] = []
        self._has_ended = False
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._show_progress)

    @property
    def busy(self) -> bool:
        return bool(self._queue)

    def start(self, work: Work) -> Job:
        """Queue the work behind whatever is running; after ``end`` it never begins."""
        job = Job(work, self)
        if self._has_ended:
            return job
        job.unheard.connect(self.unheard)
        job.finished.connect(self._forget)
        self._queue.append(job)
        if len(self._queue) == 1:
            gc.disable()
            self._poll.start()
            self.became_busy.emit()
        self._pool.start(job.run_in_worker)
        return job

    def cancel_all(self) -> None:
        """Ask all work to stop; what has not begun never begins."""
        for job in self._queue:
            job.cancel()

    def shut_down(self) -> None:
        """Wait until all queued work is done and its results are delivered."""
        while self._queue:
            self._pool.waitForDone()
            for job in list(self._queue):
                QCoreApplication.sendPostedEvents(job, QEvent.Type.MetaCall.value)
        self._pool.waitForDone()

    def end(self) -> None:
        """Wait as ``shut_down`` does, and begin nothing more: this object may go now.

        The pool's destructor waits for its thread while it holds the interpreter: work that began
        after the last wait could never end, and neither would the program.
        """
        self.shut_down()
        self._has_ended = True

    @Slot()
    def _forget(self) -> None:
        job = self._queue.pop(0)
        if not self._queue:
            self._pool.waitForDone()  # the worker has told, but may not have left its work yet
            self._poll.stop()
            gc.enable()
            self.became_idle.emit()
        job.deleteLater()

    @Slot()
    def _show_progress(self) -> None:
        _collect()
        if self._queue:
            self._queue[0].show_progress()


def _collect() -> None:
    """Collect garbage as Python would by itself, counting as it does."""
    full = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if full[0]:
        gc.collect(2 if all(full) else 1 if full[1] else 0)
