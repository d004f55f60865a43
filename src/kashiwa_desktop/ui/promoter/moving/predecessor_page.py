"""Screen 12, 前任者の記録: what was handed over, only to be read; homework can be taken over."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.in_words import said
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.homework import Homework, Task
from kashiwa_desktop.services.records.recording import Done
from kashiwa_desktop.services.travel.succeeding import Inherited, Predecessors
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.home_rows import HomeRow, HomeRows
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.text_label import TextLabel


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was taken over, and what is left."""

    done: Done
    view: Inherited


class PredecessorPage(ScrollPage):
    """``changed`` says what was taken over, for the window's undo strip."""

    SCREEN = 12
    TITLE = "前任者の記録"

    changed = Signal(str)

    def __init__(self, predecessors: Predecessors, homework: Homework, jobs: Jobs) -> None:
        super().__init__()
        self._predecessors, self._homework = predecessors, homework
        self._work = PageWork(self, jobs)
        self._view: Inherited | None = None
        self._records: dict[str, Activity] = {}
        self._mark = TextLabel(role="strong")
        self._tasks = HomeRows()
        self._task_card = SectionCard("まだ済んでいない宿題")
        self._choice = ChoiceBox("どの記録を見ますか")
        self._whose = TextLabel(role="muted")
        self._lines = SectionCard()
        self._later = BigButton("次の記録", "right")
        self._back = BigButton("もどる", "left")
        self._arrange_cards()
        self._connect()

    def refresh(self) -> None:
        self._work.run(partial(_look, self._predecessors), self._show, "調べています")

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show(self, view: Inherited) -> None:
        self._view = view
        self._records = {a.id: a for a in view.records}
        self._mark.setText(self._mark_words(view))
        self._tasks.show_rows([self._task_row(task) for task in view.tasks])
        show_when(self._task_card, wanted=bool(view.tasks))
        before = str(self._choice.current())
        self._choice.show_choices((a.id, _name(a)) for a in view.records)
        for part in (self._choice, self._lines, self._later):
            show_when(part, wanted=bool(view.records))
        if view.records:
            chosen = before if before in self._records else view.records[0].id
            self._choice.choose(chosen)
            self._show_record(chosen)

    def _mark_words(self, view: Inherited) -> str:
        if not view.records:
            return "前任者の記録はありません。引継ぎファイルは、事務局からもらいます。"
        text = (
            "前任者(%s)が書いた記録 %s件です。読むだけで、直せません。あなたの回数には入りません。"
        )
        return text % ("・".join(view.names.values()), len(view.records))

    def _task_row(self, task: Task) -> HomeRow:
        due = f"{task.due.month}月{task.due.day}日まで" if task.due else ""
        meeting = f"{wareki.long_date(task.held_on, weekday=False)} {task.meeting}"
        small = " / ".join(part for part in (task.owner, due, meeting) if part)
        row = HomeRow(task.text, small, [(task, "check", "引き受ける")])
        row.acted.connect(self._take_over)
        return row

    def _show_record(self, record: object) -> None:
        a, view = self._records.get(str(record)), self._view
        if a is None or view is None:
            return
        self._lines.set_title(_name(a))
        place = self._lines.body
        while place.count() > 1 and (item := place.takeAt(1)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        whose = f"前任者 {view.names.get(a.promoter, a.promoter)} の記録(読むだけ)"
        self._lines.add(TextLabel(whose, "muted"))
        for label, text in said("activity", _body(a), area=self._area, words=a.words).items():
            self._lines.add(TextLabel(label, "small"), TextLabel(text))

    def _area(self, code: str) -> str:
        return self._view.areas.get(code, code) if self._view else code

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _take_over(self, task: Task) -> None:
        take = partial(self._homework.take_over, task)
        work = partial(_take, take, self._predecessors)
        self._work.run(work, self._tell_taken, "書きこんでいます")

    def _tell_taken(self, taken: _Taken) -> None:
        self._show(taken.view)
        self.messages.say("引き受けました。「今月」の宿題に出ます。")
        self.changed.emit(f"{taken.done.text}。")

    def _go_on(self) -> None:
        names = list(self._records)
        here = str(self._choice.current())
        after = names[(names.index(here) + 1) % len(names)] if here in names else names[0]
        self._choice.choose(after)
        self._show_record(after)
        self._show_top()

    def _arrange_cards(self) -> None:
        self._task_card.add(
            TextLabel("引き受けると、あなたの宿題になり、「今月」に出ます。"), self._tasks
        )
        self.add(self._mark, self._task_card, self._choice, self._lines)
        self.action_bar.add(self._later, self._back)
        for part in (self._task_card, self._choice, self._lines, self._later):
            part.hide()

    def _connect(self) -> None:
        self._choice.chosen.connect(self._show_record)
        self._later.clicked.connect(self._go_on)
        self._back.clicked.connect(self.go_back)


def _name(a: Activity) -> str:
    return f"{wareki.long_date(a.date)} {a.title}"


def _body(a: Activity) -> dict[str, Any]:
    """Return a record as the words of its form take it."""
    named = {name: getattr(a, name) for name in type(a).__dataclass_fields__}
    return {**named, "date": a.date.isoformat()}


def _look(predecessors: Predecessors, _: Progress) -> Inherited:
    return predecessors.show()


def _take(take: Callable[[], Done], predecessors: Predecessors, _: Progress) -> _Taken:
    done = take()
    return _Taken(done, predecessors.show())
