"""Opening the records: the way back of screen 19 by mouse and keys, and what is told otherwise."""

import shutil
import sqlite3
from argparse import Namespace
from contextlib import closing

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from kashiwa_desktop.app import opening, window
from kashiwa_desktop.app.opening import RecoveryWindow
from kashiwa_desktop.app.window import Desktop
from kashiwa_desktop.cli.desk import Desk
from kashiwa_desktop.errors import PlaceError, StoreError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.safety.keeping import DAMAGED, Keeping
from kashiwa_desktop.storage.upgrade import SCHEMA
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from ui.measure import complaints, settle

WRONG = StoreError(DAMAGED, code="damaged")


def desk_of(folder):
    asked = Namespace(data_dir=folder.root, database=None, staff=None, command=None)
    return Desk(asked, {"KASHIWA_NOW": "2026-10-29T16:30:00"})


@pytest.fixture
def yes(monkeypatch):
    """Every question is answered with its verb; gives what was asked."""
    asked = []

    def ask(question, _parent):
        asked.append(question)
        return True

    monkeypatch.setattr(ConfirmDialog, "ask", staticmethod(ask))
    return asked


@pytest.fixture
def damaged(day):
    """The promoter's folder with a copy, and noise where its store was."""
    with office_day.opened(day.promoter, office_day.PROMOTER_DAY) as store:
        Keeping(store).back_up("close")
    day.promoter.store.write_bytes(b"noise" * 5_000)
    return day.promoter


@pytest.fixture
def shown(damaged, look, jobs, rest):
    one = RecoveryWindow(WRONG, damaged, Clock(office_day.PROMOTER_DAY), jobs, look)
    one.resize(1092, 614)
    one.show()
    rest()
    settle()
    yield one
    one.close()
    one.deleteLater()


def in_a_while(act):
    """Run ``act`` within the program's own loop, again and again until it says that it is done."""
    timer = QTimer(QApplication.instance(), interval=20)

    def step():
        if act():
            timer.stop()
            timer.deleteLater()

    timer.timeout.connect(step)
    timer.start()


def press_when_there(word):
    def act():
        for one in QApplication.topLevelWidgets():
            if one.isVisible():
                for button in one.findChildren(QPushButton):
                    if button.accessibleName() == word and button.isVisible():
                        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
                        return True
        return False

    in_a_while(act)


def close_when_there():
    """Close whatever window comes up; gives what its page said."""
    said = []

    def act():
        for one in QApplication.topLevelWidgets():
            if one.isVisible() and not isinstance(one, RecoveryWindow) and hasattr(one, "page"):
                said.append(one.page.messages.text)
                one.close()
                return True
        return False

    in_a_while(act)
    return said


def test_what_happened_stays_in_sight_and_the_newest_copy_has_the_focus(shown, qtbot):
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    assert QApplication.focusWidget() is named(shown, QPushButton, "この時点に戻す")
    words = [one.text() for one in shown.page.findChildren(TextLabel) if one.isVisible()]
    assert any("こわれています" in text and "何も消していません" in text for text in words)
    named(shown, QPushButton, "このまま閉じる")
    assert shown.page.messages.isHidden()


def test_the_way_back_by_mouse_alone(shown, damaged, rest, qtbot, yes):
    button = named(shown, QPushButton, "この時点に戻す")
    with qtbot.waitSignal(shown.recovered) as told:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "きょう 16:30(閉じたとき) の時点に戻しました。" in told.args[0]
    assert yes[0].verb == "この時点に戻す"
    kept = list(damaged.root.glob("store.db.damaged-*"))
    assert [one.read_bytes() for one in kept] == [b"noise" * 5_000]
    with office_day.opened(damaged, office_day.PROMOTER_DAY) as store:
        assert Keeping(store).check() == []


def test_the_way_back_by_keys_alone(shown, qtbot, yes):
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    button = named(shown, QPushButton, "この時点に戻す")
    for _ in range(20):
        if QApplication.focusWidget() is button:
            break
        QTest.keyClick(QApplication.focusWidget() or shown, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is button
    with qtbot.waitSignal(shown.recovered):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_the_question_can_be_declined(shown, damaged, monkeypatch):
    monkeypatch.setattr(ConfirmDialog, "ask", staticmethod(lambda *_: False))
    named(shown, QPushButton, "この時点に戻す").click()
    settle()
    assert damaged.store.read_bytes() == b"noise" * 5_000
    assert shown.said is None
    assert complaints(shown) == []


def test_without_a_copy_one_can_begin_anew(damaged, look, jobs, rest, qtbot, yes):
    for copy in damaged.copies.iterdir():
        copy.unlink()
    one = RecoveryWindow(WRONG, damaged, Clock(office_day.PROMOTER_DAY), jobs, look)
    one.show()
    rest()
    with qtbot.waitSignal(one.recovered) as told:
        named(one, QPushButton, "はじめから始める").click()
    assert "設定ファイル" in told.args[0]
    one.deleteLater()
    assert list(damaged.root.glob("store.db.damaged-*"))


def test_support_information_can_be_saved_there(shown, damaged, tmp_path, monkeypatch):
    out = tmp_path / "support.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    named(shown, QPushButton, "サポート用の情報を保存").click()
    assert out.exists()
    assert "support.zip に保存しました。" in shown.page.messages.text
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x"), ""))
    named(shown, QPushButton, "サポート用の情報を保存").click()
    assert "support.zip" not in shown.page.messages.text


def test_r20_a_damaged_store_opens_the_way_back_and_then_the_records(damaged, qapp, look, yes):
    desk = desk_of(damaged)
    press_when_there("この時点に戻す")
    store, said = opening.opened(desk, qapp, look)
    assert "の時点に戻しました" in said
    desktop = Desktop(store, look, said)
    desktop.begin()
    assert "の時点に戻しました" in desktop.window.page.messages.text
    desktop.end()
    desktop.window.close()
    desktop.window.deleteLater()
    desk.close()


def test_a_store_that_is_gone_opens_screen_19_too(day, qapp, look, yes):
    """Keys and files are there: it is no first start."""
    folder = day.promoter
    folder.store.unlink()
    for copy in folder.copies.iterdir():
        copy.unlink()
    shown = []

    def looked_at():
        for one in QApplication.topLevelWidgets():
            if isinstance(one, RecoveryWindow) and one.isVisible():
                shown.extend(text.text() for text in one.page.findChildren(TextLabel))
                return True
        return False

    in_a_while(looked_at)
    press_when_there("はじめから始める")
    desk = desk_of(folder)
    store, said = opening.opened(desk, qapp, look)
    assert any("見つかりません" in text and "残っているものは、そのまま" in text for text in shown)
    assert "はじめから始めました" in said
    assert folder.store.exists()
    desk.close()
    store.close()


def test_a_store_with_a_foreign_trigger_opens_screen_19_too(day, qapp, look, yes):
    with office_day.opened(day.promoter, office_day.PROMOTER_DAY) as store:
        Keeping(store).back_up("close")
    with closing(sqlite3.connect(day.promoter.store)) as file:
        file.execute("CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM meta; END")
    press_when_there("この時点に戻す")
    desk = desk_of(day.promoter)
    store, said = opening.opened(desk, qapp, look)
    assert "の時点に戻しました" in said
    assert Keeping(store).check() == []
    desk.close()


def test_r20_who_closes_the_window_finds_everything_as_it_was(damaged, qapp, look):
    press_when_there("このまま閉じる")
    assert opening.opened(desk_of(damaged), qapp, look) == (None, "")
    assert damaged.store.read_bytes() == b"noise" * 5_000
    assert not list(damaged.root.glob("store.db.*"))


def test_a_newer_store_is_told_of_and_left(day, qapp, look):
    with closing(sqlite3.connect(day.promoter.store)) as file:
        file.execute("PRAGMA user_version = 999")
    before = day.promoter.store.read_bytes()
    said = close_when_there()
    assert opening.opened(desk_of(day.promoter), qapp, look) == (None, "")
    assert "このソフトを更新してください" in said[0]
    assert day.promoter.store.read_bytes() == before


def test_damage_that_shows_later_leads_to_the_way_back_too(day, look, qtbot):
    """What SQLite does not see: the day's copy makes every hash again."""
    with office_day.opened(day.promoter, office_day.PROMOTER_DAY) as store:
        desktop = Desktop(store, look)
        desktop.begin()
        desktop._take_failed_copy(WRONG)
        assert desktop.damage is WRONG
        qtbot.waitUntil(lambda: not desktop.window.isVisible())
        desktop.end()
        desktop.window.deleteLater()


def test_the_whole_start_goes_the_way_back_in_one_go(damaged, look, qapp, yes, monkeypatch):
    monkeypatch.setattr(window, "start_qt", lambda: (qapp, look))
    press_when_there("この時点に戻す")

    close_when_there()
    desk = desk_of(damaged)
    assert window.open_window(desk) == 0
    desk.close()


def test_r45_a_wrong_place_is_left_for_the_right_one_in_one_click(
    day, qapp, look, monkeypatch, tmp_path
):
    wrong, right = tmp_path / "Dropbox" / "kashiwa", tmp_path / "here"
    wrong.parent.mkdir()
    day.promoter.root.rename(wrong)
    monkeypatch.setattr(opening, "default_data_dir", lambda: right)
    desk = desk_of(DataFolder(wrong))
    press_when_there("このパソコンの中で開く")
    assert opening.in_right_place(desk, qapp, look)
    store, said = opening.opened(desk, qapp, look)
    assert store.folder.root == right
    assert Keeping(store).check() == []
    assert said == ""
    desk.close()


def test_r45_who_closes_the_window_leaves_the_wrong_place_as_it_is(day, qapp, look, tmp_path):
    wrong = tmp_path / "OneDrive"
    day.promoter.root.rename(wrong)
    close_when_there()
    assert not opening.in_right_place(desk_of(DataFolder(wrong)), qapp, look)
    assert (wrong / "store.db").exists()


def test_r45_a_command_makes_no_records_in_a_wrong_place(tmp_path):
    desk = desk_of(DataFolder(tmp_path / "OneDrive"))
    with pytest.raises(PlaceError, match="クラウド"):
        desk.store()
    assert not (tmp_path / "OneDrive").exists()


@pytest.fixture
def newer(day):
    """The promoter's folder as a newer version left it, the store from before beside it."""
    store = day.promoter.store
    shutil.copy(store, store.with_name(f"store.db.v{SCHEMA}"))
    with closing(sqlite3.connect(store)) as file:
        file.execute("CREATE TABLE of_tomorrow (a TEXT)")
        file.execute(f"PRAGMA user_version = {SCHEMA + 1}")
        file.commit()
    return day.promoter


def test_from_a_newer_version_closing_is_the_main_thing_and_changes_nothing(newer, look, qapp):
    before = newer.store.read_bytes()
    kinds = []

    def act():
        for one in QApplication.topLevelWidgets():
            if one.isVisible() and hasattr(one, "page"):
                buttons = one.page.action_bar.findChildren(QPushButton)
                kinds.extend((b.accessibleName(), b.property("kind")) for b in buttons)
                one.close()
                return True
        return False

    in_a_while(act)
    assert opening.opened(desk_of(newer), qapp, look) == (None, "")
    assert [name for name, _ in kinds] == ["前の版の記録に戻す", "閉じる"]
    assert dict(kinds)["閉じる"] == "main" != dict(kinds)["前の版の記録に戻す"]
    assert newer.store.read_bytes() == before


def test_who_presses_goes_back_to_the_records_from_before(newer, look, qapp, yes):
    newest = newer.store.read_bytes()
    press_when_there("前の版の記録に戻す")
    press_when_there("この時点に戻す")
    store, said = opening.opened(desk_of(newer), qapp, look)
    assert "新しい版に移す前の記録" in said
    assert "新しい版で書いた記録は消さずにとっておき" in yes[0].text
    assert Keeping(store).check() == []
    store.close()
    assert [one.read_bytes() for one in newer.root.glob("store.db.newer-*")] == [newest]


def test_without_a_copy_from_before_no_way_back_is_offered(newer, look, qapp):
    newer.store.with_name(f"store.db.v{SCHEMA}").unlink()
    offered = []

    def act():
        for one in QApplication.topLevelWidgets():
            if one.isVisible() and hasattr(one, "page"):
                buttons = one.page.action_bar.findChildren(QPushButton)
                offered.extend(b.accessibleName() for b in buttons)
                one.close()
                return True
        return False

    in_a_while(act)
    assert opening.opened(desk_of(newer), qapp, look) == (None, "")
    assert offered == ["閉じる"]
