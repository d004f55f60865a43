"""Screens 20, 21 and 33 of the office's window: what they need is put together here."""

from pathlib import Path
from typing import TYPE_CHECKING

from kashiwa_desktop import settings
from kashiwa_desktop.app.preferences import keep
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.papers.office_papers import OfficePapers
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.district.board.board_page import BoardPage, BoardSources
from kashiwa_desktop.ui.district.intake.intake_page import IntakePage, Sources
from kashiwa_desktop.ui.district.intake.meeting_page import MeetingPage
from kashiwa_desktop.ui.district.intake.meeting_work import Desk
from kashiwa_desktop.ui.jobs import Jobs

if TYPE_CHECKING:
    from kashiwa_desktop.ui.district.intake.inbox_card import ChooseFolder


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
