"""Fixtures of the office's screens: a store on the morning after the deadline, pages on it."""

import pytest

import office_day_world
from kashiwa_desktop.app.review_pages import check_desk
from kashiwa_desktop.services.intake import Intake, waiting
from kashiwa_desktop.services.reviewing import Reviewing
from kashiwa_desktop.services.roster import RosterService
from kashiwa_desktop.services.setup import OfficeSetup
from kashiwa_desktop.ui.district.board_page import BoardPage
from kashiwa_desktop.ui.district.check_page import CheckPage
from kashiwa_desktop.ui.district.intake_page import IntakePage, Sources
from ui.measure import show_at

WIDTH, HEIGHT = 900, 586


@pytest.fixture
def day(tmp_path):
    return office_day_world.copied(tmp_path)


@pytest.fixture
def store(day):
    with office_day_world.office(day) as one:
        yield one


@pytest.fixture
def rest(qtbot, jobs):
    """Wait until no work is left."""

    def wait():
        qtbot.waitUntil(lambda: not jobs.busy, timeout=30_000)

    return wait


@pytest.fixture
def come_up(qtbot, rest):
    """Show a page as the window does, and wait until it is at rest."""

    def show(page):
        qtbot.addWidget(page)
        show_at(qtbot, page, WIDTH, HEIGHT)
        page.activateWindow()
        page.refresh()
        rest()
        return page

    return show


@pytest.fixture
def board_page(store, jobs, come_up):
    return come_up(BoardPage(Reviewing(store), RosterService(store), store.clock, jobs))


@pytest.fixture
def check_page(store, jobs, come_up):
    return come_up(CheckPage(check_desk(store), jobs))


@pytest.fixture
def intake_page(store, jobs, come_up):
    def unlock(keyword):
        return Intake(store, OfficeSetup(store).unlock(keyword))

    folder = store.folder.waiting
    sources = Sources(unlock, RosterService(store), lambda: waiting(store), folder)
    return come_up(IntakePage(sources, jobs))


@pytest.fixture
def open_intake(intake_page, day, rest):
    """受け取る with the 合言葉 already given."""
    intake_page.open_with(day.passphrase)
    rest()
    return intake_page
