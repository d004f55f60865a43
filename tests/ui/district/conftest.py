"""Fixtures of the office's screens: a store on the morning after the deadline, pages on it."""

import pytest

from kashiwa_desktop.app.office_pages import check_desk
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.papers.office_papers import OfficePapers
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.district.board.board_page import BoardPage, BoardSources
from kashiwa_desktop.ui.district.check.check_page import CheckPage
from kashiwa_desktop.ui.district.intake.intake_page import IntakePage, Sources
from kashiwa_desktop.ui.district.intake.meeting_page import MeetingPage
from kashiwa_desktop.ui.district.intake.meeting_work import Desk


@pytest.fixture
def room():
    return 900, 586


@pytest.fixture
def board_page(store, jobs, come_up):
    sources = BoardSources(Reviewing(store), RosterService(store), OfficePapers(store), store.clock)
    return come_up(BoardPage(sources, jobs))


@pytest.fixture
def check_page(store, jobs, come_up):
    return come_up(CheckPage(check_desk(store), jobs))


@pytest.fixture
def ring(store):
    return KeyRing(store)


@pytest.fixture
def sticks(media):
    return Sticks([media], lambda place: place.parent == media)


@pytest.fixture
def kept_inbox():
    """What was remembered as 受付フォルダー, the newest last."""
    return []


@pytest.fixture
def intake_page(store, ring, sticks, kept_inbox, tmp_path, jobs, come_up):
    sources = Sources(
        ring, RosterService(store), sticks, None, kept_inbox.append,
        lambda _: str(tmp_path / "inbox"),
    )  # fmt: skip
    return come_up(IntakePage(sources, jobs))


@pytest.fixture
def open_intake(intake_page, day, rest):
    """受け取る with the 合言葉 already given."""
    intake_page.open_with(day.passphrase)
    rest()
    return intake_page


@pytest.fixture
def heard():
    """How often the sound was made."""
    return []


@pytest.fixture
def meeting_page(store, ring, sticks, jobs, heard, come_up):
    month = Month.of(store.clock.today()).previous()
    desk = Desk(ring, Reviewing(store), RosterService(store), month)
    page = come_up(MeetingPage(desk, sticks, store.clock, jobs, lambda: heard.append(1)))
    page._watch._timer.setInterval(1_000_000)  # a test looks when it wants to
    return page
