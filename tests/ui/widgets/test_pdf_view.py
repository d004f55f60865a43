"""The preview of a paper."""

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLabel

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.pdf_view import PdfView
from ui.measure import complaints, show_at

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def paper():
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    for number in range(3):
        painter.drawText(900, 900, f"{number + 1}枚目")
        if number < 2:
            writer.newPage()
    painter.end()
    return bytes(buffer.data())


@pytest.fixture
def view(qtbot, paper):
    made = PdfView()
    qtbot.addWidget(made)
    made.show_bytes(paper)
    show_at(qtbot, made, 700, 500)
    return made


def button(view, word):
    return next(one for one in view.findChildren(BigButton) if one.word == word)


def test_pages_are_counted_and_turned(view, qtbot):
    assert view.pages == 3
    assert any(label.text() == "1 / 3 ページ" for label in view.findChildren(QLabel))
    assert not button(view, "前のページ").isEnabled()
    qtbot.mouseClick(button(view, "次のページ"), LEFT)
    qtbot.waitUntil(lambda: view.page() == 2)
    view.show_page(3)
    qtbot.waitUntil(lambda: not button(view, "次のページ").isEnabled())


def test_zoom(view, qtbot):
    inner = view.findChild(QPdfView)
    fitted = view._factor()
    qtbot.mouseClick(button(view, "大きく"), LEFT)
    assert inner.zoomFactor() == pytest.approx(fitted * 1.25, rel=0.01)
    qtbot.mouseClick(button(view, "小さく"), LEFT)
    assert inner.zoomFactor() == pytest.approx(fitted, rel=0.01)
    qtbot.mouseClick(button(view, "1枚全体"), LEFT)
    assert inner.zoomMode() == QPdfView.ZoomMode.FitInView
    qtbot.mouseClick(button(view, "幅に合わせる"), LEFT)
    assert inner.zoomMode() == QPdfView.ZoomMode.FitToWidth


def test_paper_stays_white_in_the_dark(view, look, qtbot):
    look.show_theme("dark")
    inner = view.findChild(QPdfView)

    def white():
        picture = inner.grab().toImage()
        return picture.pixelColor(picture.width() // 2, picture.height() // 2).name() == "#ffffff"

    qtbot.waitUntil(white)


def test_a_file_is_not_held_open(view, tmp_path, paper):
    path = tmp_path / "月報.pdf"
    path.write_bytes(paper)
    view.show_file(path)
    path.unlink()
    assert view.pages == 3


def test_what_is_no_pdf_is_refused(view):
    with pytest.raises(ValueError):
        view.show_bytes(b"not a paper")
    assert view.pages == 0


@pytest.mark.parametrize("size", [12, 24])
def test_it_can_be_read_and_hit(view, look, qtbot, size):
    look.show_text_size(size)
    show_at(qtbot, view, 800, 560)
    assert complaints(view) == []
