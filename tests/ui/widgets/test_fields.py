"""Fields: forgiving dates, text under conversion, messages under the field."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.date_entry import DateEntry
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui.measure import settle


@pytest.fixture
def entry(qtbot, today, holiday_name):
    made = DateEntry(today, holiday_name)
    qtbot.addWidget(made)
    made.show()
    return made


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


@pytest.mark.parametrize(
    "typed", ["11/23", "R8.11.23", "20261123", "１１／２３", "令和8年11月23日", "2026-11-23"]
)
def test_dates_as_people_type_them(entry, qtbot, typed):
    with qtbot.waitSignal(entry.picked) as told:
        entry.set_text(typed)
    assert told.args == [date(2026, 11, 23)]
    assert texts(entry) == ["令和8年11月23日(月) 勤労感謝の日", "西暦2026年"]


def test_what_is_no_date_gives_none_and_stays(entry, qtbot):
    entry.set_text("11/23")
    with qtbot.waitSignal(entry.picked) as told:
        entry.set_text("11/23あ")
    assert told.args == [None]
    assert entry.day() is None
    assert entry.text_so_far() == "11/23あ"
    assert texts(entry) == []


def test_leaving_writes_the_date_out(entry, qtbot):
    entry.set_text("きのう")
    with qtbot.waitSignal(entry.left):
        entry.focusProxy().left.emit()
    assert entry.text_so_far() == "令和8年11月11日"
    assert entry.day() == date(2026, 11, 11)


def test_a_date_can_be_set_and_taken_away(entry):
    entry.set_day(date(2026, 11, 3))
    assert entry.day() == date(2026, 11, 3)
    entry.set_day(None)
    assert entry.day() is None


@pytest.mark.parametrize("kind", [TextLine, TextArea])
@pytest.mark.parametrize("head", ["", "𠮷田", "辻󠄀さんと"])
def test_text_under_conversion_is_part_of_the_draft(qtbot, kind, head):
    field = kind("内容")
    qtbot.addWidget(field)
    (field.setText if kind is TextLine else field.set_text)(head + "のこり")
    if kind is TextLine:
        field.setCursorPosition(len(head.encode("utf-16-le")) // 2)
    else:
        cursor = field.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.NextCharacter, n=len(head.encode("utf-16-le")) // 2
        )
        cursor.setPosition(len(head.encode("utf-16-le")) // 2)
        field.setTextCursor(cursor)
    with qtbot.waitSignal(field.touched):
        QApplication.sendEvent(field, QInputMethodEvent("へんかん", []))
    assert field.text() == head + "のこり"
    assert field.text_so_far() == head + "へんかん" + "のこり"


def test_area_grows_with_its_text(qtbot, look):
    area = TextArea("本文", lines=3)
    qtbot.addWidget(area)
    area.resize(300, 100)
    area.show()
    low = area.height()
    area.set_text("一\n二\n三\n四\n五\n六")
    settle()
    assert area.height() > low
    small = area.height()
    look.show_text_size(24)
    settle()
    assert area.height() > small


def test_blocking_and_hints_stand_under_the_field(qtbot):
    line = TextLine()
    field = FormField("内容", line, hint="ひとことで")
    qtbot.addWidget(field)
    assert line.accessibleName() == "内容"
    assert line.accessibleDescription() == "ひとことで"
    field.block()
    assert field.message == "▲ ここをご記入ください"
    assert line.accessibleDescription() == "ここをご記入ください"
    assert line.property("blocked") is True
    field.notice("念のためご確認ください(このままでも記録できます)")
    assert line.property("blocked") is False
    field.clear_message()
    assert field.message == ""
    assert line.accessibleDescription() == "ひとことで"


def test_a_composite_field_passes_on_name_and_mark(qtbot, today, holiday_name):
    entry = DateEntry(today, holiday_name)
    field = FormField("いつ", entry, required=True)
    qtbot.addWidget(field)
    assert any("必ず" in label.text() for label in field.findChildren(TextLabel))
    field.block("日付をご確認ください")
    assert entry.focusProxy().property("blocked") is True
    assert entry.focusProxy().accessibleName() == "いつ"


def test_choices_have_keys_and_the_wheel_leaves_them_alone(qtbot):
    box = ChoiceBox("状態")
    qtbot.addWidget(box)
    box.show_choices([("held", "実施"), ("cancelled", "中止")])
    assert box.current() is None
    box.choose("held")
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert box.current() == "held"
    assert not wheel.isAccepted()
    with qtbot.waitSignal(box.chosen) as told:
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert told.args == ["cancelled"]
    box.show_choices([("held", "実施")])
    assert box.current() is None
