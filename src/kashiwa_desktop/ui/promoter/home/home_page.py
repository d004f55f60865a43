"""Screen 1, 今月: how the month stands, what is to be handed over, news, what to do next."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.suggestion import Planned, Suggestion
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.homework import Homework, Task
from kashiwa_desktop.services.records.recording import Done, Recording
from kashiwa_desktop.services.records.suggesting import Offers, Suggesting
from kashiwa_desktop.services.travel.home import Home, HomeView
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.promoter.home.home_news import NewsCard
from kashiwa_desktop.ui.promoter.home.home_offers import OffersCard
from kashiwa_desktop.ui.promoter.home.home_progress import ProgressCard
from kashiwa_desktop.ui.promoter.home.homework_card import HomeworkCard
from kashiwa_desktop.ui.promoter.home.latest_card import LatestCard
from kashiwa_desktop.ui.promoter.record.draft_cards import DraftCards
from kashiwa_desktop.ui.promoter.register.register_card import RegisterCard
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
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
