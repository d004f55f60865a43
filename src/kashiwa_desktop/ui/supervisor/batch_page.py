"""Screen 40: what is ready to be printed and what is not, one preview, two clicks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.printing import Due, Printed, Printing
from kashiwa_desktop.services.reviewing import Review, Reviewing
from kashiwa_desktop.services.roster import RosterService
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.supervisor.out_card import OutCard
from kashiwa_desktop.ui.supervisor.waiting_card import NotReady, WaitingCard
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.paper_preview import ChoosePrinter, PaperPreview
from kashiwa_desktop.ui.widgets.showing import show_when
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.text_label import TextLabel


@dataclass(frozen=True, slots=True)
class Office:
    """The services of the supervisor's pages."""

    reviewing: Reviewing
    printing: Printing
    roster: RosterService
    clock: Clock


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the worker brings: what is due, what is not approved yet, and who is who."""

    month: Month
    due: tuple[Due, ...]
    waiting: tuple[Review, ...]
    expected: int
    people: Roster


class BatchPage(ScrollPage):
    """``check_wanted`` gives month and promoter of what is not ready."""

    SCREEN = 40
    TITLE = "まとめて印刷"

    check_wanted = Signal(object, object)

    def __init__(self, office: Office, jobs: Jobs, choose: ChoosePrinter | None = None) -> None:
        super().__init__()
        self._office = office
        self._work = PageWork(self, jobs)
        self._month = Month.of(office.clock.today()).previous()
        self._seen: _Seen | None = None
        self._sheets: list[tuple[str, str]] = []
        self._bar = StepBar(self.tr("前の月"), self.tr("次の月"))
        self._headline = TextLabel(role="number")
        self._details = TextLabel(role="muted")
        self._head = FlowRow(self._bar, self._headline)
        self._waiting = WaitingCard()
        self._preview = PaperPreview(self, self._work, choose)
        self._out = OutCard()
        self._make = BigButton(self.tr("まとめて印刷"), "printer", "main")
        self._print = BigButton(self.tr("印刷する"), "printer", "main", keys="Ctrl+P")
        self._keep = BigButton(self.tr("PDFで残す"), "save")
        self._leave = BigButton(self.tr("もどる"), "left")
        self._fill()
        self._connect()
        self._show_stage("overview")

    def refresh(self) -> None:
        if self._stage != "overview":
            return
        self._bar.show_name(
            self._month.label(), more=self._month < Month.of(self._office.clock.today())
        )
        self._work.run(
            partial(_look, self._office, self._month), self._show, self.tr("承認を調べています")
        )

    def print_paper(self) -> None:
        if self._stage == "overview":
            self._make_all()
        else:
            self._preview.send()

    def go_back(self) -> None:
        if self._stage == "overview":
            super().go_back()
        else:
            self._show_stage("overview")
            self.refresh()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show(self, seen: _Seen) -> None:
        if seen.month != self._month:
            self.refresh()  # the month was turned meanwhile
            return
        self._seen = seen
        count, total = len(seen.due), sum(d.line.yen for d in seen.due)
        words = self.tr("承認済み %s件/%s 合計 %s円")
        self._headline.setText(words % (count, seen.expected, f"{total:,}"))
        self._details.setText(self._details_words(seen))
        self._make.set_word(self.tr("まとめて印刷(%s件)") % count)
        self._make.setEnabled(count > 0)
        self._waiting.show_waiting([self._not_ready(one) for one in seen.waiting])

    def _details_words(self, seen: _Seen) -> str:
        if not seen.due:
            return self.tr("承認された月は、まだありません。")
        return self.tr("請求書と支払明細書を、地域の順に1つにまとめます。")

    def _not_ready(self, review: Review) -> NotReady:
        name = f"{self._areas(review.promoter)} {review.name}"
        state = review.cell.state
        why = {
            "missing": self.tr("まだ届いていません。"),
            "open": self.tr("まだ締めていません。"),
            "received": self.tr("承認を待っています。"),
        }.get(state, review.findings[0].text if review.findings else "")
        return NotReady(review.promoter, name, state, why)

    def _areas(self, promoter: str) -> str:
        if self._seen is None:
            return ""
        people = self._seen.people
        return "・".join(people.area(a.area).name for a in people.active(self._month, promoter))

    def _show_stage(self, stage: str) -> None:
        """Show ``overview``, ``preview``, or ``asking`` whether all came out."""
        self._stage = stage
        over = stage == "overview"
        shown: Sequence[tuple[QWidget, bool]] = (
            (self.heading, over), (self._head, over), (self._details, over),
            (self._waiting, over and self._seen is not None and bool(self._seen.waiting)),
            (self._preview, not over), (self._out, stage == "asking"),
            (self._make, over), (self._print, not over), (self._keep, not over),
            (self._leave, not over),
        )  # fmt: skip
        for part, wanted in shown:
            show_when(part, wanted=wanted)

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _make_all(self) -> None:
        if self._make.isEnabled():
            self._make_paper(None)

    def _make_paper(self, promoters: list[str] | None) -> None:
        title = self.tr("請求書・支払明細書 %s分") % self._month.label()
        make = partial(_honorarium, self._office.printing, self._month, promoters)
        self._preview.make(title, make)

    def _show_preview(self, printed: Printed) -> None:
        self._sheets = [(s.promoter, self._sheet_words(s.promoter)) for s in printed.sheets]
        self._show_stage("preview")
        self._print.set_word(self.tr("%s件を印刷する") % len(self._sheets))
        QTimer.singleShot(0, self._print.setFocus)  # after the progress gave the focus back

    def _sheet_words(self, promoter: str) -> str:
        people = self._seen.people if self._seen else None
        person = people.person(promoter) if people else None
        return f"{self._areas(promoter)} {person.name if person else promoter}"

    def _ask_whether_out(self, _sheets: int) -> None:
        self._show_stage("asking")
        self._out.ask(self._sheets)
        self.reveal(self._out)

    def _end_well(self) -> None:
        text = self.tr("%s件を紙に出しました。") % len(self._sheets)
        self._show_stage("overview")
        self.refresh()
        self.messages.say(text)

    def _keep_file(self) -> None:
        self._preview.keep(self.tr("請求書_%s.pdf") % self._month)

    def _check(self, promoter: object) -> None:
        self.check_wanted.emit(self._month, promoter)

    def _turn(self, by: int) -> None:
        self._month = self._month.next() if by > 0 else self._month.previous()
        self.refresh()

    def _fill(self) -> None:
        self.add(self._head, self._details, self._waiting, self._out)
        self.add_filling(self._preview)
        self.action_bar.add(self._make, self._print, self._keep, self._leave)

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._waiting.opened.connect(self._check)
        self._make.clicked.connect(self._make_all)
        self._print.clicked.connect(self._preview.send)
        self._keep.clicked.connect(self._keep_file)
        self._leave.clicked.connect(self.go_back)
        self._preview.made.connect(self._show_preview)
        self._preview.printed.connect(self._ask_whether_out)
        self._out.all_out.connect(self._end_well)
        self._out.again.connect(self._make_paper)


def _look(office: Office, month: Month, progress: Progress) -> _Seen:
    progress.step("", 0, 0)
    due = tuple(office.printing.ready(month))
    ready = {d.promoter for d in due}
    waiting = tuple(r for r in office.reviewing.queue(month) if r.promoter not in ready)
    expected = office.reviewing.board(month, month).summary.expected
    return _Seen(month, due, waiting, expected, office.roster.roster())


def _honorarium(
    printing: Printing, month: Month, promoters: list[str] | None, progress: Progress
) -> Printed:
    return printing.honorarium(month, promoters, None, progress)
