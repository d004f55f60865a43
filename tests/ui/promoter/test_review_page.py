"""Screen 7: a sentence, plots, the same numbers as tables, and papers of them."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.paper.plot_card import Figure, PlotCard
from kashiwa_desktop.ui.widgets.table.table_view import TableView
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui.measure import settle
from ui.promoter import more_pages
from ui.promoter.conftest import come_up, named, rest

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def life():
    return "months"


@pytest.fixture
def page(qtbot, store, jobs):
    page = come_up(qtbot, more_pages.review_page(store, jobs), jobs)
    drawn(qtbot, jobs, page)
    return page


def drawn(qtbot, jobs, page):
    qtbot.waitUntil(lambda: all(f.drawn for f in page.findChildren(Figure)))
    rest(qtbot, jobs)
    settle()


def press(qtbot, jobs, page, name):
    settle()
    qtbot.mouseClick(named(page, name, BigButton), LEFT)
    rest(qtbot, jobs)
    settle()


def said(page, text):
    return any(text in one.text() for one in page.findChildren(TextLabel) if one.isVisible())


def cells(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_year_is_told_in_a_sentence(page):
    assert said(page, "令和8年度はこれまでに28回、28日活動しました。")
    assert said(page, "いちばん多いのはその他打合せ等で13回です。")


def test_plots_show_the_numbers_of_the_tables(qtbot, jobs, page):
    card = page.findChild(PlotCard)
    qtbot.mouseClick(named(card, "数字の表で見る", BigButton), LEFT)
    table = card.findChild(TableView)
    rows = cells(table)
    assert rows[0] == ["4月", "–", "–", "–", "–", "–"]
    assert rows[1] == ["5月", "–", "1", "1", "2", "4"]
    assert rows[-1][0] == "計"
    assert rows[-1][-1] == "28"
    figure = card.findChild(Figure)
    assert "5月 4回" in figure.accessibleDescription()
    assert figure.heightForWidth(800) > 200


def test_with_whom_is_counted(page):
    table = named(page, "相手先", TableView)
    assert cells(table)[0] == ["6回", "見本台地域包括支援センター"]


def test_years_are_turned(qtbot, jobs, page):
    assert not named(page, "次の年度", BigButton).isEnabled()
    press(qtbot, jobs, page, "前の年度")
    assert said(page, "令和7年度の記録はまだありません。")
    press(qtbot, jobs, page, "次の年度")
    assert said(page, "28回")


def test_a_larger_text_draws_the_plot_anew(qtbot, jobs, page, look):
    figure = page.findChild(Figure)
    before = figure.heightForWidth(800)
    look.show_text_size(24)
    settle()
    qtbot.waitUntil(lambda: figure.heightForWidth(800) > before)
    rest(qtbot, jobs)


@pytest.mark.parametrize("name", ["印刷する", "活動ノート"])
def test_papers_of_the_year(qtbot, jobs, page, name):
    with qtbot.waitSignal(page.wants) as wanted:
        press(qtbot, jobs, page, name)
    (paper,) = wanted.args[0].given
    printed = paper.make(Progress())
    assert printed.pages >= 1
    assert printed.missing == ()


def test_the_numbers_in_excel(qtbot, jobs, page, tmp_path, monkeypatch):
    out = tmp_path / "year.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    press(qtbot, jobs, page, "Excelに出す")
    book = load_workbook(out)
    assert book.sheetnames == ["月ごとの活動(区分別)", "今年度と前の年度", "相手先"]
    assert book.worksheets[0]["C2"].value == 0
    assert book.worksheets[2]["A2"].value == "見本台地域包括支援センター"
