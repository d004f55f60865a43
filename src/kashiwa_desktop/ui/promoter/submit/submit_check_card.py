"""① 内容を確かめる: the month's records, what to look at again, and what else is to be said."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.services.months.closing import MonthView
from kashiwa_desktop.services.travel.handing_over import (
    MEETING_WORDS,
    MeetingAnswer,
    MonthInHand,
    TypedWords,
)
from kashiwa_desktop.ui.promoter.list.record_lines import RecordLines
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_MEETING = Way(
    Screen.RECORD,
    "new_with",
    ({"category": "other", "type": "regular_meeting", "title": "推進員定例会"},),
)


class SubmitCheckCard(SectionCard):
    """``wants`` leads to what is to be looked at, ``month_wanted`` turns to a month.

    ``answered`` gives the 定例会 answer, ``touched`` tells of any typing.
    """

    wants = Signal(object)
    month_wanted = Signal(object)
    answered = Signal(str)
    touched = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("① 内容を確かめる", parent)
        self._meeting: MeetingAnswer = ""
        self._filling = False
        self._count = TextLabel(role="strong")
        self._sums = TextLabel(role="muted")
        self._lines = RecordLines()
        self._findings = ProblemList()
        self._remark = TextArea(lines=3)
        self._remark_field = FormField(
            "成果・課題・提案",
            self._remark,
            hint="書かなくてもかまいません。書いたことは事務局に伝わります。",
        )
        self._said = TextLabel()
        self._money = TextLabel(role="strong")
        self.add(self._count, self._sums, self._lines, self._findings)
        self.add(self._remark_field, self._said, self._money)
        self._findings.acted.connect(self._act)
        self._remark.touched.connect(self._tell_touched)
        self._remark.left.connect(self.left)

    def show_hand_over(self, shown: MonthInHand) -> None:
        """Show a month; what was typed for it stands in its field."""
        view = shown.view
        self._meeting = shown.words.meeting
        self._show_counts(view)
        self._lines.show_records(view.activities)
        show_when(self._lines, wanted=bool(view.activities))
        self._findings.show_problems(self._items(shown))
        self._filling = True
        if self._remark.text() != shown.words.remark:
            self._remark.set_text(shown.words.remark)
        self._filling = False
        frozen = view.is_closed and not view.changed_after_close
        show_when(self._remark_field, wanted=not frozen)
        said = view.report.remark if frozen and view.report else ""
        self._said.setText(f"成果・課題・提案: {said}")
        show_when(self._said, wanted=bool(said))
        self._money.setText("\n".join(self._money_lines(view)))
        show_when(self._money, wanted=bool(view.honorarium))

    def words(self, reason: str = "") -> TypedWords:
        """Return what was typed so far, text under conversion included."""
        return TypedWords(self._remark.text_so_far(), self._meeting, reason)

    def _show_counts(self, view: MonthView) -> None:
        counts = view.counts
        self._count.setText(
            f"{view.month.label()} の活動は {counts.count}回です。"
            if view.activities
            else f"{view.month.label()} の記録はありません。"
        )
        sums = [f"{view.words.category(c)} {n}" for c, n in counts.by_category.items() if n]
        self._sums.setText(" ・ ".join([*sums, f"活動日数 {counts.days}日"]))
        show_when(self._sums, wanted=bool(view.activities))

    def _items(self, shown: MonthInHand) -> Iterator[ProblemItem]:
        if shown.asked:
            told = "事務局からの確認のお願いが%s件あります。先にご覧ください。"
            yield ProblemItem(told % shown.asked, ((("go", Way(Screen.REPLY)), "見る"),))
        for month in shown.earlier_open:
            yield ProblemItem(
                f"{month.label()} がまだ締めてありません。",
                ((("month", month), f"{month.short()}を見る"),),
            )
        if shown.view.is_closed and not shown.view.changed_after_close:
            return
        for problem in shown.view.findings:
            if problem.code == "regular_meeting":
                yield self._meeting_item(problem)
            else:
                yield self._item(problem)

    def _item(self, problem: Problem) -> ProblemItem:
        if problem.record is None:
            calm = problem.code == "below_guideline"
            return ProblemItem(problem.text, (), "ok" if calm else "notice")
        way = Way(Screen.LIST, "show_record", (problem.record,))
        return ProblemItem(problem.text, ((("go", way), "見る"),))

    def _meeting_item(self, problem: Problem) -> ProblemItem:
        if self._meeting:
            again = ((("answer", ""), "答えを変える"),)
            return ProblemItem(MEETING_WORDS[self._meeting], again, "ok")
        actions = (
            (("go", _MEETING), "記録する"),
            (("answer", "absent"), "欠席でした"),
            (("answer", "not_held"), "今月は開かれませんでした"),
        )
        return ProblemItem(problem.text, actions)

    def _money_lines(self, view: MonthView) -> Iterator[str]:
        for area, yen in view.honorarium:
            yield f"委託金(活動・報償費) {area} {yen:,}円"

    def _act(self, key: tuple[str, object]) -> None:
        what, value = key
        {"go": self.wants, "month": self.month_wanted, "answer": self.answered}[what].emit(value)

    def answer(self, answer: MeetingAnswer) -> None:
        """Take the 定例会 answer; the page shows the month again."""
        self._meeting = answer

    def _tell_touched(self) -> None:
        if not self._filling:
            self.touched.emit()
