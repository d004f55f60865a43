"""The office's window: services and pages made, joined by their signals, the two roles switched."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout

from kashiwa_desktop.app import supervisor_pages
from kashiwa_desktop.app.intake_pages import make_board, make_intake, make_meeting
from kashiwa_desktop.app.review_pages import make_check, make_returns
from kashiwa_desktop.app.roster_pages import RosterPages
from kashiwa_desktop.app.safety_pages import SafetyPages
from kashiwa_desktop.app.staff_window import NOBODY
from kashiwa_desktop.app.totals_pages import TotalsPages
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.district.check.check_page import CheckPage
from kashiwa_desktop.ui.district.intake.intake_page import IntakePage
from kashiwa_desktop.ui.district.intake.meeting_page import MeetingPage
from kashiwa_desktop.ui.district.returns.return_page import ReturnPage
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow, Place
from kashiwa_desktop.ui.supervisor.noticing_page import NoticingPage
from kashiwa_desktop.ui.supervisor.payments_page import PaymentsPage
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import Page

if TYPE_CHECKING:
    from kashiwa_desktop.ui.district.resources.city_resource_page import CityResourcePage

BATCH, PAYMENTS, YEAR, BOARD, INTAKE, CHECK, TOTALS, ROSTER, TROUBLE = range(9)
PLACES = {
    "district": (BOARD, INTAKE, CHECK, TOTALS, ROSTER, TROUBLE),
    "supervisor": (BATCH, PAYMENTS, YEAR, BOARD, TROUBLE),
}


class OfficeWindow(MainWindow):
    """地区担当 and 管理者 in one window: the switch at the foot of the rail changes the places.

    ``staff_wanted`` comes when somebody else sits down at this PC.
    """

    staff_wanted = Signal()

    def __init__(self, store: Store, jobs: Jobs, look: Look, sticks: Sticks | None = None) -> None:
        """``sticks`` are given by tests."""
        self._store, self._worker, self._sticks = store, jobs, sticks or Sticks()
        self._meeting: MeetingPage | None = None
        self._returns: ReturnPage | None = None
        self._came_from: Page | None = None
        self._origin: tuple[str, Page] | None = None
        self._reviewing, self._roster = Reviewing(store), RosterService(store)
        self.totals_pages = TotalsPages(store, jobs, self)
        self._noticing: NoticingPage | None = None
        self._resources: CityResourcePage | None = None
        super().__init__(self._all_places(), jobs, look)
        self.safety = SafetyPages(self, store, jobs, look)
        self.roster_pages = RosterPages(store, jobs, self)
        self.safety.lead("log", self.roster_pages.open_log)
        self.safety.lead("details", self.roster_pages.open_advanced)
        self.safety.lead("returns", self._show_last_returns)
        self._takes_back: Callable[[], object] = self._undo_intake
        self._switch = BigButton("", "people")
        self._switch.clicked.connect(self._change_role)
        self.undo_asked.connect(self._undo)
        self.files_dropped.connect(self._take_files)
        self.show_person("事務局", "" if store.staff == NOBODY else store.staff)
        self.roster_pages.undoable.connect(self._undo_setting_next)
        self.roster_pages.staff_wanted.connect(self.staff_wanted)
        self._put_switch()
        self.show_role("district")

    @property
    def role(self) -> str:
        """``district`` or ``supervisor``."""
        return self._role

    def show_role(self, role: str) -> None:
        """Show the places of 地区担当 or of 管理者, and open the first of them."""
        self._role = role
        buttons = dict(enumerate(self._rail_buttons()))
        for number in sorted(
            buttons, key=PLACES[role].__contains__
        ):  # room first: it must not grow
            show_when(buttons[number], wanted=number in PLACES[role])
        other = "管理者の画面へ" if role == "district" else "地区担当の画面へ"
        self._switch.set_word(other)
        self.open_place(PLACES[role][0])

    def open_place(self, number: int) -> Page:
        """Open a place of the rail; Esc leads from it to the first one."""
        self._origin = None
        return super().open_place(number)

    def show_check(self, month: Month, promoter: str | None) -> None:
        """Open 確認する at a month and a promoter; Esc leads back to where it was asked for."""
        page = self._visit(CHECK)
        if isinstance(page, CheckPage):
            page.show_month(month, promoter)

    def open_meeting(self) -> MeetingPage:
        """Open 定例会モード (33); back leads to 受け取る."""
        if self._meeting is None:
            self._meeting = make_meeting(self.safety.ring, self._worker, self._sticks)
            self._meeting.back_asked.connect(self._open_intake)
            self._meeting.roster_wanted.connect(partial(self._visit, ROSTER))
        self.open_page(self._meeting)
        return self._meeting

    def show_returns(self, month: Month) -> ReturnPage:
        """Open 返事のファイル at a month; Esc leads back to where it was asked for."""
        if self._returns is None:
            self._returns = make_returns(self._store, self.safety.ring, self._worker)
            self._returns.back_asked.connect(self._leave_returns)
            self._returns.made.connect(self._forget_undo)
        self._came_from = self.page
        self.open_page(self._returns)
        self._returns.show_month(month)
        return self._returns

    def show_asks(self, month: Month) -> None:
        """Show お聞きすること of a month, to be printed."""
        self.show_returns(month).print_asks()

    def open_noticing(self) -> None:
        """Open 気になること (screen 43), made when it is first wanted."""
        if self._noticing is None:
            page = self._noticing = supervisor_pages.noticing_page(self._store, self._worker)
            page.payments_wanted.connect(self._open_payments)
            page.check_wanted.connect(self.show_check)
            page.back_asked.connect(partial(self.open_place, YEAR))
        self.open_page(self._noticing)

    def open_resources(self) -> "CityResourcePage":
        """Open 地域の資源(市域) (screen 37), made when it is first wanted."""
        if self._resources is None:
            from kashiwa_desktop.app.register_pages import city_resource_page

            page = self._resources = city_resource_page(self._store, self._worker)
            page.changed.connect(self._tell_entered)
            page.back_asked.connect(partial(self.open_place, TOTALS))
        self.open_page(self._resources)
        return self._resources

    # ── pages ──────────────────────────────────────────────────────────────────────────────

    def _all_places(self) -> list[Place]:
        return [
            Place("printer", "まとめて印刷", self._make_batch),
            Place("yen", "支払一覧", self._make_payments),
            Place("chart", "年度のまとめ", self._make_year),
            Place("board", "提出状況", self._make_board),
            Place("inbox", "受け取る", self._make_intake),
            Place("check", "確認する", self._make_check),
            Place("chart", "集計", self._make_totals),
            Place("people", "名簿", self._make_roster),
            Place("question", "困ったとき", self._make_trouble),
        ]

    def _make_board(self) -> Page:
        page = make_board(self._store, self._worker)
        page.intake_wanted.connect(self._open_intake)
        page.check_wanted.connect(self.show_check)
        page.returns_wanted.connect(self.show_returns)
        page.entering_wanted.connect(self.roster_pages.open_entering)
        return page

    def _make_intake(self) -> Page:
        page = make_intake(self.safety.ring, self._worker, self._sticks)
        page.meeting_wanted.connect(self.open_meeting)
        page.roster_wanted.connect(partial(self._visit, ROSTER))
        page.taken_in.connect(self._tell_intake)
        page.answered.connect(self._forget_undo)
        page.back_asked.connect(self._open_first)
        return page

    def _make_check(self) -> Page:
        page = make_check(self._store, self._worker)
        page.changed.connect(self._forget_undo)
        page.returns_wanted.connect(self.show_returns)
        page.asks_wanted.connect(self.show_asks)
        page.back_asked.connect(self._leave_place)
        return page

    def _make_totals(self) -> Page:
        page = self.totals_pages.totals(self.show_check, self._open_first)
        page.resources_wanted.connect(self.open_resources)
        return page

    def _make_roster(self) -> Page:
        page = self.roster_pages.roster()
        page.back_asked.connect(self._leave_place)
        return page

    def _make_batch(self) -> Page:
        page = supervisor_pages.batch_page(self._store, self._worker)
        page.back_asked.connect(self._open_first)
        page.check_wanted.connect(self.show_check)
        return page

    def _make_payments(self) -> Page:
        page = supervisor_pages.payments_page(self._store, self._worker)
        page.check_wanted.connect(self.show_check)
        page.back_asked.connect(self._open_first)
        return page

    def _make_year(self) -> Page:
        page = supervisor_pages.year_page(self._store, self._worker)
        page.noticing_wanted.connect(self.open_noticing)
        page.back_asked.connect(self._open_first)
        return page

    def _make_trouble(self) -> Page:
        page = self.safety.make_trouble()
        page.help_wanted.connect(self._ask_for_help)
        page.restored.connect(self._forget_undo)
        page.back_asked.connect(self._open_first)
        return page

    # ── what they ask for ──────────────────────────────────────────────────────────────────

    def _open_intake(self) -> None:
        self.open_place(INTAKE)

    def _show_last_returns(self) -> None:
        self.show_returns(Month.of(self._store.clock.today()).previous())

    def _open_first(self) -> None:
        self.open_place(PLACES[self._role][0])

    def _visit(self, number: int) -> Page:
        """Open a place of 地区担当 for something seen on this page; Esc leads back here."""
        role, asking = self._role, self.page
        if self._role != "district":
            self.show_role("district")
        page = self.open_place(number)
        self._origin = (role, asking) if asking is not None else None
        return page

    def _leave_place(self) -> None:
        if self._origin is None:
            self._open_first()
            return
        role, page = self._origin
        if role != self._role:
            self.show_role(role)
        self.open_page(page)

    def _open_payments(self, month: Month) -> None:
        page = self.open_place(PAYMENTS)
        if isinstance(page, PaymentsPage):
            page.show_month(month)

    def _leave_returns(self) -> None:
        if self._came_from is not None:
            self.open_page(self._came_from)

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
        if self.roster_pages.is_open or (self.page is not None and self.page is self._resources):
            self.roster_pages.undo()
        else:
            self._takes_back()

    def _undo_intake(self) -> None:
        """Take the last intake back, wherever the person is now."""
        page = self._pages.get(INTAKE)
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
