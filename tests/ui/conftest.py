"""What every test of the window needs: no real screen, our look, and a page as it is shown."""

import os
from datetime import date

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from desks import choose, day, jobs, look, media, paper_file, rest, stick, store  # noqa: F401
from ui.measure import show_at


@pytest.fixture(autouse=True)
def _dressed(look):  # noqa: F811
    """Every test sees the program as it looks."""


@pytest.fixture
def room():
    """Width and height that the window leaves to a page."""
    return 880, 586


@pytest.fixture
def come_up(qtbot, rest, room):  # noqa: F811
    """Show a page as the window does, and wait until it is at rest."""

    def show(page):
        qtbot.addWidget(page)
        show_at(qtbot, page, *room)
        page.activateWindow()
        page.refresh()
        rest()
        return page

    return show


@pytest.fixture
def today() -> date:
    return date(2026, 11, 12)


@pytest.fixture
def holiday_name():
    names = {date(2026, 11, 3): "文化の日", date(2026, 11, 23): "勤労感謝の日"}
    return names.get
