"""What every test of the window needs: no real screen, our look, and a worker that ends idle."""

import os
from datetime import date

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.theme import Look

_look: list[Look] = []


@pytest.fixture
def look(qapp):
    """The look of the program, at 標準 and light before and after each test."""
    if not _look:
        _look.append(Look(qapp))
    one = _look[0]
    yield one
    one.show_theme("light")
    one.show_text_size(12)


@pytest.fixture(autouse=True)
def _dressed(look):
    """Every test sees the program as it looks."""


@pytest.fixture
def jobs(qapp):
    one = Jobs()
    yield one
    one.end()
    assert not one.busy
    one.deleteLater()


@pytest.fixture
def today() -> date:
    return date(2026, 11, 12)


@pytest.fixture
def holiday_name():
    names = {date(2026, 11, 3): "文化の日", date(2026, 11, 23): "勤労感謝の日"}
    return names.get
