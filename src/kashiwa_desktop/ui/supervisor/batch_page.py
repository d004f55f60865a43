"""Screen 40: what is ready to be printed and what is not, one preview, two clicks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.reviewing import Outcome, Review
from kashiwa_desktop.services.checking.staff_entries import StaffEntry
from kashiwa_desktop.services.papers.month_papers import TITLES
from kashiwa_desktop.services.papers.printing import Due, Printed, Printing
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Message, Question
from kashiwa_desktop.ui.supervisor.office import Office
from kashiwa_desktop.ui.supervisor.out_card import OutCard
from kashiwa_desktop.ui.supervisor.staff_waiting_card import Entered, StaffWaitingCard
from kashiwa_desktop.ui.supervisor.waiting_card import NotReady, WaitingCard
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper.paper_preview import ChoosePrinter, PaperPreview
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.text_label import TextLabel


# What screen 40 shows of a month, read by the worker and put into words.
@dataclass(frozen=True, slots=True)
class Seen:
    """What is due, what is not approved yet, what staff entered, and who is who.

    ``printed`` is how many of those that are due came out on paper already.
    """

    month: Month
    due: tuple[Due, ...]
    waiting: tuple[Review, ...]
    entered: tuple[StaffEntry, ...]
    expected: int
    people: Roster
    printed: int = 0

    @property
    def total_yen(self) -> int:
        return sum(d.line.yen for d in self.due)

    def areas(self, promoter: str) -> str:
        """Return the names of a promoter's areas in this month."""
        held = self.people.active(self.month, promoter)
        return "・".join(self.people.area(a.area).name for a in held)

    def words_of(self, promoter: str) -> str:
        person = self.people.person(promoter)
        return f"{self.areas(promoter)} {person.name if person else promoter}"

    def not_ready(self) -> list[NotReady]:
        """Return what cannot be printed yet and is not in the queue of what staff entered."""
        queued = {e.review.promoter for e in self.entered}
        return [self._not_ready(r) for r in self.waiting if r.promoter not in queued]

    def entries(self) -> list[Entered]:
        return [self._entered(one) for one in self.entered]

    def _not_ready(self, review: Review) -> NotReady:
        state = review.cell.state
        why = {
            "missing": "まだ届いていません。",
            "open": "まだ締めていません。",
            "received": "承認を待っています。",
            "returned": "確認のお願いへの返事を待っています。",
        }.get(state, review.findings[0].text if review.findings else "")
        return NotReady(review.promoter, self.words_of(review.promoter), state, why)

    def _entered(self, one: StaffEntry) -> Entered:
        review = one.review
        return Entered(
            review.promoter,
            self.words_of(review.promoter),
            "、".join(one.by),
            sum(a.counted for a in review.activities),
            sum(line.yen for line in review.honorarium),
            review.findings[0].text if review.findings else "",
            one.own,
            review.report.id if review.report else "",
        )


def look(office: Office, month: Month, progress: Progress) -> Seen:
    """Read a month; runs in the worker."""
    progress.step("", 0, 0)
    due = tuple(office.printing.ready(month))
    ready = {d.promoter for d in due}
    waiting = tuple(r for r in office.reviewing.queue(month) if r.promoter not in ready)
    expected = office.reviewing.board(month, month).summary.expected
    entered = tuple(office.entries.waiting(month))
    out = sum(line.payment.printed for line in office.desk.look(month).lines) if due else 0
    return Seen(month, due, waiting, entered, expected, office.roster.roster(), out)


class BatchPage(ScrollPage):
    """What is not ready leads to 確認する at its month and promoter."""

    SCREEN = 40
    TITLE = "まとめて印刷"

    def __init__(self, office: Office, jobs: Jobs, choose: ChoosePrinter | None = None) -> None:
        super().__init__()
        self._office = office
        self._work = PageWork(self, jobs)
        self._month = Month.of(office.clock.today()).previous()
        self._seen: Seen | None = None
        self._sheets: list[tuple[str, str]] = []
        self._name = ""
        self._bar = StepBar("前の月", "次の月")
        self._headline = TextLabel(role="number")
        self._details = TextLabel(role="muted")
        self._head = FlowRow(self._bar, self._headline)
        self._choices = PrintChoices()
        self._entered = StaffWaitingCard()
        self._waiting, self._others = WaitingCard(), OtherPapers()
        self._preview = PaperPreview(self, self._work, choose)
        self._out = OutCard()
        self._make = BigButton("まとめて印刷", "printer", "main")
        self._print = BigButton("印刷する", "printer", "main", keys="Ctrl+P")
        self._keep = BigButton("PDFで残す", "save")
        self._leave = BigButton("もどる", "left")
        self._fill()
        self._connect()
        self._show_stage("overview")

    def show_month(self, month: Month) -> None:
        """Turn to a month."""
        self._month = month
        self._show_stage("overview")
        self.refresh()

    def refresh(self) -> None:
        if self._stage != "overview":
            return
        self._bar.show_name(
            self._month.label(), more=self._month < Month.of(self._office.clock.today())
        )
        self._work.run(partial(look, self._office, self._month), self._show, "承認を調べています")

    def print_paper(self) -> None:
        if self._stage == "overview":
            self._make_all()
        elif self._stage == "preview":
            self._preview.send()

    def go_back(self) -> None:
        if self._stage == "overview":
            super().go_back()
        else:
            self._show_stage("overview")
            self.refresh()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show(self, seen: Seen) -> None:
        if seen.month != self._month:
            self.refresh()  # the month was turned meanwhile
            return
        self._seen = seen
        count = len(seen.due)
        words = "%s件のうち %s件を承認しました。合計 %s円"
        self._headline.setText(words % (seen.expected, count, f"{seen.total_yen:,}"))
        self._details.setText(self._details_words(seen))
        self._make.set_word(f"まとめて印刷({count}件)")
        self._make.setEnabled(count > 0)
        self._entered.show_waiting(seen.entries())
        self._waiting.show_waiting(seen.not_ready())

    def _details_words(self, seen: Seen) -> str:
        if not seen.due:
            return "承認された月は、まだありません。"
        words = "請求書と支払明細書を、地域の順に1つにまとめます。"
        if seen.printed:
            words += f"{seen.printed}件は紙に出してあり、もう一度出すと「再印刷」と入ります。"
        return words

    def _show_stage(self, stage: str) -> None:
        """Show ``overview``, ``preview``, or ``asking`` whether all came out."""
        self._stage = stage
        over, seen = stage == "overview", self._seen
        shown: Sequence[tuple[QWidget, bool]] = (
            (self.heading, over), (self._head, over), (self._details, over),
            (self._choices, over),
            (self._entered, over and seen is not None and bool(seen.entered)),
            (self._waiting, over and seen is not None and bool(seen.not_ready())),
            (self._others, over),
            (self._preview, not over), (self._out, stage == "asking"),
            (self._make, over), (self._print, stage == "preview"), (self._keep, not over),
            (self._leave, not over),
        )  # fmt: skip
        for part, wanted in shown:
            show_when(part, wanted=wanted)

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _make_all(self) -> None:
        if self._make.isEnabled():
            self._name = f"請求書_{self._month}.pdf"
            title = f"請求書・支払明細書 {self._month.label()}分"
            choices = {"cover": self._choices.cover, "duplex": self._choices.duplex}
            make = partial(_honorarium, self._office.printing, self._month, choices)
            self._preview.make(title, make)

    def _make_other(self, name: str) -> None:
        """Show a paper that is no sheet of payment: nobody asks whether it came out."""
        title = f"{TITLES[name]} {self._month.label()}分"
        self._name = f"{TITLES[name].partition('(')[0]}_{self._month}.pdf"
        make = partial(self._office.papers.make, name, self._month, duplex=self._choices.duplex)
        self._preview.make(title, make)

    def _make_again(self, numbers: list[str]) -> None:
        """Print what did not come out again; the others did."""
        came_out = [number for number, _ in self._sheets if number not in numbers]
        title = f"再印刷 {self._month.label()}分"
        make = partial(
            _again, self._office.printing, came_out, numbers, duplex=self._choices.duplex
        )
        self._preview.make(title, make)

    def _show_preview(self, printed: Printed) -> None:
        self._sheets = [(s.number, self._sheet_words(s.promoter, s.number)) for s in printed.sheets]
        self._show_stage("preview")
        words = f"{len(self._sheets)}件を印刷する"
        self._print.set_word(words if self._sheets else "印刷する")
        QTimer.singleShot(0, self._print.setFocus)  # after the progress gave the focus back

    def _sheet_words(self, promoter: str, number: str) -> str:
        who = self._seen.words_of(promoter) if self._seen else promoter
        return f"{who} {number}"

    def _ask_whether_out(self, _pages: int) -> None:
        if not self._sheets:
            return
        self.messages.clear()
        self._show_stage("asking")
        self._out.ask(self._sheets)
        self.reveal(self._out)

    def _note_out(self) -> None:
        numbers = [number for number, _ in self._sheets]
        work = partial(_came_out, self._office.printing, numbers)
        self._work.run(work, self._end_well, "印刷したことを書きとめています")

    def _end_well(self, count: int) -> None:
        self._show_stage("overview")
        self.refresh()
        self.messages.say(f"{count}件を紙に出しました。")

    def _keep_file(self) -> None:
        self._preview.keep(self._name)

    def _ask_approval(self, row: Entered) -> None:
        question = Question(
            f"{row.name} {self._month.short()}を承認しますか",
            f"{row.by}さんが入力した {row.count}回、{row.yen:,}円です。",
            "承認する",
            details=row.finding,
        )
        if ConfirmDialog.ask(question, self):
            work = partial(_approve, self._office, self._month, row)
            self._work.run(work, self._tell_approved, "承認しています")

    def _tell_approved(self, outcome: Outcome) -> None:
        self.refresh()
        if outcome.left:
            self.messages.show_message(Message(outcome.left[0].reason, tone="notice"))
        elif self._seen is not None:
            name = self._seen.words_of(outcome.done[0])
            self.messages.say(f"{name}を承認しました。")

    def _check(self, promoter: object) -> None:
        self.wants.emit(Way(Screen.CHECK, "show_month", (self._month, promoter)))

    def _turn(self, by: int) -> None:
        self._month = self._month.next() if by > 0 else self._month.previous()
        self.refresh()

    def _fill(self) -> None:
        self.add(self._head, self._details, self._choices, self._entered, self._waiting)
        self.add(self._others, self._out)
        self.add_filling(self._preview)
        self.action_bar.add(self._make, self._print, self._keep, self._leave)

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._waiting.opened.connect(self._check)
        self._entered.opened.connect(self._check)
        self._entered.approve_wanted.connect(self._ask_approval)
        self._others.wanted.connect(self._make_other)
        self._make.clicked.connect(self._make_all)
        self._print.clicked.connect(self._preview.send)
        self._keep.clicked.connect(self._keep_file)
        self._leave.clicked.connect(self.go_back)
        self._preview.made.connect(self._show_preview)
        self._preview.printed.connect(self._ask_whether_out)
        self._out.all_out.connect(self._note_out)
        self._out.again.connect(self._make_again)


def _honorarium(
    printing: Printing, month: Month, choices: dict[str, bool], progress: Progress
) -> Printed:
    return printing.honorarium(month, None, None, progress, **choices)


def _again(
    printing: Printing,
    came_out: Sequence[str],
    numbers: Sequence[str],
    progress: Progress,
    *,
    duplex: bool,
) -> Printed:
    progress.step("もう一度印刷する書類をまとめています", 0, len(numbers))
    if came_out:
        printing.came_out(came_out)
    return printing.reprints(numbers, None, duplex=duplex)


def _came_out(printing: Printing, numbers: Sequence[str], progress: Progress) -> int:
    progress.step("", 0, 0)
    printing.came_out(numbers)
    return len(numbers)


def _approve(office: Office, month: Month, row: Entered, progress: Progress) -> Outcome:
    progress.step("", 0, 0)
    return office.reviewing.approve(month, [row.promoter], seen=row.report)


# ほかの書類: what else is printed of a month, folded away until wanted.
class OtherPapers(Fold):
    """``wanted`` gives the name of a paper, a key of ``TITLES``."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ほかの書類を印刷する", parent)
        buttons = []
        for name, title in TITLES.items():
            button = BigButton(title, "printer")
            button.clicked.connect(partial(self._give, name))
            buttons.append(button)
        self.add(FlowRow(*buttons))

    def _give(self, name: str) -> None:
        self.wanted.emit(name)


# How the sheets of a month come out: with a cover, and safe on a printer that uses both sides.
class PrintChoices(SectionCard):
    """Both are on until switched off: two people on one sheet of paper would be an accident."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._cover = QCheckBox("表紙を付ける")
        self._duplex = QCheckBox("両面でも1人1枚にする")
        cover = TextLabel("枚数を数えるための一覧です。", "muted")
        duplex = TextLabel("両面印刷のために、間に白紙が入ります。", "muted")
        for box in (self._cover, self._duplex):
            box.setChecked(True)
        self.add_row(self._cover, cover)
        self.add_row(self._duplex, duplex)

    @property
    def cover(self) -> bool:
        return self._cover.isChecked()

    @property
    def duplex(self) -> bool:
        return self._duplex.isChecked()
