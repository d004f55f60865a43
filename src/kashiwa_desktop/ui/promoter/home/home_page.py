"""Screen 1, 今月: how the month stands, what is to be handed over, news, what to do next."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.suggestion import Planned, Suggestion
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.homework import Homework, Task
from kashiwa_desktop.services.records.recording import Done, Recording
from kashiwa_desktop.services.records.suggesting import Offers, Suggesting
from kashiwa_desktop.services.travel.home import Home, HomeView
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.home.home_news import NewsCard
from kashiwa_desktop.ui.promoter.home.home_progress import ProgressCard
from kashiwa_desktop.ui.promoter.home_rows import HomeRow, HomeRows
from kashiwa_desktop.ui.promoter.record.draft_cards import DraftCards
from kashiwa_desktop.ui.promoter.register.register_card import RegisterCard
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_Read = tuple[HomeView, list[Task], Offers]


class HomePage(ScrollPage):
    """``undo_wanted`` takes the last change back.

    ``changed`` gives the sentence of a change made here, for the strip that offers to undo it.
    """

    SCREEN, TITLE = 1, "今月"

    undo_wanted = Signal()
    changed = Signal(str)

    def __init__(
        self,
        home: Home,
        homework: Homework,
        suggesting: Suggesting,
        recording: Recording,
        jobs: Jobs,
    ) -> None:
        super().__init__()
        self._home, self._homework = home, homework
        self._suggesting, self._jobs = suggesting, jobs
        self._view: HomeView | None = None
        self._today = TextLabel(role="muted")
        self._setup_card = SectionCard("はじめに設定ファイルを入れてください")
        self._progress = ProgressCard()
        self._news = NewsCard()
        self._drafts = DraftCards(recording, jobs)
        self._offers = OffersCard()
        self._tasks = HomeworkCard()
        self._latest = LatestCard()
        self._register = RegisterCard()
        self._new = BigButton("活動を記録する", "plus", "main", keys="Ctrl+N")
        self._submit = BigButton("提出する", "plane")
        self._setup = BigButton("設定ファイルを入れる", "folder", "main")
        self._arrange_cards()
        self._connect()

    def refresh(self) -> None:
        try:
            ready = self._home.is_set_up()
        except AppError as error:
            self.messages.show_error(error)
            return
        self._show_ready(ready=ready)
        if ready:
            job = self._jobs.start(self._reading())
            job.succeeded.connect(self._show)
            job.failed.connect(self._show_failure)

    def show_found(self, paths: list[Path]) -> None:
        """Offer files of the office that lie on a stick."""
        self._news.show_found(paths)

    def _reading(self) -> Callable[[Progress], _Read]:
        home, homework, suggesting = self._home, self._homework, self._suggesting
        return lambda _: (home.show(), homework.open_tasks(), suggesting.look())

    def _show_ready(self, *, ready: bool) -> None:
        show_when(self._setup_card, wanted=not ready)
        show_when(self.action_bar, wanted=ready)
        cards = (self._progress, self._news, self._offers, self._tasks, self._latest)
        for part in (*cards, self._register):
            if not ready or self._view is None:
                part.hide()

    def _show(self, read: _Read) -> None:
        view, tasks, offers = read
        self._view = view
        day = wareki.long_date(view.today)
        self._today.setText(f"きょうは {day} 西暦{view.today.year}年")
        self._progress.show_view(view)
        show_when(self._progress, wanted=True)
        self._news.show_view(view)
        self._drafts.refresh()
        self._offers.show_offers(offers, view.today)
        self._tasks.show_tasks(tasks, view.today)
        self._latest.show_view(view)
        self._register.show_view(view)
        self._submit.set_word(f"{view.hand_over.month.short()}を提出する")

    def _ask_to_submit(self) -> None:
        if self._view is not None:
            self.wants.emit(Way(Screen.SUBMIT, "show_month", (self._view.hand_over.month,)))

    def _open_draft(self, draft: str) -> None:
        self.wants.emit(Way(Screen.RECORD, "open_draft", (draft,)))

    def _begin_offered(self, offered: Planned | Suggestion) -> None:
        self.wants.emit(Way(Screen.RECORD, "new_from", (offered,)))

    def _tick(self, task: Task) -> None:
        self._change(lambda _: self._homework.tick(task))

    def _tick_in_next_version(self, task: Task) -> None:
        self._change(lambda _: self._homework.tick(task, next_version=True))

    def _change(self, work: Callable[[Progress], Any]) -> None:
        job = self._jobs.start(work)
        job.succeeded.connect(self._tell_change)
        job.failed.connect(self._show_failure)

    def _tell_change(self, done: Done) -> None:
        self.refresh()
        self.changed.emit(f"{done.text}。")

    def _show_failure(self, error: BaseException) -> None:
        if isinstance(error, AppError) and error.code == "month_closed":
            self._tasks.offer_next_version()
        else:
            self.messages.show_error(error)

    def _arrange_cards(self) -> None:
        text = (
            "事務局からもらった設定ファイルを入れると、お名前と地域が決まり、"
            "記録できるようになります。"
        )
        self._setup_card.add(TextLabel(text))
        self._setup_card.add_row(self._setup)
        self.add(self._today, self._setup_card, self._progress, self._news, self._drafts)
        self.add(self._offers, self._tasks, self._latest, self._register)
        self.action_bar.add(self._new, self._submit)

    def _connect(self) -> None:
        self.lead(self._new, Way(Screen.RECORD, "new"))
        self._submit.clicked.connect(self._ask_to_submit)
        self.lead(self._setup, Way(Screen.WELCOME))
        for card in (self._news, self._register, self._latest):
            card.wants.connect(self.wants)
        self._drafts.opened.connect(self._open_draft)
        self._drafts.failed.connect(self.messages.show_error)
        self._offers.chosen.connect(self._begin_offered)
        self._tasks.ticked.connect(self._tick)
        self._tasks.next_version_wanted.connect(self._tick_in_next_version)
        self._latest.undo_wanted.connect(self.undo_wanted)


# The latest records, each to be corrected or written anew, and the last change to be undone.
class LatestCard(SectionCard):
    """``wants`` leads to a record or its copy; ``undo_wanted`` takes the last change back."""

    wants = Signal(object)
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title("さいきんの記録")
        self._rows = HomeRows()
        self.add(self._rows)

    def show_view(self, view: HomeView) -> None:
        rows = [self._row(activity) for activity in view.latest]
        if view.last_change is not None:
            told = f"さいごにしたこと: {view.last_change}"
            undo = HomeRow(told, actions=[("", "undo", "元に戻す")])
            undo.acted.connect(self._undo)
            rows.insert(0, undo)
        self._rows.show_rows(rows)
        show_when(self, wanted=bool(rows))

    def _row(self, activity: Activity) -> HomeRow:
        day = activity.date
        when = f"{day.month}月{day.day}日({wareki.WEEKDAYS[day.weekday()]})"
        kind = activity.category_label
        if activity.status != "held":
            kind += f" [{activity.status_label}]"
        actions = [
            (Way(Screen.RECORD, "edit", (activity.id,)), "pencil", "直す"),
            (Way(Screen.RECORD, "copy", (activity.id,)), "copy", "同じ内容で新しく書く"),
        ]
        row = HomeRow(f"{when} {activity.title}", kind, actions)
        row.acted.connect(self.wants)
        return row

    def _undo(self) -> None:
        self.undo_wanted.emit()


# What is usual or agreed on for these days (予定していた活動), and 先月の予定から作る.
class OffersCard(SectionCard):
    """Suggestions only: ``chosen`` gives a ``Planned`` or a ``Suggestion`` to begin with."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.set_title("予定していた活動")
        self._planned: Sequence[Planned] = ()
        self._last: Sequence[Suggestion] = ()
        self._rows = HomeRows()
        self._fold = Fold("先月の予定から作る")
        self._chips = ChipBar("先月の活動")
        text = "先月あって、今月まだ記録のない活動です。押すと、書きはじめられます。"
        self._fold.add(TextLabel(text), self._chips)
        self.add(self._rows, self._fold)
        self._chips.chosen.connect(self._choose_last)
        self.hide()

    def show_offers(self, offers: Offers, today: date) -> None:
        self._planned, self._last = offers.planned, offers.last_month
        self._rows.show_rows(self._row(planned, today) for planned in self._planned)
        show_when(self._rows, wanted=bool(self._planned))
        self._chips.show_chips([(n, chip.title) for n, chip in enumerate(self._last)])
        show_when(self._fold, wanted=bool(self._last))
        show_when(self, wanted=bool(self._planned) or bool(self._last))

    def _row(self, planned: Planned, today: date) -> HomeRow:
        row = HomeRow(self._words(planned, today), actions=[(planned, "pencil", "記録する")])
        row.acted.connect(self.chosen)
        return row

    def _words(self, planned: Planned, today: date) -> str:
        title, day = planned.suggestion.title, planned.day
        if planned.told:
            told = "%s月%s日の「%s」に出席されたと、事務局から届いています。記録しますか。"
            return told % (day.month, day.day, title)
        if day == today:
            return f"きょうは「{title}」の日です。記録しますか。"
        told = "%s月%s日は「%s」の日でした。記録しますか。"
        return told % (day.month, day.day, title)

    def _choose_last(self, number: object) -> None:
        if isinstance(number, int):
            self._chips.choose(None)
            self.chosen.emit(self._last[number])


# 宿題: what was taken on at council meetings and is not done; 済んだ is an edit of that record.
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
