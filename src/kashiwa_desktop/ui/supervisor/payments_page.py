"""Screen 41: what is to be paid for a month, as a table, as a total, as a paper; and paid."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.services.money.payments_desk import Line, PaymentsView
from kashiwa_desktop.services.office.log_doubts import Doubt
from kashiwa_desktop.services.papers.printing import Printed
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Message
from kashiwa_desktop.ui.supervisor import payments_table, payments_work
from kashiwa_desktop.ui.supervisor.log_doubt_card import LogDoubtCard
from kashiwa_desktop.ui.supervisor.office import Office
from kashiwa_desktop.ui.supervisor.out_card import OutCard
from kashiwa_desktop.ui.supervisor.pay_flow import PayFlow
from kashiwa_desktop.ui.supervisor.sheets_card import SheetsCard
from kashiwa_desktop.ui.supervisor.transfer_card import TransferCard
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.paper_preview import ChoosePrinter, PaperPreview
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.table.table_model import TableModel
from kashiwa_desktop.ui.widgets.table.table_view import TableView
from kashiwa_desktop.ui.widgets.text_label import TextLabel

LIST, PAY, SHEETS, PREVIEW, ASKING = range(5)


class PaymentsPage(ScrollPage):
    """Reads what is approved; a line leads to the month and promoter to be looked at."""

    SCREEN = 41
    TITLE = "支払一覧"

    def __init__(self, office: Office, jobs: Jobs, choose: ChoosePrinter | None = None) -> None:
        super().__init__()
        self._office = office
        self._work = PageWork(self, jobs)
        self._month = Month.of(office.clock.today()).previous()
        self._view: PaymentsView | None = None
        self._line: Line | None = None
        self._stage, self._before = LIST, LIST
        self._sheets: list[tuple[str, str]] = []
        self._name = ""
        today = office.clock.today()
        self._bar = StepBar("前の月", "次の月")
        self._total = TextLabel(role="number")
        self._head = FlowRow(self._bar, self._total)
        self._note = TextLabel(role="notice")
        self._doubt = LogDoubtCard()
        self._rows = TableModel[Line](payments_table.columns(withholds=False))
        self._table = TableView(self._rows, "支払一覧")
        self._paying = PayFlow(self, self._work, office)
        self._facts, self._transfer = PaymentFacts(), TransferCard(today)
        self._sheets_card = SheetsCard()
        self._preview = PaperPreview(self, self._work, choose)
        self._out = OutCard()
        self._pay = BigButton("支払済みにする", "yen", "main")
        self._make = BigButton("紙の形で見る", "printer")
        self._excel = BigButton("Excelに出す", "save")
        self._open = BigButton("選んだ方の書類", "list")
        self._receipts = BigButton("領収書", "printer")
        self._print = BigButton("印刷する", "printer", "main", keys="Ctrl+P")
        self._keep = BigButton("PDFで残す", "save")
        self._leave = BigButton("もどる", "left")
        self._fill()
        self._connect()
        self._show_stage(LIST)

    def show_month(self, month: Month) -> None:
        """Turn to a month."""
        self._month = month
        self._show_stage(LIST)
        self.refresh()

    def refresh(self) -> None:
        if self._stage != LIST:
            return
        self._bar.show_name(
            self._month.label(), more=self._month < Month.of(self._office.clock.today())
        )
        look = partial(payments_work.look, self._office, self._month)
        self._work.run(look, self._show, "支払を調べています")

    def print_paper(self) -> None:
        if self._stage == PREVIEW:
            self._preview.send()
        elif self._stage == LIST:
            self._make_paper()

    def go_back(self) -> None:
        if self._stage == LIST:
            super().go_back()
        elif self._stage in (PREVIEW, ASKING) and self._before == SHEETS:
            self._show_stage(SHEETS)
            self._look_again()
        else:
            self._show_stage(LIST)
            self.refresh()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show(self, view: PaymentsView) -> None:
        if view.month != self._month:
            self.refresh()  # the month was turned meanwhile
            return
        if self._view is None or view.values.withholds != self._view.values.withholds:
            self._change_columns(withholds=view.values.withholds)
        self._view = view
        self._rows.show_rows(view.lines)
        self._table.choose(0)
        self._total.setText(self._total_words(view))
        self._note.setText(self._note_words(view))
        self._doubt.show_doubt(view.doubt)
        self._facts.show_view(view)
        self._transfer.show_day(view.values.pay_on)
        self._make.setEnabled(bool(view.lines))
        self._show_stage(self._stage)

    def _change_columns(self, *, withholds: bool) -> None:
        self._rows.show_columns(payments_table.columns(withholds=withholds))

    def _total_words(self, view: PaymentsView) -> str:
        words = f"{len(view.lines)}件 合計 {view.total_yen:,}円"
        if view.values.withholds:
            net = sum(line.payment.net for line in view.lines)
            words += f"(差引 {net:,}円)"
        return words

    def _note_words(self, view: PaymentsView) -> str:
        missing = sum(line.todo == "issue" for line in view.lines)
        again = sum(line.todo == "again" for line in view.lines)
        words = []
        if missing:
            words.append(f"書類がまだのものが {missing}件あります。［まとめて印刷］で作ります。")
        if again:
            words.append(f"承認がやり直され、作り直すものが {again}件あります。")
        waiting = sum(line.todo == "approve" for line in view.lines)
        if waiting:
            words.append(f"支払のあとに承認がなくなり、確認を待つものが {waiting}件あります。")
        if view.strays:
            numbers = "、".join(view.strays)
            words.append(f"承認が取り消されている書類があります: {numbers}")
        return "\n".join(words)

    def _show_stage(self, stage: int) -> None:
        self._stage, view = stage, self._view
        listed, papers = stage == LIST, stage in (PREVIEW, ASKING)
        cash = view is not None and any(_in_cash(line) for line in view.lines)
        some, payable = bool(view and view.lines), bool(view and view.payable)
        shown: Sequence[tuple[QWidget, bool]] = (
            (self.heading, listed), (self._head, listed),
            (self._note, listed and bool(self._note.text())), (self._table, listed),
            (self._doubt, listed and view is not None and view.doubt is not None),
            (self._facts, listed and some),
            (self._transfer, listed and view is not None and view.transfers),
            (self._paying.card, stage == PAY), (self._sheets_card, stage == SHEETS),
            (self._preview, papers), (self._out, stage == ASKING),
            (self._pay, (listed and payable) or stage == PAY), (self._make, listed),
            (self._excel, listed and some), (self._open, listed and some),
            (self._receipts, listed and cash),
            (self._print, stage == PREVIEW), (self._keep, papers), (self._leave, not listed),
        )  # fmt: skip
        for part, wanted in shown:
            show_when(part, wanted=wanted)
        self._pay.set_word(self._pay_word())

    def _pay_word(self) -> str:
        if self._stage == PAY:
            return f"{self._paying.card.count}件を支払済みにする"
        return "支払済みにする"

    # ── papers ─────────────────────────────────────────────────────────────────────────────

    def _make_paper(self) -> None:
        if self._make.isEnabled():
            self._before, self._sheets, self._name = LIST, [], "支払一覧_%s.pdf"
            title = f"支払一覧 {self._month.label()}分"
            make = partial(payments_work.paper, self._office.printing, self._month)
            self._preview.make(title, make)

    def _make_receipts(self) -> None:
        self._before, self._sheets, self._name = LIST, [], "領収書_%s.pdf"
        title = f"領収書 {self._month.label()}分"
        self._preview.make(title, partial(payments_work.receipts, self._office, self._month))

    def _make_sheets(self) -> None:
        if self._line is not None:
            who = self._line.promoter
            make = partial(payments_work.sheets, self._office.printing, self._month, who)
            self._preview.make(self._line_title(), make)

    def _make_again(self, number: str) -> None:
        self._print_again([number])

    def _print_again(self, numbers: list[str]) -> None:
        came_out = [number for number, _ in self._sheets if number not in numbers]
        make = partial(payments_work.again, self._office.printing, came_out, numbers)
        self._preview.make(f"再印刷 {'、'.join(numbers)}", make)

    def _show_made(self, printed: Printed) -> None:
        if self._stage in (SHEETS, ASKING):
            self._before, self._name = SHEETS, "書類_%s.pdf"
            self._sheets = [(s.number, s.number) for s in printed.sheets]
        self._show_stage(PREVIEW)
        QTimer.singleShot(0, self._print.setFocus)  # after the progress gave the focus back

    def _ask_whether_out(self, _pages: int) -> None:
        if not self._sheets:
            return
        self.messages.clear()
        self._show_stage(ASKING)
        self._out.ask(self._sheets)
        self.reveal(self._out)

    def _note_out(self) -> None:
        numbers = [number for number, _ in self._sheets]
        work = partial(payments_work.came_out, self._office.printing, numbers)
        self._work.run(work, self._end_well, "印刷したことを書きとめています")

    def _end_well(self, count: int) -> None:
        self.go_back()
        self.messages.say(f"{count}件を紙に出しました。")

    def _keep_file(self) -> None:
        self._preview.keep(self._name % self._month)

    def _save_excel(self) -> None:
        name = f"支払一覧_{self._month}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, "Excelに出す", name, "Excel (*.xlsx)")
        if chosen:
            path = Path(chosen).with_suffix(".xlsx")
            work = partial(payments_work.excel, self._office.desk, self._month, path)
            self._work.run(work, self._tell_kept, "Excelに出しています")

    def _tell_kept(self, path: Path) -> None:
        self.messages.say(f"{path.name} に残しました。")

    # ── payment ────────────────────────────────────────────────────────────────────────────

    def _press_pay(self) -> None:
        if self._stage == PAY:
            self._paying.ask(self._month)
        elif self._view is not None:
            self._paying.begin(self._view)
            self._show_stage(PAY)
            self._paying.card.setFocus()

    def _go_on(self, message: Message) -> None:
        """Something was written down: show the list anew, and say so."""
        self._show_stage(LIST)
        self.refresh()
        self.messages.show_message(message)

    def _keep_numbers(self, inquiry: str, voucher: str) -> None:
        self._paying.keep_numbers(self._month, inquiry, voucher)

    def _write_transfer(self, day: object, words: str) -> None:
        if isinstance(day, date):
            self._paying.write_transfer(self._month, day, words)

    def _accept(self, doubt: Doubt) -> None:
        work = partial(payments_work.accept, self._office, doubt)
        self._work.run(work, self._tell_accepted, "操作の記録に残しています")

    def _tell_accepted(self, _doubt: Doubt) -> None:
        self._go_on(Message("認めたことを操作の記録に書きました。支払を続けられます。", tone="ok"))

    # ── one line and its sheets ────────────────────────────────────────────────────────────

    def _open_line(self, line: Line | None) -> None:
        if line is None:
            return
        self._line = line
        self._sheets_card.show_line(self._line_title(), line)
        self._show_stage(SHEETS)

    def _open_current(self) -> None:
        self._open_line(self._table.current_row())

    def _line_title(self) -> str:
        if self._line is None:
            return ""
        one = self._line.payment
        return f"{one.area} {one.name} {self._month.short()}の書類"

    def _cancel_sheet(self, number: str, reason: str) -> None:
        work = partial(payments_work.cancel, self._office.printing, number, reason)
        self._work.run(work, self._tell_cancelled, "取り消しています")

    def _tell_cancelled(self, number: str) -> None:
        self._look_again()
        self.messages.say(f"{number} を取り消しました。")

    def _look_again(self) -> None:
        """Show the same line anew."""
        look = partial(payments_work.look, self._office, self._month)
        self._work.run(look, self._show_line_again, "支払を調べています")

    def _show_line_again(self, view: PaymentsView) -> None:
        self._show(view)
        old = self._line
        same = [
            line for line in view.lines
            if old and (line.promoter, line.payment.area) == (old.promoter, old.payment.area)
        ]  # fmt: skip
        if same:
            self._open_line(same[0])
        else:
            self._show_stage(LIST)

    def _check(self) -> None:
        if self._line is not None:
            self.wants.emit(Way(Screen.CHECK, "show_month", (self._month, self._line.promoter)))

    def _turn(self, by: int) -> None:
        self._month = self._month.next() if by > 0 else self._month.previous()
        self.refresh()

    def _count_chosen(self) -> None:
        self._pay.set_word(self._pay_word())

    def _fill(self) -> None:
        self.add(self._head, self._doubt, self._note)
        self.add_filling(self._table)
        self.add(self._facts, self._transfer, self._paying.card, self._sheets_card, self._out)
        self.add_filling(self._preview)
        self.action_bar.add(
            self._pay, self._make, self._excel, self._open, self._receipts, self._print,
            self._keep, self._leave,
        )  # fmt: skip

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._table.opened.connect(self._open_line)
        for button, action in (
            (self._pay, self._press_pay), (self._make, self._make_paper),
            (self._excel, self._save_excel), (self._open, self._open_current),
            (self._receipts, self._make_receipts), (self._print, self._preview.send),
            (self._keep, self._keep_file), (self._leave, self.go_back),
        ):  # fmt: skip
            button.clicked.connect(action)
        self._paying.done.connect(self._go_on)
        self._doubt.accepted.connect(self._accept)
        self._facts.kept.connect(self._keep_numbers)
        self._transfer.wanted.connect(self._write_transfer)
        self._paying.card.touched.connect(self._count_chosen)
        self._sheets_card.make_wanted.connect(self._make_sheets)
        self._sheets_card.again_wanted.connect(self._make_again)
        self._sheets_card.cancel_wanted.connect(self._cancel_sheet)
        self._sheets_card.check_wanted.connect(self._check)
        self._preview.made.connect(self._show_made)
        self._preview.printed.connect(self._ask_whether_out)
        self._out.all_out.connect(self._note_out)
        self._out.again.connect(self._print_again)


def _in_cash(line: Line) -> bool:
    return any(s.paid is not None and "現金" in s.paid.method for s in line.sheets)


# What stands at the head of the 支払一覧 and is not reckoned: day, account, 伺番号, 伝票番号.
class PaymentFacts(Fold):
    """``kept`` gives 伺番号 and 伝票番号 of the month in view."""

    kept = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("支払予定日・勘定科目・伺番号・伝票番号", parent)
        self._facts = TextLabel()
        self._inquiry, self._voucher = TextLine(), TextLine()
        self._keep = BigButton("番号を書きとめる", "save")
        self.add(
            self._facts,
            FormField("伺番号", self._inquiry),
            FormField("伝票番号", self._voucher),
            self._keep,
        )
        self._shown = ("", "", "")
        self._keep.clicked.connect(self._give)

    def show_view(self, view: PaymentsView) -> None:
        """Show the facts of a month; what is being typed stays."""
        values = view.values
        day = long_date(values.pay_on) if values.pay_on else "－"
        account = values.account or "－"
        self._facts.setText(f"支払予定日 {day}  勘定科目 {account}")
        shown = (str(view.month), values.inquiry_number, values.voucher_number)
        if shown != self._shown:
            self._shown = shown
            self._inquiry.setText(values.inquiry_number)
            self._voucher.setText(values.voucher_number)

    def _give(self) -> None:
        self.kept.emit(self._inquiry.text_so_far().strip(), self._voucher.text_so_far().strip())
