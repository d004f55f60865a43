"""The office's window: services and pages made, joined by their signals, the two roles switched."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QBoxLayout

from kashiwa_desktop.app.safety_pages import SafetyPages
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.intake import Intake, waiting
from kashiwa_desktop.services.key_ring import KeyRing
from kashiwa_desktop.services.printing import Printing
from kashiwa_desktop.services.reviewing import Reviewing
from kashiwa_desktop.services.roster import RosterService
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.ui.district.board_page import BoardPage
from kashiwa_desktop.ui.district.check_page import CheckPage
from kashiwa_desktop.ui.district.intake_page import IntakePage, Sources
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.main_window import MainWindow, Place
from kashiwa_desktop.ui.supervisor.batch_page import BatchPage, Office
from kashiwa_desktop.ui.supervisor.payments_page import PaymentsPage
from kashiwa_desktop.ui.theme import Look
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.page import Page
from kashiwa_desktop.ui.widgets.showing import show_when

BOARD, INTAKE, CHECK, BATCH, PAYMENTS, TROUBLE = range(6)
PLACES = {"district": (BOARD, INTAKE, CHECK, TROUBLE), "supervisor": (BATCH, PAYMENTS, TROUBLE)}


class OfficeWindow(MainWindow):
    """地区担当 and 管理者 in one window: the switch at the foot of the rail changes the places."""

    def __init__(self, store: Store, jobs: Jobs, look: Look) -> None:
        self._store, self._worker = store, jobs
        self._reviewing, self._roster = Reviewing(store), RosterService(store)
        self._office = Office(self._reviewing, Printing(store), self._roster, store.clock)
        super().__init__(self._all_places(), jobs, look)
        self.safety = SafetyPages(self, store, jobs, look)
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
            Place("board", "提出状況", self._make_board),
            Place("inbox", "受け取る", self._make_intake),
            Place("check", "確認する", self._make_check),
            Place("printer", "まとめて印刷", self._make_batch),
            Place("yen", "支払一覧", self._make_payments),
            Place("question", "困ったとき", self._make_trouble),
        ]

    def _make_board(self) -> Page:
        page = BoardPage(self._reviewing, self._roster, self._store.clock, self._worker)
        page.intake_wanted.connect(self._open_intake)
        page.check_wanted.connect(self.show_check)
        return page

    def _make_intake(self) -> Page:
        store = self._store
        unlock, wait = partial(_open_intake, store, self.safety.ring), partial(waiting, store)
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
        page = BatchPage(self._office, self._worker)
        page.check_wanted.connect(self.show_check)
        return page

    def _make_payments(self) -> Page:
        page = PaymentsPage(self._office, self._worker)
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

    def _forget_undo(self) -> None:
        """The records are those of an earlier time now: nothing to undo holds."""
        self.undo_strip.clear()

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


def _open_intake(store: Store, ring: KeyRing, keyword: str) -> Intake:
    """Return the intake with the ring of keys: a change of keys reaches it too."""
    ring.open(keyword)
    return Intake(store, ring)
