"""Screen 6: the paper itself as a preview, then on real paper or kept as a PDF."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.printing import Printed, Printing, replace_file
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Message
from kashiwa_desktop.ui.promoter.paper import Paper
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.pdf_printer import (
    Sent,
    choose_printer,
    has_printer,
    place_to_keep,
    send,
)
from kashiwa_desktop.ui.widgets.pdf_view import PdfView
from kashiwa_desktop.ui.widgets.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel

ChoosePrinter = Callable[[QWidget], QPrinter | None]


class PrintPage(ScrollPage):
    """Shows one paper; ``choose`` asks for the printer and is given by tests."""

    SCREEN = 6
    TITLE = "印刷"

    def __init__(self, printing: Printing, jobs: Jobs, choose: ChoosePrinter | None = None) -> None:
        super().__init__()
        self._printing, self._choose = printing, choose
        self._work = PageWork(self, jobs)
        self._paper: Paper | None = None
        self._data = b""
        self._printed: Printed | None = None
        self._name = TextLabel(role="heading")
        self._view = PdfView()
        self._print = BigButton(self.tr("印刷する"), "printer", "main", keys="Ctrl+P")
        self._keep = BigButton(self.tr("PDFで残す"), "save")
        self._back = BigButton(self.tr("もどる"), "left")
        self.add(self._name)
        self.add_filling(self._view)
        self.action_bar.add(self._print, self._keep, self._back)
        self._print.clicked.connect(self.print_paper)
        self._keep.clicked.connect(self._keep_file)
        self._back.clicked.connect(self.go_back)
        self._show_ready(ready=False)

    def show_month(self, month: Month) -> None:
        """Show the 月報 of a closed month."""
        title = self.tr("月報(活動実績報告書) %s分") % month.label()
        make = partial(_report, self._printing, month)
        self.show_paper(Paper(title, self.tr("月報_%s.pdf") % month, make))

    def show_paper(self, paper: Paper) -> None:
        """Make any paper and show it."""
        self._paper = paper
        self._data, self._printed = b"", None
        self._name.setText(paper.title)
        self._show_ready(ready=False)
        self._work.run(partial(_make, paper), self._show_made, self.tr("紙の形にしています"))

    def print_paper(self) -> None:
        if not self._data or self._work.busy:
            return
        printer = self._printer()
        if printer is not None:
            self._work.run(
                partial(send, self._data, printer),
                self._tell_printed,
                self.tr("印刷しています"),
                self.tr("枚"),
            )

    def _printer(self) -> QPrinter | None:
        if self._choose is not None:
            return self._choose(self)
        if not has_printer():
            self.messages.show_message(
                Message(
                    self.tr("このパソコンにプリンターが見つかりません。"),
                    self.tr("［PDFで残す］を押すと、ほかのパソコンで印刷できます。"),
                    tone="notice",
                )
            )
            return None
        return choose_printer(self)

    def _show_made(self, made: tuple[Printed, bytes]) -> None:
        self._printed, self._data = made
        self._view.show_bytes(self._data)
        self._show_ready(ready=True)
        self._name_missing(self._printed.missing)
        self._print.setFocus()

    def _name_missing(self, missing: tuple[str, ...]) -> None:
        if missing:
            self.messages.show_message(
                Message(
                    self.tr("紙に出せない文字があります: %s") % " ".join(missing),
                    self.tr("〓で印刷されます。よければ、このまま印刷できます。"),
                    tone="notice",
                )
            )

    def _show_ready(self, *, ready: bool) -> None:
        show_when(self._view, wanted=ready)
        self._print.setEnabled(ready)
        self._keep.setEnabled(ready)

    def _tell_printed(self, sent: Sent) -> None:
        words = self.tr("%s枚をプリンターに送りました。") % sent.pages
        if sent.stopped:
            words = self.tr("印刷を途中で止めました。%s枚は、もう出ています。") % sent.pages
        self.messages.say(words)

    def _keep_file(self) -> None:
        name = self._paper.name if self._paper else ""
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("PDFで残す"), place_to_keep(name), self.tr("PDF (*.pdf)")
        )
        if chosen:
            path = Path(chosen)
            path = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
            self._work.run(
                partial(_keep, path, self._data), self._tell_kept, self.tr("残しています")
            )

    def _tell_kept(self, path: Path) -> None:
        self.messages.say(self.tr("%s に残しました。") % path.name)


def _report(printing: Printing, month: Month, progress: Progress) -> Printed:
    progress.step("月報を作っています", 0, 0)
    return printing.report(month, None, None)


def _make(paper: Paper, progress: Progress) -> tuple[Printed, bytes]:
    printed = paper.make(progress)
    return printed, printed.file.read_bytes()


def _keep(path: Path, data: bytes, _: Progress) -> Path:
    replace_file(path, data)
    return path
