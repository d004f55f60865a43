"""Screen 3: the records by month or by search, details beside them, and what can be done."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.attachment import Attachment
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import AppError, RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.listing import Found, Listing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.tidying import Tidying
from kashiwa_desktop.services.records.writing_out import WritingOut
from kashiwa_desktop.ui.jobs import Job, Jobs
from kashiwa_desktop.ui.promoter.list.list_filter import ALL, ListFilter
from kashiwa_desktop.ui.promoter.list.record_card import RecordCard
from kashiwa_desktop.ui.promoter.list.record_table import RecordTable
from kashiwa_desktop.ui.promoter.list.trash_list import TrashList
from kashiwa_desktop.ui.promoter.paper import Paper
from kashiwa_desktop.ui.promoter.record.draft_cards import DraftCards
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.record.attachment_rows import open_file
from kashiwa_desktop.ui.widgets.text_label import TextLabel

PATIENCE_MS = 300
"""A reading that takes longer is told of; a shorter one would only flicker."""


class ListPage(ScrollPage):
    """``changed`` says what was done, for the window's undo strip."""

    SCREEN = 3
    TITLE = "記録の一覧"

    changed = Signal(str)

    def __init__(
        self,
        recording: Recording,
        listing: Listing,
        tidying: Tidying,
        writing_out: WritingOut,
        jobs: Jobs,
    ) -> None:
        super().__init__()
        self._recording, self._listing, self._tidying = recording, listing, tidying
        self._writing_out, self._jobs = writing_out, jobs
        self._work = PageWork(self, jobs)
        self._reading: Job | None = None
        self._wanted = self._read_title = ""
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._records: tuple[Activity, ...] = ()
        self._areas: dict[str, str] = {}
        self._drafts = DraftCards(recording, jobs)
        self._filter = ListFilter(Month.of(listing.today()))
        self._deletion = RecordDeletion(tidying, self._work)
        self._words = TextLabel(role="muted")
        self._table = RecordTable("記録の一覧")
        self._card = RecordCard(self._area_name)
        self._trash = TrashList()
        self._trash_fold = Fold("消した記録(戻せます)")
        self._import = BigButton("前の表(Excel・CSV)を取り込む", "inbox")
        self._predecessor = BigButton("前任者の記録を見る", "people")
        self._print = BigButton("印刷する", "printer")
        self._sheet = BigButton("Excelに出す", "save")
        self._several = BigButton("いくつか選ぶ", "check")
        self._delete_all = BigButton("選んだ記録を消す", "trash")
        self._stop = BigButton("選ぶのをやめる", "close")
        self._arrange_list()
        self._connect()

    def refresh(self) -> None:
        """Read drafts, deleted records and the month or search in view again."""
        self._areas = self._listing.area_names()
        show_when(self._predecessor, wanted=self._listing.has_predecessor())
        self._drafts.refresh()
        tidying = self._tidying
        trash = self._jobs.start(lambda _: tidying.deleted())
        trash.succeeded.connect(self._trash.show_deleted)
        trash.failed.connect(self.messages.show_error)
        self._deletion.show_problems([])
        if self._filter.text:
            self._search(self._filter.text)
        else:
            self._show_month(self._filter.month)

    def show_month(self, month: Month) -> None:
        """Turn to a month."""
        self._filter.clear()
        self._filter.show_month(month)
        self._show_month(month)

    def show_record(self, record: str) -> None:
        """Turn to the month of a record and put the keyboard on it."""
        activity, _, _ = self._recording.record(record)
        self._wanted = record
        self.show_month(Month.of(activity.date))

    def search(self) -> None:
        self._filter.words.setFocus()
        self._filter.words.selectAll()

    def print_paper(self) -> None:
        records, title = self._chosen_or_shown(), self._read_title
        if not records:
            self.messages.say("印刷する記録がありません。")
            return
        make = partial(self._writing_out.record_list, records, title)
        paper = Paper("記録の一覧", f"{title}.pdf", make)
        self.wants.emit(Way(Screen.PRINT, "show_paper", (paper,)))

    def go_back(self) -> None:
        if self._table.several:
            self._choose_one()
        else:
            super().go_back()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show_month(self, month: Month) -> None:
        self._read(partial(self._listing.month, month))

    def _search(self, text: str) -> None:
        if text:
            self._read(partial(self._listing.search, text))
        else:
            self._show_month(self._filter.month)

    def _read(self, work: Callable[[Progress], Found]) -> None:
        """Read on the worker; what was asked for before is of no interest any more."""
        if self._reading is not None:
            self._reading.succeeded.disconnect(self._show_found)
            self._reading.cancel()
        self._reading = self._jobs.start(work)
        self._reading.succeeded.connect(self._show_found)
        self._reading.failed.connect(self.messages.show_error)
        self._patience.start()

    def _tell_reading(self) -> None:
        if self._reading is not None:
            words = "探しています…" if self._filter.text else "読んでいます…"
            self._tell(words)

    def _show_found(self, found: Found) -> None:
        self._reading = None
        self._patience.stop()
        self._records, self._read_title = found.records, self._title()
        self._show_records(found.count if found.text else None)
        if self._wanted:
            self._table.choose_record(self._wanted)
            self._wanted = ""

    def _show_records(self, count: int | None = None) -> None:
        self._filter.show_counts(self._records)
        category = self._filter.category
        shown = [a for a in self._records if category in (ALL, a.category)]
        self._table.show_records(shown)
        self._tell(self._sentence(len(shown), count))
        if not shown:
            self._card.show_nothing(self._nothing())
        self._sheet.setEnabled(bool(shown))
        self._print.setEnabled(bool(shown))
        self._several.setEnabled(bool(shown))

    def _sentence(self, shown: int, count: int | None) -> str:
        text = self._filter.text
        if not text:
            return ""
        words = f"「{text}」の見つかった記録 {shown}件(すべての月から)"
        if count is not None and count > len(self._records):
            words += "\n" + f"{count}件のうち、新しい{len(self._records)}件を見せています。"
        return words

    def _tell(self, text: str) -> None:
        self._words.setText(text)
        show_when(self._words, wanted=bool(text))

    def _nothing(self) -> str:
        if self._filter.text:
            return "見つかりませんでした。ことばを短くして、もう一度お試しください。"
        if self._records:
            return "この区分の記録はありません。"
        return "この月の記録はまだありません。"

    def _title(self) -> str:
        if self._filter.text:
            return f"「{self._filter.text}」の記録"
        return self._filter.month.label()

    def _show_details(self, activity: Activity) -> None:
        listing = self._listing
        note, files = listing.private_note(activity.id), listing.files(activity.id)
        self._card.show_record(activity, note, files)

    def _open_file(self, one: Attachment) -> None:
        try:
            open_file(self._listing.attaching, one)
        except AppError as error:
            self.messages.show_error(error)

    def _area_name(self, code: str) -> str:
        return self._areas.get(code, code) if len(self._areas) > 1 else ""

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _delete(self, record: str) -> None:
        self._deletion.delete([record])

    def _delete_chosen(self) -> None:
        chosen = [a.id for a in self._table.chosen_rows()]
        if chosen:
            self._deletion.delete(chosen)
        else:
            self.messages.say("消す記録を、表からお選びください。")

    def _show_question(self) -> None:
        self.reveal(self._deletion)

    def _tell_changed(self, text: str) -> None:
        if self._table.several:
            self._choose_one()
        self.refresh()
        self.changed.emit(f"{text}。")

    # ── several at once, and files ─────────────────────────────────────────────────────────

    def _choose_several(self) -> None:
        self._table.choose_several(several=True)
        self._show_mode()
        self._count_chosen(0)
        self._table.setFocus()
        self.reveal(self._table)

    def _choose_one(self) -> None:
        self._table.choose_several(several=False)
        self._show_mode()
        self._tell(self._sentence(len(self._table.shown()), None))

    def _show_mode(self) -> None:
        several = self._table.several
        for button in (self._delete_all, self._stop):
            show_when(button, wanted=several)
        for part in (self._several, self._card, self._trash_fold, self._import):
            show_when(part, wanted=not several)

    def _count_chosen(self, count: int) -> None:
        if self._table.several:
            self._tell(f"消したい・印刷したい記録を押してください。{count}件選んでいます。")
            self._delete_all.set_word(f"選んだ{count}件を消す")
            self._delete_all.setEnabled(count > 0)

    def _chosen_or_shown(self) -> list[Activity]:
        chosen = self._table.chosen_rows() if self._table.several else []
        return chosen or list(self._table.shown())

    def _write_sheet(self) -> None:
        records, title = self._chosen_or_shown(), self._read_title
        name, _ = QFileDialog.getSaveFileName(
            self, "Excelに出す", f"{title}.xlsx", "Excelの表 (*.xlsx)"
        )
        if name:
            path = Path(name)
            path = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
            self._work.run(
                partial(self._writing_out.record_sheet, records, title, path),
                self._tell_sheet,
                "Excelの形にしています",
            )

    def _tell_sheet(self, path: Path) -> None:
        self.messages.say(f"{path.name} に出しました。")

    def _arrange_list(self) -> None:
        self._trash_fold.add(self._trash)
        for part in (self._drafts, self._filter, self._deletion, self._words):
            self.add(part)
        self._table.setMinimumWidth(1)
        self.add_filling(SideBySide(self._table, self._card, shares=(3, 2)))
        self.add(self._trash_fold, FlowRow(self._import, self._predecessor))
        self.action_bar.add(self._print, self._sheet, self._several, self._delete_all, self._stop)
        self._show_mode()

    def _connect(self) -> None:
        self._patience.timeout.connect(self._tell_reading)
        self._filter.month_turned.connect(self._show_month)
        self._filter.text_changed.connect(self._search)
        self._filter.category_chosen.connect(self._filter_again)
        self._table.chosen.connect(self._show_details)
        self._table.opened.connect(self._open)
        self._table.several_chosen.connect(self._count_chosen)
        self._card.open_wanted.connect(self._open_file)
        self._card.wants.connect(self.wants)
        self._card.delete_wanted.connect(self._delete)
        self._deletion.changed.connect(self._tell_changed)
        self._deletion.asked.connect(self._show_question)
        self._deletion.wants.connect(self.wants)
        self._trash.bring_back_wanted.connect(self._deletion.bring_back)
        self._drafts.opened.connect(self._open_draft)
        self._drafts.failed.connect(self.messages.show_error)
        self.lead(self._import, Way(Screen.IMPORT))
        self.lead(self._predecessor, Way(Screen.PREDECESSOR))
        self._print.clicked.connect(self.print_paper)
        self._sheet.clicked.connect(self._write_sheet)
        self._several.clicked.connect(self._choose_several)
        self._delete_all.clicked.connect(self._delete_chosen)
        self._stop.clicked.connect(self._choose_one)

    def _filter_again(self, _category: str) -> None:
        self._show_records()

    def _open(self, activity: Activity) -> None:
        if not self._table.several:
            self.wants.emit(Way(Screen.RECORD, "edit", (activity.id,)))

    def _open_draft(self, draft: str) -> None:
        self.wants.emit(Way(Screen.RECORD, "open_draft", (draft,)))


# Deleting records and bringing them back; where the month is closed, first the question how.
class RecordDeletion(ProblemList):
    """``changed`` says what was done; ``asked`` comes when the question is to be seen."""

    changed = Signal(str)
    asked = Signal()
    wants = Signal(object)

    def __init__(self, tidying: Tidying, work: PageWork) -> None:
        super().__init__()
        self._tidying, self._work = tidying, work
        self._records: list[str] = []
        self.acted.connect(self._answer)

    def delete(self, records: list[str], *, next_version: bool = False) -> None:
        """Delete records; of a closed month only by ``next_version`` or after it was asked."""
        self._records = records
        self._work.run(
            partial(_delete, self._tidying, records, next_version),
            self.changed.emit,
            "消しています",
            handled=self._ask_about_closed,
        )

    def bring_back(self, record: str) -> None:
        """Bring a deleted record back."""
        work = partial(_bring_back, self._tidying, record)
        self._work.run(work, self.changed.emit, "戻しています")

    def _ask_about_closed(self, error: BaseException) -> bool:
        if not isinstance(error, RefusedError) or error.code != "month_closed":
            return False
        month = Month.parse(str(error.values["month"]))
        actions = (
            (("reopen", month), "締める前に戻す"),
            (("next", month), "次の版に入れる"),
        )
        self.show_problems([ProblemItem(error.text, actions)])
        self.asked.emit()
        return True

    def _answer(self, key: tuple[str, Month]) -> None:
        self.show_problems([])
        if key[0] == "reopen":
            self.wants.emit(Way(Screen.SUBMIT, "show_month", (key[1],)))
        else:
            self.delete(self._records, next_version=True)


def _delete(tidying: Tidying, records: list[str], next_version: bool, _: Progress) -> str:  # noqa: FBT001
    return tidying.delete(records, next_version=next_version)


def _bring_back(tidying: Tidying, record: str, _: Progress) -> str:
    return tidying.bring_back([record])
