"""Fixtures of the office's own pages: a made town, pages as the window shows them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from office_day_world import named
from services.key_scenes import cheap_locks
from ui.measure import settle

LEFT = Qt.MouseButton.LeftButton

cheap = pytest.fixture(autouse=True)(cheap_locks)


@pytest.fixture
def rest(rest):
    """Wait until no work is left, and what it brought is seen."""

    def wait():
        rest()
        settle()

    return wait


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
