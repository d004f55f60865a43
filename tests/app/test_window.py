"""The window of a data folder: its role, one at a time, crash notes, look and place remembered."""

import logging

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from kashiwa_desktop import settings, windows
from kashiwa_desktop.app import single
from kashiwa_desktop.app.office_pages import OfficeWindow
from kashiwa_desktop.app.opening import StoppedPage
from kashiwa_desktop.app.preferences import Preferences
from kashiwa_desktop.app.promoter_pages import PromoterWindow
from kashiwa_desktop.app.single import SingleStart
from kashiwa_desktop.app.support import write_support
from kashiwa_desktop.app.welcome_window import WelcomeWindow
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.manual_window import ManualWindow
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from office_world import cheap_words
from ui.measure import complaints, settle, show_at


def test_a_clock_that_went_back_is_told_of_and_work_goes_on(day, desktop):
    later, earlier = office_day.MORNING, office_day.PROMOTER_DAY
    with office_day.opened(day.office, later) as store:
        assert "日付" not in desktop(store).window.page.messages.text
    with office_day.opened(day.office, earlier) as store:
        page = desktop(store).window.page
        assert "令和8年10月29日(木) になっています" in page.messages.text
        assert page.SCREEN == 20


@pytest.mark.parametrize(
    ("which", "kind", "title"),
    [
        ("office", OfficeWindow, "地域支えあい活動記録 – 事務局(練習 担当)"),
        ("promoter", PromoterWindow, "地域支えあい活動記録 – 柏 花子(田中)"),
        ("nobody", WelcomeWindow, "地域支えあい活動記録"),
    ],
)
def test_the_store_says_which_window(day, desktop, which, kind, title):
    with office_day.opened(DataFolder(day.root / which)) as store:
        one = desktop(store)
        assert isinstance(one.window, kind)
        assert one.window.windowTitle() == title
        assert one.window.isVisible()


def test_whoever_goes_on_without_a_file_gets_the_promoters_window(day, desktop, qtbot):
    with office_day.opened(DataFolder(day.root / "nobody")) as store:
        one = desktop(store)
        one.window.begun.emit()
        settle()
        assert isinstance(one.window, PromoterWindow)
        one.window.page.wants.emit(Way(Screen.WELCOME))
        settle()
        assert isinstance(one.window, WelcomeWindow)


def test_an_empty_folder_becomes_an_office(day, desktop):
    with office_day.opened(DataFolder(day.root / "nobody")) as store:
        one = desktop(store)
        named(one.window, QPushButton, "事務局のパソコンとして始める").click()
        settle()
        assert one.window.page.SCREEN == 32
        one.window.page.go_back()
        assert one.window.page.SCREEN == 0
        with cheap_words():
            OfficeSetup(store).begin("試験市社会福祉協議会", [], "kaki no ki 2026")
        one.window.go(Way(Screen.START))
        one.window.page.begun.emit()
        settle()
        assert isinstance(one.window, OfficeWindow)


def test_a_crash_is_told_once_with_its_place(day, desktop):
    with office_day.opened(day.office) as store:
        one = desktop(store, "Fatal: somewhere")
        text = one.window.page.messages.text
    assert "前回は、思いがけず途中で終わりました" in text
    assert "残っています" in text


def test_a_bug_is_told_once_and_logged_without_its_text(day, desktop, qtbot, caplog):
    with office_day.opened(day.office) as store:
        one = desktop(store)
        logging.getLogger("kashiwa_desktop").setLevel(logging.INFO)
        for _ in range(2):
            one._take_unheard(ValueError("柏 花子"))
        assert "思いがけないことが起きて" in one.window.page.messages.text
        assert all("柏" not in record.getMessage() for record in caplog.records)


def test_another_person_of_this_pc(day, desktop):
    with office_day.opened(day.promoter, office_day.PROMOTER_DAY) as store:
        one = desktop(store)
        one.window.person_wanted.emit(DataFolder(day.root / "promoter" / "people" / "2"))
        settle()
        assert isinstance(one.window, WelcomeWindow)


def test_f1_opens_the_manual_at_the_screen_in_view_and_leaves_the_work_alone(day, desktop, qtbot):
    with office_day.opened(day.promoter, office_day.PROMOTER_DAY) as store:
        one = desktop(store)
        one.window.open_place(1)
        page = one.window.page
        for _ in range(2):
            one.window.help_asked.emit(page.SCREEN)
            settle()
        (manual,) = one.window.findChildren(ManualWindow)
        assert manual.page.heading.text() == "画面 2 活動を記録する"
        assert one.window.page is page
        manual.close()


def test_a_second_start_raises_the_first(tmp_path, qtbot):
    first, second = SingleStart(tmp_path), SingleStart(tmp_path)
    assert first.begin()
    with qtbot.waitSignal(first.raise_asked):
        assert not second.begin()
    first.end()
    assert second.begin()
    second.end()


def test_two_folders_have_two_windows(tmp_path, qtbot):
    one, other = tmp_path / "a", tmp_path / "b"
    one.mkdir()
    other.mkdir()
    first, second = SingleStart(one), SingleStart(other)
    assert first.begin()
    assert second.begin()
    first.end()
    second.end()


def test_coming_up_lifts_a_minimised_window(day, desktop):
    with office_day.opened(day.office) as store:
        one = desktop(store)
        one.window.showMinimized()
        one.come_up()
        assert not one.window.windowState() & Qt.WindowState.WindowMinimized


def test_text_size_and_place_are_remembered(tmp_path, look, jobs, day):
    file = tmp_path / "settings.toml"
    Preferences(file, look)
    look.show_text_size(20)
    look.show_theme("dark")
    kept = settings.load(file)
    assert (kept.text_size, kept.theme) == (20, "dark")
    with office_day.opened(day.office) as store:
        window = OfficeWindow(store, jobs, look)
        Preferences(file, look).place(window)
        jobs.shut_down()
        window.close()
        window.deleteLater()
    assert settings.load(file).window


def test_a_folder_that_cannot_be_opened_is_told_in_words_with_ways_on(qtbot, look, tmp_path):
    error = StoreError("記録の場所がこわれています。", code="damaged")
    page = StoppedPage(error, "", tmp_path / "log", look)
    qtbot.addWidget(page)
    show_at(qtbot, page)
    assert "記録の場所がこわれています。" in page.messages.text
    assert complaints(page) == []
    words = [one.text() for one in page.findChildren(TextLabel)]
    assert any(str(tmp_path / "log") in text for text in words)
    with qtbot.waitSignal(page.support_asked):
        named(page, QPushButton, "サポート用の情報を保存").click()
    chosen = named(page, QPushButton, "特大")
    chosen.click()
    assert look.text_size == 20
    look.reset_text_size()


def test_support_information_holds_versions_and_the_log(tmp_path, day):
    import zipfile

    log = day.office.log
    log.mkdir(exist_ok=True)
    (log / "kashiwa.log").write_text("2026 INFO something\n", encoding="utf-8")
    out = write_support(day.office, tmp_path / "support.zip")
    names = zipfile.ZipFile(out).namelist()
    assert names == ["versions.txt", "log/kashiwa.log"]


def test_practice_has_its_own_store_and_leads_back(day, desktop, qtbot):
    with office_day.opened(DataFolder(day.root / "promoter")) as store:
        one = desktop(store)
        real = one.window
        with cheap_words():
            real.practice_wanted.emit()
            qtbot.waitUntil(lambda: one.window is not real, timeout=60_000)
        settle()
        practice = one.window
        assert practice._store.folder.root == store.folder.root / "practice"
        assert practice._band.text() == "練習中"
        practice.practice_wanted.emit()
        settle()
        assert one.window._store is store
        assert one.window._band.text() != "練習中"


def test_a_second_start_hands_its_files_over(tmp_path, qtbot):
    first, second = SingleStart(tmp_path), SingleStart(tmp_path)
    file = tmp_path / "返事 1.kssr"
    raised, given = [], []
    first.raise_asked.connect(lambda: raised.append(True))
    first.files_given.connect(given.append)
    assert first.begin()
    assert not second.begin([file])
    qtbot.waitUntil(lambda: bool(given))
    first.end()
    assert (raised, given) == ([True], [[file]])


def test_a_file_that_was_double_clicked_is_read_in_the_window(day, desktop, qtbot):
    with office_day.opened(day.replied, office_day.PROMOTER_DAY) as store:
        one = desktop(store)
        one.take_files([])
        assert one.window.page.SCREEN == 1
        one.take_files([day.settings])
        qtbot.waitUntil(lambda: not one._jobs.busy)
        settle()
        assert one.window.page.SCREEN == 5


def test_on_windows_the_second_start_lets_the_first_come_up(tmp_path, qtbot, monkeypatch):
    """A program in the background may only blink, unless who was just started passes it on."""
    asked = []
    monkeypatch.setattr(windows, "is_here", lambda: True)
    monkeypatch.setattr(windows, "session", lambda: 1)
    monkeypatch.setattr(windows, "allow_others_to_front", lambda: asked.append(1))
    first, second = SingleStart(tmp_path), SingleStart(tmp_path)
    assert first.begin()
    assert asked == []
    with qtbot.waitSignal(first.raise_asked):
        assert not second.begin()
    assert asked == [1]
    first.end()


def test_on_windows_the_window_of_another_sign_in_does_not_answer(tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(windows, "is_here", lambda: True)
    monkeypatch.setattr(windows, "allow_others_to_front", lambda: None)
    monkeypatch.setattr(single, "_PATIENCE", 0)
    monkeypatch.setattr(windows, "session", lambda: 1)
    first = SingleStart(tmp_path)
    assert first.begin()
    monkeypatch.setattr(windows, "session", lambda: 2)
    with pytest.raises(StoreError, match="ほかの人のサインイン"):
        SingleStart(tmp_path).begin()
    first.end()


def test_shutting_down_keeps_what_was_typed(day, desktop, monkeypatch):
    with office_day.opened(day.promoter, office_day.PROMOTER_DAY) as store:
        one, kept = desktop(store), []
        monkeypatch.setattr(one.window.page, "leave", lambda: kept.append(1))
        one.keep_now()
        assert kept == [1]
        one.window, window = None, one.window
        one.keep_now()
        one.window = window


def test_the_window_has_the_products_own_icon(day, desktop):
    with office_day.opened(day.office) as store:
        icon = desktop(store).window.windowIcon()
        assert not icon.pixmap(32).isNull()
        assert icon.pixmap(32).toImage().pixelColor(3, 16).name() == "#0b4a7a"
