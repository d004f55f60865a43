"""The office's window: one table of its screens, the two roles switched at the foot of the rail."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout

from kashiwa_desktop import settings
from kashiwa_desktop.app import supervisor_pages, totals_pages
from kashiwa_desktop.app.preferences import keep
from kashiwa_desktop.app.roster_pages import RosterPages
from kashiwa_desktop.app.staff_window import NOBODY
from kashiwa_desktop.app.way_window import Back, Stop, WayWindow
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.look_alikes import LookAlikes
from kashiwa_desktop.services.checking.review_queue import ReviewQueue
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.kept_words import KeptWords
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.log_trail import LogTrail
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.papers.asking_papers import AskingPapers
from kashiwa_desktop.services.papers.office_papers import OfficePapers
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.return_letters import ReturnLetters
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.sending import Made
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.district.board.board_page import BoardPage, BoardSources
from kashiwa_desktop.ui.district.check.check_acts import CheckDesk
from kashiwa_desktop.ui.district.check.check_page import CheckPage, LetterKeys
from kashiwa_desktop.ui.district.intake.intake_page import IntakePage, Sources
from kashiwa_desktop.ui.district.intake.meeting_page import MeetingPage
from kashiwa_desktop.ui.district.intake.meeting_work import Desk
from kashiwa_desktop.ui.district.log_page import LogPage
from kashiwa_desktop.ui.district.returns.return_page import ReturnDesk, ReturnPage
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import Page

if TYPE_CHECKING:
    from kashiwa_desktop.ui.district.intake.inbox_card import ChooseFolder


BATCH, PAYMENTS, YEAR, BOARD, INTAKE, CHECK, TOTALS, ROSTER, TROUBLE = range(9)
PLACES = {
    "district": (BOARD, INTAKE, CHECK, TOTALS, ROSTER, TROUBLE),
    "supervisor": (BATCH, PAYMENTS, YEAR, BOARD, TROUBLE),
}
_VISITED = (Screen.CHECK, Screen.ROSTER)
"""Places of 地区担当 that 管理者 is led to for something seen on a page, and back from there."""
_CHANGED = (Screen.ROSTER, Screen.ENTERING, Screen.ADVANCED, Screen.CITY_RESOURCES)
"""Screens on which a setting or a record is changed that can be taken back."""


class OfficeWindow(WayWindow):
    """地区担当 and 管理者 in one window: the switch at the foot of the rail changes the places."""

    OUT = frozenset({Screen.STAFF})

    def __init__(self, store: Store, jobs: Jobs, look: Look, sticks: Sticks | None = None) -> None:
        """``sticks`` are given by tests."""
        self._store, self._worker, self._sticks = store, jobs, sticks or Sticks()
        self._role_before: dict[Page, str] = {}
        self.ring = KeyRing(store)
        super().__init__(self._all_stops(), jobs, look)
        self._keeper = JournalKeeper(self.ring, jobs, self)
        self._keeper.left_behind.connect(self.show_note)
        self.roster_pages = RosterPages(store, jobs, self)
        self._takes_back: Callable[[], object] = self._undo_intake
        self._switch = BigButton("", "people")
        self._switch.clicked.connect(self._change_role)
        self.undo_asked.connect(self._undo)
        self.files_dropped.connect(self._take_files)
        self.show_person("事務局", "" if store.staff == NOBODY else store.staff)
        self.roster_pages.undoable.connect(self._undo_setting_next)
        self._put_switch()
        self.show_role("district")

    @property
    def role(self) -> str:
        """``district`` or ``supervisor``."""
        return self._role

    @property
    def first(self) -> Screen:
        """提出状況 of 地区担当, まとめて印刷 of 管理者."""
        return self._on_rail[PLACES[self._role][0]]

    def show_role(self, role: str) -> None:
        """Show the places of 地区担当 or of 管理者, and open the first of them."""
        self._take_role(role)
        self.open_place(PLACES[role][0])

    def go(self, way: Way) -> Page | None:
        """管理者 is led to a place of 地区担当 and back from it."""
        role = self._role
        if way.screen in _VISITED:
            self._take_role("district")
        page = super().go(way)
        if page is not None:
            self._role_before[page] = role
        return page

    def _return_to(self, asking: Page) -> None:
        if self.page is not None:
            self._take_role(self._role_before.get(self.page, self._role))
        super()._return_to(asking)

    def _take_role(self, role: str) -> None:
        self._role = role
        buttons = dict(enumerate(self._rail_buttons()))
        for number in sorted(
            buttons, key=PLACES[role].__contains__
        ):  # room first: it must not grow
            show_when(buttons[number], wanted=number in PLACES[role])
        other = "管理者の画面へ" if role == "district" else "地区担当の画面へ"
        self._switch.set_word(other)

    # ── pages ──────────────────────────────────────────────────────────────────────────────

    def _all_stops(self) -> dict[Screen, Stop]:
        """Places of the rail in the order of ``BATCH`` to ``TROUBLE``, then the others."""
        store, jobs, ring, first = self._store, self._worker, self.ring, Back.FIRST
        batch = partial(supervisor_pages.batch_page, store, jobs)
        payments = partial(supervisor_pages.payments_page, store, jobs)
        year = partial(supervisor_pages.year_page, store, jobs)
        board, totals = (
            partial(make_board, store, jobs),
            partial(totals_pages.make_totals, store, jobs),
        )
        return {
            Screen.BATCH: Stop(batch, first, "printer", "まとめて印刷"),
            Screen.PAYMENTS: Stop(payments, first, "yen", "支払一覧"),
            Screen.YEAR: Stop(year, first, "chart", "年度のまとめ"),
            Screen.BOARD: Stop(board, Back.NOWHERE, "board", "提出状況"),
            Screen.INTAKE: Stop(self._make_intake, first, "inbox", "受け取る"),
            Screen.CHECK: Stop(self._make_check, Back.ASKING, "check", "確認する"),
            Screen.TOTALS: Stop(totals, first, "chart", "集計"),
            Screen.ROSTER: Stop(self._make_roster, Back.ASKING, "people", "名簿"),
            Screen.TROUBLE: Stop(self._make_trouble, first, "question", "困ったとき"),
            Screen.MEETING: Stop(partial(make_meeting, ring, jobs, self._sticks), Screen.INTAKE),
            Screen.RETURNS: Stop(self._make_returns),
            Screen.EXCEL: Stop(partial(totals_pages.make_excel, store, jobs), Screen.TOTALS),
            Screen.CITY_RESOURCES: Stop(self._make_resources, Screen.TOTALS),
            Screen.NOTICING: Stop(
                partial(supervisor_pages.noticing_page, store, jobs), Screen.YEAR
            ),
            Screen.ENTERING: Stop(self._make_entering),
            Screen.ADVANCED: Stop(self._make_advanced),
            Screen.LOG: Stop(self._make_log),
            Screen.KEYS: Stop(self._make_keys, Screen.TROUBLE),
            Screen.DISPOSAL: Stop(self._make_disposal, Screen.TROUBLE),
            Screen.HANDOVER: Stop(self._make_handover, Screen.TROUBLE),
        }

    def _make_intake(self) -> Page:
        page = make_intake(self.ring, self._worker, self._sticks)
        page.taken_in.connect(self._tell_intake)
        page.answered.connect(self._forget_undo)
        return page

    def _make_check(self) -> Page:
        page = make_check(self._store, self._worker)
        page.changed.connect(self._forget_undo)
        return page

    def _make_returns(self) -> Page:
        page = make_returns(self._store, self.ring, self._worker)
        page.made.connect(self._forget_undo)
        return page

    def _make_resources(self) -> Page:
        from kashiwa_desktop.app.register_pages import city_resource_page

        page = city_resource_page(self._store, self._worker)
        page.changed.connect(self._tell_entered)
        return page

    def _make_roster(self) -> Page:
        return self.roster_pages.roster()

    def _make_entering(self) -> Page:
        return self.roster_pages.entering()

    def _make_advanced(self) -> Page:
        return self.roster_pages.advanced()

    def _make_log(self) -> Page:
        return LogPage(LogTrail(self._store), self._store.clock, self._worker)

    def _make_trouble(self) -> Page:
        from kashiwa_desktop.app import safety_making

        page = safety_making.trouble_page(self._store, self._worker, self._look)
        page.update_card.look_wanted.connect(partial(self.update_asked.emit, page.update_card.tell))
        page.announced.connect(partial(self.update_asked.emit, None))
        page.help_wanted.connect(self._ask_for_help)
        page.restored.connect(self._forget_undo)
        return page

    def _make_keys(self) -> Page:
        from kashiwa_desktop.app import safety_making

        return safety_making.keys_page(self._store, self._worker, self.ring)

    def _make_disposal(self) -> Page:
        from kashiwa_desktop.app import safety_making

        return safety_making.disposal_page(self._store, self._worker, self.ring)

    def _make_handover(self) -> Page:
        from kashiwa_desktop.app import safety_making

        return safety_making.handover_page(self._store, self._worker, self.ring)

    # ── what they ask for ──────────────────────────────────────────────────────────────────

    def _forget_undo(self) -> None:
        """What was offered to be undone holds no more: something else was done since."""
        self.undo_strip.clear()

    def _take_files(self, paths: list[Path]) -> None:
        if self._role != "district":
            self.show_role("district")
        page = self.open_place(INTAKE)
        if isinstance(page, IntakePage):
            page.check_files(paths)

    def _tell_intake(self, text: str) -> None:
        self._takes_back = self._undo_intake
        self.undo_strip.tell(text)

    def _tell_entered(self, text: str) -> None:
        self._undo_setting_next()
        self.undo_strip.tell(text)

    def _undo_setting_next(self) -> None:
        self._takes_back = self.roster_pages.undo

    def _undo(self) -> None:
        """Take back what was done last: on the page in view, or by the one that told of it."""
        if self.page is not None and self.page.SCREEN in _CHANGED:
            self.roster_pages.undo()
        else:
            self._takes_back()

    def _undo_intake(self) -> None:
        """Take the last intake back, wherever the person is now."""
        page = self._made.get(Screen.INTAKE)
        if not isinstance(page, IntakePage) or not page.can_undo:
            return
        if self._role != "district":
            self.show_role("district")
        self.open_place(INTAKE)
        page.undo()

    def _change_role(self) -> None:
        self.show_role("supervisor" if self._role == "district" else "district")

    def _rail_buttons(self) -> list[BigButton]:
        return [b for b in self._rail.findChildren(BigButton) if b is not self._switch]

    def _put_switch(self) -> None:
        column = self._rail.layout()
        if isinstance(column, QBoxLayout):
            column.addStretch(1)
            column.addWidget(self._switch)
        self.setTabOrder(self._rail_buttons()[-1], self._switch)
        show_when(self._switch, wanted=Accounts(self._store).may_supervise())


# The office's archive, kept up to date while its window is open.
JOURNAL_AFTER_MS = 2_000
"""How long the worker must rest before the office's own work goes into the archive."""


class JournalKeeper(QObject):
    """Puts the office's own work into its archive whenever the worker rests and the keys are open.

    So the archive alone is enough to rebuild the office (BUNDLE.md §6). Where it cannot be written
    the next time carries it; nothing is held up.
    """

    left_behind = Signal(str)

    def __init__(self, ring: KeyRing, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ring, self._jobs, self._own = ring, jobs, False
        self._timer = QTimer(self, singleShot=True, interval=JOURNAL_AFTER_MS)
        self._timer.timeout.connect(self._write)
        jobs.became_idle.connect(self._wait)

    def _wait(self) -> None:
        """Begin to wait after somebody's work, never after our own."""
        if self._own:
            self._own = False
        elif self._ring.is_open:
            self._timer.start()

    def _write(self) -> None:
        if self._jobs.busy or not self._ring.is_open:
            return
        self._own = True
        job = self._jobs.start(self._journal)
        job.failed.connect(self._tell)

    def _journal(self, _: Progress) -> Made | None:
        return self._ring.journal()

    def _tell(self, _error: BaseException) -> None:
        self.left_behind.emit("事務局の記録の写しを、まだ保管できていません。")


# Screens 20, 21 and 33 of the office's window: what they need is put together here.
def make_board(store: Store, jobs: Jobs) -> BoardPage:
    """提出状況 (20)."""
    sources = BoardSources(Reviewing(store), RosterService(store), OfficePapers(store), store.clock)
    return BoardPage(sources, jobs)


def make_intake(
    ring: KeyRing, jobs: Jobs, sticks: Sticks, choose: "ChooseFolder | None" = None
) -> IntakePage:
    """受け取る (21); sticks and the question for a folder are given by tests."""
    file = ring.store.folder.settings_file
    kept = settings.load(file).inbox

    def keep_inbox(folder: Path | None) -> None:
        keep(file, inbox=str(folder) if folder else "")

    inbox = Path(kept) if kept else None
    roster = RosterService(ring.store)
    sources = Sources(ring, roster, sticks, inbox, keep_inbox, choose)
    return IntakePage(sources, jobs)


def make_meeting(ring: KeyRing, jobs: Jobs, sticks: Sticks) -> MeetingPage:
    """定例会モード (33): the month that is handed in is the one before."""
    store = ring.store
    month = Month.of(store.clock.today()).previous()
    desk = Desk(ring, Reviewing(store), RosterService(store), month)
    return MeetingPage(desk, sticks, store.clock, jobs)


# 確認する and 返事のファイル: their services, made for the office's window.
def check_desk(store: Store) -> CheckDesk:
    """Return the services of 確認する."""
    return CheckDesk(
        queue=ReviewQueue(store),
        reviewing=Reviewing(store),
        returning=Returning(store),
        deciding=Deciding(store),
        look_alikes=LookAlikes(store),
        kept=KeptWords(store, "check"),
        clock=store.clock,
    )


def make_check(store: Store, jobs: Jobs) -> CheckPage:
    """Return screen 22; whether letter keys work is kept with the look of this PC."""
    file = store.folder.settings_file
    letters = LetterKeys(partial(_letter_keys, file), partial(_keep_letter_keys, file))
    return CheckPage(check_desk(store), jobs, letters)


def make_returns(store: Store, ring: KeyRing, jobs: Jobs) -> ReturnPage:
    """Return screen 23; ``ring`` is opened once for all pages."""
    desk = ReturnDesk(
        letters=ReturnLetters(store),
        ring=ring,
        asking=AskingPapers(store),
        papers=OfficePapers(store),
        sticks=Sticks(),
        clock=store.clock,
        releasing=Releasing(store),
    )
    return ReturnPage(desk, jobs)


def _letter_keys(file: Path) -> bool:
    return settings.load(file).letter_keys


def _keep_letter_keys(file: Path, on: bool) -> None:  # noqa: FBT001 - a value, not a switch
    keep(file, letter_keys=on)
