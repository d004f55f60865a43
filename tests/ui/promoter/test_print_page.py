"""Screen 6: the paper that is shown is the paper that is printed and kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.ui.promoter.paper import Paper
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.paper.pdf_view import PdfView
from ui.measure import settle
from ui.promoter import more_pages
from ui.promoter.conftest import come_up, named, rest

LEFT = Qt.MouseButton.LeftButton
OCTOBER = Month(2026, 10)


@pytest.fixture
def life():
    return "months"


@pytest.fixture
def page(qtbot, store, jobs, choose):
    return come_up(qtbot, more_pages.print_page(store, jobs, choose), jobs)


def show(qtbot, jobs, page, month=OCTOBER):
    page.show_month(month)
    rest(qtbot, jobs)
    settle()


def press(qtbot, jobs, page, name):
    qtbot.mouseClick(named(page, name, BigButton), LEFT)
    rest(qtbot, jobs)
    settle()


def test_the_report_is_shown_and_printed_sheet_by_sheet(qtbot, jobs, page, paper_file):
    assert not page._print.isEnabled()
    show(qtbot, jobs, page)
    sheets = page.findChild(PdfView).pages
    assert sheets >= 1
    press(qtbot, jobs, page, "印刷する")
    assert page.messages.text == f"■ {sheets}枚をプリンターに送りました。"
    document = QPdfDocument(page)
    document.load(str(paper_file))
    assert document.pageCount() == sheets
    size = document.pagePointSize(0)
    assert (round(size.width()), round(size.height())) in {(595, 842), (596, 842), (612, 792)}
    document.close()


def test_keeping_writes_the_very_file_that_is_shown(qtbot, jobs, page, tmp_path, monkeypatch):
    out = tmp_path / "月報"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    show(qtbot, jobs, page)
    press(qtbot, jobs, page, "PDFで残す")
    assert (tmp_path / "月報.pdf").read_bytes() == page._preview._data
    assert page.messages.text == "■ 月報.pdf に残しました。"


def test_an_open_month_is_not_printed_and_says_why(qtbot, jobs, page):
    show(qtbot, jobs, page, Month(2026, 11))
    assert "締めてから印刷してください。" in page.messages.text
    assert not page._print.isEnabled()


def test_characters_without_a_glyph_are_named_before_printing(qtbot, jobs, page, recording):
    recording.add(
        [{"date": "2026-10-30", "category": "other", "type": "misc", "title": "𫝆さんの会"}],
        next_version=True,
    )
    show(qtbot, jobs, page)
    assert "紙に出せない文字があります: 𫝆" in page.messages.text
    assert page._print.isEnabled()


def test_any_paper_can_be_shown(qtbot, jobs, page):
    def make(_progress):
        raise RefusedError("この紙はまだ作れません。")

    page.show_paper(Paper("ふりかえり", "f.pdf", make))
    rest(qtbot, jobs)
    assert "この紙はまだ作れません。" in page.messages.text
    page.print_paper()
    assert page.findChild(PdfView).isHidden()


def test_closing_the_dialog_prints_nothing(qtbot, jobs, store, paper_file):
    page = come_up(qtbot, more_pages.print_page(store, jobs, lambda _parent: None), jobs)
    show(qtbot, jobs, page)
    page.print_paper()
    assert not jobs.busy
    assert not paper_file.exists()
