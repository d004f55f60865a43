"""Writing one resource: what is typed is kept as a draft, checked, and saved once."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain import resource as rules
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.recording import Done, Source
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.widgets.entry.draft_keeper import DraftKeeper, Keeps
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.resource.resource_form import ResourceForm

Fields = dict[str, Any]
Then = Callable[[], object]
_EARLY = ("date_unreadable", "date_future")
"""What is said as soon as a field is left; what is missing waits until it is to be recorded."""


class ResourceWriting(QObject):
    """The form of a page at work; ``recorded`` gives the record and the sentence for the strip.

    ``beside`` are fields that the page itself holds, such as for whom staff write.
    """

    recorded = Signal(str, str)

    def __init__(
        self,
        page: ScrollPage,
        work: PageWork,
        form: ResourceForm,
        keeps: Keeps,
        jobs: Jobs,
    ) -> None:
        super().__init__(page)
        self._page, self._work, self._form = page, work, form
        self._registering: Registering | None = None
        self._beside: Fields = {}
        self._source = Source()
        self._insists = False
        self._ended: str | None = None
        self._focus: QWidget | None = None
        self._estimated = ("", "", "")
        self._then: Then | None = None
        self._keeper = DraftKeeper(keeps, jobs, self._typed, self)
        self._keeper.begin()
        form.touched.connect(self._note_change)
        form.left.connect(self._recheck)
        self._keeper.failed.connect(self._show_draft_failure)

    @property
    def draft(self) -> str | None:
        """The draft that stands in the form."""
        return self._keeper.draft

    @property
    def record(self) -> str | None:
        """The record that is corrected, None for a new one."""
        return self._source.record

    @property
    def holds_unsaved(self) -> bool:
        return not self._keeper.is_kept

    def write_in(self, registering: Registering, beside: Mapping[str, Any] | None = None) -> None:
        """Say in whose register is written, and what the draft keeps besides the form."""
        self._registering, self._beside = registering, dict(beside or {})

    def begin(self, fields: Mapping[str, Any], source: Source | None = None) -> None:
        """Begin with these fields: a new resource, or the one that ``source`` names."""
        self._source, self._insists = source or Source(), False
        self._ended = fields.get("ended") or None
        self._page.messages.clear()
        self._form.setEnabled(True)
        self._form.fill(fields)
        self._keeper.begin(self._source.draft)
        self._show_estimate()

    def begin_editing(self, record: str) -> rules.Resource:
        """Correct a resource on top of what is seen of it."""
        one, opened = self._here().record(record)
        days = {"checked": _iso(one.checked), "ended": _iso(one.ended)}
        self.begin({**asdict(one), **days}, Source(record, opened))
        return one

    def begin_draft(self, draft: str, fields: Fields) -> None:
        """Go on with a draft."""
        self.begin(fields, Source(fields.get("record"), fields.get("opened"), draft))

    def put_aside(self, then: Then) -> None:
        """Keep what stands in the form, and only then go on: nothing typed is ever lost."""
        job = self._keeper.keep()
        if job is None:
            self._run(then)
        else:
            self._then = then
            job.succeeded.connect(self._go_on)

    def note_beside(self, beside: Mapping[str, Any]) -> None:
        """The page holds another value now: the draft keeps it too."""
        self._beside = dict(beside)
        self._keeper.note_change()

    def save(self) -> None:
        """Record what the form says, or show what is still to be done."""
        if self._work.busy or self._registering is None:
            return
        QGuiApplication.inputMethod().commit()
        found = self._problems()
        if found is None:
            return
        first = self._form.show_problems(found)
        self._insists = first is not None
        if first is not None:
            self._page.go_to_field(first)
            QTimer.singleShot(0, self._page, partial(self._page.reveal, first))
            return
        doubts, given = [p.text for p in found], self._given()
        self._focus = self._form.focusWidget()
        self._form.setEnabled(False)  # what is typed from here on would be in neither
        source = Source(self._source.record, self._source.opened, self._keeper.draft)
        self._keeper.pause()
        put = partial(_put, self._registering, given, source)
        then = partial(self._tell_recorded, doubts)
        self._work.run(put, then, "記録しています", handled=self._resume)

    def _tell_recorded(self, doubts: list[str], done: Done) -> None:
        text = f"{done.text}。"
        self.begin({})
        self.recorded.emit(done.id, "\n".join([text, *doubts]))

    def _resume(self, _error: BaseException) -> bool:
        """It could not be written: the form goes on keeping it, and the page says why."""
        self._form.setEnabled(True)
        if self._focus is not None:
            self._focus.setFocus()
        self._keeper.note_change()
        return False

    def _problems(self) -> list[Problem] | None:
        """Return all there is to say about what is typed; None where it cannot be checked."""
        found = self._form.unreadable()
        if found:
            return found
        try:
            return list(self._here().check(self._given(), self._source.record))
        except AppError as error:
            self._page.messages.show_error(error, kept=True)
            return None

    def _recheck(self) -> None:
        """Say at once what is worth a second look."""
        self._keeper.keep()
        if self._registering is None or self._work.busy:
            return
        found = self._problems() or []
        if not self._insists:
            found = [p for p in found if not p.blocking or p.code in _EARLY]
        self._form.show_problems(found)

    def _note_change(self) -> None:
        self._keeper.note_change()
        self._show_estimate()

    def _show_estimate(self) -> None:
        """Look the estimate up when it may be another one, not with every letter that is typed."""
        given = self._form.given()
        asked = (given["kind"], given["form"], given["subsidy"])
        if self._registering is None or asked == self._estimated:
            return
        self._estimated = asked
        one = rules.read(given, "", "")
        self._form.show_estimate(self._registering.ceiling_words(one))

    def _typed(self) -> Fields:
        source = {"record": self._source.record, "opened": self._source.opened}
        hidden = {**source, "ended": self._ended}
        typed = {**self._form.typed(), **{k: v for k, v in hidden.items() if v}}
        return {**typed, **self._beside}

    def _given(self) -> Fields:
        """Return the form, and the last day of what ended, which the form does not show."""
        given = {**self._form.given(), "ended": self._ended}
        return {**given, "area": self._beside.get("area") or given["area"]}

    def _here(self) -> Registering:
        assert self._registering is not None
        return self._registering

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None and self._keeper.is_kept:
            self._run(then)

    def _run(self, then: Then) -> None:
        try:
            then()
        except AppError as error:
            self._page.messages.show_error(error)

    def _show_draft_failure(self, error: BaseException) -> None:
        if self._page.messages.isHidden():  # once is enough: it comes back with every second
            self._page.messages.show_error(error, kept=True)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _put(registering: Registering, given: Fields, source: Source, _: Progress) -> Done:
    return registering.put(given, source)
