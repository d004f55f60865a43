"""Screen 22: one month after the other, what needs a look first, approved and on to the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.reviewing import Outcome, Review, Reviewing
from kashiwa_desktop.services.roster import RosterService
from kashiwa_desktop.ui.district.board_table import words_of
from kashiwa_desktop.ui.district.review_card import InQueue, ReviewCard
from kashiwa_desktop.ui.district.withdraw_card import WithdrawCard
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Message, Question
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.showing import show_when
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_ORDER = ("question", "received", "returned", "open", "missing", "approved")
TO_APPROVE = ("question", "received", "returned")


@dataclass(frozen=True, slots=True)
class _Answer:
    """What an approval did, and the queue after it."""

    outcome: Outcome
    queue: tuple[InQueue, ...]


class CheckPage(ScrollPage):
    """``changed`` comes when something was approved or withdrawn."""

    SCREEN = 22
    TITLE = "確認する"

    changed = Signal()

    def __init__(
        self, reviewing: Reviewing, roster: RosterService, clock: Clock, jobs: Jobs
    ) -> None:
        super().__init__()
        self._reviewing, self._roster = reviewing, roster
        self._work = PageWork(self, jobs)
        self._today = clock.today
        self._month = Month.of(clock.today()).previous()
        self._queue: tuple[InQueue, ...] = ()
        self._promoter: str | None = None
        self._bar = StepBar(self.tr("前の月"), self.tr("次の月"))
        self._headline = TextLabel(role="heading")
        self._choice = ChoiceBox(self.tr("どなたの記録を見ますか"))
        self._card = ReviewCard()
        self._withdraw = WithdrawCard()
        self._approve = BigButton(self.tr("承認して次へ"), "stamp", "main")
        self._next = BigButton(self.tr("承認しないで次へ"), "right")
        self._bulk = BigButton(self.tr("まとめて承認"), "check")
        self._fill()
        self._connect()

    @property
    def current(self) -> InQueue | None:
        """The month in view."""
        return next((one for one in self._queue if one.review.promoter == self._promoter), None)

    def show_month(self, month: Month, promoter: str | None = None) -> None:
        """Turn to a month, and to one promoter of it."""
        self._month = month
        self._promoter = promoter
        self.refresh()

    def refresh(self) -> None:
        self._bar.show_name(self._month.label(), more=self._month < Month.of(self._today()))
        look = partial(_queue, self._reviewing, self._roster, self._month)
        self._work.run(look, self._show, self.tr("届いた月を調べています"))

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show(self, queue: tuple[InQueue, ...]) -> None:
        if queue and queue[0].review.month != self._month:
            self.refresh()  # the month was turned meanwhile
            return
        self._queue = queue
        self._choice.show_choices((one.review.promoter, _choice_words(one)) for one in queue)
        self._headline.setText(self._headline_words())
        clean = len(self._clean())
        self._bulk.set_word(self.tr("確認事項のない%s件をまとめて承認") % clean)
        show_when(self._bulk, wanted=clean > 0)
        if self.current is None:
            self._promoter = queue[0].review.promoter if queue else None
        self._show_current()

    def _show_current(self) -> None:
        one = self.current
        for part in (self._choice, self._card, self._approve, self._next):
            show_when(part, wanted=one is not None)
        show_when(self._withdraw, wanted=one is not None and one.review.cell.state == "approved")
        if one is None:
            return
        self._choice.choose(self._promoter)
        self._card.show_review(one)
        self._withdraw.clear()
        self._approve.setEnabled(one.review.cell.state in TO_APPROVE)

    def _headline_words(self) -> str:
        left = sum(one.review.cell.state in TO_APPROVE for one in self._queue)
        if not self._queue:
            return self.tr("%sを出す地域はありません。") % self._month.short()
        if left:
            return self.tr("承認を待っている月が %s件あります。") % left
        return self.tr("届いた月は、すべて承認しました。")

    def _clean(self) -> list[InQueue]:
        return [one for one in self._queue if _is_clean(one.review)]

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _approve_one(self) -> None:
        one = self.current
        if one is None or one.review.report is None:
            return
        seen = one.review.report.id
        approve = partial(self._reviewing.approve, self._month, [one.review.promoter], seen=seen)
        work = partial(_decide, approve, self._reviewing, self._roster, self._month)
        self._work.run(work, self._tell_approved, self.tr("承認しています"))

    def _ask_bulk(self) -> None:
        clean = self._clean()
        question = Question(
            self.tr("確認事項のない%s件を承認しますか") % len(clean),
            self.tr("%s。合計 %s円です。")
            % ("、".join(one.title for one in clean), f"{_total(clean):,}"),
            self.tr("%s件を承認する") % len(clean),
        )
        if ConfirmDialog.ask(question, self):
            approve = partial(self._reviewing.approve, self._month, None)
            work = partial(_decide, approve, self._reviewing, self._roster, self._month)
            self._work.run(work, self._tell_approved, self.tr("承認しています"))

    def _take_back(self, reason: str) -> None:
        if self._promoter is None:
            return
        withdraw = partial(self._reviewing.unapprove, self._month, self._promoter, reason)
        work = partial(_decide, withdraw, self._reviewing, self._roster, self._month)
        self._work.run(work, self._tell_withdrawn, self.tr("取り消しています"))

    def _show_withdraw(self, opened: object) -> None:
        if opened:
            self.reveal(self._withdraw)

    def _tell_approved(self, answer: _Answer) -> None:
        done = set(answer.outcome.done)
        names = [one.title for one in self._queue if one.review.promoter in done]
        if self._promoter in done:
            self._promoter = self._after(self._promoter, answer.queue)
        self._show(answer.queue)
        if names:
            text = names[0] if len(names) == 1 else self.tr("%s件") % len(names)
            self.messages.say(self.tr("%sを承認しました。") % text)
            self.changed.emit()
        else:
            self._tell_left(answer.outcome)
        self._approve.setFocus()

    def _tell_withdrawn(self, answer: _Answer) -> None:
        self._show(answer.queue)
        if answer.outcome.done:
            self.messages.say(self.tr("承認を取り消しました。取り消したわけも残っています。"))
            self.changed.emit()
        else:
            self._tell_left(answer.outcome)

    def _tell_left(self, outcome: Outcome) -> None:
        for left in outcome.left[:1]:
            self.messages.show_message(Message(left.reason, tone="notice"))

    def _go_on(self) -> None:
        self.messages.clear()
        self._promoter = self._after(self._promoter, self._queue)
        self._show_current()

    def _after(self, promoter: str | None, queue: Sequence[InQueue]) -> str | None:
        """Return the next one to approve after ``promoter``, from the beginning at the end."""
        order = [one.review.promoter for one in self._queue]
        start = order.index(promoter) + 1 if promoter in order else 0
        waiting = {one.review.promoter for one in queue if one.review.cell.state in TO_APPROVE}
        for other in order[start:] + order[:start]:
            if other in waiting and other != promoter:
                return other
        return promoter

    def _choose(self, promoter: object) -> None:
        self.messages.clear()
        self._promoter = str(promoter)
        self._show_current()

    def _turn(self, by: int) -> None:
        self.show_month(self._month.next() if by > 0 else self._month.previous())

    def _fill(self) -> None:
        self.add(FlowRow(self._bar, self._headline), self._choice, self._card, self._withdraw)
        self.action_bar.add(self._approve, self._next, self._bulk)

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._choice.chosen.connect(self._choose)
        self._approve.clicked.connect(self._approve_one)
        self._next.clicked.connect(self._go_on)
        self._bulk.clicked.connect(self._ask_bulk)
        self._withdraw.withdrawn.connect(self._take_back)
        self._withdraw.toggled.connect(self._show_withdraw)


def _queue(
    reviewing: Reviewing, roster: RosterService, month: Month, progress: Progress
) -> tuple[InQueue, ...]:
    """Return the months of all expected promoters, what needs a look first."""
    progress.step("", 0, 0)
    people = roster.roster()
    before = {one.promoter: one for one in reviewing.queue(month.previous())}
    found = []
    for review in reviewing.queue(month):
        earlier = before.get(review.promoter)
        if earlier is None:
            earlier = reviewing.review(review.promoter, month.previous())
        found.append(InQueue(review, earlier, _areas(people, review)))
    return tuple(sorted(found, key=_place))


def _decide(
    decide: Callable[[], Outcome],
    reviewing: Reviewing,
    roster: RosterService,
    month: Month,
    progress: Progress,
) -> _Answer:
    progress.step("", 0, 0)
    outcome = decide()
    return _Answer(outcome, _queue(reviewing, roster, month, progress))


def _place(one: InQueue) -> int:
    """Return where a month stands in the queue; those of one kind stay in the order of areas."""
    return _ORDER.index(one.review.cell.state) if one.review.cell.state in _ORDER else 0


def _areas(people: Roster, review: Review) -> str:
    mine = people.active(review.month, review.promoter)
    return "・".join(people.area(a.area).name for a in mine)


def _is_clean(review: Review) -> bool:
    return review.cell.state == "received" and not review.findings


def _choice_words(one: InQueue) -> str:
    return f"{one.title} – {words_of(one.review.cell)}"


def _total(queue: Sequence[InQueue]) -> int:
    """Return the sum of what these months pay, in yen."""
    return sum(line.yen for one in queue for line in one.review.honorarium)
