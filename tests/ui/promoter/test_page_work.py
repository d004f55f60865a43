"""A page's work: one at a time, the strip when it is long, ［中止］, and errors in words."""

import threading

import pytest
from PySide6.QtCore import Qt

from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from ui.measure import show_at
from ui.promoter.conftest import named, rest


class Bare(ScrollPage):
    SCREEN, TITLE = 3, "記録の一覧"


@pytest.fixture
def page(qtbot):
    one = Bare()
    one.action_bar.add(BigButton("印刷する"))
    qtbot.addWidget(one)
    show_at(qtbot, one)
    return one


@pytest.fixture
def work(page, jobs):
    return PageWork(page, jobs)


def test_short_work_shows_nothing_and_gives_its_result(qtbot, jobs, work):
    heard = []
    assert work.run(lambda progress: 7, heard.append, "数えています")
    rest(qtbot, jobs)
    assert heard == [7]
    assert not work.strip.isVisible()
    assert not work.busy


def test_long_work_shows_how_far_it_is_and_can_be_stopped(qtbot, jobs, page, work):
    go_on = threading.Event()

    def count(progress):
        progress.step("数えています", 7, 21)
        go_on.wait(10)
        progress.step("数えています", 8, 21)

    heard = []
    assert work.run(count, heard.append, "数えています", "地域")
    assert not work.run(count, heard.append, "もう一つ")
    qtbot.waitUntil(work.strip.isVisible)
    qtbot.waitUntil(lambda: "7 / 21 地域" in work.strip.text)
    assert not page.action_bar.isEnabled()
    qtbot.mouseClick(named(page, "中止", BigButton), Qt.MouseButton.LeftButton)
    go_on.set()
    rest(qtbot, jobs)
    assert heard == []
    assert page.messages.text == "■ 中止しました。何も変わっていません。"
    assert page.action_bar.isEnabled()


def test_after_long_work_too_the_focus_is_where_the_page_puts_it(qtbot, jobs, page, work):
    go_on = threading.Event()
    button, other = named(page, "印刷する", BigButton), BigButton("もどる")
    page.action_bar.add(other)
    other.setFocus()
    work.run(lambda _progress: go_on.wait(10), lambda _: button.setFocus(), "作っています")
    qtbot.waitUntil(work.strip.isVisible)
    go_on.set()
    rest(qtbot, jobs)
    assert button.hasFocus()
    assert not work.strip.isVisible()


def test_an_error_is_said_and_what_was_typed_is_still_there(qtbot, jobs, page, work):
    def refuse(_progress):
        raise RefusedError("まだできません。", code="x")

    work.run(refuse, lambda _: None, "しています")
    rest(qtbot, jobs)
    assert "まだできません。" in page.messages.text
    assert "入力した内容は残っています" in page.messages.text
    caught = []
    work.run(refuse, lambda _: None, "しています", handled=lambda e: caught.append(e.code) or True)
    rest(qtbot, jobs)
    assert caught == ["x"]
    assert not page.messages.isVisible()


def test_what_follows_may_begin_the_next_work(qtbot, jobs, work):
    heard = []

    def then(value):
        heard.append(value)
        if value < 3:
            work.run(lambda _: value + 1, then, "つぎへ")

    with qtbot.waitSignal(work.ended):
        work.run(lambda _: 1, then, "はじめ")
    assert heard == [1, 2, 3]
