"""The preview of a paper."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLabel

from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.paper.pdf_view import PageStrip, PdfView
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


def test_what_is_no_pdf_is_refused(view):
    with pytest.raises(ValueError):
        view.show_bytes(b"not a paper")
    assert view.pages == 0


@pytest.mark.parametrize("size", [12, 24])
def test_it_can_be_read_and_hit(view, look, qtbot, size):
    look.show_text_size(size)
    show_at(qtbot, view, 800, 560)
    assert complaints(view) == []


def test_small_pictures_of_all_pages_turn_to_theirs_by_mouse_and_keyboard(view, qtbot):
    strip = view.findChild(PageStrip)
    assert strip.isVisible()
    assert strip.model().rowCount() == 3
    picture = strip.model().index(0, 0).data(Qt.ItemDataRole.DecorationRole)
    assert picture.toImage().pixelColor(30, 80).name() == "#ffffff"
    third = strip.visualRect(strip.model().index(1, 0)).center()
    qtbot.mouseClick(strip.viewport(), LEFT, pos=third)
    qtbot.waitUntil(lambda: view.page() == 2)
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: view.page() == 3)
    view.show_page(1)
    qtbot.waitUntil(lambda: strip.currentIndex().row() == 0)
    heard = strip.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "3ページ"


def test_one_page_has_no_strip(view, qtbot):
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    painter.drawText(900, 900, "1枚だけ")
    painter.end()
    view.show_bytes(bytes(buffer.data()))
    assert not view.findChild(PageStrip).isVisible()


_SHARP = """
import sys, time
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QPainter, QPageSize, QPdfWriter
from PySide6.QtWidgets import QApplication
from kashiwa_desktop.ui.widgets.paper.pdf_view import PageStrip
from kashiwa_desktop.ui.widgets.paper.pdf_view import PdfView
from PySide6.QtPdfWidgets import QPdfView

app = QApplication([])
buffer = QBuffer()
buffer.open(QBuffer.OpenModeFlag.WriteOnly)
writer = QPdfWriter(buffer)
writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
painter = QPainter(writer)
step = writer.resolution() / 72 / 2
for n in range(400):
    painter.fillRect(int(2 * n * step), 0, int(step), 4000, "black")
painter.end()
view = PdfView()
view.resize(800, 600)
view.show_bytes(bytes(buffer.data()))
view.show()
inner = view.findChild(QPdfView)
inner.setZoomMode(QPdfView.ZoomMode.Custom)
inner.setZoomFactor(72 / inner.logicalDpiX())
until = time.monotonic() + 20
while True:
    app.processEvents()
    image = inner.grab().toImage()
    row = [image.pixelColor(x, image.height() // 3).lightness() for x in range(image.width())]
    lines = [abs(a - b) for a, b in zip(row[300:500], row[301:501])]
    contrast = sum(lines) / len(lines)
    if contrast > 100 or time.monotonic() > until:
        break
print(image.devicePixelRatio(), round(contrast))
"""


@pytest.mark.parametrize("scale", ["1.25", "2"])
def test_it_is_sharp_on_a_dense_screen(scale):
    """Lines of half a point stay apart where the screen has the dots for them."""
    env = {**os.environ, "QT_SCALE_FACTOR": scale}
    done = subprocess.run(
        [sys.executable, "-c", _SHARP], capture_output=True, encoding="utf-8", env=env, timeout=60,
        check=True,
    )  # fmt: skip
    density, contrast = map(float, done.stdout.split())
    assert density == float(scale)
    assert contrast > 50


def test_drawn_at_one_dot_a_point_those_lines_run_together():
    """What a picture blown up would show."""
    env = {**os.environ, "QT_SCALE_FACTOR": "1"}
    code = _SHARP.replace("+ 20", "+ 1")
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=env, timeout=60,
        check=True,
    )  # fmt: skip
    assert float(done.stdout.split()[1]) < 50
