"""Fixtures of the office's own pages: a made town, pages as the window shows them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton

from office_day_world import named
from services.key_scenes import cheap_locks
from ui.measure import settle, show_at

WIDTH, HEIGHT = 880, 586
LEFT = Qt.MouseButton.LeftButton

cheap = pytest.fixture(autouse=True)(cheap_locks)


@pytest.fixture
def rest(qtbot, jobs):
    """Wait until no work is left."""

    def wait():
        qtbot.waitUntil(lambda: not jobs.busy, timeout=30_000)
        settle()

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
def press(qtbot, rest):
    """Press a button with the mouse, and wait until what it began is done."""

    def click(page, word):
        button = named(page, QPushButton, word)
        assert button.isEnabled(), word
        qtbot.mouseClick(button, LEFT)
        rest()
        rest()

    return click


@pytest.fixture
def hit(qtbot, rest):
    """Press a button with the keyboard, and wait until what it began is done."""

    def key(page, word):
        button = named(page, QPushButton, word)
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Return)
        rest()
        rest()

    return key


@pytest.fixture
def paper_file(tmp_path):
    return tmp_path / "paper.pdf"


@pytest.fixture
def choose(paper_file):
    """A printer that prints into a file."""

    def printer(_parent):
        one = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        one.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        one.setOutputFileName(str(paper_file))
        return one

    return printer
