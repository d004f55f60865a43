"""The office's window: every place opens, the roles are switched, pages lead to each other."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

import office_day_world
from kashiwa_desktop.app.office_pages import BATCH, CHECK, INTAKE, PLACES, OfficeWindow
from kashiwa_desktop.domain.month import Month
from office_day_world import digest, named
from ui.measure import complaints, settle

OCTOBER = Month(2026, 10)


@pytest.fixture
def store(day):
    with office_day_world.office(day) as one:
        yield one


@pytest.fixture
def window(store, jobs, look, qtbot, rest):
    one = OfficeWindow(store, jobs, look)
    qtbot.addWidget(one)
    one.resize(1092, 614)
    with qtbot.waitExposed(one):
        one.show()
    rest()
    settle()
    return one


def _press(qtbot, window, word):
    qtbot.mouseClick(named(window, QPushButton, word), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("points", [12, 24])
def test_every_place_of_both_roles_opens_and_nothing_is_cut(window, look, rest, points):
    look.show_text_size(points)
    screens = []
    for role, places in PLACES.items():
        window.show_role(role)
        for place in places:
            screens.append(window.open_place(place).SCREEN)
            rest()
            settle()
            assert complaints(window) == [], (role, place)
    assert screens == [20, 21, 22, 40, 41, 42, 20]


def test_the_switch_in_the_rail_changes_the_role(window, qtbot, rest):
    assert window.role == "district"
    _press(qtbot, window, "管理者の画面へ")
    rest()
    assert (window.role, window.page.SCREEN) == ("supervisor", 40)
    words = [b.accessibleName() for b in window.findChildren(QPushButton) if b.isVisible()]
    assert "支払一覧" in words
    assert "受け取る" not in words
    _press(qtbot, window, "地区担当の画面へ")
    rest()
    assert (window.role, window.page.SCREEN) == ("district", 20)


def test_the_board_leads_to_intake_and_review(window, rest):
    window.page.intake_wanted.emit()
    assert window.page.SCREEN == 21
    window.page.go_back()
    rest()
    window.page.check_wanted.emit(OCTOBER, "P006")
    rest()
    rest()
    assert window.page.SCREEN == 22
    assert window.page.current.review.promoter == "P006"


def test_what_is_not_ready_leads_to_the_district_side(window, rest):
    window.show_role("supervisor")
    rest()
    window.open_place(BATCH).check_wanted.emit(OCTOBER, "P004")
    rest()
    rest()
    assert (window.role, window.page.SCREEN) == ("district", 22)
    assert window.page.current.review.promoter == "P004"


def test_files_dropped_anywhere_are_checked(window, day, rest):
    window.show_role("supervisor")
    rest()
    window.files_dropped.emit([day.inbox])
    assert window.page.SCREEN == 21
    window.page.open_with(day.passphrase)
    rest()
    rest()
    settle()
    assert named(window, QPushButton, "2件を受け取る").isEnabled()


def test_an_intake_is_undone_from_the_strip(window, day, store, qtbot, rest):
    before = digest(store)
    page = window.open_place(INTAKE)
    page.open_with(day.passphrase)
    rest()
    page.check_files([day.inbox])
    rest()
    _press(qtbot, window, "2件を受け取る")
    rest()
    settle()
    assert window.undo_strip.text == "2件を受け取りました。"
    assert digest(store) != before
    _press(qtbot, window, "元に戻す")
    rest()
    assert digest(store) == before


def test_two_jobs_of_one_page_do_not_race(window, rest):
    page = window.open_place(CHECK)
    page.show_month(Month(2026, 9))
    page.show_month(OCTOBER)
    rest()
    rest()
    assert page.current.review.month == OCTOBER
