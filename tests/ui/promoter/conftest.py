"""Fixtures of the promoter's screens: a store with half a year behind it, and pages on it."""

import pytest
from PySide6.QtWidgets import QWidget

import promoter_world
from kashiwa_desktop.services.records.recording import Recording
from ui.measure import settle, show_at
from ui.promoter import pages


@pytest.fixture
def life():
    """What lies behind the promoter: ``new``, ``empty`` or ``months``."""
    return "empty"


@pytest.fixture
def who():
    return "P001"


@pytest.fixture
def store(tmp_path, life, who):
    with promoter_world.opened(tmp_path, life, who) as one:
        yield one


@pytest.fixture
def recording(store):
    return Recording(store)


@pytest.fixture
def record_page(qtbot, store, jobs):
    """Screen 2 with a new record in it, shown and at rest."""
    page = pages.record_page(store, jobs)
    return come_up(qtbot, page, jobs)


@pytest.fixture
def home_page(qtbot, store, jobs):
    return come_up(qtbot, pages.home_page(store, jobs), jobs)


def come_up(qtbot, page, jobs):
    qtbot.addWidget(page)
    show_at(qtbot, page, 930, 586)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    if hasattr(page, "new"):
        page.new()
    page.refresh()
    rest(qtbot, jobs)
    return page


def rest(qtbot, jobs):
    """Wait until no work is left, and what it brought is seen."""
    qtbot.waitUntil(lambda: not jobs.busy)
    settle()


def named(root, name, kind=QWidget):
    """The shown widget that a screen reader calls ``name``."""
    found = [w for w in root.findChildren(kind) if w.accessibleName() == name and w.isVisible()]
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0]
