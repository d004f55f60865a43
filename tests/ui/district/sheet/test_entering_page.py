"""Screen 26: a sheet typed down by keyboard alone, closed by mouse alone, and never lost."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.reports import blank_form
from kashiwa_desktop.services.checking.entering import CITY, Entering
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.services.undoing import Undoing
from kashiwa_desktop.ui.district.sheet.entering_page import EnteringPage
from kashiwa_desktop.ui.district.sheet.sheet_lines import SheetRow
from kashiwa_desktop.ui.district.sheet.sheet_work import after
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from office_day_world import named
from ui.measure import complaints, settle

OCTOBER = Month(2026, 10)
MISSING = "P008"


def _page(store, jobs):
    return EnteringPage(Entering(store), KeptForms(store, "sheet"), store.clock, jobs)


@pytest.fixture
def page(store, jobs, come_up):
    return come_up(_page(store, jobs))


@pytest.fixture
def told(page):
    found = []
    page.changed.connect(found.append)
    return found


def _type(text):
    """Type into whatever has the keyboard; kanji go in as an input method puts them."""
    widget = QApplication.focusWidget()
    if text.isascii():
        QTest.keyClicks(widget, text)
    else:
        widget.insert(text)


def _tab():
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)


def _titles(store, promoter=MISSING):
    return [a.title for a in Entering(store).sheet(promoter, OCTOBER).activities]


def _press(qtbot, page, word):
    qtbot.mouseClick(named(page, QPushButton, word), Qt.MouseButton.LeftButton)


def _say_yes():
    def press():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ConfirmDialog):
            dialog.go.click()
        else:
            QTimer.singleShot(20, press)

    QTimer.singleShot(20, press)


def test_the_first_sheet_that_is_missing_comes_up(page):
    assert page._promoter == MISSING
    assert "旭町" in page._headline.text()
    choice = named(page, QComboBox, "どなたの用紙ですか")
    words = [choice.itemText(n) for n in range(choice.count())]
    assert sum(word.startswith("■") for word in words) == 7
    assert words[-1].endswith("市域の会議(第1層)")


def test_two_lines_by_keyboard_alone_in_the_order_of_the_paper(page, store, told, rest):
    named(page, QWidget, "日").setFocus()
    for line in (("3", "2", "包括と打合せ", "近隣センター", "包括", "4", "1時間半"),
                 ("１０", "4", "地区担当と打合せ", "", "", "", "30")):  # fmt: skip
        day, category, *others = line
        _type(day) if day.isascii() else QApplication.focusWidget().insert(day)
        _tab()
        _type(category)
        _tab()  # 種別: the usual one stands there
        for text in others:
            _tab()
            _type(text)
        page.save()
        rest()
        settle()
    found = Entering(store).sheet(MISSING, OCTOBER).activities
    assert [(a.date.day, a.category, a.title, a.minutes) for a in found] == [
        (3, "network", "包括と打合せ", 90), (10, "other", "地区担当と打合せ", 30),
    ]  # fmt: skip
    assert (found[0].place, found[0].counterparts, found[0].attendees) == (
        "近隣センター", ("包括",), 4,
    )  # fmt: skip
    assert "包括と打合せ" in told[0]
    assert page.focusWidget().accessibleName() == "日", "the next line begins"
    Undoing(store).undo()
    assert _titles(store) == ["包括と打合せ"]


def test_what_is_missing_is_said_at_its_column_and_nothing_is_written(page, store, rest):
    page._lines._row._day.setText("いつか")
    page.save()
    assert "日付をお書きください" in page._lines._row.places()["date"].message
    page._lines._row._day.setText("3")
    page.save()
    assert page._lines._row.places()["category"].message
    rest()
    assert _titles(store) == []


def test_a_month_is_closed_for_its_promoter_by_mouse_alone(page, store, qtbot, rest):
    page._lines._row.fill({"date": "2026-10-03", "category": "network", "title": "訪問"})
    _press(qtbot, page, "記録する")
    rest()
    settle()
    page._close._remark.set_text("坂道が課題")
    page._close._received.set_text("11/4")
    _say_yes()
    _press(qtbot, page, "10月分を締める")
    rest()
    settle()
    review = Reviewing(store).review(MISSING, OCTOBER)
    assert (review.cell.state, review.report.remark) == ("received", "坂道が課題")
    assert "10月分を締めました" in page.messages.text
    assert "ご自分では承認できません" in page._close._state.text()
    assert not page._lines.isVisible(), "a closed month is first opened again"
    _press(qtbot, page, "締める前に戻す")
    rest()
    settle()
    assert page._lines.isVisible()


def test_what_stands_below_the_lines_is_kept_until_the_month_is_closed(page, store, qtbot, rest):
    page._close._remark.set_text("坂道が課題")
    page._lines._row.fill({"date": "2026-10-03", "category": "network", "title": "訪問"})
    page.save()
    rest()
    settle()
    assert page._close._remark.text() == "坂道が課題"
    page.leave()
    rest()
    kept = [d.fields["close"]["remark"] for d in KeptForms(store, "sheet").drafts()]
    assert kept == ["坂道が課題"]
    _say_yes()
    _press(qtbot, page, "10月分を締める")
    rest()
    rest()
    assert KeptForms(store, "sheet").drafts() == []


def test_a_month_without_activity_needs_its_reason(page, store, qtbot, rest):
    _press(qtbot, page, "10月分を、活動がなかった月として締める")
    assert page._close._fields["empty_for"].message
    page._close._empty.setText("療養のため(練習)")
    _say_yes()
    _press(qtbot, page, "10月分を、活動がなかった月として締める")
    rest()
    assert Reviewing(store).review(MISSING, OCTOBER).report.reason == "療養のため(練習)"


def test_what_is_typed_is_a_card_when_another_sheet_comes_up(
    page, store, jobs, qtbot, rest, come_up
):
    page._lines._row._title.setText("書きかけの行")
    page._close._remark.set_text("書きかけの課題")
    _press(qtbot, page, "次の用紙へ")
    rest()
    rest()
    assert page._lines._row._title.text() == ""
    page.leave()
    rest()
    again = come_up(_page(store, jobs))
    settle()
    _press(qtbot, again, "続きを書く")
    assert again._lines._row._title.text() == "書きかけの行"
    assert again._close._remark.text() == "書きかけの課題"
    assert not again.holds_unsaved


def test_the_whole_form_takes_over_what_the_row_says(page, store, qtbot, rest):
    page._lines._row.fill({"date": "2026-10-03", "category": "council", "title": "支えあい会議"})
    _press(qtbot, page, "くわしく書く")
    settle()
    given = page._lines.given()
    assert (given["date"], given["category"], given["title"]) == (
        "2026-10-03", "council", "支えあい会議",
    )  # fmt: skip
    assert page._lines._form.council.isVisible()
    for name in ("private_note", "attachments"):
        assert not page._lines._form.more._fields[name].isVisible()
    page.save()
    rest()
    settle()
    assert _titles(store) == ["支えあい会議"]
    assert page._lines._row.isVisible(), "back to the sheet"


def test_a_line_is_opened_corrected_and_deleted(page, store, qtbot, rest):
    Entering(store).recording(MISSING).add(
        [
            {
                "date": "2026-10-05",
                "category": "network",
                "type": "facility",
                "title": "前",
                "attachments": 2,
            }
        ]
    )
    page.refresh()
    rest()
    page._table.choose(0)
    page._table.opened.emit(page._table.current_row())
    page._lines._form.words.places()["title"].widget.setText("あと")
    page.save()
    rest()
    settle()
    assert _titles(store) == ["あと"]
    assert Entering(store).sheet(MISSING, OCTOBER).activities[0].attachments == 2
    page._table.choose(0)
    _press(qtbot, page, "選んだ記録を消す")
    rest()
    assert _titles(store) == []


def test_a_meeting_of_the_city(page, store, rest):
    page.show_sheet(OCTOBER, CITY)
    rest()
    settle()
    assert not page._close.isVisible()
    form = page._lines._form
    form.when.entry.set_text("10/20")
    form.words.places()["title"].widget.setText("推進協議会")
    page.save()
    rest()
    found = Entering(store).sheet(CITY, OCTOBER).activities
    assert [(a.title, a.council["tier"], a.area) for a in found] == [("推進協議会", 1, "")]


def test_the_next_sheet_is_one_that_waits(page):
    choices = page._seen.choices
    waiting = [one.promoter for one in choices if not one.closed and one.promoter != CITY]
    assert after(MISSING, choices) in waiting
    assert after(CITY, choices) == waiting[0]


@pytest.mark.parametrize("points", [12, 24])
def test_the_whole_form_is_not_cut(page, look, points, qtbot):
    look.show_text_size(points)
    _press(qtbot, page, "くわしく書く")
    settle()
    assert complaints(page) == []


def test_its_columns_are_those_of_the_paper_in_the_same_order(page):
    row = page.findChildren(SheetRow)[0]
    named_here = [field.widget.accessibleName() for field in row.places().values()]
    assert named_here[1:] == [heading.replace("\n", "") for heading, _ in blank_form.COLUMNS]
    assert named_here[0] == "地域"
