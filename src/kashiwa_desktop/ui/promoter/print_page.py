"""Screen 6: the paper itself as a preview, then on real paper or kept as a PDF."""

from functools import partial

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.papers.blank_papers import BlankPapers
from kashiwa_desktop.services.papers.printing import Printed, Printing
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.paper import Paper
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.paper_preview import ChoosePrinter, PaperPreview


class PrintPage(ScrollPage):
    """Shows one paper; ``choose`` asks for the printer and is given by tests."""

    SCREEN = 6
    TITLE = "印刷"

    def __init__(
        self,
        printing: Printing,
        blanks: BlankPapers,
        jobs: Jobs,
        choose: ChoosePrinter | None = None,
    ) -> None:
        super().__init__()
        self._printing, self._blanks = printing, blanks
        self._name = ""
        self._preview = PaperPreview(self, PageWork(self, jobs), choose)
        self._print = BigButton("印刷する", "printer", "main", keys="Ctrl+P")
        self._keep = BigButton("PDFで残す", "save")
        self._back = BigButton("もどる", "left")
        self.add_filling(self._preview)
        self.action_bar.add(self._print, self._keep, self._back)
        self._preview.made.connect(self._show_made)
        self._print.clicked.connect(self.print_paper)
        self._keep.clicked.connect(self._keep_file)
        self._back.clicked.connect(self.go_back)
        self._show_ready(ready=False)

    def show_month(self, month: Month) -> None:
        """Show the 月報 of a closed month."""
        title = f"月報(活動実績報告書) {month.label()}分"
        make = partial(_report, self._printing, month)
        self.show_paper(Paper(title, f"月報_{month}.pdf", make))

    def show_slip(self, month: Month) -> None:
        """Show the 提出票 of a month."""
        make = partial(_slip, self._blanks, month)
        self.show_paper(Paper(f"提出票 {month.label()}分", f"提出票_{month}.pdf", make))

    def show_paper(self, paper: Paper) -> None:
        """Make any paper and show it."""
        self._name = paper.name
        self._show_ready(ready=False)
        self._preview.make(paper.title, paper.make)

    def print_paper(self) -> None:
        self._preview.send()

    def _show_made(self, _printed: Printed) -> None:
        self._show_ready(ready=True)
        self._print.setFocus()

    def _show_ready(self, *, ready: bool) -> None:
        self._print.setEnabled(ready)
        self._keep.setEnabled(ready)

    def _keep_file(self) -> None:
        self._preview.keep(self._name)


def _report(printing: Printing, month: Month, progress: Progress) -> Printed:
    progress.step("月報を作っています", 0, 0)
    return printing.report(month, None, None)


def _slip(blanks: BlankPapers, month: Month, progress: Progress) -> Printed:
    progress.step("提出票を作っています", 0, 0)
    return blanks.submission_slip(month, None)
