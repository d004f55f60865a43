"""地域の資源 in both windows: how one gets there and back, and how a change is taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

import office_day_world
from kashiwa_desktop.app.office_pages import TOTALS, OfficeWindow
from kashiwa_desktop.app.promoter_pages import HOME, LIST, SETTINGS, PromoterWindow
from kashiwa_desktop.sample import office_day
from kashiwa_desktop.services.records.city_register import CityRegister
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from office_day_world import named
from ui.measure import settle

SALON = {"kind": "salon", "name": "ためしのサロン"}


@pytest.fixture
def promoter(day):
    with office_day.opened(day.promoter, office_day.PROMOTER_DAY) as one:
        register = Registering(one)
        for row in register.list():
            register.delete(row.resource.id)
        yield one


@pytest.fixture
def office(day):
    with office_day_world.office(day) as one:
        yield one


@pytest.fixture
def up(qtbot, rest):
    def show(window):
        qtbot.addWidget(window)
        window.resize(1092, 614)
        with qtbot.waitExposed(window):
            window.show()
        rest()
        settle()
        return window

    return show


@pytest.fixture
def press(qtbot, rest):
    def click(window, word):
        settle()
        root = window if word == "元に戻す" else window.page  # the rail has words of its own
        button = named(root, QPushButton, word)
        window.page.reveal(button)
        settle()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        for _ in range(3):
            rest()
            settle()

    return click


def buttons(window):
    settle()
    return {b.accessibleName() for b in window.findChildren(QPushButton) if b.isVisible()}


def write(window, press, name):
    press(window, "地域の資源を書く" if window.page.SCREEN == 8 else "職員が書く")
    press(window, "1 サロン")
    line = next(w for w in window.page.findChildren(TextLine) if w.accessibleName() == "名称")
    line.setText(name)
    press(window, "記録する")


def test_it_is_hidden_until_wanted_and_then_on_this_months_page(
    up, promoter, jobs, look, press, rest
):
    window = up(PromoterWindow(promoter, jobs, look))
    assert "見る" not in buttons(window)
    assert not any("資源" in word for word in buttons(window))
    window.open_place(SETTINGS)
    press(window, "地域の資源を書く・見る")
    assert window.page.SCREEN == 8
    write(window, press, "ためしのサロン")
    window.open_place(HOME)
    rest()
    press(window, "見る")
    assert window.page.SCREEN == 8


@pytest.mark.parametrize("way", ["settings", "review", "home"])
def test_back_leads_to_where_it_was_asked_for_also_from_the_paper(
    up, promoter, jobs, look, press, way
):
    Registering(promoter).add(SALON)
    window = up(PromoterWindow(promoter, jobs, look))
    if way == "review":
        window.open_place(LIST)
        window.go(Way(Screen.REVIEW))
        press(window, "地域の資源")
    elif way == "settings":
        window.open_place(SETTINGS)
        press(window, "地域の資源を書く・見る")
    else:
        press(window, "見る")
    press(window, "地域版の一覧を印刷する")
    assert window.page.SCREEN == 6
    screens = []
    for _ in range(3):
        window.page.go_back()
        settle()
        screens.append(window.page.SCREEN)
    assert screens == {"review": [8, 7, 3], "settings": [8, 9, 1], "home": [8, 1, 1]}[way]


def test_what_is_written_is_taken_back_from_the_strip_and_by_ctrl_z(
    up, promoter, jobs, look, press, rest
):
    window = up(PromoterWindow(promoter, jobs, look))
    window.go(Way(Screen.RESOURCES))
    rest()
    for take_back in (lambda: press(window, "元に戻す"), window._ask_for_undo):
        write(window, press, "ためしのサロン")
        assert window.undo_strip.text == "『ためしのサロン』を記録しました。"
        take_back()
        for _ in range(3):
            rest()
            settle()
        assert Registering(promoter).list() == ()
        assert "元に戻しました" in window.page.messages.text


def test_another_place_of_the_rail_keeps_what_is_typed(up, promoter, jobs, look, press, rest):
    window = up(PromoterWindow(promoter, jobs, look))
    window.go(Way(Screen.RESOURCES))
    rest()
    press(window, "地域の資源を書く")
    line = next(w for w in window.page.findChildren(TextLine) if w.accessibleName() == "名称")
    line.setText("書きかけのサロン")
    window.new_asked.emit()
    rest()
    assert window.page.SCREEN == 2
    assert [d.fields["name"] for d in Registering(promoter).drafts()] == ["書きかけのサロン"]
    assert Recording(promoter).drafts() == []
    window.go(Way(Screen.RESOURCES))
    rest()
    settle()
    press(window, "続きを書く")
    write_on = next(w for w in window.page.findChildren(TextLine) if w.accessibleName() == "名称")
    assert write_on.text() == "書きかけのサロン"


def test_the_office_comes_from_its_totals_and_takes_back_what_it_wrote(
    up, office, jobs, look, press, rest
):
    window = up(OfficeWindow(office, jobs, look))
    window.open_place(TOTALS)
    rest()
    press(window, "地域の資源(市域)")
    assert window.page.SCREEN == 37
    before = len(CityRegister(office).list())
    window.page._area.choose("01")
    write(window, press, "ためしのサロン")
    assert len(CityRegister(office).list()) == before + 1
    press(window, "元に戻す")
    assert len(CityRegister(office).list()) == before
    window.page.go_back()
    rest()
    assert window.page.SCREEN == 24
