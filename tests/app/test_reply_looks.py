"""Screens 5, 11 and 12 in all their states: nothing cut or small, at 12 and at 24 points."""

import pytest

from kashiwa_desktop.app.promoter_pages import PromoterWindow
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.ui.promoter.moving.moving_page import COPIED, LEAVING, LOST, NEW, OLD
from kashiwa_desktop.ui.ways import Screen, Way
from ui.measure import clipped, complaints, settle, small_targets, unnamed


@pytest.fixture
def window(day, jobs, look, come_up):
    with office_day.opened(day.replied, office_day.PROMOTER_DAY) as store:
        one = come_up(PromoterWindow(store, jobs, look))
        yield one
        one.close()


def wrong(window):
    """Everything but the order of Tab: asked for that, Qt's binding ties each widget to the last.

    What the page takes apart after that would then take others along.
    """
    settle()
    return [*clipped(window), *small_targets(window), *unnamed(window)]


@pytest.mark.parametrize("points", [12, 24])
def test_every_question_and_what_was_answered(window, look, rest, points):
    look.show_text_size(points)
    window.go(Way(Screen.REPLY))
    rest()
    page, kinds = window.page, []
    while page._view.open:
        assert wrong(window) == []
        one = page._ask.current
        kinds.append(one.kind)
        if one.kind == "conflict":
            page._ask._choices[0].click()
        elif one.kind == "correction":
            page._ask._agree.click()
        else:
            page._ask._send.click()
            assert wrong(window) == []  # what is missing stands at its field
            page._ask._text.set_text("12人です。")
            page._ask._send.click()
        rest()
    assert sorted(kinds) == ["conflict", "correction", "correction", "question"]
    page._done_fold.open()
    settle()
    assert complaints(window) == []


@pytest.mark.parametrize("points", [12, 24])
def test_every_guide(window, look, rest, points, tmp_path):
    look.show_text_size(points)
    for guide in (NEW, OLD, LOST, COPIED, LEAVING):
        window.go(Way(Screen.MOVING, "show_guide", (guide,)))
        rest()
        assert wrong(window) == [], guide
        assert window.page._cards()[guide].isVisible()


def test_news_on_the_first_screen_lead_to_all_three(window, rest):
    assert wrong(window) == []
    page = window.page
    for screen in (Screen.REPLY, Screen.MOVING, Screen.PREDECESSOR):
        page.wants.emit(Way(screen))
        rest()
        assert screen == window.page.SCREEN
        window.page.go_back()
        rest()
        assert window.page.SCREEN == 1


def test_a_predecessors_homework_is_taken_over_and_stands_on_the_first_screen(window, rest):
    window.go(Way(Screen.PREDECESSOR))
    rest()
    page = window.page
    first = page._view.tasks[0]
    page._take_over(first)
    rest()
    assert first not in page._view.tasks
    assert "引き受けました" in page.messages.text
    shown = page._choice.current()
    page._go_on()
    assert page._choice.current() != shown
    page.go_back()
    rest()
    assert first.text in [t.text for t in window.page._homework.open_tasks()]


@pytest.mark.parametrize("points", [12, 24])
def test_before_the_first_reply_there_is_a_place_for_it(town, jobs, look, qtbot, rest, points):
    look.show_text_size(points)
    one = PromoterWindow(town.pc(), jobs, look)
    qtbot.addWidget(one)
    one.resize(1092, 614)
    one.go(Way(Screen.REPLY))
    with qtbot.waitExposed(one):
        one.show()
    rest()
    settle()
    assert one.page._drop.isVisible()
    assert complaints(one) == []
    one.go(Way(Screen.PREDECESSOR))
    rest()
    settle()
    assert complaints(one) == []
    one.close()
