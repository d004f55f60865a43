"""Fixtures of the front door: the look, the one worker, a day in the office."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

import office_day_world
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.theme import Look

_look: list[Look] = []


@pytest.fixture
def look(qapp):
    """The look of the program, at 標準 and light before and after each test."""
    if not _look:
        _look.append(Look(qapp))
    one = _look[0]
    one.show_theme("light")
    one.show_text_size(12)
    yield one
    one.show_theme("light")
    one.show_text_size(12)


@pytest.fixture
def jobs(qapp):
    one = Jobs()
    yield one
    one.end()
    one.deleteLater()


@pytest.fixture
def rest(qtbot, jobs):
    """Wait until no work is left."""

    def wait():
        qtbot.waitUntil(lambda: not jobs.busy, timeout=30_000)

    return wait


@pytest.fixture
def day(tmp_path):
    return office_day_world.copied(tmp_path)
