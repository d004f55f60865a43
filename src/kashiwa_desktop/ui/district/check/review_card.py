"""One promoter's month before the eyes of who approves it: state, numbers, and reasons first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.services.checking.review_queue import InQueue
from kashiwa_desktop.services.checking.reviewing import Review
from kashiwa_desktop.ui.district.board.board_table import mark_of, words_of
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.state_label import StateLabel
from kashiwa_desktop.ui.widgets.state_mark import StateMark
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class ReviewCard(SectionCard):
    """Shows who, 照合番号 and amount, and the reasons; ``see_wanted`` gives a record."""

    see_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._state = StateLabel(StateMark("shape_dash", "", "body"))
        self._facts = TextLabel()
        self._waits = TextLabel(role="notice")
        self._reasons = ProblemList()
        self._reasons.acted.connect(self._see)
        self.add(FlowRow(self._state, self._facts))
        self.add(self._waits, self._reasons)

    def show_review(self, one: InQueue, staff: str) -> None:
        """Show one month of the queue to ``staff``."""
        review = one.review
        self.set_title(f"{one.title} {review.month.short()}")
        mark = mark_of(review.cell)
        self._state.show_state(StateMark(mark.icon, words_of(review.cell), mark.role))
        self._facts.setText(self._facts_of(review))
        mine = staff in review.entered_by and one.waits
        words = "● 承認待ち(職員入力分): ご自分で入力した記録があります。"
        self._waits.setText(words + "ほかの職員か管理者が承認します。")
        show_when(self._waits, wanted=mine)
        self._reasons.show_problems(self._reasons_of(review))

    def _facts_of(self, review: Review) -> str:
        parts = []
        if review.report is not None and review.report.is_closed:
            parts.append(f"第{review.report.version}版")
            parts.append(f"照合番号 {review.report.code}")
        parts.append(f"委託金 {review.yen:,}円")
        return " ・ ".join(parts)

    def _reasons_of(self, review: Review) -> list[ProblemItem]:
        """Return one item for the month and one for each record there is something about."""
        by_record: dict[str | None, list[str]] = {}
        for problem in review.findings:
            by_record.setdefault(problem.record, []).append(problem.text)
        return [self._reason(_record(review, r), texts) for r, texts in by_record.items()]

    def _reason(self, record: Activity | None, texts: list[str]) -> ProblemItem:
        if record is None:
            return ProblemItem("\n".join(texts))
        title = f"{wareki.long_date(record.date)} 「{record.title}」"
        return ProblemItem("\n".join([title, *texts]), ((record.id, "見る"),))

    def _see(self, record: object) -> None:
        self.see_wanted.emit(str(record))


def _record(review: Review, record: str | None) -> Activity | None:
    return next((a for a in review.activities if a.id == record), None)
