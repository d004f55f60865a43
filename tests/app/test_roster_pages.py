"""The office's window for 名簿 and 職員による入力, and who is at work in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from kashiwa_desktop.app.office_pages import INTAKE, ROSTER, OfficeWindow
from kashiwa_desktop.app.staff_window import StaffWindow
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.services.checking.entering import Entering
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.ui.ways import Screen, Way
from office_day_world import digest, named
from ui.measure import settle


@pytest.fixture
def press(qtbot, rest):
    def click(window, word):
        qtbot.mouseClick(named(window, QPushButton, word), Qt.MouseButton.LeftButton)
        rest()
        rest()
        settle()

    return click


def test_the_screens_lead_to_each_other_and_back(window, press, rest):
    window.open_place(ROSTER)
    rest()
    settle()
    for word, number in (("職員による入力", 26), ("詳しい設定", 35), ("操作の記録", 34)):
        press(window, word)
        assert number == window.page.SCREEN
        window.page.go_back()
        rest()
        settle()
        assert window.page.SCREEN == 27
    window.page.go_back()
    assert window.page.SCREEN == 20
    rest()
    press(window, "職員による入力")
    assert (window.page.SCREEN, window.page._month) == (26, Month(2026, 10))
    window.page.go_back()
    assert window.page.SCREEN == 20


def test_the_strip_takes_back_the_setting_that_was_changed_last(window, store, press, rest):
    window.open_place(ROSTER)
    rest()
    settle()
    page = window.page
    page.part._take_action("contact")
    page.part._forms["contact"]._entries["phone"].put("04-0000-0001")
    page.save()
    rest()
    rest()
    settle()
    assert window.undo_strip.text == "柏 花子さんの連絡先を直しました。"
    window.undo_asked.emit()
    rest()
    rest()
    settle()
    assert RosterService(store).roster().contact("P001").phone == "04-7100-0001"
    assert "元に戻しました(連絡先を直しました)" in page.messages.text


def test_after_a_restart_the_way_back_is_still_there(window, store, press, rest):
    Entering(store).recording("P008").add(
        [{"date": "2026-10-05", "category": "network", "type": "facility", "title": "訪問"}]
    )
    window.go(Way(Screen.ENTERING, "show_sheet", (Month(2026, 10), "P008")))
    rest()
    settle()
    press(window.page, "元に戻す")
    assert Entering(store).sheet("P008", Month(2026, 10)).activities == ()
    window.undo_asked.emit()  # Ctrl+Z: what came before, a setting of the office's first day
    rest()
    rest()
    assert "元に戻しました" in window.page.messages.text


def test_the_strip_still_takes_back_an_intake(window, store, day, press, rest):
    before = digest(store)
    page = window.open_place(INTAKE)
    page.open_with(day.passphrase)
    rest()
    page.check_files([day.inbox])
    rest()
    press(window, "2件を受け取る")
    window.undo_asked.emit()
    rest()
    assert digest(store) == before


def _registered(store):
    Accounts(store).add("管理 一", "supervisor")
    Accounts(store).add("地区 二", "district")


def test_without_names_nobody_is_asked(store, desktop):
    assert isinstance(desktop(store).window, OfficeWindow)


def test_who_is_at_work_is_chosen_by_mouse_and_stands_in_the_log(day, store, desktop, press):
    _registered(store)
    with office_day.opened(day.office) as nobody:
        one = desktop(nobody.working_as("事務局"))
        assert isinstance(one.window, StaffWindow)
        assert one.window.page.SCREEN == 36
        buttons = [
            b for b in one.window.findChildren(QPushButton)
            if b.isVisible() and b.accessibleName() == "この人が使う"
        ]  # fmt: skip
        assert len(buttons) == 2
        buttons[0].click()
        settle()
        assert isinstance(one.window, OfficeWindow)
        assert one.window.windowTitle().endswith("事務局(地区 二)")
        Entering(one.window._store).recording("P008").add(
            [{"date": "2026-10-05", "category": "network", "type": "facility", "title": "訪問"}]
        )
        assert Accounts(nobody).log("enter")[-1].who == "地区 二"


def test_another_name_may_be_typed_while_the_list_does_not_count(day, store, desktop, qtbot):
    _registered(store)
    with office_day.opened(day.office) as nobody:
        one = desktop(nobody.working_as("事務局"))
        page = one.window.page
        page._take_typed()
        assert page._field.message
        page._name.setText("応援 三")
        page._take_typed()
        settle()
        assert one.window.windowTitle().endswith("事務局(応援 三)")
        one.window.go(Way(Screen.STAFF))
        settle()
        assert isinstance(one.window, StaffWindow)
        one.window.page.go_back()
        settle()
        assert one.window.windowTitle().endswith("事務局(応援 三)")


def test_district_staff_do_not_get_the_supervisors_screens(day, store, desktop):
    _registered(store)
    Accounts(store.working_as("管理 一")).switch(on=True)
    with office_day.opened(day.office) as other:
        one = desktop(other.working_as("地区 二"))
        assert not one.window._switch.isVisible()
        one.window.go(Way(Screen.STAFF))
        settle()
        assert one.window.page._name.isVisible() is False, "only registered names"
        one.window.page._choose("管理 一")
        settle()
        assert one.window._switch.isVisible()
