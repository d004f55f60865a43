"""Keys act when they should, and never while something is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QVBoxLayout, QWidget

from kashiwa_desktop.ui.shortcuts import SingleKeys, WindowKeys, is_composing, is_typing
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.table.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(qtbot):
    widget = QWidget()
    widget.line, widget.area = TextLine("一行"), TextArea("本文")
    widget.button, widget.combo = BigButton("押す"), QComboBox()
    model = TableModel([Column("文", str)])
    model.show_rows("あいう")
    widget.table = TableView(model, "表")
    column = QVBoxLayout(widget)
    for part in (widget.line, widget.area, widget.button, widget.combo, widget.table):
        column.addWidget(part)
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


@pytest.mark.parametrize(
    ("key", "modifier", "name"),
    [
        (Qt.Key.Key_F1, NONE, "help_asked"),
        (Qt.Key.Key_N, CTRL, "new_asked"),
        (Qt.Key.Key_S, CTRL, "save_asked"),
        (Qt.Key.Key_Z, CTRL, "undo_asked"),
        (Qt.Key.Key_F, CTRL, "find_asked"),
        (Qt.Key.Key_P, CTRL, "print_asked"),
        (Qt.Key.Key_Plus, CTRL, "bigger_asked"),
        (Qt.Key.Key_Semicolon, CTRL, "bigger_asked"),
        (Qt.Key.Key_Minus, CTRL, "smaller_asked"),
        (Qt.Key.Key_0, CTRL, "normal_asked"),
        (Qt.Key.Key_Escape, NONE, "back_asked"),
    ],
)
def test_window_keys(qtbot, page, key, modifier, name):
    keys = WindowKeys(page)
    page.button.setFocus()
    with qtbot.waitSignal(getattr(keys, name)):
        qtbot.keyClick(page.button, key, modifier)


def test_undo_of_typing_stays_with_the_field(qtbot, page):
    keys = WindowKeys(page)
    page.line.setFocus()
    qtbot.keyClicks(page.line, "abc")
    with qtbot.assertNotEmitted(keys.undo_asked):
        qtbot.keyClick(page.line, Qt.Key.Key_Z, CTRL)
    assert page.line.text() == ""


def test_save_works_while_typing(qtbot, page):
    keys = WindowKeys(page)
    page.line.setFocus()
    with qtbot.waitSignal(keys.save_asked):
        qtbot.keyClick(page.line, Qt.Key.Key_S, CTRL)


@pytest.mark.parametrize("where", ["button", "table", "combo"])
@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_1, "1"), (Qt.Key.Key_J, "J")])
def test_single_keys_act_while_nothing_is_typed(qtbot, page, where, key, name):
    keys = SingleKeys(page, ("1", "J"))
    widget = getattr(page, where)
    widget.setFocus()
    with qtbot.waitSignal(keys.pressed) as told:
        qtbot.keyClick(widget, key)
    assert told.args == [name]


@pytest.mark.parametrize("where", ["line", "area"])
def test_single_keys_are_text_while_typing(qtbot, page, where):
    keys = SingleKeys(page, ("1", "J"))
    widget = getattr(page, where)
    widget.setFocus()
    assert is_typing()
    with qtbot.assertNotEmitted(keys.pressed):
        qtbot.keyClick(widget, Qt.Key.Key_1)
        qtbot.keyClick(widget, Qt.Key.Key_J)
    assert widget.text() == "1j"


@pytest.mark.parametrize("where", ["line", "area"])
def test_escape_belongs_to_the_conversion(qtbot, page, where):
    keys = WindowKeys(page)
    widget = getattr(page, where)
    widget.setFocus()
    QApplication.sendEvent(widget, QInputMethodEvent("にほん", []))
    assert is_composing()
    with qtbot.assertNotEmitted(keys.back_asked):
        qtbot.keyClick(widget, Qt.Key.Key_Escape)
    QApplication.sendEvent(widget, QInputMethodEvent("", []))
    assert not is_composing()
    with qtbot.waitSignal(keys.back_asked):
        qtbot.keyClick(widget, Qt.Key.Key_Escape)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_in_a_line_does_nothing(qtbot, page, key):
    heard = []
    page.keyPressEvent = lambda event: heard.append(event.key())
    page.line.setFocus()
    with (
        qtbot.assertNotEmitted(page.line.returnPressed),
        qtbot.assertNotEmitted(page.button.clicked),
    ):
        qtbot.keyClick(page.line, key)
    assert heard == []
    assert page.line.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_button_with_the_focus_is_pressed(qtbot, page, key):
    page.button.setFocus()
    with qtbot.waitSignal(page.button.clicked):
        qtbot.keyClick(page.button, key)
