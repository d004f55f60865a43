"""Lines that read values, boxes to tick, chips with one stop, and Tab in reading order."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kashiwa_desktop.domain import entry
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.date_entry import DateEntry
from kashiwa_desktop.ui.widgets.entry.month_calendar import MonthCalendar
from kashiwa_desktop.ui.widgets.entry.read_line import ReadLine
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from ui.measure import settle, show_at, tab_order


@pytest.fixture
def line(qtbot):
    one = ReadLine(entry.parse_length, entry.length_text, "長さ")
    qtbot.addWidget(one)
    return one


def test_a_line_says_on_leaving_how_it_was_understood(line):
    line.setText("９０")
    line.left.emit()
    assert (line.text(), line.value(), line.is_unreadable) == ("1時間30分", 90, False)


def test_what_cannot_be_read_stays_as_typed(line):
    line.setText("だいたい昼まで")
    line.left.emit()
    assert (line.text(), line.value(), line.is_unreadable) == ("だいたい昼まで", None, True)
    line.setText("  ")
    assert not line.is_unreadable


def test_a_line_takes_a_value_or_the_text_of_a_draft(line):
    for given, shown in ((45, "45分"), ("1:30", "1時間30分"), ("すこし", "すこし"), (None, "")):
        line.put(given)
        assert line.text() == shown


def test_boxes_keep_their_ticks_when_they_are_replaced(qtbot):
    row = CheckRow("ねらい", [("a", "あ"), ("b", "い")])
    qtbot.addWidget(row)
    row.tick(["b", "c"])
    assert row.ticked() == ["b"]
    row.show_choices([("b", "い"), ("c", "う")])
    assert row.ticked() == ["b"]
    with qtbot.waitSignal(row.touched):
        row.findChildren(QCheckBox)[-1].click()
    assert row.ticked() == ["b", "c"]


@pytest.fixture
def chips(qtbot):
    bar = ChipBar("種別", one_stop=True)
    bar.show_chips([(1, "一"), (2, "二"), (3, "三")])
    qtbot.addWidget(bar)
    show_at(qtbot, bar, 600, 80)
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    return bar


def test_tab_stops_once_at_the_chosen_chip_and_arrows_choose(qtbot, chips):
    assert [w.word for w in tab_order(chips)] == ["一"]
    chips.choose(2)
    assert [w.word for w in tab_order(chips)] == ["二"]
    chips.setFocus()
    heard = []
    chips.chosen.connect(heard.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(chips.chip(chips.current()), key)
    assert heard == [3, 1, 3, 2]
    assert chips.chip(2).hasFocus()


def test_with_nothing_chosen_an_arrow_begins_at_an_end(qtbot, chips):
    qtbot.keyClick(chips.chip(1), Qt.Key.Key_Right)
    assert chips.current() == 1
    chips.choose(None)
    qtbot.keyClick(chips.chip(1), Qt.Key.Key_Left)
    assert chips.current() == 3


def test_chips_made_later_stand_where_they_are_seen(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    bar, last = ChipBar("よく書く活動"), QLineEdit()
    column = QVBoxLayout(page)
    for widget in (QPushButton("first"), bar, last):
        column.addWidget(widget)
    show_at(qtbot, page, 600, 200)
    bar.show_chips([(1, "一"), (2, "二")])
    settle()
    order = [w.word if isinstance(w, BigButton) else type(w).__name__ for w in tab_order(page)]
    assert order == ["QPushButton", "一", "二", "QLineEdit"]


def test_tab_order_of_nothing_is_no_trouble(qtbot):
    alone = QWidget()
    qtbot.addWidget(alone)
    restore_tab_order(alone)
    assert tab_order(alone) == []


def test_a_new_day_begins_while_the_window_is_open(qtbot):
    before = date(2026, 11, 12)
    entry_, calendar = DateEntry(before, {}.get), MonthCalendar(before, {}.get)
    for widget in (entry_, calendar):
        qtbot.addWidget(widget)
        widget.set_today(date(2026, 11, 13))
    entry_.set_text("きょう")
    assert entry_.day() == date(2026, 11, 13)
    assert "きょう" in calendar.button(date(2026, 11, 13)).accessibleName()
