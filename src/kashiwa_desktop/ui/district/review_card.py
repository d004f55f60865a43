"""One promoter's month before the eyes of who approves it: reasons first, then the records."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.services.reviewing import Review
from kashiwa_desktop.ui.district.board_table import mark_of, words_of
from kashiwa_desktop.ui.district.month_records import MonthRecords
from kashiwa_desktop.ui.widgets.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.section_card import SectionCard
from kashiwa_desktop.ui.widgets.showing import show_when
from kashiwa_desktop.ui.widgets.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.state_label import StateLabel
from kashiwa_desktop.ui.widgets.state_mark import StateMark
from kashiwa_desktop.ui.widgets.text_label import TextLabel


@dataclass(frozen=True, slots=True)
class InQueue:
    """One month of the queue, the month before it, and the areas by name."""

    review: Review
    before: Review
    areas: str

    @property
    def title(self) -> str:
        return f"{self.areas} {self.review.name}"


class ReviewCard(SectionCard):
    """Shows who, 照合番号 and amount, the reasons, this month beside the last, the remark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._state = StateLabel(StateMark("shape_dash", "", "body"))
        self._facts = TextLabel()
        self._reasons = ProblemList()
        self._now, self._now_table = _side(self.tr("今月の記録"))
        self._before, self._before_table = _side(self.tr("先月の記録"))
        self._sides = SideBySide(self._now, self._before, least_em=40)
        self._remark = TextLabel()
        self._reasons.acted.connect(self._go_to_record)
        self.add(FlowRow(self._state, self._facts))
        self.add(self._reasons, self._sides, self._remark)

    def show_review(self, one: InQueue) -> None:
        """Show one month of the queue."""
        review = one.review
        self.set_title(self.tr("%s %s") % (one.title, review.month.short()))
        mark = mark_of(review.cell)
        self._state.show_state(StateMark(mark.icon, words_of(review.cell), mark.role))
        self._facts.setText(self._facts_of(review))
        self._reasons.show_problems(self._reasons_of(review))
        marked = {p.record for p in review.findings if p.record}
        self._now_table.show_records(review.activities, marked)
        self._now.set_title(self._heading(self.tr("今月"), review))
        self._before_table.show_records(one.before.activities)
        self._before.set_title(self._heading(self.tr("先月"), one.before))
        remark = review.report.remark if review.report else ""
        self._remark.setText(remark)
        show_when(self._remark, wanted=bool(remark))

    def _facts_of(self, review: Review) -> str:
        yen = sum(line.yen for line in review.honorarium)
        parts = []
        if review.report is not None and review.report.is_closed:
            parts.append(self.tr("第%s版") % review.report.version)
            parts.append(self.tr("照合番号 %s") % review.report.code)
        parts.append(self.tr("委託金 %s円") % f"{yen:,}")
        return " ・ ".join(parts)

    def _heading(self, word: str, review: Review) -> str:
        count = sum(a.counted for a in review.activities)
        return self.tr("%s(%s) %s回") % (word, review.month.short(), count)

    def _reasons_of(self, review: Review) -> list[ProblemItem]:
        """Return one item for the month and one for each record there is something about."""
        by_record: dict[str | None, list[str]] = {}
        for problem in review.findings:
            by_record.setdefault(problem.record, []).append(problem.text)
        return [self._reason(_record(review, r), texts) for r, texts in by_record.items()]

    def _reason(self, record: Activity | None, texts: list[str]) -> ProblemItem:
        if record is None:
            return ProblemItem("\n".join(texts))
        title = self.tr("%s 「%s」") % (wareki.long_date(record.date), record.title)
        return ProblemItem("\n".join([title, *texts]), ((record.id, self.tr("見る")),))

    def _go_to_record(self, record: object) -> None:
        self._now_table.choose_record(str(record))


def _side(title: str) -> tuple[SectionCard, MonthRecords]:
    card = SectionCard(title)
    card.setProperty("panel", "plain")
    card.body.setContentsMargins(0, 0, 0, 0)
    table = MonthRecords(title)
    card.add(table)
    card.body.addStretch(1)
    return card, table


def _record(review: Review, record: str | None) -> Activity | None:
    return next((a for a in review.activities if a.id == record), None)
