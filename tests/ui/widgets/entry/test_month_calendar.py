"""The calendar reads 令和8年11月, names holidays, and can be walked by keys."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.month_calendar import DayButton, MonthCalendar
from ui.measure import complaints, settle, tab_order


@pytest.fixture
def calendar(qtbot, today, holiday_name):
    made = MonthCalendar(today, holiday_name)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def texts(calendar):
    return [label.text() for label in calendar.findChildren(QLabel) if label.isVisible()]


def focused(calendar):
    return [cell.day for cell in calendar.findChildren(DayButton) if cell.hasFocus()]


def press(qtbot, calendar, *keys):
    for key in keys:
        cell = next(c for c in calendar.findChildren(DayButton) if c.hasFocus())
        qtbot.keyClick(cell, key)


def test_heading_and_weekdays(calendar):
    assert texts(calendar)[0] == "令和8年11月"
    assert [text for text in texts(calendar) if text in "月火水木金土日"] == list("日月火水木金土")
    calendar.show_month(Month(2019, 5))
    assert texts(calendar)[0] == "令和元年5月"


def test_holidays_are_named(calendar):
    assert "祝日: 3日 文化の日・23日 勤労感謝の日" in texts(calendar)


def test_accessible_names(calendar):
    calendar.set_records({date(2026, 11, 23)})
    named = calendar.button(date(2026, 11, 23)).accessibleName()
    assert named == "令和8年11月23日(月) 勤労感謝の日 記録あり"
    assert calendar.button(date(2026, 11, 12)).accessibleName() == "令和8年11月12日(木) きょう"


@pytest.mark.parametrize("month", [Month(2026, n) for n in range(1, 13)] + [Month(2028, 2)])
def test_every_day_stands_under_its_weekday(calendar, month):
    calendar.show_month(month)
    settle()
    cells = [cell for cell in calendar.findChildren(DayButton) if cell.isVisible()]
    assert [cell.day.day for cell in cells] == list(range(1, month.days + 1))
    columns = {cell.x(): (cell.day.weekday() + 1) % 7 for cell in cells}
    assert [columns[x] for x in sorted(columns)] == list(range(7))


def test_a_click_chooses(calendar, qtbot):
    with qtbot.waitSignal(calendar.chosen) as told:
        cell = calendar.button(date(2026, 11, 5))
        qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert told.args == [date(2026, 11, 5)]
    assert calendar.day() == date(2026, 11, 5)


def test_arrows_walk_over_the_edge_of_the_month(calendar, qtbot):
    calendar.choose(date(2026, 11, 28))
    calendar.setFocus()
    press(qtbot, calendar, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert focused(calendar) == [date(2026, 12, 6)]
    assert calendar.month == Month(2026, 12)
    press(qtbot, calendar, Qt.Key.Key_Up, Qt.Key.Key_Left)
    assert focused(calendar) == [date(2026, 11, 28)]
    press(qtbot, calendar, Qt.Key.Key_PageUp)
    assert focused(calendar) == [date(2026, 10, 28)]
    with qtbot.waitSignal(calendar.chosen) as told:
        press(qtbot, calendar, Qt.Key.Key_Return)
    assert told.args == [date(2026, 10, 28)]


def test_tab_stops_once_in_the_month(calendar):
    order = tab_order(calendar)
    assert [type(widget) for widget in order] == [BigButton, BigButton, DayButton]
    assert order[-1].day == date(2026, 11, 12)
    calendar.show_month(Month(2026, 10))
    assert tab_order(calendar)[-1].day == date(2026, 10, 1)


def test_nothing_after_the_latest_day(calendar, qtbot):
    calendar.set_latest(date(2026, 11, 12))
    assert not calendar.button(date(2026, 11, 13)).isEnabled()
    calendar.setFocus()
    press(qtbot, calendar, Qt.Key.Key_Right)
    assert focused(calendar) == [date(2026, 11, 12)]


def test_month_buttons(calendar, qtbot):
    before, after = calendar.findChildren(BigButton)
    with qtbot.waitSignal(calendar.month_shown) as told:
        qtbot.mouseClick(after, Qt.MouseButton.LeftButton)
    assert told.args == [Month(2026, 12)]
    qtbot.mouseClick(before, Qt.MouseButton.LeftButton)
    assert calendar.month == Month(2026, 11)


@pytest.mark.parametrize("size", [12, 24])
def test_it_can_be_read_and_hit(calendar, look, size):
    look.show_text_size(size)
    calendar.adjustSize()
    settle()
    assert complaints(calendar) == []
