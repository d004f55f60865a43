"""Screen 7: the year so far in a sentence, in plots, and in the same numbers as tables."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop.domain.looking_back import YearView
from kashiwa_desktop.domain.wareki import fiscal_year_name
from kashiwa_desktop.services.records.looking_back import AGAINST, STACKED, LookingBack
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.paper import Paper
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.plot_card import PlotCard
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel

MOST_COUNTERPARTS = 12


class ReviewPage(ScrollPage):
    """A fiscal year in sentences, plots and a table; its papers go to the print page."""

    SCREEN = 7
    TITLE = "ふりかえり"

    def __init__(self, looking_back: LookingBack, jobs: Jobs) -> None:
        super().__init__()
        self._looking_back = looking_back
        self._work = PageWork(self, jobs)
        self._year = looking_back.this_year()
        self._bar = StepBar("前の年度", "次の年度")
        self._sentence = TextLabel()
        draw = looking_back.drawing
        self._plots = {title: PlotCard(title, draw, jobs) for title in (STACKED, AGAINST)}
        self._with_card = SectionCard("相手先(多い順)")
        self._with = TableModel[tuple[str, int]](
            [
                Column("回数", _count_words, sort_by=_count_of, align=RIGHT),
                Column("相手先", _name_of),
            ]
        )
        self._print = BigButton("印刷する", "printer")
        self._notebook = BigButton("活動ノート", "list")
        self._sheet = BigButton("Excelに出す", "save")
        self._resources = BigButton("地域の資源", "list")
        self._arrange_cards()
        self._connect()

    def refresh(self) -> None:
        self._show_year(self._year)

    def print_paper(self) -> None:
        year = fiscal_year_name(self._year)
        make = partial(self._looking_back.paper, self._year)
        title = f"ふりかえり {year}"
        self.wants.emit(Way(Screen.PRINT, "show_paper", (Paper(title, f"{title}.pdf", make),)))

    def _show_year(self, year: int) -> None:
        self._year = year
        running = self._looking_back.this_year()
        self._bar.show_name(fiscal_year_name(year), more=year < running)
        self._work.run(partial(self._looking_back.year, year), self._show_view, "数えています")

    def _show_view(self, view: YearView) -> None:
        self._sentence.setText(self._looking_back.sentence(view))
        for title, plot in self._looking_back.plots(view).items():
            self._plots[title].show_plot(plot)
        self._with.show_rows(view.counterparts[:MOST_COUNTERPARTS])
        show_when(self._with_card, wanted=bool(view.counterparts))
        if view.fiscal_year != self._year:
            self._show_year(self._year)

    def _turn(self, by: int) -> None:
        year = self._year + by
        if self._looking_back.first_year() - 1 <= year <= self._looking_back.this_year():
            self._show_year(year)

    def _print_notebook(self) -> None:
        title = f"活動ノート {fiscal_year_name(self._year)}"
        make = partial(self._looking_back.notebook, self._year)
        self.wants.emit(Way(Screen.PRINT, "show_paper", (Paper(title, f"{title}.pdf", make),)))

    def _write_sheet(self) -> None:
        title = f"ふりかえり {fiscal_year_name(self._year)}"
        name, _ = QFileDialog.getSaveFileName(
            self, "Excelに出す", f"{title}.xlsx", "Excelの表 (*.xlsx)"
        )
        if name:
            path = Path(name)
            path = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
            self._work.run(
                partial(self._looking_back.sheet, self._year, path),
                self._tell_sheet,
                "Excelの形にしています",
            )

    def _tell_sheet(self, path: Path) -> None:
        self.messages.say(f"{path.name} に出しました。")

    def _arrange_cards(self) -> None:
        self._with_table = WholeTable(self._with, "相手先")
        self._with_card.add(self._with_table)
        self.add(self._bar, self._sentence, *self._plots.values(), self._with_card)
        self.action_bar.add(self._print, self._notebook, self._sheet, self._resources)

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        for card in self._plots.values():
            card.failed.connect(self.messages.show_error)
        self._print.clicked.connect(self.print_paper)
        self._notebook.clicked.connect(self._print_notebook)
        self._sheet.clicked.connect(self._write_sheet)
        self.lead(self._resources, Way(Screen.RESOURCES))


def _count_words(pair: tuple[str, int]) -> str:
    return f"{pair[1]}回"


def _count_of(pair: tuple[str, int]) -> int:
    return pair[1]


def _name_of(pair: tuple[str, int]) -> str:
    return pair[0]
