"""The promoter's window: every place opens, pages lead to each other, undo is always there."""

import pytest

from kashiwa_desktop.app.promoter_pages import (
    HOME,
    LIST,
    RECORD,
    SETTINGS,
    SUBMIT,
    PromoterWindow,
)
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.ui.ways import Screen, Way
from ui.measure import complaints, settle


@pytest.fixture
def store(day):
    with office_day.opened(day.promoter, office_day.PROMOTER_DAY) as one:
        yield one


@pytest.fixture
def window(store, jobs, look, come_up):
    return come_up(PromoterWindow(store, jobs, look))


@pytest.mark.parametrize("points", [12, 24])
def test_every_place_opens_and_nothing_is_cut(window, look, rest, points):
    look.show_text_size(points)
    screens = []
    for place in (HOME, RECORD, LIST, SUBMIT, SETTINGS):
        screens.append(window.open_place(place).SCREEN)
        rest()
        settle()
        assert complaints(window) == [], place
    window.go(Way(Screen.REVIEW))
    rest()
    settle()
    assert complaints(window) == []
    window.go(Way(Screen.PRINT, "show_month", (Month(2026, 9),)))
    rest()
    settle()
    assert complaints(window) == []
    assert screens == [1, 2, 3, 4, 9]


def test_the_title_names_person_and_area(window):
    assert window.windowTitle() == "地域支えあい活動記録 – 柏 花子(田中)"


def test_ctrl_n_begins_a_record_and_escape_leads_home(window, rest):
    window.new_asked.emit()
    rest()
    assert window.page.SCREEN == 2
    window.page.go_back()
    rest()
    assert window.page.SCREEN == 1


def test_a_record_is_opened_copied_and_seen(window, store, rest):
    record = Recording(store).records(Month(2026, 10))[0].id
    window.page.wants.emit(Way(Screen.RECORD, "edit", (record,)))
    rest()
    assert window.page.SCREEN == 2
    window.open_place(HOME)
    rest()
    window.page.wants.emit(Way(Screen.RECORD, "copy", (record,)))
    rest()
    assert window.page.SCREEN == 2
    page = window.open_place(SUBMIT)
    rest()
    page.wants.emit(Way(Screen.LIST, "show_record", (record,)))
    rest()
    assert window.page.SCREEN == 3


def test_undo_takes_the_last_change_back_wherever_one_is(window, store, rest):
    recording = Recording(store)
    count = len(recording.records(Month(2026, 10)))
    recording.delete(recording.records(Month(2026, 10))[0].id)
    window.undo_asked.emit()
    rest()
    assert len(recording.records(Month(2026, 10))) == count
    assert "元に戻しました" in window.page.messages.text


def test_the_paper_leads_back_to_where_it_was_asked_for(window, rest):
    page = window.open_place(SUBMIT)
    rest()
    page.wants.emit(Way(Screen.PRINT, "show_month", (Month(2026, 9),)))
    rest()
    assert window.page.SCREEN == 6
    window.page.go_back()
    rest()
    assert window.page is page
