"""Screen 26: a promoter's paper sheet typed down line by line, and closed for him."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.day import is_day
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.checking.entering import CITY, Entering, SheetOf
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.services.months.closing import OnPaper
from kashiwa_desktop.services.records.recording import Source
from kashiwa_desktop.ui.district.sheet import sheet_work
from kashiwa_desktop.ui.district.sheet.sheet_close_card import SheetCloseCard
from kashiwa_desktop.ui.district.sheet.sheet_lines import SheetLines
from kashiwa_desktop.ui.district.sheet.sheet_work import Footed, Seen
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Question
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.draft_keeper import DraftKeeper
from kashiwa_desktop.ui.widgets.entry.kept_cards import KeptCards
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class EnteringPage(ScrollPage):
    """``changed`` gives the sentence for the strip that offers to undo it."""

    SCREEN, TITLE = 26, "職員による入力"

    changed = Signal(str)
    undo_wanted = Signal()

    def __init__(self, entering: Entering, kept: KeptForms, clock: Clock, jobs: Jobs) -> None:
        super().__init__()
        self._entering, self._kept, self._today = entering, kept, clock.today
        self._work = PageWork(self, jobs)
        self._month = Month.of(clock.today()).previous()
        self._promoter: str | None = None
        self._seen: Seen | None = None
        self._source = Source()
        self._to_say = ""
        self._bar = StepBar("前の月", "次の月")
        self._choice = ChoiceBox("どなたの用紙ですか")
        self._choice.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self._headline = TextLabel(role="heading")
        self._undo = BigButton("元に戻す", "undo")
        self._drafts = KeptCards(kept, jobs, self._is_here, _told)
        self._table = SheetTable()
        self._lines = SheetLines(clock.today(), self._next_number)
        self._close = SheetCloseCard(clock.today)
        self._keeper = DraftKeeper(kept, jobs, self._typed, self)
        self._save = BigButton("記録する", "pencil", "main", keys="Ctrl+S")
        self._more = BigButton("くわしく書く", "list")
        self._less = BigButton("用紙の行に戻る", "left")
        self._next = BigButton("次の用紙へ", "right")
        self._delete = BigButton("選んだ記録を消す", "trash")
        self._arrange_parts()
        self._connect()
        self._keeper.begin()

    @property
    def holds_unsaved(self) -> bool:
        """Whether something typed is neither recorded nor kept."""
        return not self._keeper.is_kept

    def show_sheet(self, month: Month, promoter: str | None = None) -> None:
        """Turn to a month, and to a promoter's sheet of it."""
        self._keeper.keep()
        self._month, self._promoter = month, promoter
        self.refresh()

    def refresh(self) -> None:
        self._bar.show_name(self._month.label(), more=self._month < Month.of(self._today()))
        look = partial(sheet_work.look, self._entering, self._promoter, self._month)
        self._work.run(look, self._show, "用紙を開いています")

    def leave(self) -> None:
        self._keeper.keep()

    def save(self) -> None:
        """Record the line, and go on to the next one."""
        if self._seen is None or not self._lines.isVisibleTo(self):
            return
        QGuiApplication.inputMethod().commit()
        found = self._problems()
        first = self._lines.show_problems(found)
        if first is not None:
            self.go_to_field(first)
        if any(p.blocking for p in found):
            return
        doubts = [p.text for p in found]
        source = Source(self._source.record, self._source.opened, self._keeper.draft)
        given = self._lines.given()
        self._keeper.pause()
        work = partial(sheet_work.record, self._entering, self._seen.promoter, given, source)
        self._work.run(work, partial(self._tell_recorded, doubts), "記録しています")

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show(self, seen: Seen) -> None:
        wanted = {one.promoter for one in seen.choices} & {self._promoter}
        if seen.month != self._month or wanted - {seen.promoter}:
            self.refresh()  # another sheet was asked for meanwhile
            return
        turned = self._seen is None or self._key(self._seen) != self._key(seen)
        self._promoter, self._seen = seen.promoter, seen
        self._choice.show_choices((one.promoter, _choice_words(one)) for one in seen.choices)
        self._choice.choose(seen.promoter)
        self._headline.setText(self._headline_words(seen))
        self._table.show_records(seen.sheet.activities, seen.sheet.entered)
        self._lines.show_sheet(self._last_day(), seen.sheet.areas, seen.offers)
        if turned:
            self._begin()
            self._close.fill(_foot_of(seen))
            self._keeper.begin()
        self._show_steps(seen)
        self._show_drafts()
        if self._to_say:
            self.messages.say(self._to_say)
            self._to_say = ""

    def _show_steps(self, seen: Seen) -> None:
        """A closed month is first opened again; the city's meetings have no month to close."""
        is_open = not seen.sheet.view.is_closed
        self._close.show_sheet(seen.sheet, self._entering.staff)
        show_when(self._close, wanted=seen.promoter != CITY)
        show_when(self._table, wanted=bool(seen.sheet.activities))
        show_when(self._lines, wanted=is_open)
        show_when(self._save, wanted=is_open)
        show_when(self._delete, wanted=is_open and bool(seen.sheet.activities))
        full = self._lines.is_full
        show_when(self._more, wanted=is_open and not full)
        show_when(self._less, wanted=is_open and full)

    def _show_drafts(self) -> None:
        self._drafts.show_without(self._keeper.draft)

    def _headline_words(self, seen: Seen) -> str:
        one = next(c for c in seen.choices if c.promoter == seen.promoter)
        words = "%sの%sの用紙 記録 %s件"
        return words % (_named(one), self._month.short(), len(seen.sheet.activities))

    def _next_number(self, area: str | None, day: date) -> int:
        return self._entering.meeting_number(self._promoter or CITY, area, day)

    def _last_day(self) -> date:
        return min(self._month.last, self._today())

    # ── what is typed ──────────────────────────────────────────────────────────────────────

    def _begin(self, source: Source | None = None) -> None:
        """Begin the next line of the sheet."""
        self._source = source or Source()
        self._lines.begin(city=self._promoter == CITY)

    def _typed(self) -> dict[str, Any]:
        source = {"record": self._source.record, "opened": self._source.opened}
        sheet = {"promoter": self._promoter, "month": str(self._month)}
        kept = {k: v for k, v in source.items() if v}
        return {**self._lines.typed(), **kept, **sheet, "close": self._close.typed()}

    def _problems(self) -> list[Problem]:
        found = self._lines.unreadable()
        if found or self._seen is None:
            return found
        recording = self._entering.recording(self._seen.promoter)
        try:
            return recording.check(self._lines.given(), self._source.record)
        except AppError as error:
            self.messages.show_error(error, kept=True)
            return [Problem(error.code, error.text, "title", blocking=True)]

    def _recheck(self) -> None:
        self._keeper.keep()
        unreadable = self._lines.unreadable()
        if unreadable:  # what was said when it was to be recorded stays until it is tried again
            self._lines.show_problems(unreadable)

    def _open_line(self, a: Activity) -> None:
        """Correct a line with all it says."""
        if self._seen is None or self._seen.sheet.view.is_closed:
            return
        self._keeper.keep()
        activity, _note, opened = self._entering.recording(self._seen.promoter).record(a.id)
        self._source = Source(a.id, opened)
        self._lines.open_record(activity)
        self._keeper.begin()
        self._show_steps(self._seen)
        self.reveal(self._lines)

    def _write_more(self) -> None:
        self._lines.open_full()
        if self._seen is not None:
            self._show_steps(self._seen)

    def _write_less(self) -> None:
        """Back to the sheet's next line; what stood in the form is kept as a draft."""
        self._keeper.keep()
        self._begin()
        self._keeper.begin()
        if self._seen is not None:
            self._show_steps(self._seen)
        self._show_drafts()

    def _open_draft(self, name: str, fields: dict[str, Any]) -> None:
        self._keeper.keep()
        self._source = Source(fields.get("record"), fields.get("opened"), name)
        self._lines.open_draft(fields)
        self._close.fill(fields.get("close") or {})
        self._keeper.begin(name)
        if self._seen is not None:
            self._show_steps(self._seen)
        self._show_drafts()

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _tell_recorded(self, doubts: list[str], text: str) -> None:
        foot = self._close.typed()
        self._begin()
        if self._seen is not None:
            self._close.fill(_foot_of(self._seen))
        self._keeper.begin()
        self._close.fill(foot)  # what stands below the lines is kept on as a draft
        self.changed.emit("\n".join([f"{text}。", *doubts]))
        self.refresh()
        self._lines.focus_first()

    def _delete_line(self) -> None:
        a = self._table.current_row()
        if a is None or self._seen is None:
            self.messages.say("消す記録を、上の表でお選びください。")
            return
        work = partial(sheet_work.delete, self._entering, self._seen.promoter, a.id)
        self._work.run(work, self._tell_done, "消しています")

    def _tell_done(self, text: str) -> None:
        self.changed.emit(f"{text}。")
        self.refresh()

    def _ask_close(self) -> None:
        field = self._close.blocking()
        if field is not None:
            self.go_to_field(field)
            return
        if self._seen is None:
            return
        seen, typed = self._seen, self._close.typed()
        question = Question(
            f"{self._month.short()}を、職員が締めますか",
            f"{self._headline_words(seen)}。入力した職員は承認できません。ほかの職員か管理者が承認します。",
            "職員が締める",
        )
        if not ConfirmDialog.ask(question, self):
            return
        paper = OnPaper(typed["closed_for"], self._close.received_on())
        empty = typed["empty_for"] if not seen.sheet.view.n else ""
        foot = Footed(typed["remark"], paper, empty)
        self._keeper.pause()
        close = partial(sheet_work.close, self._entering, seen.promoter, self._month, foot)
        work = partial(sheet_work.then_drop, close, self._kept, self._keeper.draft)
        self._work.run(work, self._tell_closed, "締めています")

    def _ask_reopen(self) -> None:
        if self._seen is not None:
            work = partial(sheet_work.reopen, self._entering, self._seen.promoter, self._month)
            self._work.run(work, self._tell_closed, "戻しています")

    def _tell_closed(self, text: str) -> None:
        self._seen = None  # the foot is filled anew from what was closed
        self._to_say = text
        self.refresh()

    def _turn(self, by: int) -> None:
        month = self._month.next() if by > 0 else self._month.previous()
        self.show_sheet(month, self._promoter)

    def _go_on(self) -> None:
        if self._seen is not None:
            following = sheet_work.after(self._seen.promoter, self._seen.choices)
            self.show_sheet(self._month, following)

    def _choose(self, promoter: object) -> None:
        self.show_sheet(self._month, str(promoter))

    def _key(self, seen: Seen) -> tuple[str, Month]:
        return seen.promoter, seen.month

    def _is_here(self, fields: dict[str, Any]) -> bool:
        return (fields.get("promoter"), fields.get("month")) == (self._promoter, str(self._month))

    def _show_failure(self, error: BaseException) -> None:
        if self.messages.isHidden():
            self.messages.show_error(error, kept=True)

    def _arrange_parts(self) -> None:
        self.add(FlowRow(self._choice, self._bar), FlowRow(self._headline, self._undo))
        self.add(self._drafts, self._table)
        self.add(self._lines, self._close)
        self.action_bar.add(self._save, self._more, self._less, self._delete, self._next)

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._choice.chosen.connect(self._choose)
        self._table.opened.connect(self._open_line)
        self._lines.touched.connect(self._keeper.note_change)
        self._lines.left.connect(self._recheck)
        self._close.touched.connect(self._keeper.note_change)
        self._close.close_wanted.connect(self._ask_close)
        self._close.reopen_wanted.connect(self._ask_reopen)
        self._drafts.opened.connect(self._open_draft)
        self._keeper.failed.connect(self._show_failure)
        self._undo.clicked.connect(self.undo_wanted)
        self._save.clicked.connect(self.save)
        self._more.clicked.connect(self._write_more)
        self._less.clicked.connect(self._write_less)
        self._next.clicked.connect(self._go_on)
        self._delete.clicked.connect(self._delete_line)


def _named(one: SheetOf) -> str:
    return f"{one.name}({'・'.join(one.areas)})"


def _foot_of(seen: Seen) -> dict[str, Any]:
    """Return what the last closing said, so that it is not typed twice."""
    report = seen.sheet.view.report
    return {"remark": report.remark, "empty_for": report.reason} if report else {}


def _choice_words(one: SheetOf) -> str:
    """Say with a shape and a word which sheets are done."""
    return f"■ {_named(one)} 締め" if one.closed else f"　 {_named(one)}"


def _told(fields: dict[str, Any]) -> str:
    day, title = str(fields.get("date") or ""), str(fields.get("title") or "")
    if is_day(day):
        day = f"{int(day[5:7])}月{int(day[8:])}日"
    return f"{day} {title}".strip() or "(用紙の下の欄)"


# What stands on a sheet so far, line by line as on paper, and who typed it in.
class SheetTable(WholeTable[Activity]):
    """Enter opens a line to be corrected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._entered: Mapping[str, str] = {}
        self._records = TableModel[Activity](
            [
                Column("日", _day, align=RIGHT),
                Column("区分・種別", _kind),
                Column("内容(ひとこと)", _title),
                Column("人数", _people, align=RIGHT),
                Column("時間(分)", _minutes, align=RIGHT),
                Column("入力した人", self._who),
            ]
        )
        super().__init__(self._records, "この用紙の記録", parent=parent)

    def show_records(self, records: Sequence[Activity], entered: Mapping[str, str]) -> None:
        self._entered = entered
        self._records.show_rows(records)

    def _who(self, a: Activity) -> str:
        return self._entered.get(a.id, "本人")


def _day(a: Activity) -> str:
    return f"{a.date.day}"


def _kind(a: Activity) -> str:
    return a.words.kind(a.category, a.type)


def _title(a: Activity) -> str:
    mark = "" if a.status == "held" else f"({a.status_label})"
    return a.title + mark


def _people(a: Activity) -> str:
    return "" if a.attendees is None else f"{a.attendees}"


def _minutes(a: Activity) -> str:
    return "" if a.minutes is None else f"{a.minutes}"
