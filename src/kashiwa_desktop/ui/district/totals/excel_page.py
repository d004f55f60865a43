"""Screen 25: which tables of which months go into a spreadsheet; names of people only if wanted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.wareki import fiscal_year_name
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.counting.group_names import time_words
from kashiwa_desktop.services.counting.office_workbook import (
    TABLES,
    OfficeWorkbook,
    WorkbookWanted,
    Written,
)
from kashiwa_desktop.services.counting.tabulating import Asked, span_of
from kashiwa_desktop.services.records.record_columns import COLUMNS, USUAL
from kashiwa_desktop.services.travel import sticks
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Message
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.text_label import TextLabel


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which tables and columns a person took the last time; empty: the usual ones."""

    tables: Sequence[str] = ()
    columns: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ExcelDesk:
    """The service of the page, the fiscal year that runs, and the memory for what was chosen."""

    workbook: OfficeWorkbook
    this_month: Month
    remembered: Callable[[], Chosen]
    remember: Callable[[Chosen], None]


class ExcelPage(ScrollPage):
    """Writes one file at a time; ［中止］ leaves no file."""

    SCREEN = 25
    TITLE = "Excelに出す"

    def __init__(self, desk: ExcelDesk, jobs: Jobs) -> None:
        super().__init__()
        self._desk = desk
        self._work = PageWork(self, jobs)
        self._year = desk.this_month.fiscal_year
        self._bar = StepBar("前の年度", "次の年度")
        self._month = ChoiceBox("どの月を出しますか")
        self._which = CheckRow(
            "出す記録",
            (("approved", "承認済みの月だけ"), ("names", "人の名前を入れる")),
        )
        self._tables = CheckRow("出す表", TABLES.items())
        self._columns = CheckRow(
            "記録の列", ((code, COLUMNS[code].column.heading) for code in USUAL)
        )
        self._fold = Fold("記録の列を選ぶ")
        self._usual = BigButton("いつもの列にもどす", "undo")
        self._write = BigButton("Excelに出す", "save", "main")
        self._fill()
        self._connect()
        self._show_chosen(desk.remembered())
        self._show_year(self._year)

    def show_asked(self, asked: Asked) -> None:
        """Take over what is counted on 集計."""
        self._show_year(asked.year)
        self._month.choose("")
        ticked = {*self._which.ticked()} - {"approved"}
        self._which.tick({*ticked, *(["approved"] if asked.approved else [])})

    def wanted(self) -> WorkbookWanted:
        """Return what is to be written."""
        chosen = self._month.current()
        span = (chosen, chosen) if isinstance(chosen, Month) else self._whole_year()
        ticked = self._which.ticked()
        return WorkbookWanted(
            span,
            tuple(self._tables.ticked()),
            tuple(self._columns.ticked()),
            approved="approved" in ticked,
            names="names" in ticked,
        )

    def save(self) -> None:
        """Ctrl+S."""
        self._ask_where()

    def _whole_year(self) -> tuple[Month, Month]:
        """Return the months of the year, of the one that runs only those that have begun."""
        first, last = span_of(self._year)
        return first, min(last, self._desk.this_month)

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show_year(self, year: int) -> None:
        self._year = year
        running = self._desk.this_month.fiscal_year
        self._bar.show_name(fiscal_year_name(year), more=year < running)
        choices: list[tuple[Month | str, str]] = [("", "年度ぜんぶ")]
        choices += [(m, f"{m.number}月だけ") for m in months(*self._whole_year())]
        self._month.show_choices(choices)
        if self._month.current() is None:
            self._month.choose("")

    def _show_chosen(self, chosen: Chosen) -> None:
        self._tables.tick(chosen.tables or TABLES)
        self._columns.tick(chosen.columns or USUAL)

    def _turn(self, by: int) -> None:
        if self._year + by <= self._desk.this_month.fiscal_year:
            self._show_year(self._year + by)

    def _tick_usual(self) -> None:
        self._columns.tick(USUAL)

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _ask_where(self) -> None:
        wanted = self.wanted()
        if not wanted.tables or not wanted.columns:
            text = "出す表と列を、1つ以上お選びください。"
            self.messages.show_message(Message(text, tone="notice"))
            return
        self._desk.remember(Chosen(wanted.tables, wanted.columns))
        title = f"活動集計 {time_words(wanted.span)}"
        name, _ = QFileDialog.getSaveFileName(
            self, "Excelに出す", f"{title}.xlsx", "Excelの表 (*.xlsx)"
        )
        if name:
            path = sticks.chosen(name)
            path = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
            work = partial(_write, self._desk.workbook, wanted, path)
            self._work.run(work, self._tell, "Excelの形にしています", "件")

    def _tell(self, written: Written) -> None:
        said = f"{written.file.name} に出しました。"
        if written.rows:
            said += f"記録は{written.rows:,}件です。"
        self.messages.say(said)

    def _fill(self) -> None:
        time = SectionCard("いつの、どの記録ですか")
        time.add(FlowRow(self._bar, self._month), self._which)
        text = "名前を入れないときは、推進員は番号で出ます。文の中の名前は、そのまま出ます。"
        time.add(TextLabel(text, "muted"))
        tables = SectionCard("出す表")
        tables.add(self._tables, self._fold)
        self._fold.add(self._columns, self._usual)
        self.add(time, tables)
        self.action_bar.add(self._write)

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._usual.clicked.connect(self._tick_usual)
        self._write.clicked.connect(self._ask_where)


def _write(
    workbook: OfficeWorkbook, wanted: WorkbookWanted, path: Path, progress: Progress
) -> Written:
    return workbook.write(wanted, path, progress)
