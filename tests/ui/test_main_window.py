"""The window around the pages: rail, keys, titles, and closing without losing work."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from kashiwa_desktop.settings import TEXT_SIZES
from kashiwa_desktop.ui.main_window import MainWindow, Place
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.rail import Rail
from ui.measure import HEIGHT, WIDTH, complaints, double_words, show_at, stray_windows
from ui.sample_pages import PAGES, CheckPage, FormPage, ListPage

WORDS = ("今月", "記録する", "一覧", "提出する", "困ったとき")
ICONS = ("house", "pencil", "list", "plane", "question")


class NotedPage(ScrollPage):
    SCREEN, TITLE = 7, "ふりかえり"

    def __init__(self):
        super().__init__()
        self.heard = []

    def refresh(self):
        self.heard.append("refresh")

    def leave(self):
        self.heard.append("leave")

    def save(self):
        self.heard.append("save")

    def search(self):
        self.heard.append("search")

    def print_paper(self):
        self.heard.append("print")


@pytest.fixture
def window(qtbot, jobs, look):
    makers = (CheckPage, FormPage, ListPage, NotedPage, NotedPage)
    places = [Place(*parts) for parts in zip(ICONS, WORDS, makers, strict=True)]
    made = MainWindow(places, jobs, look)
    qtbot.addWidget(made)
    made.show_person("柏 花子", "○○地域")
    made.open_place(0)
    show_at(qtbot, made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def shown_texts(window):
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_title_names_person_and_area(window):
    assert window.windowTitle() == "地域支えあい活動記録 – 柏 花子(○○地域)"
    window.show_person("", "")
    assert window.windowTitle() == "地域支えあい活動記録"


def test_pages_are_made_when_first_opened_and_kept(window):
    first = window.open_place(3)
    assert window.open_place(3) is first
    assert window.page is first


def test_screen_number_stands_at_the_lower_right(window):
    assert "画面 4" in shown_texts(window)
    window.open_place(1)
    assert "画面 2" in shown_texts(window)


def test_rail_leads_to_pages_by_mouse_and_by_alt_key(window, qtbot):
    button = window.findChild(Rail).findChildren(BigButton)[2]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert isinstance(window.page, ListPage)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(window.page, FormPage))


def test_leaving_keeps_and_coming_refreshes(window):
    page = window.open_place(3)
    window.open_place(1)
    assert page.heard == ["refresh", "leave"]


@pytest.mark.parametrize(
    ("key", "word"), [(Qt.Key.Key_S, "save"), (Qt.Key.Key_F, "search"), (Qt.Key.Key_P, "print")]
)
def test_keys_reach_the_page_in_view(window, qtbot, key, word):
    page = window.open_place(3)
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert page.heard[-1] == word


def test_help_tells_the_screen(window, qtbot):
    with qtbot.waitSignal(window.help_asked) as told:
        qtbot.keyClick(window, Qt.Key.Key_F1)
    assert told.args == [4]


def test_a_page_beside_the_rail_unmarks_it(window):
    window.open_page(NotedPage())
    assert not any(b.isChecked() for b in window.findChild(Rail).findChildren(BigButton))
    window.open_place(0)
    assert window.findChild(Rail).findChildren(BigButton)[0].isChecked()


def test_text_size_keys(window, qtbot, look):
    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert look.text_size == 14
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert look.text_size == 12


def test_undo_strip_stays_until_the_next_action(window, qtbot):
    window.undo_strip.tell("『11月12日 包括と打合せ』を消しました。")
    window.open_place(1)
    assert window.undo_strip.isVisible()
    with qtbot.waitSignal(window.undo_asked):
        qtbot.mouseClick(window.undo_strip.findChild(BigButton), Qt.MouseButton.LeftButton)
    assert not window.undo_strip.isVisible()


def test_undo_is_asked_by_key(window, qtbot):
    with qtbot.waitSignal(window.undo_asked):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_long_work_holds_the_page_and_can_be_stopped(window, qtbot, jobs):
    gate = threading.Event()

    def work(progress):
        progress.step("受け取っています", 7, 21)
        gate.wait(10)
        progress.step("受け取っています", 8, 21)

    job = jobs.start(work)
    window.watch(job, "受け取っています", "地域")
    assert not window.page.isEnabled()
    qtbot.waitUntil(lambda: window.progress_strip.text == "受け取っています 7 / 21 地域")
    with qtbot.waitSignal(job.cancelled):
        qtbot.mouseClick(window.progress_strip.findChild(BigButton), Qt.MouseButton.LeftButton)
        gate.set()
    qtbot.waitUntil(window.page.isEnabled)
    assert not window.progress_strip.isVisible()


def test_closing_waits_for_the_work(window, qtbot, jobs):
    gate, done = threading.Event(), []

    def work(progress):
        gate.wait(10)
        done.append("written")

    jobs.start(work)
    window.close()
    assert window.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert done == ["written"]


def test_closing_lets_the_page_keep_its_draft(window, qtbot, jobs):
    saved = []
    page = window.open_place(3)
    page.leave = lambda: jobs.start(partial(lambda *_: saved.append("draft")))
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert saved == ["draft"]


def test_place_of_the_window_is_remembered(window):
    kept = []
    window.remember_geometry("", kept.append)
    assert (window.width(), window.height()) == (WIDTH, HEIGHT)
    window.close()
    assert kept[0].isascii()
    window.remember_geometry(kept[0], kept.append)


def test_band(window):
    window.show_band("練習中")
    assert "練習中" in shown_texts(window)
    window.show_band("")
    assert "練習中" not in shown_texts(window)


def fill(window, place):
    window.show_band("練習中")
    window.show_note("予備の写し きのう 16:20")
    window.undo_strip.tell("『11月12日 包括と打合せ』を消しました。")
    return window.open_place(place)


@pytest.mark.parametrize("place", range(len(PAGES)))
@pytest.mark.parametrize("size", TEXT_SIZES)
def test_nothing_is_cut_at_any_size(window, qtbot, look, size, place):
    page = fill(window, place)
    look.show_text_size(size)
    show_at(qtbot, window)
    assert (window.width(), window.height()) == (WIDTH, HEIGHT)
    assert complaints(window) == []
    assert complaints(page) == []


@pytest.mark.parametrize("place", range(len(PAGES)))
@pytest.mark.parametrize("size", [12, 14, 16])
def test_nothing_is_cut_with_doubled_words(window, qtbot, look, size, place):
    page = fill(window, place)
    look.show_text_size(size)
    double_words(window)
    show_at(qtbot, window)
    assert (window.width(), window.height()) == (WIDTH, HEIGHT)
    assert complaints(page) == []
    assert stray_windows(window) == []


def test_pages_of_every_day_are_made_ahead_unseen(qtbot, jobs, look):
    made = []

    def make(number):
        def page():
            made.append(number)
            return NotedPage()

        return page

    places = [Place("house", str(number), make(number)) for number in range(4)]
    window = MainWindow(places, jobs, look)
    qtbot.addWidget(window)
    window.open_place(0)
    window.show()
    window.prepare_places((2, 1))
    qtbot.waitUntil(lambda: made == [0, 2, 1], timeout=5_000)
    first = window.page
    assert window.open_place(2) is not first
    assert made == [0, 2, 1]
