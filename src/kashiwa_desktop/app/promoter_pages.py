"""The promoter's window: one table of its screens, each made when it is first wanted."""

import contextlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal

from kashiwa_desktop.app.way_window import Back, Stop, WayWindow
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.records.homework import Homework
from kashiwa_desktop.services.records.recording import Done, Recording
from kashiwa_desktop.services.records.suggesting import Suggesting
from kashiwa_desktop.services.records.tidying import Tidying
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.home import Home
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.home.home_page import HomePage
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.page import Page, ScrollPage

if TYPE_CHECKING:
    from kashiwa_desktop.app.reply_pages import ReplyDesk

HOME, RECORD, LIST, SUBMIT, SETTINGS = range(5)
"""Places of the rail."""
NEW_RECORD = Way(Screen.RECORD, "new")
WATCH_AFTER_MS = 1000
"""Sticks are looked at once the first screen stands: reading files takes parts it does not need."""


class PromoterWindow(WayWindow):
    """今月・記録する・一覧・提出する・困ったとき; the other screens come up from these.

    ``person_wanted`` gives the folder of another person of this PC; after ``wiped`` nothing of
    this one is left.
    """

    OUT = frozenset({Screen.WELCOME})

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
        self._reply: ReplyDesk | None = None
        super().__init__(self._all_stops(), jobs, look)
        self.files_dropped.connect(self._take_files)
        self.new_asked.connect(self._new)
        self.undo_asked.connect(self._undo)
        self._name_person()
        self.open_place(HOME)
        self._watch = QTimer(self, singleShot=True, interval=WATCH_AFTER_MS)
        self._watch.timeout.connect(self._desk)
        self._watch.start()

    def go(self, way: Way) -> Page | None:
        """A new record begins afresh: what could be undone before is left alone."""
        if way == NEW_RECORD:
            self.undo_strip.clear()
        return super().go(way)

    # ── pages ──────────────────────────────────────────────────────────────────────────────

    def _all_stops(self) -> dict[Screen, Stop]:
        home = Back.FIRST
        return {
            Screen.HOME: Stop(self._make_home, Back.NOWHERE, "house", "今月"),
            Screen.RECORD: Stop(self._make_record, home, "pencil", "記録する"),
            Screen.LIST: Stop(self._make_list, home, "list", "一覧"),
            Screen.SUBMIT: Stop(self._make_submit, home, "plane", "提出する"),
            Screen.SETTINGS: Stop(self._make_settings, home, "question", "困ったとき"),
            Screen.REPLY: Stop(self._make_reply, home),
            Screen.PRINT: Stop(self._make_paper),
            Screen.REVIEW: Stop(self._make_review),
            Screen.RESOURCES: Stop(self._make_resources),
            Screen.IMPORT: Stop(self._make_import),
            Screen.MOVING: Stop(self._make_moving),
            Screen.PREDECESSOR: Stop(self._make_predecessor),
        }

    def _make_home(self) -> Page:
        homework = Homework(self._store, self._recording)
        page = HomePage(self._home, homework, self._suggesting, self._recording, self._worker)
        page.undo_wanted.connect(self._undo)
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
        page.changed.connect(self.undo_strip.tell)
        return page

    def _make_submit(self) -> Page:
        from kashiwa_desktop.services.travel.handing_over import HandingOver
        from kashiwa_desktop.services.travel.submitting import Submitting
        from kashiwa_desktop.ui.promoter.submit.submit_page import SubmitPage

        submitting = Submitting(self._store)
        return SubmitPage(HandingOver(self._store), submitting, self._sticks, self._worker)

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
        page.person_wanted.connect(self.person_wanted)
        page.practice_wanted.connect(self.practice_wanted)
        return page

    def _make_reply(self) -> Page:
        page = self._desk().make_page()
        page.arrived.connect(self._take_arrived)
        return page

    def _make_paper(self) -> Page:
        from kashiwa_desktop.services.papers.blank_papers import BlankPapers
        from kashiwa_desktop.services.papers.printing import Printing
        from kashiwa_desktop.ui.promoter.print_page import PrintPage

        return PrintPage(Printing(self._store), BlankPapers(self._store), self._worker)

    def _make_review(self) -> Page:
        """Plots bring half of a start with them: they come when they are asked for."""
        from kashiwa_desktop.services.records.looking_back import LookingBack
        from kashiwa_desktop.ui.promoter.review_page import ReviewPage

        return ReviewPage(LookingBack(self._store), self._worker)

    def _make_resources(self) -> Page:
        from kashiwa_desktop.app.register_pages import resource_page

        page = resource_page(self._store, self._worker)
        page.changed.connect(self.undo_strip.tell)
        return page

    def _make_import(self) -> Page:
        from kashiwa_desktop.services.records.importing import Importing
        from kashiwa_desktop.ui.promoter.old_table.import_page import ImportPage

        page = ImportPage(Importing(self._store), self._worker)
        page.changed.connect(self.undo_strip.tell)
        return page

    def _make_moving(self) -> Page:
        from kashiwa_desktop.services.office.setup import PromoterSetup
        from kashiwa_desktop.services.travel.moving import Moving
        from kashiwa_desktop.services.travel.succeeding import Leaving
        from kashiwa_desktop.ui.promoter.moving.moving_page import MovingPage, MovingServices

        store = self._store
        services = MovingServices(Moving(store), PromoterSetup(store), Leaving(store))
        page = MovingPage(services, self._sticks, self._worker)
        page.wiped.connect(self.wiped)
        return page

    def _make_predecessor(self) -> Page:
        from kashiwa_desktop.services.travel.succeeding import Predecessors
        from kashiwa_desktop.ui.promoter.moving.predecessor_page import PredecessorPage

        homework = Homework(self._store, self._recording)
        page = PredecessorPage(Predecessors(self._store), homework, self._worker)
        page.changed.connect(self.undo_strip.tell)
        return page

    def _desk(self) -> "ReplyDesk":
        if self._reply is None:
            from kashiwa_desktop.app.reply_pages import ReplyDesk

            self._reply = ReplyDesk(self._store, self._worker, self._sticks, self)
            self._reply.found.connect(cast("HomePage", self._made[Screen.HOME]).show_found)
        return self._reply

    # ── what they ask for ──────────────────────────────────────────────────────────────────

    def _new(self) -> None:
        self.go(NEW_RECORD)

    def _begin_again(self) -> None:
        """The records are those of an earlier time now: nothing on screen or to undo holds."""
        self.undo_strip.clear()
        for page in (self.page, self.asked_by):
            if page is not None:
                page.refresh()

    def _take_files(self, paths: list[Path]) -> None:
        self.go(Way(Screen.REPLY, "take_files", (paths,)))

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

    def _take_arrived(self) -> None:
        """The settings that came may name the person otherwise, or a newer version."""
        self._name_person()
        self.update_asked.emit(None)

    def _name_person(self) -> None:
        with contextlib.suppress(AppError):
            name, areas = self._home.person()
            self.show_person(name, "・".join(areas))
