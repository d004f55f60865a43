"""Screen 24: counts as a table in which every number opens its records; plots, paper, 年度確定."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.crosstab import MEASURES
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.domain.wareki import fiscal_year_name
from kashiwa_desktop.services.counting.tabulating import (
    Asked,
    Spot,
    TotalsTable,
    proxy_words,
    which_words,
)
from kashiwa_desktop.services.papers.office_plots import OfficePlots, PlotsWanted
from kashiwa_desktop.services.papers.printing import Printed
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.district.totals.number_records import Behind, NumberRecords
from kashiwa_desktop.ui.district.totals.numbers_table import NumbersTable, has_records, shape
from kashiwa_desktop.ui.district.totals.totals_choice import TotalsChoice
from kashiwa_desktop.ui.district.totals.totals_work import (
    Seen,
    TotalsDesk,
    all_plots,
    close_year,
    look,
    month_paper,
    records_behind,
)
from kashiwa_desktop.ui.district.totals.year_card import YearCard, sentence
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Question
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.paper_preview import ChoosePrinter, PaperPreview
from kashiwa_desktop.ui.widgets.paper.plot_card import PlotCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class TotalsPage(ScrollPage):
    """The numbers of a year; a record leads to 確認する, what is counted to Excelに出す."""

    SCREEN = 24
    TITLE = "集計"

    def __init__(self, desk: TotalsDesk, jobs: Jobs, choose: ChoosePrinter | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._work = PageWork(self, jobs)
        self._seen: Seen | None = None
        self._spot: Spot | None = None
        self._stage = "table"
        self._choice = TotalsChoice(desk.tabulating.this_year())
        self._headline = TextLabel(role="heading")
        self._year_line = TextLabel(role="notice")
        self._slot = QWidget()
        self._table: NumbersTable | None = None
        self._notes = TextLabel(role="muted")
        self._records = NumberRecords()
        self._plots = TotalsPlots(desk.plots, jobs)
        self._year = YearCard()
        self._preview = PaperPreview(self, self._work, choose)
        self._make_buttons()
        self._fill()
        self._connect()
        self._show_stage("table")

    @property
    def stage(self) -> str:
        """What is in view: ``table``, ``records``, ``plots``, ``year`` or ``paper``."""
        return self._stage

    @property
    def table(self) -> TotalsTable | None:
        """The table in view."""
        return self._seen.table if self._seen else None

    def refresh(self) -> None:
        if self._stage != "table":
            return
        work = partial(look, self._desk, self._choice.asked())
        self._work.run(work, self._show, "数えています")

    def print_paper(self) -> None:
        if self._stage == "paper":
            self._preview.send()
        else:
            self._make_paper()

    def go_back(self) -> None:
        if self._stage == "table":
            super().go_back()
        else:
            self._show_stage("table")
            self.refresh()

    # ── the table ──────────────────────────────────────────────────────────────────────────

    def _show(self, seen: Seen) -> None:
        if seen.table.asked != self._choice.asked():
            self.refresh()  # something else was chosen meanwhile
            return
        self._seen = seen
        self._headline.setText(self._headline_words(seen.table))
        self._year_line.setText(sentence(seen.state))
        self._show_year_line()
        self._notes.setText(self._notes_words(seen.table))
        self._show_table()

    def _show_year_line(self) -> None:
        closed = self._seen is not None and self._seen.state.closed is not None
        show_when(self._year_line, wanted=closed and self._stage == "table")

    def _show_table(self) -> None:
        if self._seen is None:
            return
        table, measure = self._seen.table, self._choice.measure
        if self._table is not None and self._table.shape == shape(table, measure):
            self._table.show_table(table)
        else:
            self._replace_table(NumbersTable(table, measure, "集計の表"))
        self._show_may_open()

    def _replace_table(self, new: NumbersTable) -> None:
        slot, old = self._slot.layout(), self._table
        if slot is None:
            return
        if old is not None:
            slot.removeWidget(old)
            old.hide()
            old.deleteLater()
        new.number_opened.connect(self._open_number)
        new.spot_chosen.connect(self._show_may_open)
        slot.addWidget(new)
        self._table = new
        restore_tab_order(new)

    def _headline_words(self, table: TotalsTable) -> str:
        whole = table.numbers.last.whole
        hours, minutes = divmod(whole.minutes, 60)
        return (
            f"{table.time} {whole.count:,}回・{whole.days:,}日・"
            f"{hours:,}時間{minutes}分・参加 {whole.attendees:,}人"
        )

    def _notes_words(self, table: TotalsTable) -> str:
        at = f"{wareki.long_date(table.at.date())} {table.at:%H:%M}"
        which = f"{which_words(table.asked)}({at} 現在)。"
        return "".join((which, *table.notes, *proxy_words(table)))

    def _show_may_open(self) -> None:
        spot = self._table.spot() if self._table else None
        may = self._seen is not None and has_records(self._seen.table, spot)
        self._open.setEnabled(may)
        month = self._month()
        if month is not None:
            self._of_month.set_word(f"{month.short()}の集計を紙で見る")
        show_when(self._of_month, wanted=month is not None and self._stage == "table")

    def _month(self) -> Month | None:
        """Return the month whose column the keyboard is in."""
        spot = self._table.spot() if self._table else None
        if self._seen is None or spot is None or spot.column is None:
            return None
        return Month.parse(spot.column) if self._seen.table.asked.across == "month" else None

    # ── the records behind a number ────────────────────────────────────────────────────────

    def _open_chosen(self) -> None:
        if self._stage == "records":
            self._records.open_current()
        elif self._table is not None:
            self._open_number(self._table.spot())

    def _open_number(self, spot: Spot | None) -> None:
        if self._seen is None or spot is None or not has_records(self._seen.table, spot):
            return
        self._spot = spot
        work = partial(records_behind, self._desk, self._seen.table, spot)
        self._work.run(work, self._show_records, "記録を集めています")

    def _show_records(self, rows: list[Behind]) -> None:
        if self._seen is None or self._spot is None:
            return
        self._records.show_records(self._seen.table, self._spot, self._choice.measure, rows)
        self._show_stage("records")
        QTimer.singleShot(0, self._records.table.setFocus)

    # ── plots, year, paper ─────────────────────────────────────────────────────────────────

    def _show_plots(self) -> None:
        asked = self._choice.asked()
        wanted = PlotsWanted(asked.year, asked.approved)
        work = partial(all_plots, self._desk.plots, wanted)
        self._work.run(work, self._show_made_plots, "数えています")

    def _show_made_plots(self, plots: dict[str, Plot]) -> None:
        asked = self._choice.asked()
        words = f"{fiscal_year_name(asked.year)} {which_words(replace(asked, proxy=False))}"
        self._plots.show_plots(f"活動の図 {words}", plots)
        self._show_stage("plots")

    def _show_year(self) -> None:
        if self._seen is not None:
            self._year.show_state(self._seen.state, self._seen.people)
            self._show_stage("year")
            QTimer.singleShot(0, self._leave.setFocus)

    def _close_year(self) -> None:
        year, approved = self._choice.year, self._choice.asked().approved
        name = fiscal_year_name(year)
        which = which_words(Asked(year, approved=approved))
        question = Question(
            f"{name}の数字を確定しますか",
            f"{which}を数えた、いまの数字です。だれがいつ確定したかも残ります。",
            f"{name}を確定する",
        )
        if ConfirmDialog.ask(question, self):
            work = partial(close_year, self._desk, self._choice.asked())
            self._work.run(work, self._tell_closed, "確定しています")

    def _tell_closed(self, seen: Seen) -> None:
        self._seen = seen
        self._year.show_state(seen.state, seen.people)
        self.messages.say(f"{fiscal_year_name(seen.state.year)}の数字を確定しました。")

    def _make_paper(self) -> None:
        if self._seen is None or self._stage == "records":
            return
        asked = self._choice.asked()
        if self._stage == "plots":
            title = f"活動の図 {fiscal_year_name(asked.year)}"
            make = partial(self._desk.plots.paper, PlotsWanted(asked.year, asked.approved))
        else:
            table, measure = self._seen.table, self._choice.measure
            title = f"活動集計 {table.time} {MEASURES[measure]}"
            state = self._seen.state
            said = sentence(state) if state.closed else ""
            make = partial(self._desk.tabulating.paper, table, measure, said=said)
        self._paper_name = f"{title}.pdf"
        self._preview.make(title, make)

    def _make_month_paper(self) -> None:
        month = self._month()
        if month is not None:
            approved = self._choice.asked().approved
            title = f"活動集計 {month.label()}分"
            self._paper_name = f"{title}.pdf"
            make = partial(month_paper, self._desk, month, approved=approved)
            self._preview.make(title, make)

    def _show_made_paper(self, _printed: Printed) -> None:
        self._show_stage("paper")
        QTimer.singleShot(0, self._send.setFocus)  # after the progress gave the focus back

    def _keep_paper(self) -> None:
        self._preview.keep(self._paper_name)

    def _ask_excel(self) -> None:
        self.wants.emit(Way(Screen.EXCEL, "show_asked", (self._choice.asked(),)))

    def _open_record(self, month: Month, promoter: str) -> None:
        self.wants.emit(Way(Screen.CHECK, "show_month", (month, promoter)))

    # ── how it lies ────────────────────────────────────────────────────────────────────────

    def _show_stage(self, stage: str) -> None:
        self._stage = stage
        shown = self._parts_of[stage]
        for parts in self._parts_of.values():
            for part in parts:
                show_when(part, wanted=part in shown)
        self._show_year_line()
        if stage == "table":
            self._show_may_open()
        word = "確認するで見る" if stage == "records" else "記録を見る"
        self._open.set_word(word)
        if stage == "records":
            self._open.setEnabled(True)
        self.messages.clear()
        self._show_top()

    def _make_buttons(self) -> None:
        self._paper_name = ""
        self._open = BigButton("記録を見る", "list", "main")
        self._to_plots = BigButton("図で見る", "chart")
        self._to_year = BigButton("年度の確定", "stamp")
        self._make = BigButton("紙の形で見る", "printer")
        self._of_month = BigButton("集計を紙で見る", "printer")
        self._excel = BigButton("Excelに出す", "save")
        self._resources = BigButton("地域の資源(市域)", "people")
        self._row = FlowRow(self._headline, self._resources)
        self._send = BigButton("印刷する", "printer", "main", keys="Ctrl+P")
        self._keep = BigButton("PDFで残す", "save")
        self._leave = BigButton("もどる", "left")
        table = (self.heading, self._choice, self._row, self._year_line, self._slot,
                 self._notes, self._open, self._to_plots, self._to_year, self._make,
                 self._excel)  # fmt: skip
        self._parts_of: dict[str, tuple[QWidget, ...]] = {
            "table": table,
            "records": (self._records, self._open, self._leave),
            "plots": (self._plots, self._make, self._leave),
            "year": (self._year, self._leave),
            "paper": (self._preview, self._send, self._keep, self._leave),
            "month": (self._of_month,),  # only while a month is chosen
        }

    def _fill(self) -> None:
        slot = QVBoxLayout(self._slot)
        slot.setContentsMargins(0, 0, 0, 0)
        self.add(self._choice, self._row, self._year_line)
        self.add_filling(self._slot)
        self.add(self._notes, self._plots, self._year)
        self.add_filling(self._records)
        self.add_filling(self._preview)
        self.action_bar.add(
            self._open, self._send, self._keep, self._to_plots, self._to_year, self._make,
            self._of_month, self._excel, self._leave,
        )  # fmt: skip

    def _connect(self) -> None:
        self._choice.changed.connect(self.refresh)
        self._choice.measured.connect(self._show_table)
        self._open.clicked.connect(self._open_chosen)
        self._to_plots.clicked.connect(self._show_plots)
        self._to_year.clicked.connect(self._show_year)
        self._make.clicked.connect(self._make_paper)
        self._of_month.clicked.connect(self._make_month_paper)
        self._excel.clicked.connect(self._ask_excel)
        self.lead(self._resources, Way(Screen.CITY_RESOURCES))
        self._send.clicked.connect(self._preview.send)
        self._keep.clicked.connect(self._keep_paper)
        self._leave.clicked.connect(self.go_back)
        self._records.opened.connect(self._open_record)
        self._plots.failed.connect(self.messages.show_error)
        self._year.close_wanted.connect(self._close_year)
        self._preview.made.connect(self._show_made_paper)


# The plots of 集計, one under the other, each with its numbers as a table.
class TotalsPlots(QWidget):
    """``failed`` gives an error of a drawing."""

    failed = Signal(object)

    def __init__(self, plots: OfficePlots, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service, self._jobs = plots, jobs
        self._title = TextLabel(role="heading")
        self._cards: dict[str, PlotCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * theme.GAP)
        self._column.addWidget(self._title)

    def show_plots(self, title: str, plots: Mapping[str, Plot]) -> None:
        """Show the numbers at once, the drawings as soon as they are made."""
        self._title.setText(title)
        for name, plot in plots.items():
            self._card(name).show_plot(plot)
        restore_tab_order(self)

    def _card(self, title: str) -> PlotCard:
        """Return the card of a plot; it is made when there is first something to show."""
        if title not in self._cards:
            card = self._cards[title] = PlotCard(title, self._service.drawing, self._jobs)
            card.failed.connect(self.failed)
            self._column.addWidget(card)
        return self._cards[title]
