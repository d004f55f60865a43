"""Screen 42: the year by month and by person, its paper, the 監査綴り."""

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QTableView

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.paper.paper_preview import PaperPreview
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from ui.measure import complaints, settle

OCTOBER = Month(2026, 10)


def _texts(page):
    return [label.text() for label in page.findChildren(TextLabel) if label.isVisible()]


def _press(qtbot, page, word):
    qtbot.mouseClick(named(page, QPushButton, word), Qt.MouseButton.LeftButton)


def _cells(page, row, table):
    model = named(page, QTableView, table).model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


@pytest.fixture
def paid(store):
    """October: three sheets, two of them paid."""
    Printing(store).honorarium(OCTOBER, None, None)
    done = Paying(store).pay(
        OCTOBER, ["P001", "P002"], on=date(2026, 11, 6), method="振込", voucher="V"
    )
    assert done.left == ()


def test_months_and_people_in_both_kinds_of_year(paid, year_page):
    april, october = (_cells(year_page, n, "活動した月ごと") for n in (0, 6))
    assert april[:3] == ["令和8年4月", "10件", "400,000円"]
    assert october == [
        "令和8年10月", "3件", "120,000円", "0円", "120,000円", "80,000円", "2026.11.6",
    ]  # fmt: skip
    assert "13件 合計 520,000円" in _texts(year_page)
    name, _area, fiscal, calendar, kept = _cells(year_page, 0, "推進員ごと")
    assert (name, fiscal, calendar, kept) == ("柏 花子", "80,000円", "40,000円", "0円")
    model = named(year_page, QTableView, "推進員ごと").model()
    assert [c.title for c in model.columns][2:4] == ["令和8年度", "令和8年 に支払"]


def test_a_year_without_money(year_page, qtbot, rest):
    _press(qtbot, year_page, "前の年度")
    rest()
    assert "0件 合計 0円" in _texts(year_page)
    assert not named(year_page, QPushButton, "監査綴りを作る").isEnabled()


def test_the_binder_is_made_seen_and_kept_by_keyboard(
    paid, year_page, qtbot, rest, monkeypatch, tmp_path
):
    path = tmp_path / "綴り.pdf"
    asked = []

    def choose(_parent, _title, name, _filter):
        asked.append(name)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    button = named(year_page, QPushButton, "監査綴りを作る")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    rest()
    settle()
    pages = year_page.findChild(PaperPreview).pages
    assert pages > 13
    keep = named(year_page, QPushButton, "PDFで残す")
    keep.setFocus()
    qtbot.keyClick(keep, Qt.Key.Key_Space)
    rest()
    assert [Path(name).name for name in asked] == ["監査綴り_2026.pdf"]
    assert Path(asked[0]).is_absolute()
    assert len(PdfReader(path).pages) == pages
    year_page.go_back()
    rest()
    assert "13件 合計 520,000円" in _texts(year_page)


def test_the_summary_is_printed(year_page, rest, paper_file):
    year_page.print_paper()
    rest()
    year_page.print_paper()
    rest()
    settle()
    assert len(PdfReader(paper_file).pages) == year_page.findChild(PaperPreview).pages
    assert "プリンターに送りました" in year_page.messages.text


def test_it_leads_to_noticing(year_page, qtbot):
    with qtbot.waitSignal(year_page.wants) as wanted:
        _press(qtbot, year_page, "気になること")
    assert wanted.args == [Way(Screen.NOTICING)]


@pytest.mark.parametrize("points", [12, 24])
def test_nothing_is_cut(paid, year_page, look, points):
    look.show_text_size(points)
    settle()
    assert complaints(year_page) == []
