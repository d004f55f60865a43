"""F1: each screen's section in every text size, the others one click away, all plain text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.manual_window import (
    EVERYWHERE,
    ManualPage,
    ManualWindow,
    heading_of,
    manual,
)
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui.measure import complaints, settle, show_at


@pytest.fixture
def behind(qtbot):
    one = QWidget()
    qtbot.addWidget(one)
    show_at(qtbot, one)
    return one


@pytest.fixture
def window(behind):
    return ManualWindow(behind)


def shown(window):
    return [label.text() for label in window.findChildren(TextLabel) if label.isVisible()]


@pytest.mark.parametrize("heading", manual())
@pytest.mark.parametrize("size", [12, 24])
def test_every_section_can_be_read(qtbot, look, heading, size):
    look.show_text_size(size)
    page = ManualPage()
    qtbot.addWidget(page)
    page.show_section(heading)
    show_at(qtbot, page, 819, 582)
    page._others.open()
    settle()
    assert complaints(page) == []


def test_it_comes_up_at_the_screen_and_closes_with_escape(qtbot, window):
    window.show_screen(2)
    settle()
    assert shown(window)[0] == "画面 2 活動を記録する"
    assert "文字を大きくしたい" in shown(window)
    assert not any("images/" in text for text in shown(window))
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    window.show_screen(1)
    settle()
    assert shown(window)[0] == "画面 1 今月"


def test_a_screen_without_a_section_gets_what_holds_everywhere():
    assert heading_of(999) == EVERYWHERE
    assert heading_of(0) == "画面 0 はじめての設定"


def test_another_section_is_one_click_away(qtbot, window):
    window.show_screen(1)
    window.page._others.open()
    settle()
    (button,) = [b for b in window.findChildren(BigButton) if b.word == "画面 4 提出する"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    assert shown(window)[0] == "画面 4 提出する"
    assert not window.page._others.is_open
