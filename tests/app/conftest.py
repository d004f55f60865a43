"""Fixtures of the front door: a day in the office, and whole windows on it."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from desks import day, jobs, look, media, rest, stick, store  # noqa: F401
from kashiwa_desktop.app.office_pages import OfficeWindow
from kashiwa_desktop.app.window import Desktop
from ui.measure import settle


@pytest.fixture
def come_up(qtbot, rest):  # noqa: F811
    """Show a window in the least size it must do with, and wait until it is at rest."""

    def show(window):
        qtbot.addWidget(window)
        window.resize(1092, 614)
        with qtbot.waitExposed(window):
            window.show()
        rest()
        settle()
        return window

    return show


@pytest.fixture
def window(store, jobs, look, come_up):  # noqa: F811
    return come_up(OfficeWindow(store, jobs, look))


@pytest.fixture
def desktop(look):  # noqa: F811
    """Begin with a store; the window is closed at the end."""
    begun = []

    def begin(store, last_crash=""):  # noqa: F811
        one = Desktop(store, look)
        one.begin(last_crash)
        begun.append(one)
        settle()
        return one

    yield begin
    for one in begun:
        one.end()
        one.window.close()
        one.window.deleteLater()
        one.deleteLater()
