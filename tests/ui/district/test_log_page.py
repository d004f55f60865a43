"""Screen 34: the log by person and day, each line with its before and after."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from kashiwa_desktop.services.office.log_trail import LogTrail
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.ui.district.log_page import LogPage
from office_day_world import named
from ui.measure import complaints, settle


@pytest.fixture
def page(store, jobs, come_up, rest):
    RosterService(store.working_as("職員 二")).set_contact("P001", phone="04-9999-0001")
    shown = come_up(LogPage(LogTrail(store), store.clock, jobs))
    rest()
    settle()
    return shown


def _press(qtbot, page, word):
    qtbot.mouseClick(named(page, QPushButton, word), Qt.MouseButton.LeftButton)


def test_the_newest_line_is_open(page):
    first = page._model.rows[0]
    assert (first.who, first.what, first.about) == ("職員 二", "連絡先を直しました", "柏 花子")
    assert [(c.field, c.before, c.after) for c in page._changes.rows] == [
        ("電話", "04-7100-0001", "04-9999-0001")
    ]


def test_another_line_by_keyboard(page, qtbot, rest):
    page._table.setFocus()
    qtbot.keyClick(page._table, Qt.Key.Key_Down)
    rest()
    settle()
    assert page._model.rows[1].what in page._details.heading.text()
    assert page._none.isVisible()


def test_asked_by_person_and_day(page, qtbot, rest):
    page.search()  # Ctrl+F opens what is folded away
    page._filter._entries["who"].put("職員 二")
    page._filter._entries["first"].put("R8.11.6")
    _press(qtbot, page, "この条件で見る")
    rest()
    rest()
    assert [line.who for line in page._model.rows] == ["職員 二"]
    page._filter._entries["first"].put("いつか")
    _press(qtbot, page, "この条件で見る")
    assert page._filter.field("first").message


def test_written_as_a_table_and_a_paper(page, rest, tmp_path):
    page.write_table(tmp_path / "log.csv")
    rest()
    assert "書き出しました" in page.messages.text
    page.write_paper(tmp_path / "log.pdf")
    rest()
    assert "ページのPDFにしました" in page.messages.text
    assert (tmp_path / "log.pdf").stat().st_size > 1000


@pytest.mark.parametrize("points", [12, 24])
def test_nothing_is_cut(page, look, points):
    look.show_text_size(points)
    settle()
    assert complaints(page) == []
