"""Printing: every chosen page, and after 中止 the truth about what is out already."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QPageRanges, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from desks import file_printer
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.ui.widgets.paper.paper_preview import Sent, place_to_keep, send


@pytest.fixture
def paper(qapp):
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    for number in range(5):
        painter.drawText(900, 900, f"{number + 1}")
        if number < 4:
            writer.newPage()
    painter.end()
    return bytes(buffer.data())


@pytest.fixture
def printer(qapp, tmp_path):
    return file_printer(tmp_path / "out.pdf")


class Stopping(Progress):
    """Somebody presses 中止 once ``after`` steps were heard."""

    def __init__(self, after):
        super().__init__()
        self.left = after

    def step(self, text, done, total):
        if self.left == 0:
            self.cancel()
        self.left -= 1
        super().step(text, done, total)


def test_every_page_comes_out(paper, printer, tmp_path):
    assert send(paper, printer, Progress()) == Sent(5)
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 5


@pytest.mark.parametrize("after", [0, 1, 3])
def test_stopped_it_says_how_many_are_out(paper, printer, tmp_path, after):
    assert send(paper, printer, Stopping(after)) == Sent(after, stopped=True)
    out = tmp_path / "out.pdf"
    assert (len(PdfReader(out).pages) if out.exists() else 0) == after


def test_stopped_when_all_is_out_nothing_was_kept_back(paper, printer):
    assert send(paper, printer, Stopping(5)) == Sent(5)


def test_a_range_that_was_chosen(paper, printer, tmp_path):
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert send(paper, printer, Progress()) == Sent(2)
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 2


def test_several_ranges_leave_out_what_lies_between(paper, printer, tmp_path):
    """Two sheets that came out crooked: nobody wants those between them once more."""
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setPageRanges(QPageRanges.fromString("1,4-9"))
    assert send(paper, printer, Progress()) == Sent(3)
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 3


@pytest.mark.posix("moves the documents by HOME")
def test_a_paper_is_offered_to_be_kept_among_the_persons_own_files(tmp_path, monkeypatch):
    """Never beside the program, where he may not write, nor where it happened to be started."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    assert place_to_keep("月報_2026-10.pdf") == str(tmp_path / "月報_2026-10.pdf")
    (tmp_path / "Documents").mkdir()
    assert place_to_keep("月報_2026-10.pdf") == str(tmp_path / "Documents" / "月報_2026-10.pdf")
