"""Screen 2, 活動を記録する: one page, three required fields, nothing typed is ever lost."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.domain.suggestion import Planned, Suggestion
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.attaching import Attaching
from kashiwa_desktop.services.records.recording import Done, Recording, Source
from kashiwa_desktop.services.records.suggesting import Offers, Suggesting
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.record.draft_cards import DraftCards
from kashiwa_desktop.ui.promoter.record.file_taker import FileTaker
from kashiwa_desktop.ui.shortcuts import SingleKeys
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.draft_keeper import DraftKeeper
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.record.record_form import RecordForm
from kashiwa_desktop.ui.widgets.record.record_what import KEYS
from kashiwa_desktop.ui.widgets.record.typed_record import copied, origin, typed_record

Then = Callable[[], None]

_EARLY = ("date_unreadable", "date_future", "time_unreadable", "number_unreadable")
"""What is said as soon as the field is left; what is missing waits until it is to be recorded."""


class RecordPage(ScrollPage):
    """Writes new records and corrects old ones.

    ``recorded`` gives the sentence for the strip that offers to undo it. ``back_asked`` comes when
    the form is done or was closed. A draft is a card: it comes into the form only when asked for.
    """

    SCREEN, TITLE = 2, "活動を記録する"

    recorded = Signal(str)

    def __init__(
        self,
        recording: Recording,
        closing: Closing,
        suggesting: Suggesting,
        attaching: Attaching,
        jobs: Jobs,
    ) -> None:
        super().__init__()
        self._recording, self._closing, self._attaching = recording, closing, attaching
        self._suggesting, self._jobs = suggesting, jobs
        self._source = Source()
        self._is_saving = False
        self._goes_on = False
        self._insists = False
        self._doubts: list[str] = []
        self._focus: QWidget | None = None
        self._then: Then | None = None
        self._waiting: Then | None = None
        self._form = RecordForm(recording.today(), suggesting.meeting_number)
        self._keeper = DraftKeeper(recording, jobs, self._typed, self)
        self._taker = FileTaker(attaching, jobs, self._form.more.attached, self)
        self._cards = DraftCards(recording, jobs)
        self._save = BigButton("記録する", "pencil", "main", keys="Ctrl+S")
        self._save_on = BigButton("記録して次を書く", "plus")
        self._close = BigButton("いったん閉じる(書きかけは残ります)")
        self.add(self._cards, self._form)
        self.action_bar.add(self._save, self._save_on, self._close)
        self._connect()
        self._begin_blank()

    @property
    def holds_unsaved(self) -> bool:
        """Whether something typed is neither recorded nor kept as a draft."""
        return not self._keeper.is_kept

    def new(self) -> None:
        """Begin a new record; what stands in the form becomes a card first."""
        self._put_aside(self._begin_new)

    def new_with(self, fields: Mapping[str, Any]) -> None:
        """Begin a new record in which some fields are filled in already; its day is today."""
        today = {"date": self._recording.today().isoformat()}
        self._put_aside(partial(self._begin_filled, {**today, **fields}))

    def new_from(self, offered: Suggestion | Planned) -> None:
        """Begin a new record from something that is usual; a planned one brings its day."""
        self._put_aside(partial(self._begin_offered, offered))

    def edit(self, record: str) -> None:
        """Correct a record."""
        self._put_aside(partial(self._begin_editing, record))

    def copy(self, record: str) -> None:
        """Write the same anew (同じ内容で新しく書く), today."""
        self._put_aside(partial(self._begin_copy, record))

    def open_draft(self, draft: str) -> None:
        """Go on with a draft."""
        self._put_aside(partial(self._begin_draft, draft))

    def refresh(self) -> None:
        self._form.set_today(self._recording.today())
        self._form.when.show_areas(self._recording.areas())
        self._form.council.offer_areas(self._recording.all_areas())
        self._show_days(self._form.when.calendar.month)
        self._cards.show_without(self._keeper.draft)
        self._jobs.start(_without_progress(self._suggesting.look)).succeeded.connect(self._offer)

    def leave(self) -> None:
        if not self._is_saving:
            self._put_aside(self._begin_blank)

    def save(self) -> None:
        self._record(goes_on=False)

    def _begin_blank(self) -> None:
        today = self._recording.today()
        self._form.set_today(today)
        self._begin({"date": today.isoformat()}, Source())

    def _begin_new(self) -> None:
        self._begin_blank()
        self._form.what.focus_first()

    def _begin_offered(self, offered: Suggestion | Planned) -> None:
        day = offered.day if isinstance(offered, Planned) else self._recording.today()
        suggestion = offered.suggestion if isinstance(offered, Planned) else offered
        fields = {"date": day.isoformat(), **suggestion.fields()}
        self._begin_filled(fields)

    def _begin_filled(self, fields: dict[str, Any]) -> None:
        self._begin(fields, Source())
        self._form.focus_words()

    def _begin_editing(self, record: str) -> None:
        activity, note, opened = self._recording.record(record)
        files = self._attaching.of_record(record)
        self._begin(typed_record(activity, note, files), Source(record, opened))
        self._form.focus_words()

    def _begin_copy(self, record: str) -> None:
        activity, _, _ = self._recording.record(record)
        self._begin(copied(activity, self._recording.today()), Source())
        self._form.focus_words()

    def _begin_draft(self, draft: str) -> None:
        found = next((d for d in self._recording.drafts() if d.id == draft), None)
        if found is not None:
            self._begin(found.fields, origin(found.id, found.fields))
            self._form.focus_words()

    def _begin(self, fields: dict[str, Any], source: Source) -> None:
        self._source = source
        self._insists = False
        self.messages.clear()
        self.heading.setText("記録を直す" if source.record else self.TITLE)
        self._save.set_word("直して記録する" if source.record else "記録する")
        self._form.fill(fields, is_new=source.record is None)
        self._keeper.begin(source.draft)
        self._cards.show_without(source.draft)

    def _put_aside(self, then: Then) -> None:
        """Keep what stands in the form, and only then go on: nothing typed is ever lost."""
        if self._taker.busy:
            self._waiting = partial(self._put_aside, then)
            return
        job = self._keeper.keep()
        if job is None:
            self._run(then)
        else:
            self._then = then
            job.succeeded.connect(self._go_on)

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None and self._keeper.is_kept:
            self._run(then)

    def _run(self, then: Then) -> None:
        try:
            then()
        except AppError as error:
            self.messages.show_error(error)

    def _typed(self) -> dict[str, Any]:
        source = {"record": self._source.record, "opened": self._source.opened}
        return {**self._form.typed(), **{k: v for k, v in source.items() if v}}

    def _recheck(self) -> None:
        """Say at once what is worth a second look; what is missing waits until it is recorded."""
        self._keeper.keep()
        try:
            found = [*self._form.unreadable(), *self._problems()]
        except AppError as error:
            self.messages.show_error(error, kept=True)
            return
        if not self._insists:
            found = [p for p in found if not p.blocking or p.code in _EARLY]
        self._form.show_problems(found)

    def _problems(self) -> list[Problem]:
        return self._recording.check(self._form.given(), self._source.record)

    def _record(self, *, goes_on: bool, next_version: bool = False) -> None:
        if self._is_saving:
            return
        if self._taker.busy:
            self._waiting = partial(self._record, goes_on=goes_on, next_version=next_version)
            return
        QGuiApplication.inputMethod().commit()
        self._goes_on = goes_on
        try:
            found = self._form.unreadable() or self._problems()
        except AppError as error:
            self.messages.show_error(error, kept=True)
            return
        if next_version:
            found = [p for p in found if p.code != "month_closed"]
        self._doubts = [p.text for p in found if not p.blocking]
        if self._is_blocked(found):
            return
        self._start_saving(next_version=next_version)

    def _is_blocked(self, found: list[Problem]) -> bool:
        first = self._form.show_problems(found)
        blocking = [p for p in found if p.blocking]
        self._insists = bool(blocking)
        if any(p.code == "month_closed" for p in blocking):
            self._offer_closed()
        if first is not None:
            first.focus()
            self.reveal(first)
        return bool(blocking)

    def _offer_closed(self) -> None:
        day = self._form.when.day()
        months = self._recording.closed_months(day, self._source.record) if day else []
        if months:
            self._form.when.offer_closed(months[0])

    def _start_saving(self, *, next_version: bool) -> None:
        recording, given = self._recording, self._form.given()
        self._is_saving = True
        self._focus = self._form.focusWidget()
        self._form.setEnabled(False)  # takes the focus, and with it text under conversion
        files = tuple(self._form.more.attached.files)
        source = Source(self._source.record, self._source.opened, self._keeper.draft, files)
        self._keeper.pause()
        job = self._jobs.start(lambda _: recording.put(given, source, next_version=next_version))
        job.succeeded.connect(self._show_recorded)
        job.failed.connect(self._show_failure)

    def _show_recorded(self, done: Done) -> None:
        self._is_saving = False
        self._form.setEnabled(True)
        text = f"{done.text}。"
        if self._doubts:
            text = "\n".join([text, *self._doubts])
        self._begin_new()
        if self._goes_on:
            self.refresh()
        else:
            self.back_asked.emit()
        self.recorded.emit(text)

    def _show_failure(self, error: BaseException) -> None:
        self._is_saving = False
        self._form.setEnabled(True)
        if self._focus is not None:
            self._focus.setFocus()
        self.messages.show_error(error, kept=True)
        self._keeper.note_change()

    def _go_on_with_files(self) -> None:
        """Files are in, or were refused: what had to wait for them happens now."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def _show_file_failure(self, error: BaseException) -> None:
        self._waiting = None
        self.messages.show_error(error, kept=True)

    def _reopen(self, month: Month) -> None:
        closing = self._closing
        job = self._jobs.start(lambda _: closing.reopen(month))
        job.succeeded.connect(self._record_again)
        job.failed.connect(self._show_failure)

    def _record_again(self) -> None:
        self._record(goes_on=self._goes_on)

    def _record_into_next_version(self) -> None:
        self._record(goes_on=self._goes_on, next_version=True)

    def _record_and_go_on(self) -> None:
        self._record(goes_on=True)

    def _offer(self, offers: Offers) -> None:
        self._form.offer(offers)
        focus = QApplication.focusWidget()
        if self.isVisible() and (focus is None or not self.isAncestorOf(focus)):
            self._form.what.focus_first()

    def _show_words(self, _category: str) -> None:
        """Show what comes next, once the types have taken their place: no wheel is needed."""
        QTimer.singleShot(0, self._reveal_words)

    def _reveal_words(self) -> None:
        self.reveal(self._form.words)

    def _show_help(self) -> None:
        """Show what came up below the line, while it is being typed."""
        QTimer.singleShot(0, self._reveal_help)

    def _reveal_help(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self._form.words.isAncestorOf(focus):
            self.reveal(self._form.words)
            self.reveal(focus)  # where both do not fit, the line goes before

    def _show_days(self, month: Month) -> None:
        self._form.when.calendar.set_records(self._recording.days(month))

    def _show_draft_failure(self, error: BaseException) -> None:
        if self.messages.isHidden():  # once is enough: it comes back with every second of typing
            self.messages.show_error(error, kept=True)

    def _connect(self) -> None:
        self._form.touched.connect(self._keeper.note_change)
        self._form.left.connect(self._recheck)
        self._form.when.month_shown.connect(self._show_days)
        self._form.what.category_chosen.connect(self._show_words)
        self._form.words.helped.connect(self._show_help)
        self._form.when.reopen_wanted.connect(self._reopen)
        self._form.when.next_version_wanted.connect(self._record_into_next_version)
        self._keeper.failed.connect(self._show_draft_failure)
        self._taker.ended.connect(self._go_on_with_files)
        self._taker.failed.connect(self._show_file_failure)
        self._cards.opened.connect(self.open_draft)
        self._cards.failed.connect(self._show_draft_failure)
        self._save.clicked.connect(self.save)
        self._save_on.clicked.connect(self._record_and_go_on)
        self._close.clicked.connect(self.go_back)
        SingleKeys(self, KEYS).pressed.connect(self._form.what.choose_key)


def _without_progress(work: Callable[[], Any]) -> Callable[[Progress], Any]:
    return lambda _: work()
