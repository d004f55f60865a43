"""What pages share: pinned actions, fields that come into view, messages at the top."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from kashiwa_desktop.ui.widgets.big_button import BigButton
from ui.measure import settle, show_at
from ui.sample_pages import FormPage, ListPage


@pytest.fixture
def page(qtbot):
    made = FormPage()
    qtbot.addWidget(made)
    show_at(qtbot, made, 800, 420)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def seen(page, widget):
    place = QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())
    return QRect(0, 0, page.width(), page.action_bar.y()).contains(place)


@pytest.mark.parametrize("size", [12, 24])
def test_a_blocked_field_comes_into_view_with_its_message(page, look, size):
    look.show_text_size(size)
    settle()
    assert not seen(page, page.title_field)
    page.go_to_field(page.title_field)
    settle()
    assert seen(page, page.title_field)
    assert page.title_field.widget.hasFocus()


def test_messages_come_up_in_view(page):
    page.go_to_field(page.note_field)
    page.messages.say("保存しました")
    settle()
    assert seen(page, page.messages)


def test_actions_stay(page):
    buttons = page.action_bar.findChildren(BigButton)
    assert all(page.rect().contains(button.mapTo(page, QPoint(0, 0))) for button in buttons)
    page.go_to_field(page.note_field)
    assert buttons[0].isVisible()


def test_page_keys_scroll(page, qtbot):
    page.action_bar.findChildren(BigButton)[0].setFocus()
    assert seen(page, page.heading)
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert not seen(page, page.heading)
    qtbot.keyClick(page, Qt.Key.Key_PageUp)
    assert seen(page, page.heading)


def test_a_filling_table_takes_the_height_that_is_left(qtbot):
    page = ListPage()
    qtbot.addWidget(page)
    show_at(qtbot, page, 900, 600)
    low = page.table.height()
    page.messages.clear()
    show_at(qtbot, page, 900, 900)
    assert page.table.height() > low + 250


def test_back_is_asked(page, qtbot):
    with qtbot.waitSignal(page.back_asked):
        page.go_back()
