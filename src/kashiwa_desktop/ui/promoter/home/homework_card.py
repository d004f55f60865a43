"""宿題: what was taken on at council meetings and is not done; 済んだ is an edit of that record."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from kashiwa_desktop.services.records.homework import Task
from kashiwa_desktop.ui.promoter.home_rows import HomeRow, HomeRows
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList


class HomeworkCard(SectionCard):
    """Hidden while nothing is open; ``ticked`` gives a ``Task``.

    ``next_version_wanted`` gives it again where its month is closed and the person still wants it.
    """

    ticked = Signal(object)
    next_version_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.set_title("支えあい会議の宿題")
        self._last: Task | None = None
        self._closed = ProblemList()
        self._rows = HomeRows()
        self.add(self._closed, self._rows)
        self._closed.hide()
        self._closed.acted.connect(self.next_version_wanted)

    def show_tasks(self, tasks: Sequence[Task], today: date) -> None:
        """Show what is open, the nearest date first."""
        self._rows.show_rows([self._row(task, today) for task in tasks])
        self._closed.show_problems([])
        show_when(self, wanted=bool(tasks))

    def offer_next_version(self) -> None:
        """The month of the meeting is closed: say so, and offer to put it into the next version."""
        if self._last is None:
            return
        told = "%s月分は締めてあります。「%s」を済みにすると、次の版を提出することになります。"
        text = told % (self._last.held_on.month, self._last.text)
        action = (self._last, "次の版に入れる")
        self._closed.show_problems([ProblemItem(text, (action,))])

    def _row(self, task: Task, today: date) -> HomeRow:
        done = (task, "check", "済んだ")
        row = HomeRow(task.text, self._details(task, today), [done])
        row.acted.connect(self._tick)
        return row

    def _details(self, task: Task, today: date) -> str:
        parts = [f"担当 {task.owner}"] if task.owner else []
        if task.due is not None:
            due = f"{task.due.month}月{task.due.day}日まで"
            parts.append(due + ("(すぎています)" if task.is_late(today) else ""))
        meeting = f"{task.held_on.month}月{task.held_on.day}日の{task.meeting}"
        return " / ".join([*parts, meeting])

    def _tick(self, task: Task) -> None:
        self._last = task
        self.ticked.emit(task)
