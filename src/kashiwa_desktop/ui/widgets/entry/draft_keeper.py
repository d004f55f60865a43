"""書きかけ: what is being typed is kept soon after it was typed, so that nothing is ever lost."""

import uuid
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.ui.jobs import Job, Jobs

KEEP_MS = 1_000
"""After the first unsaved change; with the writing itself it stays below 1.5 seconds."""


class Keeps(Protocol):
    """Where drafts are kept."""

    def keep_draft(self, draft_id: str, fields: dict[str, Any]) -> None: ...

    def drop_draft(self, draft_id: str) -> None: ...


class DraftKeeper(QObject):
    """Keeps the draft of one form; ``read`` gives its fields as typed, conversion included."""

    failed = Signal(object)

    def __init__(
        self,
        keeps: Keeps,
        jobs: Jobs,
        read: Callable[[], dict[str, Any]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._keeps, self._jobs, self._read = keeps, jobs, read
        self._kept: dict[str, Any] = {}
        self._blank: dict[str, Any] = {}
        self._job: Job | None = None
        self._is_aside = False
        self.draft: str | None = None
        self._timer = QTimer(self, interval=KEEP_MS, singleShot=True)
        self._timer.timeout.connect(self.keep)

    def begin(self, draft: str | None = None) -> None:
        """Begin with a form that was just filled: what stands in it now needs no keeping."""
        self._timer.stop()
        self._is_aside = False
        self.draft = draft
        self._kept = self._blank = self._read()

    def set_aside(self) -> Job | None:
        """Keep the form for another time; nothing more is kept until ``begin``.

        What comes into the form meanwhile must not be taken for a change of that draft.
        """
        job = self.keep()
        self._is_aside = True
        self.draft = None
        return job

    def pause(self) -> None:
        """Keep nothing while the form is being saved."""
        self._timer.stop()

    @property
    def is_kept(self) -> bool:
        """Whether the form says nothing that is not kept, or about to be."""
        return self._read() == self._kept

    def note_change(self) -> None:
        """Something was typed: keep it within a second."""
        if not self._timer.isActive() and not self.is_kept:
            self._timer.start()

    def keep(self) -> Job | None:
        """Keep the form now; returns the work that is not done yet, None where all is kept."""
        self._timer.stop()
        if self._is_aside:
            return self._job
        fields = self._read()
        if fields != self._kept:
            self._job = self._jobs.start(self._work(fields))
            self._job.failed.connect(self._tell_failure)
            self._job.finished.connect(self._forget)
            self._kept = fields
        return self._job

    def _work(self, fields: dict[str, Any]) -> Callable[[Progress], object]:
        keeps = self._keeps
        if fields == self._blank and self.draft is not None:
            emptied, self.draft = self.draft, None
            return lambda _: keeps.drop_draft(emptied)
        draft = self.draft = self.draft or uuid.uuid4().hex
        return lambda _: keeps.keep_draft(draft, fields)

    def _forget(self) -> None:
        if self._job is self.sender():
            self._job = None

    def _tell_failure(self, error: BaseException) -> None:
        self._kept = {}
        self.failed.emit(error)
