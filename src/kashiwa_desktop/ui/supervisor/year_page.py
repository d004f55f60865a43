"""Screen 42: a fiscal year's money by month and by person, its paper, and the 監査綴り."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import fiscal_year_name
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.papers.binder import Binder
from kashiwa_desktop.services.papers.printing import Printed
from kashiwa_desktop.services.papers.year_papers import MoneyLine, PersonLine, YearMoney, YearPapers
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.supervisor.payments_table import yen_text
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.paper_preview import ChoosePrinter, PaperPreview
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class Papers(NamedTuple):
    """What makes the year's papers."""

    year: YearPapers
    binder: Binder


class YearPage(ScrollPage):
    """The papers of a year; 気になること (screen 43) opens from here."""

    SCREEN = 42
    TITLE = "年度のまとめ"

    def __init__(
        self, papers: Papers, clock: Clock, jobs: Jobs, choose: ChoosePrinter | None = None
    ) -> None:
        super().__init__()
        self._papers, self._today = papers, clock.today
        self._work = PageWork(self, jobs)
        self._year = Month.of(clock.today()).previous().fiscal_year
        self._previewing = False
        self._name = ""
        self._bar = StepBar("前の年度", "次の年度")
        self._total = TextLabel(role="number")
        self._head = FlowRow(self._bar, self._total)
        self._across = TextLabel(role="muted")
        self._months = TableModel(month_columns())
        self._people = TableModel(person_columns("", ""))
        self._month_card = SectionCard("活動した月ごと(年度)")
        self._person_card = SectionCard("推進員ごと")
        self._month_table = WholeTable(self._months, "活動した月ごと")
        self._person_table = WholeTable(self._people, "推進員ごと")
        self._preview = PaperPreview(self, self._work, choose)
        self._paper = BigButton("年間のまとめを見る", "printer", "main")
        self._binder = BigButton("監査綴りを作る", "copy")
        self._noticing = BigButton("気になること", "search")
        self._print = BigButton("印刷する", "printer", "main", keys="Ctrl+P")
        self._keep = BigButton("PDFで残す", "save")
        self._leave = BigButton("もどる", "left")
        self._fill()
        self._connect()
        self._show_stage(previewing=False)

    def refresh(self) -> None:
        if self._previewing:
            return
        latest = Month.of(self._today()).fiscal_year
        self._bar.show_name(fiscal_year_name(self._year), more=self._year < latest)
        look = partial(_money, self._papers.year, self._year)
        self._work.run(look, self._show, "年度の支払を調べています")

    def print_paper(self) -> None:
        if self._previewing:
            self._preview.send()
        else:
            self._make_paper()

    def go_back(self) -> None:
        if self._previewing:
            self._show_stage(previewing=False)
            self.refresh()
        else:
            super().go_back()

    def _show(self, money: YearMoney) -> None:
        if money.year != self._year:
            self.refresh()  # the year was turned meanwhile
            return
        name = fiscal_year_name(money.year)
        count = sum(line.number for line in money.by_month)
        self._total.setText(f"{count}件 合計 {yen(money.gross)}")
        self._across.setText(self._across_words(money))
        self._months.show_rows(money.by_month)
        self._people.show_columns(person_columns(name, money.calendar_name))
        self._people.show_rows(money.people)
        for table in (self._month_table, self._person_table):
            table.choose(0)
        self._binder.setEnabled(count > 0)
        self._show_stage(previewing=self._previewing, some=bool(money.people))

    def _across_words(self, money: YearMoney) -> str:
        told = "年度は活動した月、暦年は支払った日で数えます。"
        if money.across:
            late = "このうち %s は、年度が終わったあと(4月から)に支払いました。"
            told += late % yen(money.across)
        return told

    def _show_stage(self, *, previewing: bool, some: bool | None = None) -> None:
        self._previewing = previewing
        some = bool(self._people.rows) if some is None else some
        listed = not previewing
        shown: Sequence[tuple[QWidget, bool]] = (
            (self.heading, listed), (self._head, listed), (self._across, listed),
            (self._month_card, listed), (self._person_card, listed and some),
            (self._paper, listed), (self._binder, listed), (self._noticing, listed),
            (self._preview, previewing), (self._print, previewing), (self._keep, previewing),
            (self._leave, previewing),
        )  # fmt: skip
        for part, wanted in shown:
            show_when(part, wanted=wanted)

    def _make_paper(self) -> None:
        self._name = f"年間のまとめ_{self._year}.pdf"
        title = f"年間のまとめ {fiscal_year_name(self._year)}"
        self._preview.make(title, partial(_summary, self._papers.year, self._year))

    def _make_binder(self) -> None:
        self._name = f"監査綴り_{self._year}.pdf"
        title = f"監査綴り {fiscal_year_name(self._year)}"
        self._preview.make(title, partial(_binder, self._papers.binder, self._year))

    def _show_made(self, _printed: Printed) -> None:
        self._show_stage(previewing=True)
        QTimer.singleShot(0, self._print.setFocus)  # after the progress gave the focus back

    def _keep_file(self) -> None:
        self._preview.keep(self._name)

    def _turn(self, by: int) -> None:
        self._year += by
        self.refresh()

    def _fill(self) -> None:
        self._month_card.add(self._month_table)
        self._person_card.add(self._person_table)
        self.add(self._head, self._across, self._month_card, self._person_card)
        self.add_filling(self._preview)
        self.action_bar.add(
            self._paper, self._binder, self._noticing, self._print, self._keep, self._leave
        )

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._paper.clicked.connect(self._make_paper)
        self._binder.clicked.connect(self._make_binder)
        self.lead(self._noticing, Way(Screen.NOTICING))
        self._print.clicked.connect(self._preview.send)
        self._keep.clicked.connect(self._keep_file)
        self._leave.clicked.connect(self.go_back)
        self._preview.made.connect(self._show_made)


def _money(papers: YearPapers, year: int, progress: Progress) -> YearMoney:
    progress.step("", 0, 0)
    return papers.money(year)


def _summary(papers: YearPapers, year: int, progress: Progress) -> Printed:
    progress.step("年間のまとめを作っています", 0, 0)
    return papers.summary(year, None)


def _binder(binder: Binder, year: int, progress: Progress) -> Printed:
    return binder.make(year, None, progress)


# The two tables of screen 42: months of service, and people in both kinds of year.
yen = yen_text


def month_columns() -> list[Column[MoneyLine]]:
    return [
        Column("活動した月", _label),
        Column("件数", _number, align=RIGHT),
        Column("支給額", _gross, align=RIGHT),
        Column("源泉徴収", _withheld, align=RIGHT),
        Column("差引", _net, align=RIGHT),
        Column("支払済み", _paid, align=RIGHT),
        Column("支払った日", _paid_on),
    ]


def person_columns(fiscal: str, calendar: str) -> list[Column[PersonLine]]:
    """Return the columns, named after the fiscal and the calendar year."""
    paid = "%s に支払"
    kept = "%s の源泉"
    return [
        Column("氏名", _name),
        Column("地域", _area),
        Column(fiscal, _fiscal, align=RIGHT),
        Column(paid % calendar, _calendar, align=RIGHT),
        Column(kept % calendar, _calendar_withheld, align=RIGHT),
    ]


def _label(line: MoneyLine) -> str:
    return line.label


def _number(line: MoneyLine) -> str:
    return f"{line.number}件" if line.number else "－"


def _gross(line: MoneyLine) -> str:
    return yen_text(line.gross) if line.number else "－"


def _withheld(line: MoneyLine) -> str:
    return yen_text(line.withheld) if line.number else "－"


def _net(line: MoneyLine) -> str:
    return yen_text(line.net) if line.number else "－"


def _paid(line: MoneyLine) -> str:
    return yen_text(line.paid) if line.number else "－"


def _paid_on(line: MoneyLine) -> str:
    return line.paid_on or "－"


def _name(line: PersonLine) -> str:
    return line.name


def _area(line: PersonLine) -> str:
    return line.area


def _fiscal(line: PersonLine) -> str:
    return yen_text(line.fiscal)


def _calendar(line: PersonLine) -> str:
    return yen_text(line.calendar)


def _calendar_withheld(line: PersonLine) -> str:
    return yen_text(line.calendar_withheld)
