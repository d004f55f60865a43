"""Everything a person can do about the month in view, as cards that speak with one voice."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.checking.review_queue import InQueue
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.district.check.alike_card import AlikeCard
from kashiwa_desktop.ui.district.check.ask_cards import AskCard, SendBackCard, record_words
from kashiwa_desktop.ui.district.check.changes_card import ChangesCard
from kashiwa_desktop.ui.district.check.check_acts import Act, CheckDesk
from kashiwa_desktop.ui.district.check.conflict_cards import ConflictCards
from kashiwa_desktop.ui.district.check.correction_card import CorrectionCard
from kashiwa_desktop.ui.district.check.despite_card import DespiteCard
from kashiwa_desktop.ui.district.check.questions_card import QuestionsCard
from kashiwa_desktop.ui.district.check.records_card import RecordsCard
from kashiwa_desktop.ui.district.check.ruling_card import RulingCard
from kashiwa_desktop.ui.district.check.withdraw_card import WithdrawCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when

Texts = dict[str, str]


class DecisionCards(QWidget):
    """``acted`` gives an Act, ``despite_wanted`` asks to approve with conflicts left open.

    ``shown`` gives a card that was just opened, so that the page scrolls to it.
    """

    acted = Signal(object)
    despite_wanted = Signal()
    touched = Signal()
    shown = Signal(object)

    def __init__(self, desk: CheckDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._month = Month.of(desk.clock.today())
        self._promoter = ""
        self.ruling, self.conflicts, self.alikes = RulingCard(), ConflictCards(), AlikeCard()
        self.questions, self.records = QuestionsCard(), RecordsCard()
        self._since_version = ChangesCard("前の版からの変更 %s件")
        self._since_approval = ChangesCard("承認のあとの変更 %s件")
        self.ask, self.send_back = AskCard(), SendBackCard()
        self.correct = CorrectionCard(desk.clock.today)
        self.despite, self.withdraw = DespiteCard(), WithdrawCard()
        self._arrange()
        self._connect()

    def show_month(self, one: InQueue, texts: Mapping[str, str]) -> None:
        """Show what can be done about a month, with what was typed about it before.

        Silently: filling fields is no typing, and half of it would be kept for the wrong month.
        """
        with QSignalBlocker(self):
            self._show_month(one, texts)

    def _show_month(self, one: InQueue, texts: Mapping[str, str]) -> None:
        review = one.review
        self._month, self._promoter = review.month, review.promoter
        self.ruling.show_review(review)
        self.conflicts.show_cards(one.cards)
        self.alikes.show_pairs(one.alikes)
        about = {a.id: record_words(a) for a in review.activities}
        self.questions.show_questions(review.questions, about)
        self._since_version.show_changes(one.since_version)
        self._since_approval.show_changes(one.since_approval)
        self.records.show_review(one)
        self.ask.show_records(review.activities)
        self.correct.show_records(review.activities)
        for name, card in self._cards().items():
            card.restore(texts.get(name, ""))
        self.despite.open(opened=False)
        here = review.report is not None and review.report.is_closed
        for part, wanted in (
            (self.ask, bool(review.activities)),
            (self.correct, bool(review.activities)),
            (self.send_back, here and review.cell.state != "returned"),
            (self.despite, one.waits and bool(one.cards)),
            (self.withdraw, review.cell.state == "approved"),
        ):
            show_when(part, wanted=wanted)

    def texts(self) -> Texts:
        """Return what is typed and not sent yet, by card."""
        return {name: card.state() for name, card in self._cards().items()}

    def see(self, record: str) -> None:
        """Lead to a record."""
        self.records.choose_record(record)

    def begin_return(self) -> None:
        """Open 差戻し, the keyboard in its text."""
        if not self.send_back.isHidden():
            self.send_back.begin()
            self.shown.emit(self.send_back)

    def _cards(
        self,
    ) -> dict[
        str, AskCard | SendBackCard | CorrectionCard | WithdrawCard | RulingCard | ConflictCards
    ]:
        return {
            "ask": self.ask,
            "send_back": self.send_back,
            "correct": self.correct,
            "withdraw": self.withdraw,
            "ruling": self.ruling,
            "conflicts": self.conflicts,
        }

    # ── what the cards ask for ─────────────────────────────────────────────────────────────

    def _ask(self, record: str, text: str) -> None:
        do = partial(self._desk.returning.ask, self._month, self._promoter, record, text)
        said = "確認のお願いを書きました。返事のファイルで届けてください。"
        self.acted.emit(Act(do, "書いています", said, "ask"))

    def _send_back(self, text: str) -> None:
        do = partial(self._desk.returning.send_back, self._month, self._promoter, text)
        said = "差し戻しました。返事のファイルで届けてください。"
        self.acted.emit(Act(do, "差し戻しています", said, "send_back"))

    def _correct(self, record: str, changes: dict[str, object], text: str) -> None:
        do = partial(self._desk.returning.correct, self._promoter, record, changes, text)
        said = "記録を直しました。返事のファイルで、推進員さんに届けてください。"
        self.acted.emit(Act(do, "直しています", said, "correct"))

    def _settle(self, question: str) -> None:
        do = partial(self._desk.returning.settle, self._promoter, question)
        self.acted.emit(Act(do, "書いています", "済みにしました。"))

    def _resolve(self, record: str, head: str, reason: str) -> None:
        do = partial(self._desk.deciding.resolve, record, head, reason)
        said = "内容を決めました。次の返事で推進員さんにも届きます。"
        self.acted.emit(Act(do, "決めています", said, "conflicts"))

    def _keep_both(self, pair: str) -> None:
        do = partial(self._desk.look_alikes.keep_both, self._month, pair)
        said = "別の活動として覚えました。もうお聞きしません。"
        self.acted.emit(Act(do, "書いています", said))

    def _keep_one(self, pair: str, record: str) -> None:
        do = partial(self._desk.look_alikes.keep_one, self._month, pair, record)
        said = "1件にまとめました。次の返事で推進員さんにも届きます。"
        self.acted.emit(Act(do, "まとめています", said))

    def _rule(self, text: str) -> None:
        do = partial(self._desk.reviewing.rule_payment, self._month, self._promoter, text)
        said = "支払判断を書きとめました。続けて承認できます。"
        self.acted.emit(Act(do, "書いています", said, "ruling"))

    def _take_back(self, reason: str) -> None:
        do = partial(self._desk.reviewing.unapprove, self._month, self._promoter, reason)
        said = "承認を取り消しました。取り消した理由も残っています。"
        self.acted.emit(Act(do, "取り消しています", said, "withdraw"))

    def _follow(self, record: str) -> None:
        self.ask.follow(record)
        self.correct.follow(record)

    def _begin_asking(self, record: str) -> None:
        self.ask.begin(record)
        self.shown.emit(self.ask)

    def _show_opened(self, opened: object) -> None:
        card = self.sender()
        if opened and isinstance(card, QWidget) and card.isVisible():
            self.shown.emit(card)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GAP)
        for part in (
            self.conflicts, self.ruling, self.alikes, self.questions,
            self._since_approval, self._since_version, self.records,
            self.ask, self.correct, self.send_back, self.despite, self.withdraw,
        ):  # fmt: skip
            column.addWidget(part)

    def _connect(self) -> None:
        self.ruling.ruled.connect(self._rule)
        self.conflicts.decided.connect(self._resolve)
        self.conflicts.ask_wanted.connect(self._begin_asking)
        self.alikes.apart.connect(self._keep_both)
        self.alikes.same.connect(self._keep_one)
        self.questions.settled.connect(self._settle)
        self.records.chosen.connect(self._follow)
        self.records.opened.connect(self._begin_asking)
        self.ask.asked.connect(self._ask)
        self.correct.corrected.connect(self._correct)
        self.send_back.sent_back.connect(self._send_back)
        self.despite.wanted.connect(self.despite_wanted)
        self.withdraw.withdrawn.connect(self._take_back)
        for card in self._cards().values():
            card.touched.connect(self.touched)
        for fold in (self.ask, self.correct, self.send_back, self.despite, self.withdraw):
            fold.toggled.connect(self._show_opened)
