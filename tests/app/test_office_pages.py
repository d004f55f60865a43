"""The office's window: every place opens, the roles are switched, pages lead to each other."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from kashiwa_desktop import settings
from kashiwa_desktop.app.office_pages import BATCH, CHECK, INTAKE, PAYMENTS, PLACES, TOTALS
from kashiwa_desktop.app.preferences import Preferences
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.travel.intake import FileOutcome
from kashiwa_desktop.ui.district.intake.intake_help import HelpCard
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import digest, named
from ui.measure import complaints, settle

OCTOBER = Month(2026, 10)


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
    assert screens == [20, 21, 22, 24, 27, 28, 40, 41, 42, 20, 28]


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


def test_the_window_does_not_grow_with_the_roles(window, rest):
    for role in ("supervisor", "district", "supervisor"):
        window.show_role(role)
        rest()
        settle()
        assert window.height() == 614


def test_what_is_done_next_ends_the_offer_to_undo(window, day, qtbot, rest, monkeypatch):
    window.open_place(INTAKE).open_with(day.passphrase)
    rest()
    window.page.check_files([day.inbox])
    rest()
    _press(qtbot, window, "2件を受け取る")
    rest()
    settle()
    assert window.undo_strip.isVisible()
    window.open_place(CHECK)
    rest()
    assert window.undo_strip.isVisible()
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_: True)
    _press(qtbot, window, "確認事項のない")
    rest()
    assert not window.undo_strip.isVisible()


def test_the_board_leads_to_intake_and_review(window, rest):
    window.page.wants.emit(Way(Screen.INTAKE))
    assert window.page.SCREEN == 21
    window.page.go_back()
    rest()
    window.page.wants.emit(Way(Screen.CHECK, "show_month", (OCTOBER, "P006")))
    rest()
    rest()
    assert window.page.SCREEN == 22
    assert window.page.current.review.promoter == "P006"


def test_esc_leads_back_to_where_a_check_was_asked_for(window, rest):
    window.open_place(TOTALS)
    rest()
    window.page.wants.emit(Way(Screen.CHECK, "show_month", (OCTOBER, "P006")))
    rest()
    assert window.page.SCREEN == 22
    window.page.go_back()
    rest()
    assert window.page.SCREEN == 24
    window.show_role("supervisor")
    window.open_place(PAYMENTS)
    rest()
    window.page.wants.emit(Way(Screen.CHECK, "show_month", (OCTOBER, "P006")))
    rest()
    assert (window.role, window.page.SCREEN) == ("district", 22)
    window.page.go_back()
    rest()
    assert (window.role, window.page.SCREEN) == ("supervisor", 41)
    window.show_role("district")
    window.open_place(CHECK)
    rest()
    window.page.go_back()
    rest()
    assert window.page.SCREEN == 20


def test_a_file_of_somebody_unknown_leads_to_the_roster_and_back(window, day, qtbot, rest):
    window.open_place(INTAKE).open_with(day.passphrase)
    rest()
    window.page.check_files([day.inbox])
    rest()
    card = window.page.findChild(HelpCard)
    for reason, shown in (("schema", False), ("wrong_promoter", True)):
        card.show_help(FileOutcome("a.kssz", "refused", reason, ""), "a.kssz")
        settle()
        words = [b.accessibleName() for b in card.findChildren(QPushButton) if b.isVisible()]
        assert ("名簿を開く" in words) is shown
    assert complaints(window) == []
    _press(qtbot, card, "名簿を開く")
    rest()
    assert window.page.SCREEN == 27
    window.page.go_back()
    rest()
    assert window.page.SCREEN == 21
    assert named(card, QPushButton, "名簿を直しました").isVisible()


def test_returns_are_opened_from_board_and_check_and_esc_leads_back(window, rest):
    window.page.wants.emit(Way(Screen.RETURNS, "show_month", (OCTOBER,)))
    rest()
    rest()
    assert window.page.SCREEN == 23
    assert len(window.page.letters) > 3
    window.page.go_back()
    rest()
    assert window.page.SCREEN == 20
    window.open_place(CHECK)
    rest()
    window.page.wants.emit(Way(Screen.RETURNS, "show_asks", (OCTOBER,)))
    for _ in range(3):
        rest()
        settle()
    assert window.page.SCREEN == 23
    shown = [label.text() for label in window.page.findChildren(TextLabel) if label.isVisible()]
    assert any(text.startswith("お聞きすること") for text in shown)
    window.page.go_back()
    rest()
    window.page.go_back()
    rest()
    assert window.page.SCREEN == 22


def test_the_keyword_is_asked_once_for_all_pages(window, day, rest):
    window.open_place(INTAKE).open_with(day.passphrase)
    rest()
    page = window.go(Way(Screen.RETURNS, "show_month", (OCTOBER,)))
    rest()
    rest()
    page.use_folder(day.root)
    assert named(page, QPushButton, "全員分を作る").isEnabled()


def test_what_is_not_ready_leads_to_the_district_side(window, rest):
    window.show_role("supervisor")
    rest()
    window.open_place(BATCH).wants.emit(Way(Screen.CHECK, "show_month", (OCTOBER, "P004")))
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


def test_totals_lead_to_a_month_and_to_the_spreadsheet_and_back(window, rest):
    page = window.open_place(TOTALS)
    rest()
    page._ask_excel()
    assert window.page.SCREEN == 25
    assert window.page.wanted().span[0] == Month(2026, 4)
    window.page.go_back()
    rest()
    assert window.page is page
    page.wants.emit(Way(Screen.CHECK, "show_month", (OCTOBER, "P006")))
    rest()
    rest()
    assert window.page.SCREEN == 22
    assert window.page.current.review.promoter == "P006"


def test_what_went_into_the_spreadsheet_is_kept_beside_the_look(
    window, store, look, rest, monkeypatch, tmp_path
):
    file = store.folder.settings_file
    preferences = Preferences(file, look)
    preferences.place(window)
    page = window.go(Way(Screen.EXCEL))
    page._tables.tick(["records"])
    out = str(tmp_path / "out.xlsx")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (out, ""))
    page.save()
    rest()
    look.show_text_size(16)
    preferences._keep_window("AAAA")
    kept = settings.load(file)
    assert (kept.excel_tables, kept.text_size, kept.window) == (("records",), 16, "AAAA")
    assert "day" in kept.excel_columns
