"""Screens 3, 4, 6, 7, 9 and 10 in every size: nothing clipped, all named, in reading order."""

import pytest
from openpyxl import Workbook
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.records.tidying import Tidying
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from ui.measure import complaints, double_words, settle, show_at
from ui.promoter import more_pages
from ui.promoter.conftest import rest

NAMES = ("list", "submit", "print", "review", "settings", "import")
WIDTHS = {12: 930, 16: 890, 24: 830}
"""What the rail leaves of 1092 pixels at a text size."""
HEIGHT = 586


@pytest.fixture
def life():
    return "months"


@pytest.fixture
def make(qtbot, store, jobs, look, recording, tmp_path):
    """Make a page with something to show in each of its parts."""

    def filled(name: str) -> QWidget:
        recording.keep_draft("d1", {"date": "2026-11-10", "title": "書きかけの記録"})
        Tidying(store).delete([recording.records(Month(2026, 7))[0].id], next_version=True)
        page = {
            "list": lambda: more_pages.list_page(store, jobs),
            "submit": lambda: more_pages.submit_page(store, jobs, tmp_path / "media"),
            "print": lambda: more_pages.print_page(store, jobs),
            "review": lambda: more_pages.review_page(store, jobs),
            "settings": lambda: more_pages.settings_page(store, jobs, look),
            "import": lambda: more_pages.import_page(store, jobs),
        }[name]()
        qtbot.addWidget(page)
        _fill(page, name, store, tmp_path)
        page.refresh()
        return page

    def _fill(page, name, store, tmp_path):
        if name == "submit":
            (tmp_path / "media" / "USB 1").mkdir(parents=True)
            (tmp_path / "media" / "USB 2").mkdir()
            page.show_month(Month(2026, 11))
        elif name == "print":
            page.show_month(Month(2026, 10))
        elif name == "settings":
            Keeping(store).back_up("close")
        elif name == "import":
            page.open_file(_sheet(tmp_path / "old.xlsx"))

    return filled


def _sheet(path):
    book = Workbook()
    for row in (
        ["日付", "区分", "種別", "内容"],
        ["R8.3.3", "その他", "定例会", "推進員定例会に出席して次年度の予定を聞いた"],
        ["R8.3.40", "サロン", "", "サロンの見学"],
    ):
        book.active.append(row)
    book.save(path)
    return path


def open_folds(page):
    for fold in page.findChildren(Fold):
        fold.open()


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_clipped_and_everything_has_its_name(qtbot, jobs, look, make, name, size):
    look.show_text_size(size)
    page = make(name)
    show_at(qtbot, page, WIDTHS[size], HEIGHT)
    rest(qtbot, jobs)
    open_folds(page)
    settle()
    rest(qtbot, jobs)
    assert complaints(page) == []


@pytest.mark.parametrize("size", [12, 16])
@pytest.mark.parametrize("name", NAMES)
def test_there_is_room_for_longer_words(qtbot, jobs, look, make, name, size):
    look.show_text_size(size)
    page = make(name)
    show_at(qtbot, page, WIDTHS[size], HEIGHT)
    rest(qtbot, jobs)
    double_words(page)
    assert [c for c in complaints(page) if c.startswith(("clipped", "cut off", "small"))] == []


def test_numbers_are_unique():
    from kashiwa_desktop.ui.promoter.list.list_page import ListPage
    from kashiwa_desktop.ui.promoter.old_table.import_page import ImportPage
    from kashiwa_desktop.ui.promoter.print_page import PrintPage
    from kashiwa_desktop.ui.promoter.review_page import ReviewPage
    from kashiwa_desktop.ui.promoter.settings_page import SettingsPage
    from kashiwa_desktop.ui.promoter.submit.submit_page import SubmitPage

    pages = (ListPage, SubmitPage, PrintPage, ReviewPage, SettingsPage, ImportPage)
    assert [page.SCREEN for page in pages] == [3, 4, 6, 7, 9, 10]
