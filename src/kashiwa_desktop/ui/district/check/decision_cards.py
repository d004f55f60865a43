"""Everything a person can do about the month in view, as cards that speak with one voice."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.asking import CORRECTION, RETURN, Question
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.checking.review_queue import Alike, InQueue
from kashiwa_desktop.services.months.changes_since import Changed
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.district.check.ask_cards import AskCard, SendBackCard, record_words
from kashiwa_desktop.ui.district.check.check_acts import Act, CheckDesk
from kashiwa_desktop.ui.district.check.conflict_cards import ConflictCards
from kashiwa_desktop.ui.district.check.correction_card import CorrectionCard
from kashiwa_desktop.ui.district.check.records_card import RecordsCard
from kashiwa_desktop.ui.district.check.ruling_card import RulingCard
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel


# 承認の取り消し: never without its reason.
class WithdrawCard(Fold):
    """Folded away until wanted; ``withdrawn`` carries the reason."""

    withdrawn = Signal(str)
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("この承認を取り消したいとき", parent)
        self._line = TextLine()
        self._field = FormField("取り消す理由", self._line, required=True)
        self._go = BigButton("承認を取り消す", "undo")
        self._line.touched.connect(self.touched)
        self._go.clicked.connect(self._give)
        self.add(self._field, self._go)

    def state(self) -> str:
        return self._line.text_so_far()

    def restore(self, text: str) -> None:
        """Show what was typed before; nothing folds it."""
        self._line.setText(text)
        self._field.clear_message()
        self.open(opened=bool(text.strip()))

    def _give(self) -> None:
        reason = self._line.text().strip()
        if reason:
            self.withdrawn.emit(reason)
        else:
            self._field.block()
            self._field.focus()


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


# Approving although records still say two things: only where the person says so.
class DespiteCard(Fold):
    """``wanted`` comes when the person wants to approve without deciding."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ちがいを決めないまま承認したいとき", parent)
        words = (
            "急いで支払うときだけお使いください。ちがいは残り、"
            "支払明細書と支払一覧に「内容にちがいのある記録があります」と印刷されます。"
        )
        self._go = BigButton("ちがいを残したまま承認する", "stamp")
        self._go.clicked.connect(self.wanted)
        self.add(TextLabel(words), self._go)


# What changed: since the version before, or since the approval; each line says old and new.
_MOST = 30


class ChangesCard(SectionCard):
    """Hidden while nothing changed; ``title`` has a place for the number."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = title
        self._lines = TextLabel()
        self.add(self._lines)
        self.hide()

    def show_changes(self, changes: Sequence[Changed]) -> None:
        self.set_title(self._words % len(changes))
        lines = [self._line(one) for one in changes[:_MOST]]
        if len(changes) > _MOST:
            lines.append(f"ほか {len(changes) - _MOST}件")
        self._lines.setText("\n".join(lines))
        show_when(self, wanted=bool(changes))

    def _line(self, one: Changed) -> str:
        where = "この月全体"
        if one.day is not None:
            where = f"{wareki.long_date(one.day)} 「{one.title}」"
        nothing = "(なし)"
        old, new = (text or nothing for text in (one.before, one.after))
        return f"・{where} {one.what}: {old} → {new}"


# 「同じ活動ですか」: two records in words, and what a person says about them.
class AlikeCard(SectionCard):
    """``apart`` gives the pair, ``same`` the pair and the record that stays."""

    apart = Signal(str)
    same = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("同じ活動ですか", parent)
        self._list = ProblemList()
        self._list.acted.connect(self._tell)
        self.add(self._list)
        self.hide()

    def show_pairs(self, pairs: Sequence[Alike]) -> None:
        """Ask about each pair; none hides the card."""
        self._list.show_problems(self._item(pair) for pair in pairs)
        show_when(self, wanted=bool(pairs))

    def _item(self, pair: Alike) -> ProblemItem:
        text = f"① {pair.one[1]}\n② {pair.other[1]}"
        return ProblemItem(
            text,
            (
                ((pair.id, ""), "別の活動です"),
                ((pair.id, pair.one[0]), "同じ活動です。①を残す"),
                ((pair.id, pair.other[0]), "同じ活動です。②を残す"),
            ),
        )

    def _tell(self, key: tuple[str, str]) -> None:
        pair, keep = key
        if keep:
            self.same.emit(pair, keep)
        else:
            self.apart.emit(pair)


# What the promoter was asked about this month, what he answered, and what is settled.
class QuestionsCard(SectionCard):
    """``settled`` gives the question that is dealt with."""

    settled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._list = ProblemList()
        self._list.acted.connect(self._settle)
        self.add(self._list)
        self.hide()

    def show_questions(self, questions: Sequence[Question], about: Mapping[str, str]) -> None:
        """Show those not settled yet; ``about`` has the words of each record."""
        open_ones = [q for q in questions if not q.settled]
        self.set_title(f"確認のお願いとお返事 {len(open_ones)}件")
        self._list.show_problems(self._item(q, about) for q in open_ones)
        show_when(self, wanted=bool(open_ones))

    def _item(self, q: Question, about: Mapping[str, str]) -> ProblemItem:
        where = "この月全体" if q.record is None else about.get(q.record, "")
        kind = {RETURN: "差戻し", CORRECTION: "職員の直し"}.get(q.kind, "確認のお願い")
        lines = [f"{kind}({q.by}) {where}", q.text, self._answer(q)]
        return ProblemItem("\n".join(lines), ((q.id, "済みにする"),))

    def _answer(self, q: Question) -> str:
        if q.answer is None:
            return "お返事はまだです"
        agrees = {
            True: "この直し方でよい",
            False: "事実とちがう",
            None: "",
        }[q.answer.agrees]
        return f"お返事: {' '.join(filter(None, (agrees, q.answer.text)))}"

    def _settle(self, question: object) -> None:
        self.settled.emit(str(question))
