"""How screens 0, 1 and 2 look: nothing cut, nothing small, all named, Tab in reading order."""

import pytest

from kashiwa_desktop.ui.theme import TEXT_SIZES, THEMES
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from ui.measure import HEIGHT, WIDTH, complaints, double_words, settle, show_at
from ui.promoter import pages
from ui.promoter.conftest import rest

RAIL = 230
"""Pixels the rail takes at the largest text, so that the page is as narrow as in the window."""


@pytest.fixture
def life():
    return "months"


def up(qtbot, jobs, page):
    page.refresh()
    qtbot.addWidget(page)
    show_at(qtbot, page, WIDTH - RAIL, HEIGHT - 40)
    rest(qtbot, jobs)
    settle()


def full(page):
    """Open everything, type into some, and leave something missing."""
    form = page._form
    form.more.open()
    form.what._guide.open()
    form.what.take("council", "exchange")
    form.council._agenda._add_empty()
    form.council._homework._add_empty()
    form.words._line.setText("支えあい会議の準備で髙﨑さん宅へ")
    form.more._proxy._choose("proxy")
    page.save()


@pytest.mark.parametrize("name", ["home", "record", "welcome"])
def test_every_text_size_and_doubled_words(qtbot, jobs, store, look, name):
    page = pages.page_named(name, store, jobs, look)
    up(qtbot, jobs, page)
    for size in TEXT_SIZES:
        look.show_text_size(size)
        settle()
        assert complaints(page) == [], size
    assert page.action_bar.geometry().bottom() <= page.rect().bottom()
    double_words(page)
    for size in (16, 12):
        look.show_text_size(size)
        settle()
        assert complaints(page) == [], f"doubled at {size}"


def test_the_form_with_everything_open(qtbot, jobs, store, look):
    page = pages.record_page(store, jobs)
    up(qtbot, jobs, page)
    full(page)
    page._form.when.offer_closed(page._form.when.calendar.month)
    for size in (12, 24):
        look.show_text_size(size)
        for category in ("network", "community", "council"):
            page._form.what.take(category, "")
            settle()
            assert complaints(page) == [], (size, category)
    for theme in THEMES:
        look.show_theme(theme)
        settle()
        assert complaints(page) == [], theme


def test_the_form_is_two_columns_in_the_small_window_while_letters_are_small(
    qtbot, jobs, store, look
):
    page = pages.record_page(store, jobs)
    up(qtbot, jobs, page)
    for size, beside in ((12, True), (14, True), (20, False)):
        look.show_text_size(size)
        settle()
        assert page.findChild(SideBySide).is_beside is beside
