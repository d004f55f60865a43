"""The office's window: services and pages made, joined by their signals, the two roles switched."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QBoxLayout

from kashiwa_desktop.app import supervisor_pages
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.intake import Intake, waiting
from kashiwa_desktop.services.reviewing import Reviewing
from kashiwa_desktop.services.roster import RosterService
from kashiwa_desktop.services.setup import OfficeSetup
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.district.board_page import BoardPage
from kashiwa_desktop.ui.district.check_page import CheckPage
from kashiwa_desktop.ui.district.intake_page import IntakePage, Sources
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow, Place
from kashiwa_desktop.ui.supervisor.noticing_page import NoticingPage
from kashiwa_desktop.ui.supervisor.payments_page import PaymentsPage
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.page import Page
from kashiwa_desktop.ui.widgets.showing import show_when

BATCH, PAYMENTS, YEAR, BOARD, INTAKE, CHECK = range(6)
PLACES = {"district": (BOARD, INTAKE, CHECK), "supervisor": (BATCH, PAYMENTS, YEAR, BOARD)}


class OfficeWindow(MainWindow):
    """地区担当 and 管理者 in one window: the switch at the foot of the rail changes the places."""

    def __init__(self, store: Store, jobs: Jobs, look: Look) -> None:
        self._store, self._worker = store, jobs
        self._reviewing, self._roster = Reviewing(store), RosterService(store)
        self._noticing: NoticingPage | None = None
        super().__init__(self._all_places(), jobs, look)
        self._switch = BigButton("", "people")
        self._switch.clicked.connect(self._change_role)
        self.undo_asked.connect(self._undo)
        self.files_dropped.connect(self._take_files)
        self.show_person(self.tr("事務局"), "")
        self._put_switch()
        self.show_role("district")

    @property
    def role(self) -> str:
        """``district`` or ``supervisor``."""
        return self._role

    def show_role(self, role: str) -> None:
        """Show the places of 地区担当 or of 管理者, and open the first of them."""
        self._role = role
        for number, button in enumerate(self._rail_buttons()):
            show_when(button, wanted=number in PLACES[role])
        other = self.tr("管理者の画面へ") if role == "district" else self.tr("地区担当の画面へ")
        self._switch.set_word(other)
        self.open_place(PLACES[role][0])

    def show_check(self, month: Month, promoter: str | None) -> None:
        """Open 確認する at a month and a promoter."""
        if self._role != "district":
            self.show_role("district")
        page = self.open_place(CHECK)
        if isinstance(page, CheckPage):
            page.show_month(month, promoter)

    # ── pages ──────────────────────────────────────────────────────────────────────────────

    def _all_places(self) -> list[Place]:
        return [
            Place("printer", "まとめて印刷", self._make_batch),
            Place("yen", "支払一覧", self._make_payments),
            Place("chart", "年度のまとめ", self._make_year),
            Place("board", "提出状況", self._make_board),
            Place("inbox", "受け取る", self._make_intake),
            Place("check", "確認する", self._make_check),
        ]

    def _make_board(self) -> Page:
        page = BoardPage(self._reviewing, self._roster, self._store.clock, self._worker)
        page.intake_wanted.connect(self._open_intake)
        page.check_wanted.connect(self.show_check)
        return page

    def _make_intake(self) -> Page:
        store = self._store
        unlock, wait = partial(_open_intake, store), partial(waiting, store)
        sources = Sources(unlock, self._roster, wait, store.folder.waiting)
        page = IntakePage(sources, self._worker)
        page.taken_in.connect(self.undo_strip.tell)
        page.back_asked.connect(self._open_first)
        return page

    def _make_check(self) -> Page:
        page = CheckPage(self._reviewing, self._roster, self._store.clock, self._worker)
        page.back_asked.connect(self._open_first)
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

    def open_noticing(self) -> None:
        """Open 気になること (screen 43), made when it is first wanted."""
        if self._noticing is None:
            page = self._noticing = supervisor_pages.noticing_page(self._store, self._worker)
            page.payments_wanted.connect(self._open_payments)
            page.check_wanted.connect(self.show_check)
            page.back_asked.connect(partial(self.open_place, YEAR))
        self.open_page(self._noticing)

    def _open_payments(self, month: Month) -> None:
        page = self.open_place(PAYMENTS)
        if isinstance(page, PaymentsPage):
            page.show_month(month)

    # ── what they ask for ──────────────────────────────────────────────────────────────────

    def _open_intake(self) -> None:
        self.open_place(INTAKE)

    def _open_first(self) -> None:
        self.open_place(PLACES[self._role][0])

    def _take_files(self, paths: list[Path]) -> None:
        if self._role != "district":
            self.show_role("district")
        page = self.open_place(INTAKE)
        if isinstance(page, IntakePage):
            page.check_files(paths)

    def _undo(self) -> None:
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


def _open_intake(store: Store, keyword: str) -> Intake:
    """Return the intake with the office's keys, which stay in memory only."""
    return Intake(store, OfficeSetup(store).unlock(keyword))
