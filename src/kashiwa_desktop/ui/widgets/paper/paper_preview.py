"""A paper before it is printed: the PDF itself, then on real paper or kept as a file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, QStandardPaths, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.services.papers.printing import Printed, replace_file
from kashiwa_desktop.services.travel import sticks
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.messages import Message
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.pdf_view import PdfView
from kashiwa_desktop.ui.widgets.text_label import TextLabel

# Putting a PDF on real paper: every page at the printer's own resolution, page by page.
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


ChoosePrinter = Callable[[QWidget], QPrinter | None]
Make = Callable[[Progress], Printed]


class PaperPreview(QWidget):
    """``made`` when a paper is in view, ``printed`` (sheets) when it went to the printer.

    Until a paper is made only its title is seen: no other paper stands below a new title.
    ``choose`` asks for the printer and is given by tests.
    """

    made = Signal(object)
    printed = Signal(int)

    def __init__(
        self, page: ScrollPage, work: PageWork, choose: ChoosePrinter | None = None
    ) -> None:
        super().__init__()
        self._page, self._work, self._choose = page, work, choose
        self._data = b""
        self._title = TextLabel(role="heading")
        self._view = PdfView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._title)
        column.addWidget(self._view, 1)

    @property
    def pages(self) -> int:
        return self._view.pages if self._data else 0

    def make(self, title: str, make: Make) -> None:
        """Make a paper off the UI thread and show it."""
        self._begin(title)
        self._work.run(partial(_make, make), self._show, "紙の形にしています", "件")

    def make_secret(
        self,
        title: str,
        make: Callable[[Progress], bytes],
        handled: Callable[[BaseException], bool] | None = None,
    ) -> None:
        """Show a paper that may lie on no disk of this PC; ``made`` gives None."""
        self._begin(title)
        what = "紙の形にしています"
        self._work.run(make, self._show_secret, what, handled=handled)

    def forget(self) -> None:
        """Let go of the paper that is in view."""
        self._data = b""
        show_when(self._view, wanted=False)

    def send(self) -> None:
        """Print it."""
        if not self._data or self._work.busy:
            return
        printer = self._printer()
        if printer is not None:
            self._work.run(
                partial(send, self._data, printer),
                self._tell_sent,
                "印刷しています",
                "枚",
            )

    def keep(self, name: str) -> None:
        """Ask where to keep it as a PDF."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, "PDFで残す", place_to_keep(name), "PDF (*.pdf)"
        )
        if chosen and self._data:
            path = sticks.chosen(chosen)
            path = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
            work = partial(_keep, path, self._data)
            self._work.run(work, self._tell_kept, "残しています")

    def _begin(self, title: str) -> None:
        if not self._work.busy:
            self.forget()
            self._title.setText(title)

    def _show(self, made: tuple[Printed, bytes]) -> None:
        printed, data = made
        self._show_data(data)
        self.made.emit(printed)
        if printed.missing:
            text = f"紙に出せない文字があります: {' '.join(printed.missing)}"
            todo = "〓で印刷されます。よければ、このまま印刷できます。"
            self._page.messages.show_message(Message(text, todo, tone="notice"))

    def _show_secret(self, data: bytes) -> None:
        self._show_data(data)
        self.made.emit(None)

    def _show_data(self, data: bytes) -> None:
        self._data = data
        self._view.show_bytes(data)
        show_when(self._view, wanted=True)

    def _tell_sent(self, sent: Sent) -> None:
        """Also after 中止: what is out already has to be asked about."""
        if sent.stopped and not sent.pages:
            self._page.messages.say("中止しました。1枚も印刷していません。")
            return
        self._page.messages.say(f"{sent.pages}枚をプリンターに送りました。")
        self.printed.emit(sent.pages)
        if sent.stopped:
            text = f"印刷を途中で止めました。{sent.pages}枚は、もう出ています。"
            todo = "出た紙を、ご確認ください。"
            self._page.messages.show_message(Message(text, todo, tone="notice"))

    def _printer(self) -> QPrinter | None:
        if self._choose is not None:
            return self._choose(self)
        if has_printer():
            return choose_printer(self)
        text = "このパソコンにプリンターが見つかりません。"
        todo = "［PDFで残す］を押すと、ほかのパソコンで印刷できます。"
        self._page.messages.show_message(Message(text, todo, tone="notice"))
        return None

    def _tell_kept(self, path: Path) -> None:
        self._page.messages.say(f"{path.name} に残しました。")


def _make(make: Make, progress: Progress) -> tuple[Printed, bytes]:
    printed = make(progress)
    return printed, printed.file.read_bytes()


def _keep(path: Path, data: bytes, _progress: Progress) -> Path:
    replace_file(path, data)
    return path
