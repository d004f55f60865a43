"""Putting a PDF on real paper: every page at the printer's own resolution, page by page."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, QStandardPaths
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from kashiwa_desktop.progress import CancelledError, Progress

MOST_DPI = 300
"""Dots per inch a page is drawn at; more takes memory and shows nothing more."""


def choose_printer(parent: QWidget) -> QPrinter | None:
    """Ask in the system's dialog; None where it was closed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    try:
        return printer if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()


def place_to_keep(name: str) -> str:
    """Return where a paper is offered to be kept: among the person's documents, never beside us."""
    places = QStandardPaths.StandardLocation
    folder = Path(QStandardPaths.writableLocation(places.DocumentsLocation))
    if not folder.is_dir():
        folder = Path(QStandardPaths.writableLocation(places.HomeLocation))
    return str(folder / name)


def has_printer() -> bool:
    """Whether this PC knows any printer."""
    return bool(QPrinterInfo.availablePrinterNames())


class Sent(NamedTuple):
    """What went to the printer: how many pages, and whether 中止 kept others back."""

    pages: int
    stopped: bool = False


def send(data: bytes, printer: QPrinter, progress: Progress) -> Sent:
    """Print all chosen pages; 中止 stops before the next page, and what is out is out."""
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    numbers = _chosen(printer, document.pageCount())
    painter: QPainter | None = None
    done = 0
    try:
        for number in numbers:
            progress.step("印刷しています", done, len(numbers))
            if painter is None:
                painter = QPainter(printer)
            else:
                printer.newPage()
            _draw(document, number, printer, painter)
            done += 1
        progress.step("印刷しています", done, len(numbers))
    except CancelledError:
        return Sent(done, stopped=done < len(numbers))
    finally:
        if painter is not None:
            painter.end()
        document.close()
    return Sent(done)


def _chosen(printer: QPrinter, count: int) -> list[int]:
    """Return the pages to be printed, counted from 0; 「1,4-5」 leaves 2 and 3 out."""
    wanted = printer.pageRanges()
    if printer.printRange() != QPrinter.PrintRange.PageRange or wanted.isEmpty():
        return list(range(count))
    return [number for number in range(count) if wanted.contains(number + 1)]


def _draw(document: QPdfDocument, number: int, printer: QPrinter, painter: QPainter) -> None:
    points = document.pagePointSize(number)
    dots = min(printer.resolution(), MOST_DPI) / 72
    size = QSize(round(points.width() * dots), round(points.height() * dots))
    image = document.render(number, size)
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    sheet = printer.pageRect(QPrinter.Unit.DevicePixel)
    scale = min(paper.width() / points.width(), paper.height() / points.height())
    where = QRectF(0, 0, points.width() * scale, points.height() * scale)
    where.translate(paper.left() - sheet.left(), paper.top() - sheet.top())
    painter.drawImage(where, image)
