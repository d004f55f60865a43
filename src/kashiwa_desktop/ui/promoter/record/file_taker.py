"""Files for a record: copied on the worker, opened with the PC's own programs."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kashiwa_desktop.domain.attachment import Attachment
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.attaching import Attaching
from kashiwa_desktop.ui.jobs import Job, Jobs
from kashiwa_desktop.ui.widgets.record.attachment_field import AttachmentField
from kashiwa_desktop.ui.widgets.record.attachment_rows import open_file


class FileTaker(QObject):
    """Serves one field; ``ended`` comes when files are in, or could not be taken in."""

    began = Signal(object)
    ended = Signal()
    failed = Signal(object)

    def __init__(
        self, attaching: Attaching, jobs: Jobs, field: AttachmentField, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._attaching, self._jobs, self._field = attaching, jobs, field
        self._job: Job | None = None
        field.offer_files()
        field.files_chosen.connect(self._take)
        field.open_wanted.connect(self._open)

    @property
    def busy(self) -> bool:
        """Whether files are on their way: the form is not whole yet."""
        return self._job is not None

    def _take(self, paths: Sequence[Path]) -> None:
        if self._job is not None:
            return
        work = partial(_take_in, self._attaching, list(paths), len(self._field.files))
        self._job = self._jobs.start(work)
        self._job.succeeded.connect(self._field.add)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._end)
        self.began.emit(self._job)

    def _end(self) -> None:
        self._job = None
        self.ended.emit()

    def _open(self, one: Attachment) -> None:
        try:
            open_file(self._attaching, one)
        except AppError as error:
            self.failed.emit(error)


def _take_in(
    attaching: Attaching, paths: list[Path], before: int, progress: Progress
) -> list[Attachment]:
    return attaching.take_in(paths, before, progress)
