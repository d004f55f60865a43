"""The work of one page off the UI thread: one at a time, shown when long, errors in words."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from kashiwa_desktop.ui.jobs import Job, Jobs, Work
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.progress_strip import ProgressStrip

SHOW_AFTER_MS = 400
"""Shorter work shows nothing: a strip that flashes up would only worry."""


class PageWork(QObject):
    """Runs work for a page; while it runs, ``run`` takes no other and answers False."""

    ended = Signal()

    def __init__(self, page: ScrollPage, jobs: Jobs) -> None:
        super().__init__(page)
        self._page, self._jobs = page, jobs
        self._job: Job | None = None
        self._what = self._unit = ""
        self._step = ("", 0, 0)
        self._then: Callable[[Any], object] = _nothing
        self._handled: Callable[[BaseException], bool] | None = None
        self.strip = ProgressStrip()
        whole = page.layout()
        if isinstance(whole, QVBoxLayout):
            whole.insertWidget(1, self.strip)
        self._timer = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._timer.timeout.connect(self._show)

    @property
    def busy(self) -> bool:
        return self._job is not None

    def run(
        self,
        work: Work,
        then: Callable[[Any], object],
        what: str,
        unit: str = "",
        handled: Callable[[BaseException], bool] | None = None,
    ) -> bool:
        """Start ``work``; ``then`` gets its result, ``handled`` its error before the page does."""
        if self._job is not None:
            return False
        self._what, self._unit, self._handled = what, unit, handled
        self._page.messages.clear()
        job = self._job = self._jobs.start(work)
        self._step = ("", 0, 0)
        job.progressed.connect(self._note_step)
        job.finished.connect(self._end)
        self._then = then
        job.succeeded.connect(self._succeed)
        job.failed.connect(self._fail)
        job.cancelled.connect(self._tell_stopped)
        self._timer.start()
        return True

    def _show(self) -> None:
        if self._job is not None:
            inner = self._page.body.parentWidget()
            waiting = [part for part in (inner, self._page.action_bar) if part is not None]
            self.strip.watch(self._job, self._what, *waiting, unit=self._unit)
            self._job.progressed.emit(*self._step)  # said before anybody looked

    def _note_step(self, text: str, done: int, total: int) -> None:
        self._step = (text, done, total)

    def _release(self) -> None:
        """What follows may start the next work at once."""
        self._timer.stop()
        self._job = None
        self.strip.release()

    def _end(self) -> None:
        if self._job is None:
            self.ended.emit()

    def _succeed(self, result: object) -> None:
        then, self._then = self._then, _nothing
        self._release()
        then(result)

    def _fail(self, error: BaseException) -> None:
        self._release()
        if self._handled is None or not self._handled(error):
            self._page.messages.show_error(error, kept=True)

    def _tell_stopped(self) -> None:
        self._release()
        self._page.messages.say("中止しました。何も変わっていません。")


def _nothing(_result: object) -> None:
    return None
