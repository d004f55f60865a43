"""The promoter's window: services and pages made, and joined by their signals."""

import contextlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QTimer, Signal

from kashiwa_desktop.app.promoter_aside import AsidePages
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.homework import Homework
from kashiwa_desktop.services.records.recording import Done, Recording
from kashiwa_desktop.services.records.suggesting import Suggesting
from kashiwa_desktop.services.records.tidying import Tidying
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.home import Home
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow, Place
from kashiwa_desktop.ui.promoter.home.home_page import HomePage
from kashiwa_desktop.ui.promoter.paper import Paper
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.page import Page, ScrollPage

if TYPE_CHECKING:
    from kashiwa_desktop.app.reply_pages import ReplyDesk
    from kashiwa_desktop.services.papers.blank_papers import BlankPapers
    from kashiwa_desktop.services.papers.printing import Printed
    from kashiwa_desktop.ui.promoter.list.list_page import ListPage
    from kashiwa_desktop.ui.promoter.record.record_page import RecordPage
    from kashiwa_desktop.ui.promoter.reply.reply_page import ReplyPage
    from kashiwa_desktop.ui.promoter.submit.submit_page import SubmitPage

HOME, RECORD, LIST, SUBMIT, SETTINGS = range(5)
WATCH_AFTER_MS = 1000
"""Sticks are looked at once the first screen stands: reading files takes parts it does not need."""


class PromoterWindow(MainWindow):
    """今月・記録する・一覧・提出する・困ったとき; 印刷 and ふりかえり come up from these.

    ``person_wanted`` gives the folder of another person of this PC; after ``wiped`` nothing of
    this one is left.
    """

    setup_wanted = Signal()
    person_wanted = Signal(object)
    practice_wanted = Signal()
    wiped = Signal()

    def __init__(self, store: Store, jobs: Jobs, look: Look, *, practising: bool = False) -> None:
        self._store, self._worker, self._look_of_app = store, jobs, look
        self._practising = practising
        self._recording = Recording(store)
        self._suggesting, self._tidying = Suggesting(store), Tidying(store)
        self._home = Home(store)
        self._sticks = Sticks()
        super().__init__(self._all_places(), jobs, look)
        self.aside = AsidePages(self, store, jobs, self._sticks)
        self._join_aside()
        self._reply: ReplyDesk | None = None
        self.files_dropped.connect(self._take_files)
        self.new_asked.connect(self._new)
        self.undo_asked.connect(self._undo)
        self._name_person()
        self.open_place(HOME)
        self._watch = QTimer(self, singleShot=True, interval=WATCH_AFTER_MS)
        self._watch.timeout.connect(self._desk)
        self._watch.start()

    def open_reply(self) -> None:
        """Show 事務局からの返事."""
        self._desk().open()

    def open_moving(self, guide: str = "new") -> None:
        """Show パソコンの引っ越し with one of its guides."""
        self.aside.moving(guide)

    def open_predecessor(self) -> None:
        """Show 前任者の記録."""
        self.aside.predecessor(self._recording)

    def open_resources(self) -> None:
        """Show 地域の資源."""
        self.aside.resources()

    def open_review(self) -> None:
        """Show ふりかえり."""
        self.aside.review()

    def open_import(self) -> None:
        """Show 前の表を取り込む."""
        self.aside.importing()

    def open_paper(self, month: Month) -> None:
        """Show the 月報 of a month as it will be printed."""
        self.aside.paper().show_month(month)

    # ── pages ──────────────────────────────────────────────────────────────────────────────

    def _all_places(self) -> list[Place]:
        return [
            Place("house", "今月", self._make_home),
            Place("pencil", "記録する", self._make_record),
            Place("list", "一覧", self._make_list),
            Place("plane", "提出する", self._make_submit),
            Place("question", "困ったとき", self._make_settings),
        ]

    def _make_home(self) -> Page:
        homework = Homework(self._store, self._recording)
        page = HomePage(self._home, homework, self._suggesting, self._recording, self._worker)
        page.new_wanted.connect(self._new)
        page.edit_wanted.connect(self._edit)
        page.copy_wanted.connect(self._copy)
        page.draft_wanted.connect(self._open_draft)
        page.planned_wanted.connect(self._new_from)
        page.submit_wanted.connect(self._submit)
        page.undo_wanted.connect(self._undo)
        page.setup_wanted.connect(self.setup_wanted)
        page.reply_wanted.connect(self.open_reply)
        page.files_wanted.connect(self._take_files)
        page.predecessor_wanted.connect(self.open_predecessor)
        page.resources_wanted.connect(self.open_resources)
        page.pc_wanted.connect(self._open_copied)
        page.changed.connect(self.undo_strip.tell)
        return page

    def _make_record(self) -> Page:
        from kashiwa_desktop.services.months.closing import Closing
        from kashiwa_desktop.services.records.attaching import Attaching
        from kashiwa_desktop.ui.promoter.record.record_page import RecordPage

        page = RecordPage(
            self._recording,
            Closing(self._store),
            self._suggesting,
            Attaching(self._store),
            self._worker,
        )
        page.recorded.connect(self.undo_strip.tell)
        page.back_asked.connect(self._go_home)
        return page

    def _make_list(self) -> Page:
        from kashiwa_desktop.services.records.listing import Listing
        from kashiwa_desktop.services.records.writing_out import WritingOut
        from kashiwa_desktop.ui.promoter.list.list_page import ListPage

        page = ListPage(
            self._recording,
            Listing(self._store),
            self._tidying,
            WritingOut(self._store),
            self._worker,
        )
        page.edit_wanted.connect(self._edit)
        page.copy_wanted.connect(self._copy)
        page.draft_wanted.connect(self._open_draft)
        page.record_wanted.connect(self._new)
        page.reopen_wanted.connect(self._submit)
        page.paper_wanted.connect(self._show_paper)
        page.import_wanted.connect(self.open_import)
        page.predecessor_wanted.connect(self.open_predecessor)
        page.changed.connect(self.undo_strip.tell)
        page.back_asked.connect(self._go_home)
        return page

    def _make_submit(self) -> Page:
        from kashiwa_desktop.services.travel.handing_over import HandingOver
        from kashiwa_desktop.services.travel.submitting import Submitting
        from kashiwa_desktop.ui.promoter.submit.submit_page import SubmitPage

        submitting = Submitting(self._store)
        page = SubmitPage(HandingOver(self._store), submitting, self._sticks, self._worker)
        page.reply_wanted.connect(self.open_reply)
        page.see_wanted.connect(self._see)
        page.record_wanted.connect(self._new_with)
        page.print_wanted.connect(self.open_paper)
        page.slip_wanted.connect(self._show_slip)
        page.back_asked.connect(self._go_home)
        return page

    def _make_settings(self) -> Page:
        from kashiwa_desktop.services.office.office_here import OfficeHere
        from kashiwa_desktop.services.office.people_here import PeopleHere
        from kashiwa_desktop.services.safety.keeping import Keeping
        from kashiwa_desktop.services.safety.looking_into import LookingInto
        from kashiwa_desktop.ui.promoter.settings_page import PcServices, SettingsPage

        services = PcServices(
            Keeping(self._store),
            LookingInto(self._store),
            PeopleHere(self._store.folder),
            OfficeHere(self._store),
        )
        page = SettingsPage(self._look_of_app, services, self._tidying, self._worker)
        page.update_card.look_wanted.connect(partial(self.update_asked.emit, page.update_card.tell))
        page.changed.connect(self.undo_strip.tell)
        page.help_wanted.connect(self._ask_for_help)
        page.restored.connect(self._begin_again)
        if self._practising:
            page.show_practising()
        page.review_wanted.connect(self.open_review)
        page.resources_wanted.connect(self.open_resources)
        page.moving_wanted.connect(self.open_moving)
        page.person_wanted.connect(self.person_wanted)
        page.practice_wanted.connect(self.practice_wanted)
        page.back_asked.connect(self._go_home)
        return page

    def _join_aside(self) -> None:
        self.aside.changed.connect(self.undo_strip.tell)
        self.aside.paper_wanted.connect(self._show_paper)
        self.aside.home_wanted.connect(self._go_home)
        self.aside.reply_wanted.connect(self.open_reply)
        self.aside.wiped.connect(self.wiped)

    def _desk(self) -> "ReplyDesk":
        if self._reply is None:
            from kashiwa_desktop.app.reply_pages import ReplyDesk

            self._reply = ReplyDesk(self._store, self._worker, self._sticks, self)
            self._reply.made.connect(self._join_reply)
            self._reply.page_wanted.connect(self.open_page)
            self._reply.found.connect(cast("HomePage", self._pages[HOME]).show_found)
        return self._reply

    def _join_reply(self, page: "ReplyPage") -> None:
        page.submit_wanted.connect(self._submit)
        page.edit_wanted.connect(self._edit)
        page.list_wanted.connect(self._list_month)
        page.predecessor_wanted.connect(self.open_predecessor)
        page.back_asked.connect(self._go_home)
        page.arrived.connect(self._take_arrived)

    # ── what they ask for ──────────────────────────────────────────────────────────────────

    def _record_page(self) -> "RecordPage":
        return cast("RecordPage", self.open_place(RECORD))

    def _new(self) -> None:
        self.undo_strip.clear()
        self._record_page().new()

    def _edit(self, record: str) -> None:
        self._record_page().edit(record)

    def _copy(self, record: str) -> None:
        self._record_page().copy(record)

    def _open_draft(self, draft: str) -> None:
        self._record_page().open_draft(draft)

    def _new_from(self, offered: object) -> None:
        self._record_page().new_from(offered)  # type: ignore[arg-type]

    def _new_with(self, fields: dict[str, Any]) -> None:
        self._record_page().new_with(fields)

    def _begin_again(self) -> None:
        """The records are those of an earlier time now: nothing on screen or to undo holds."""
        self.undo_strip.clear()
        for page in (self.page, self.aside.before):
            if page is not None:
                page.refresh()

    def _see(self, record: str) -> None:
        cast("ListPage", self.open_place(LIST)).show_record(record)

    def _take_files(self, paths: list[Path]) -> None:
        self._desk().take_files(paths)

    def _open_copied(self) -> None:
        self.open_moving("copied")

    def _list_month(self, month: Month) -> None:
        cast("ListPage", self.open_place(LIST)).show_month(month)

    def _submit(self, month: Month) -> None:
        cast("SubmitPage", self.open_place(SUBMIT)).show_month(month)

    def _show_slip(self, month: Month) -> None:
        from kashiwa_desktop.services.papers.blank_papers import BlankPapers

        make = partial(_slip, BlankPapers(self._store), month)
        title = f"提出票 {month.label()}分"
        self._show_paper(Paper(title, f"提出票_{month}.pdf", make))

    def _show_paper(self, paper: object) -> None:
        if isinstance(paper, Paper):
            self.aside.paper().show_paper(paper)

    def _undo(self) -> None:
        recording = self._recording
        job = self._worker.start(lambda _: recording.undo())
        job.succeeded.connect(self._tell_undone)
        job.failed.connect(self._tell_not_undone)

    def _tell_undone(self, done: Done) -> None:
        page = self.page
        if page is not None:
            page.refresh()
        if isinstance(page, ScrollPage):
            page.messages.say(f"{done.text}。")

    def _tell_not_undone(self, error: BaseException) -> None:
        if isinstance(self.page, ScrollPage):
            self.page.messages.show_error(error)

    def _go_home(self) -> None:
        self.open_place(HOME)

    def _take_arrived(self) -> None:
        """The settings that came may name the person otherwise, or a newer version."""
        self._name_person()
        self.update_asked.emit(None)

    def _name_person(self) -> None:
        with contextlib.suppress(AppError):
            name, areas = self._home.person()
            self.show_person(name, "・".join(areas))


def _slip(papers: "BlankPapers", month: Month, progress: Progress) -> "Printed":
    progress.step("提出票を作っています", 0, 0)
    return papers.submission_slip(month, None)
