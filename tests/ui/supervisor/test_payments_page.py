"""Screen 41: what is to be paid, as a table, as a total, and as a paper."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.ui.widgets.paper_preview import PaperPreview
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from ui.measure import complaints, settle


def _texts(page):
    return [label.text() for label in page.findChildren(TextLabel) if label.isVisible()]


def _cells(page, row):
    model = named(page, QTableView, "支払一覧").model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_the_table_and_its_total(payments_page, office):
    due = office.printing.ready(Month(2026, 10))
    assert "3件 合計 120,000円" in _texts(payments_page)
    assert sum(d.line.yen for d in due) == 120_000
    area, name, kana, yen, difference, approved, code, why = _cells(payments_page, 0)
    assert (area, name, kana) == ("田中", "柏 花子", "カシワ ハナコ")
    assert (yen, difference, why, approved) == ("40,000円", "なし", "", "11/4")
    assert code == due[0].report.code


def test_a_month_without_approvals(payments_page, qtbot, rest):
    button = named(payments_page, QPushButton, "次の月")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    rest()
    assert "0件 合計 0円" in _texts(payments_page)
    assert not named(payments_page, QPushButton, "紙の形で見る").isEnabled()


def test_the_paper_by_keyboard(payments_page, qtbot, rest, paper_file):
    button = named(payments_page, QPushButton, "紙の形で見る")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    rest()
    settle()
    pages = payments_page.findChild(PaperPreview).pages
    assert pages == 1
    payments_page.print_paper()
    rest()
    settle()
    assert len(PdfReader(paper_file).pages) == 1
    assert "1枚をプリンターに送りました。" in payments_page.messages.text
    payments_page.go_back()
    rest()
    assert "3件 合計 120,000円" in _texts(payments_page)


@pytest.mark.parametrize("points", [12, 24])
@pytest.mark.parametrize("previewed", [False, True])
def test_nothing_is_cut(payments_page, look, rest, points, previewed):
    look.show_text_size(points)
    if previewed:
        payments_page.print_paper()
        rest()
    settle()
    assert complaints(payments_page) == []
