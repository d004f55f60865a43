"""Deleting records and bringing them back; where the month is closed, first the question how."""

from functools import partial

from PySide6.QtCore import Signal

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.tidying import Tidying
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList


class RecordDeletion(ProblemList):
    """``changed`` says what was done; ``asked`` comes when the question is to be seen."""

    changed = Signal(str)
    asked = Signal()
    wants = Signal(object)

    def __init__(self, tidying: Tidying, work: PageWork) -> None:
        super().__init__()
        self._tidying, self._work = tidying, work
        self._records: list[str] = []
        self.acted.connect(self._answer)

    def delete(self, records: list[str], *, next_version: bool = False) -> None:
        """Delete records; of a closed month only by ``next_version`` or after it was asked."""
        self._records = records
        self._work.run(
            partial(_delete, self._tidying, records, next_version),
            self.changed.emit,
            "消しています",
            handled=self._ask_about_closed,
        )

    def bring_back(self, record: str) -> None:
        """Bring a deleted record back."""
        work = partial(_bring_back, self._tidying, record)
        self._work.run(work, self.changed.emit, "戻しています")

    def _ask_about_closed(self, error: BaseException) -> bool:
        if not isinstance(error, RefusedError) or error.code != "month_closed":
            return False
        month = Month.parse(str(error.values["month"]))
        actions = (
            (("reopen", month), "締める前に戻す"),
            (("next", month), "次の版に入れる"),
        )
        self.show_problems([ProblemItem(error.text, actions)])
        self.asked.emit()
        return True

    def _answer(self, key: tuple[str, Month]) -> None:
        self.show_problems([])
        if key[0] == "reopen":
            self.wants.emit(Way(Screen.SUBMIT, "show_month", (key[1],)))
        else:
            self.delete(self._records, next_version=True)


def _delete(tidying: Tidying, records: list[str], next_version: bool, _: Progress) -> str:  # noqa: FBT001
    return tidying.delete(records, next_version=next_version)


def _bring_back(tidying: Tidying, record: str, _: Progress) -> str:
    return tidying.bring_back([record])
