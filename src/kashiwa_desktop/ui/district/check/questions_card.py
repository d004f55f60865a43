"""What the promoter was asked about this month, what he answered, and what is settled."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.asking import CORRECTION, RETURN, Question
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList


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
