"""Screen 22: one month after the other, what needs a look first, approved and on to the next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.review_queue import InQueue
from kashiwa_desktop.services.checking.reviewing import Outcome, Terms
from kashiwa_desktop.services.kept_words import KeptWords, Words
from kashiwa_desktop.ui.district.board.board_table import words_of
from kashiwa_desktop.ui.district.check.check_acts import Act, CheckDesk, Done, Queue, look, perform
from kashiwa_desktop.ui.district.check.decision_cards import DecisionCards
from kashiwa_desktop.ui.district.check.review_card import ReviewCard
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Message, Question
from kashiwa_desktop.ui.shortcuts import SingleKeys
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.step_bar import StepBar
from kashiwa_desktop.ui.widgets.text_label import TextLabel


@dataclass(frozen=True, slots=True)
class LetterKeys:
    """Where the wish for letter keys is read and written."""

    wanted: Callable[[], bool]
    keep: Callable[[bool], object]


class CheckPage(ScrollPage):
    """``changed`` comes when something was decided."""

    SCREEN = 22
    TITLE = "確認する"

    changed = Signal()

    def __init__(self, desk: CheckDesk, jobs: Jobs, letters: LetterKeys | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._letters = letters or LetterKeys(lambda: False, lambda _on: None)
        self._work = PageWork(self, jobs)
        self._month = Month.of(desk.clock.today()).previous()
        self._queue: Queue = ()
        self._promoter: str | None = None
        self._in_cards: tuple[Month, str] | None = None
        self._texts = TypedTexts(desk.kept, jobs, self)
        self._bar = StepBar("前の月", "次の月")
        self._headline = TextLabel(role="heading")
        self._choice = ChoiceBox("どなたの記録を見ますか")
        self._card, self._cards = ReviewCard(), DecisionCards(desk)
        self._switch = LetterKeysCard()
        self._approve = BigButton("承認して次へ", "stamp", "main")
        self._next = BigButton("あとで見る", "right")
        self._bulk = BigButton("まとめて承認", "check")
        self._returns = BigButton("返事のファイルを作る", "stick")
        self._asks = BigButton("お聞きすることを印刷する", "printer")
        self._keys = SingleKeys(self, KEYS)
        self._fill()
        self._connect()

    @property
    def current(self) -> InQueue | None:
        """The month in view."""
        return next((one for one in self._queue if one.review.promoter == self._promoter), None)

    @property
    def month(self) -> Month:
        return self._month

    def show_month(self, month: Month, promoter: str | None = None) -> None:
        """Turn to a month, and to one promoter of it."""
        self._note_texts()
        self._month = month
        self._promoter = promoter
        self.refresh()

    def refresh(self) -> None:
        self._note_texts()
        on = self._letters.wanted()
        self._keys.switch(on=on)
        self._switch.show_switch(on=on)
        self._bar.show_name(
            self._month.label(), more=self._month < Month.of(self._desk.clock.today())
        )
        work = look(self._desk, self._month)
        self._work.run(work, self._show, "届いた月を調べています")

    def leave(self) -> None:
        self._note_texts()
        self._texts.keep_now()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show(self, queue: Queue) -> None:
        if queue and queue[0].review.month != self._month:
            self.refresh()  # the month was turned meanwhile
            return
        self._queue = queue
        self._choice.show_choices((one.review.promoter, _choice_words(one)) for one in queue)
        self._headline.setText(self._headline_words())
        clean = len(self._clean())
        self._bulk.set_word(f"確認事項のない{clean}件をまとめて承認")
        show_when(self._bulk, wanted=clean > 0)
        if self.current is None:
            self._promoter = queue[0].review.promoter if queue else None
        self._show_current()

    def _show_current(self) -> None:
        one = self.current
        parts = (self._choice, self._card, self._cards, self._approve, self._next, self._asks)
        for part in parts:
            show_when(part, wanted=one is not None)
        self._in_cards = None if one is None else (self._month, one.review.promoter)
        if one is None:
            return
        self._choice.choose(self._promoter)
        self._card.show_review(one, self._desk.reviewing.staff)
        self._cards.show_month(one, self._texts.of(self._month, one.review.promoter))
        mine = self._desk.reviewing.staff in one.review.entered_by
        self._approve.setEnabled(one.waits and not mine)

    def _headline_words(self) -> str:
        left = sum(one.waits for one in self._queue)
        if not self._queue:
            return f"{self._month.short()}を出す地域はありません。"
        if left:
            return f"承認を待っている月が {left}件あります。"
        return "届いた月は、すべて承認しました。"

    def _clean(self) -> list[InQueue]:
        staff = self._desk.reviewing.staff
        return [
            one for one in self._queue
            if one.review.is_clean and staff not in one.review.entered_by
        ]  # fmt: skip

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _approve_one(self) -> None:
        one = self.current
        if one is None or one.review.report is None or not self._approve.isEnabled():
            return
        if one.review.wants_ruling:
            self._cards.ruling.focus_line()
            self.reveal(self._cards.ruling)
            return
        self._approve_with(one, Terms.seen(one.review))

    def _approve_despite(self) -> None:
        one = self.current
        if one is None:
            return
        question = Question(
            "ちがいのある記録を残したまま承認しますか",
            f"{one.title} {self._month.short()}。書類にも、ちがいがあることが印刷されます。",
            "残したまま承認する",
        )
        if ConfirmDialog.ask(question, self):
            self._approve_with(one, Terms.seen(one.review, despite_conflicts=True))

    def _approve_with(self, one: InQueue, terms: Terms) -> None:
        do = partial(self._desk.reviewing.approve, self._month, [one.review.promoter], terms=terms)
        said = f"{one.title}を承認しました。"
        self._run(Act(do, "承認しています", said), self._tell_approved)

    def _ask_bulk(self) -> None:
        clean = self._clean()
        question = Question(
            f"確認事項のない{len(clean)}件を承認しますか",
            f"{'、'.join(one.title for one in clean)}。合計 {_total(clean):,}円です。",
            f"{len(clean)}件を承認する",
        )
        if ConfirmDialog.ask(question, self):
            seen = [(one.review.promoter, Terms.seen(one.review)) for one in clean]
            do = partial(self._desk.reviewing.approve_listed, self._month, seen)
            said = f"{len(clean)}件を承認しました。"
            self._run(Act(do, "承認しています", said), self._tell_approved)

    def _act(self, act: Act) -> None:
        self._run(act, self._tell_done)

    def _run(self, act: Act, then: Callable[[Done], object]) -> None:
        self._note_texts()
        self._work.run(perform(self._desk, self._month, act), then, act.doing)

    def _tell_done(self, done: Done) -> None:
        if done.act.card and self._promoter:
            self._texts.drop(self._month, self._promoter, done.act.card)
            self._texts.keep_soon()
        self._cards_are_shown(done.queue)
        if done.outcome is not None and not done.outcome.done:
            self._tell_left(done.outcome)
            return
        self.messages.say(done.act.said)
        self.changed.emit()

    def _tell_approved(self, done: Done) -> None:
        outcome = done.outcome or Outcome((), ())
        if self._promoter in outcome.done:
            self._promoter = self._after(self._promoter, done.queue)
        self._cards_are_shown(done.queue)
        if outcome.done:
            self.messages.say(done.act.said)
            self.changed.emit()
        if outcome.left:
            self._tell_left(outcome)
        self._approve.setFocus()

    def _cards_are_shown(self, queue: Queue) -> None:
        """Show the queue after an act; what was typed was noted before it."""
        self._queue = ()
        self._show(queue)

    def _tell_left(self, outcome: Outcome) -> None:
        for left in outcome.left[:1]:
            self.messages.show_message(Message(left.reason, tone="notice"))

    def _go_on(self) -> None:
        self._go_to(self._after(self._promoter, self._queue))

    def _step(self, by: int) -> None:
        order = [one.review.promoter for one in self._queue]
        if self._promoter in order:
            self._go_to(order[(order.index(self._promoter) + by) % len(order)])

    def _choose(self, promoter: object) -> None:
        self._go_to(str(promoter))

    def _go_to(self, promoter: str | None) -> None:
        self._note_texts()
        self.messages.clear()
        self._promoter = promoter
        self._show_current()

    def _after(self, promoter: str | None, queue: Sequence[InQueue]) -> str | None:
        """Return the next one to approve after ``promoter``, from the beginning at the end."""
        order = [one.review.promoter for one in self._queue]
        start = order.index(promoter) + 1 if promoter in order else 0
        waiting = {one.review.promoter for one in queue if one.waits}
        for other in order[start:] + order[:start]:
            if other in waiting and other != promoter:
                return other
        return promoter

    def _turn(self, by: int) -> None:
        self.show_month(self._month.next() if by > 0 else self._month.previous())

    def _press(self, key: str) -> None:
        if self._work.busy:
            return
        match key:
            case "J":
                self._step(1)
            case "K":
                self._step(-1)
            case "A":
                self._approve_one()
            case "R":
                self._cards.begin_return()

    def _switch_keys(self, on: object) -> None:
        self._letters.keep(bool(on))
        self._keys.switch(on=bool(on))

    def _note_texts(self) -> None:
        """Remember what stands in the cards, for the month that they show."""
        if self._in_cards is not None:
            self._texts.note(*self._in_cards, self._cards.texts())

    def _keep_texts(self) -> None:
        self._note_texts()
        self._texts.keep_soon()

    def _fill(self) -> None:
        self.add(FlowRow(self._bar, self._headline), self._choice)
        self.add(self._card, self._cards, FlowRow(self._returns, self._asks), self._switch)
        self.action_bar.add(self._approve, self._next, self._bulk)

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._choice.chosen.connect(self._choose)
        self._approve.clicked.connect(self._approve_one)
        self._next.clicked.connect(self._go_on)
        self._bulk.clicked.connect(self._ask_bulk)
        self._card.see_wanted.connect(self._cards.see)
        self._cards.acted.connect(self._act)
        self._cards.despite_wanted.connect(self._approve_despite)
        self._cards.shown.connect(self.reveal)
        self._cards.touched.connect(self._keep_texts)
        self._keys.pressed.connect(self._press)
        self._switch.switched.connect(self._switch_keys)
        self._returns.clicked.connect(self._want_returns)
        self._asks.clicked.connect(self._want_asks)

    def _want_returns(self) -> None:
        self.wants.emit(Way(Screen.RETURNS, "show_month", (self._month,)))

    def _want_asks(self) -> None:
        self.wants.emit(Way(Screen.RETURNS, "show_asks", (self._month,)))


def _choice_words(one: InQueue) -> str:
    return f"{one.title} – {words_of(one.review.cell)}"


def _total(queue: Sequence[InQueue]) -> int:
    """Return the sum of what these months pay, in yen."""
    return sum(one.review.yen for one in queue)


# 詳しい設定 of 確認する: letter keys for who checks twenty months in a row; off until wanted.
KEYS = "JKAR"


class LetterKeysCard(Fold):
    """``switched`` says whether the keys are wanted."""

    switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("詳しい設定", parent)
        self._box = CheckRow("文字のキー", [("on", "文字のキーを使う(J・K・A・R)")])
        words = (
            "J: 次の人 K: 前の人 A: 承認して次へ R: 差し戻す。"
            "文字を書いているあいだと、変換しているあいだは働きません。"
        )
        self.add(self._box, TextLabel(words, "muted"))
        self._box.touched.connect(self._tell)

    def show_switch(self, *, on: bool) -> None:
        self._box.tick(["on"] if on else [])

    def _tell(self) -> None:
        self.switched.emit(bool(self._box.ticked()))


# What staff typed about a month and did not send yet: kept while they look at other months.
KEEP_MS = 1_500


class TypedTexts(QObject):
    """Texts by month, promoter and card; written down soon after the last change."""

    def __init__(self, kept: KeptWords, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._service, self._jobs = kept, jobs
        self._texts: Words = kept.read()
        self._written = dict(self._texts)
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.keep_now)

    def of(self, month: Month, promoter: str) -> Words:
        """Return the texts about one month, by card."""
        start = f"{month} {promoter} "
        found = self._texts.items()
        return {n.removeprefix(start): text for n, text in found if n.startswith(start)}

    def note(self, month: Month, promoter: str, texts: Mapping[str, str]) -> None:
        """Remember how the cards of a month stand; empty texts are forgotten."""
        for card, text in texts.items():
            if text.strip():
                self._texts[f"{month} {promoter} {card}"] = text
            else:
                self._texts.pop(f"{month} {promoter} {card}", None)

    def drop(self, month: Month, promoter: str, card: str) -> None:
        """Forget a text that was sent."""
        self._texts.pop(f"{month} {promoter} {card}", None)

    def keep_soon(self) -> None:
        """Write within a moment; further typing does not put it off."""
        if not self._timer.isActive():
            self._timer.start()

    def keep_now(self) -> None:
        """Write what is not written yet."""
        self._timer.stop()
        if self._texts != self._written:
            self._written = dict(self._texts)
            self._jobs.start(partial(_keep, self._service, self._written))


def _keep(service: KeptWords, texts: Words, progress: Progress) -> None:
    progress.step("", 0, 0)
    service.keep(texts)
