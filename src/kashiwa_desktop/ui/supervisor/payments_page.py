"""Screen 41: what is to be paid for a month, as a table, as a total, and as a paper."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.printing import Due, Printed, Printing
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.supervisor.batch_page import Office
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper_preview import ChoosePrinter, PaperPreview
from kashiwa_desktop.ui.widgets.showing import show_when
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table_view import TableView
from kashiwa_desktop.ui.widgets.text_label import TextLabel


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One line of the list; yen in yen, ``before`` None where nothing was due a month earlier."""

    area: str
    name: str
    kana: str
    yen: int
    before: int | None
    exception: str
    approved: str
    code: str


class PaymentsPage(ScrollPage):
    """Reads what is approved; the paper is made of the same values."""

    SCREEN = 41
    TITLE = "支払一覧"

    def __init__(self, office: Office, jobs: Jobs, choose: ChoosePrinter | None = None) -> None:
        super().__init__()
        self._office = office
        self._work = PageWork(self, jobs)
        self._month = Month.of(office.clock.today()).previous()
        self._previewing = False
        self._bar = StepBar(self.tr("前の月"), self.tr("次の月"))
        self._total = TextLabel(role="number")
        self._head = FlowRow(self._bar, self._total)
        self._rows = TableModel[PaymentRow](self._columns())
        self._table = TableView(self._rows, self.tr("支払一覧"))
        self._preview = PaperPreview(self, self._work, choose)
        self._make = BigButton(self.tr("紙の形で見る"), "printer", "main")
        self._print = BigButton(self.tr("印刷する"), "printer", "main", keys="Ctrl+P")
        self._keep = BigButton(self.tr("PDFで残す"), "save")
        self._leave = BigButton(self.tr("もどる"), "left")
        self._fill()
        self._connect()
        self._show_preview(wanted=False)

    def refresh(self) -> None:
        if self._previewing:
            return
        self._bar.show_name(
            self._month.label(), more=self._month < Month.of(self._office.clock.today())
        )
        self._work.run(
            partial(_rows, self._office, self._month), self._show, self.tr("支払を調べています")
        )

    def print_paper(self) -> None:
        if self._previewing:
            self._preview.send()
        else:
            self._make_paper()

    def go_back(self) -> None:
        if self._previewing:
            self._show_preview(wanted=False)
            self.refresh()
        else:
            super().go_back()

    def _show(self, found: tuple[Month, list[PaymentRow]]) -> None:
        month, rows = found
        if month != self._month:
            self.refresh()  # the month was turned meanwhile
            return
        self._rows.show_rows(rows)
        self._table.choose(0)
        total = sum(row.yen for row in rows)
        self._total.setText(self.tr("%s件 合計 %s円") % (len(rows), f"{total:,}"))
        self._make.setEnabled(bool(rows))

    def _show_made(self, _printed: Printed) -> None:
        self._show_preview(wanted=True)
        QTimer.singleShot(0, self._print.setFocus)  # after the progress gave the focus back

    def _show_preview(self, *, wanted: bool) -> None:
        self._previewing = wanted
        previewed: tuple[QWidget, ...] = (self._preview, self._print, self._keep, self._leave)
        listed = (self.heading, self._head, self._table, self._make)
        for part in previewed:
            show_when(part, wanted=wanted)
        for part in listed:
            show_when(part, wanted=not wanted)

    def _make_paper(self) -> None:
        if self._make.isEnabled():
            title = self.tr("支払一覧 %s分") % self._month.label()
            self._preview.make(title, partial(_paper, self._office.printing, self._month))

    def _keep_file(self) -> None:
        self._preview.keep(self.tr("支払一覧_%s.pdf") % self._month)

    def _tell_printed(self, sheets: int) -> None:
        self.messages.say(self.tr("%s枚をプリンターに送りました。") % sheets)

    def _turn(self, by: int) -> None:
        self._month = self._month.next() if by > 0 else self._month.previous()
        self.refresh()

    def _columns(self) -> list[Column[PaymentRow]]:
        return [
            Column(self.tr("地域"), _area),
            Column(self.tr("氏名"), _name),
            Column(self.tr("フリガナ"), _kana),
            Column(self.tr("金額"), _yen, sort_by=_native_yen, align=RIGHT),
            Column(self.tr("前月差"), self._difference, align=RIGHT),
            Column(self.tr("承認日"), _approved),
            Column(self.tr("照合番号"), _code),
            Column(self.tr("わけ"), _exception),
        ]

    def _difference(self, row: PaymentRow) -> str:
        if row.before is None:
            return self.tr("前月なし")
        return f"{row.yen - row.before:+,}円" if row.yen != row.before else self.tr("なし")

    def _fill(self) -> None:
        self.add(self._head)
        self.add_filling(self._table)
        self.add_filling(self._preview)
        self.action_bar.add(self._make, self._print, self._keep, self._leave)

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._make.clicked.connect(self._make_paper)
        self._print.clicked.connect(self._preview.send)
        self._keep.clicked.connect(self._keep_file)
        self._leave.clicked.connect(self.go_back)
        self._preview.made.connect(self._show_made)
        self._preview.printed.connect(self._tell_printed)


def _rows(office: Office, month: Month, progress: Progress) -> tuple[Month, list[PaymentRow]]:
    progress.step("", 0, 0)
    people = office.roster.roster()
    earlier = office.printing.ready(month.previous())
    before = {d.line.appointment: d.line.yen for d in earlier}
    return month, [_row(people, due, before) for due in office.printing.ready(month)]


def _row(people: Roster, due: Due, before: dict[str, int]) -> PaymentRow:
    person = people.person(due.promoter)
    day = datetime.fromisoformat(due.approved_at).date()
    return PaymentRow(
        area=people.area(due.line.area).name,
        name=person.name if person else due.promoter,
        kana=person.kana if person else "",
        yen=due.line.yen,
        before=before.get(due.line.appointment),
        exception="活動がなかった月" if due.report.state == "closed-empty" else "",
        approved=f"{day.month}/{day.day}",
        code=due.report.code,
    )


def _paper(printing: Printing, month: Month, progress: Progress) -> Printed:
    progress.step("支払一覧を作っています", 0, 0)
    return printing.payments(month, None)


def _area(row: PaymentRow) -> str:
    return row.area


def _name(row: PaymentRow) -> str:
    return row.name


def _kana(row: PaymentRow) -> str:
    return row.kana


def _yen(row: PaymentRow) -> str:
    return f"{row.yen:,}円"


def _native_yen(row: PaymentRow) -> int:
    return row.yen


def _approved(row: PaymentRow) -> str:
    return row.approved


def _code(row: PaymentRow) -> str:
    return row.code


def _exception(row: PaymentRow) -> str:
    return row.exception
