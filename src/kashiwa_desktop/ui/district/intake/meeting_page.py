"""Screen 33, 定例会モード: put a stick in, hear it, pull it out, the next one; no click between."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.travel.intake import FileOutcome
from kashiwa_desktop.services.travel.meeting import Plan, Visit
from kashiwa_desktop.services.travel.sticks import Stick, Sticks
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.district.intake.intake_help import ACCEPT, AGAIN, DECIDE, ROSTER, HelpCard
from kashiwa_desktop.ui.district.intake.intake_work import unlock, who
from kashiwa_desktop.ui.district.intake.meeting_list import MeetingList
from kashiwa_desktop.ui.district.intake.meeting_start import MeetingStart
from kashiwa_desktop.ui.district.intake.meeting_work import Desk, Round
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Message, message_of
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.keyword_card import KeywordCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.stick_watch import StickWatch
from kashiwa_desktop.ui.widgets.text_label import Role, TextLabel

Sound = Callable[[], object]
_HELP = "help"


class MeetingPage(ScrollPage):
    """``changed`` comes with every stick that brought something; ``sound`` is given by tests."""

    SCREEN = 33
    TITLE = "定例会モード"

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        sticks: Sticks,
        clock: Clock,
        jobs: Jobs,
        sound: Sound = QApplication.beep,
    ) -> None:
        super().__init__()
        self._desk, self._sound = desk, sound
        self._work = PageWork(self, jobs)
        self._watch = StickWatch(sticks, jobs, self)
        self._plan: Plan | None = None
        self._waiting: list[tuple[Stick, bool]] = []
        self._now: Stick | None = None
        self._stopped: dict[str, tuple[FileOutcome, str]] = {}
        self._has_attendance = False
        self._keyword = KeywordCard()
        self._start = MeetingStart(clock.today())
        self._banner = StickBanner()
        self._problems = ProblemList()
        self._help = HelpCard()
        self._list = MeetingList()
        self._begin = BigButton("定例会モードを始める", "people", "main")
        self._end = BigButton("定例会モードを終わる", "left")
        self._back = BigButton("もどる", "left")
        self._fill()
        self._connect()
        self._show_stage()

    @property
    def is_running(self) -> bool:
        """Whether sticks are taken in by themselves now."""
        return self._plan is not None

    @property
    def words(self) -> str:
        """What the banner says."""
        return self._banner.words

    def refresh(self) -> None:
        self._show_stage()
        if self.is_running:
            self._watch.start()
            self._next()
        elif not self._desk.ring.is_open:
            self._keyword.setFocus()

    def leave(self) -> None:
        """Another screen comes up: no stick is touched unseen; those that wait come later."""
        self._watch.stop()

    def open_with(self, keyword: str) -> None:
        """Open the office's keys, once."""
        self._work.run(
            partial(unlock, self._desk.ring, keyword),
            self._show_opened,
            "合言葉を確かめています",
            handled=self._handle_wrong,
        )

    def begin(self) -> None:
        """Begin with what was decided; sticks that are in the PC already come first."""
        plan = self._start.plan()
        if plan is None or not self._desk.ring.is_open:
            return
        self._plan = plan
        self._list.begin(tells=plan.meeting is not None)
        self._say_next()
        self._show_stage()
        self._work.run(partial(self._desk.look, plan), self._begin_watching, "調べています")

    def end(self) -> None:
        """Take no more sticks in."""
        self._watch.stop()
        self._plan, self._waiting = None, []
        self._stopped = {}
        self._problems.show_problems([])
        self._help.hide()
        self._show_stage()

    def go_back(self) -> None:
        if self.is_running:
            self.end()
        else:
            super().go_back()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show_stage(self) -> None:
        ready = self._desk.ring.is_open
        show_when(self._keyword, wanted=not ready)
        for part in (self._start, self._begin):
            show_when(part, wanted=ready and not self.is_running)
        show_when(self._back, wanted=not self.is_running)
        for other in (self._banner, self._list, self._end):
            show_when(other, wanted=self.is_running)

    def _show_opened(self, _nothing: object) -> None:
        self._show_stage()
        self._begin.setFocus()

    def _handle_wrong(self, error: BaseException) -> bool:
        if isinstance(error, AppError):
            self._keyword.show_wrong(error.text)
            QTimer.singleShot(0, self._keyword.setFocus)  # after the strip gave the focus back
            return True
        return False

    def _begin_watching(self, found: Round) -> None:
        self._list.show_round(found)
        self._watch.forget()
        self._watch.start()

    def _say_next(self) -> None:
        self._banner.say("次のUSBメモリーをさしてください", "さすと、すぐに読み始めます。")

    def _show_visit(self, found: Round) -> None:
        visit = found.visit
        self._now = None
        self._list.show_round(found)
        if visit is not None:
            self._stopped = {f.file: (f, who(found.people, f.promoter)) for f in visit.stopped}
            self._problems.show_problems(_problem(self, *told) for told in self._stopped.values())
            self._tell_visit(visit, [who(found.people, p) for p in visit.promoters])
            if visit.promoters:
                self.changed.emit()
        self._next()

    def _tell_visit(self, visit: Visit, names: list[str]) -> None:
        self._sound()
        done = "、".join(f"{name}さん" for name in names)
        came = f"受け取りました: {done}。" if names else ""
        if visit.went_well:
            title = "抜いても大丈夫です(次の1本をどうぞ)"
            self._banner.say(title, came + "返事も入れました。", "ok")
            return
        if not visit.files:
            text = f"「{visit.stick}」に、提出用のファイルがありません。"
        elif visit.trouble:
            text = came + f"返事は入れられませんでした。{visit.trouble}"
        else:
            text = came + "受け取れなかったファイルがあります。理由は下をご覧ください。"
        self._banner.say("ご確認ください(抜いても大丈夫です)", text, "danger")

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _take_stick(self, stick: Stick) -> None:
        if self.is_running:
            self._sound()
            self._waiting.append((stick, False))
            self._next()

    def _next(self) -> None:
        """Go on with the next stick, or with the attendance that was ticked meanwhile."""
        plan = self._plan
        if plan is None or self._work.busy:
            return
        if self._waiting and self._watch.is_watching:
            self._visit(plan, *self._waiting.pop(0))
        elif self._has_attendance:
            self._has_attendance = False
            work = partial(self._desk.tell, plan, self._list.attended())
            self._work.run(work, self._show_told, "出席を残しています")

    def _visit(self, plan: Plan, stick: Stick, accept: bool) -> None:  # noqa: FBT001 - a pair
        self._now = stick
        self._help.hide()
        self._problems.show_problems([])
        title = f"「{stick.name}」を読んでいます。まだ抜かないでください"
        self._banner.say(title, tone="notice")
        self._work.run(
            partial(self._desk.take, stick, plan, accept=accept),
            self._show_visit,
            "受け取っています",
            "件",
            handled=self._handle_trouble,
        )

    def _show_told(self, found: Round) -> None:
        self._list.show_round(found)
        self._next()

    def _handle_trouble(self, error: BaseException) -> bool:
        """What stops one stick stops that stick alone."""
        self._now = None
        self._sound()
        said = message_of(error)
        title = "受け取れませんでした(抜いても大丈夫です)"
        self._banner.say(title, said.text, "danger")
        return isinstance(error, AppError)

    def _after_work(self) -> None:
        """A visit that was stopped by 中止 left everything as it was."""
        if self._now is not None:
            self._now = None
            title = "中止しました(抜いても大丈夫です)"
            self._banner.say(title, "もう一度するときは、さし直してください。")
        self._next()

    def _note_attendance(self) -> None:
        self._has_attendance = True
        self._next()

    def _act_on_problem(self, key: object) -> None:
        action, file = key if isinstance(key, tuple) else ("", "")
        told = self._stopped.get(file)
        if action == _HELP and told is not None:
            self._help.show_help(told[0], Path(file).name)
            self.reveal(self._help)
        else:
            self._act(action, file)

    def _act(self, action: str, file: str) -> None:
        stick = next((s for s in self._watch.here if Path(file).is_relative_to(s.path)), None)
        if action == ROSTER:
            self.wants.emit(Way(Screen.ROSTER))
        elif action == DECIDE:
            text = "なくしたと届け出のあったパソコンの分は、「受け取る」でお受け取りください。"
            self.messages.show_message(Message(text, tone="notice"))
        elif action in (ACCEPT, AGAIN) and stick is None:
            text = "そのUSBメモリーは抜いてあります。もう一度さしてください。"
            self.messages.show_message(Message(text, tone="notice"))
        elif action in (ACCEPT, AGAIN) and stick is not None:
            self._waiting.insert(0, (stick, action == ACCEPT))
            self._next()

    def _fill(self) -> None:
        self.add(self._keyword, self._start, self._banner, self._problems, self._help)
        self.add_filling(self._list)
        self.action_bar.add(self._begin, self._back, self._end)

    def _connect(self) -> None:
        self._keyword.given.connect(self.open_with)
        self._begin.clicked.connect(self.begin)
        self._end.clicked.connect(self.end)
        self._back.clicked.connect(self.back_asked)
        self._watch.came.connect(self._take_stick)
        self._work.ended.connect(self._after_work)
        self._problems.acted.connect(self._act_on_problem)
        self._help.acted.connect(self._act)
        self._list.attendance_changed.connect(self._note_attendance)


def _problem(page: MeetingPage, one: FileOutcome, name: str) -> ProblemItem:
    title = f"{name}({Path(one.file).name})" if name else Path(one.file).name
    actions: list[tuple[object, str]] = [((_HELP, one.file), "どうすればよいか")]
    if one.reason == "unknown_device":
        actions.insert(0, ((ACCEPT, one.file), "ご本人に番号を確かめたので、受け取る"))
    return ProblemItem(f"{title}\n{one.text}", tuple(actions))


# What the stick is doing right now, so large that it is seen from across the table.
_SHAPES = {"card": "", "notice": "▲ ", "ok": "■ ", "danger": "✕ "}


class StickBanner(QFrame):
    """A heading and a sentence, in the tone of what is the matter, with its shape."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(role="title")
        self._text = TextLabel()
        column = QVBoxLayout(self)
        edge = 2 * theme.GAP
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self._title)
        column.addWidget(self._text)

    @property
    def words(self) -> str:
        """Everything it says."""
        return f"{self._title.text()}\n{self._text.text()}"

    def say(self, title: str, text: str = "", tone: str = "card") -> None:
        """Say something; ``tone`` is card, notice (do not pull), ok (pull) or danger."""
        self.setProperty("panel", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._title.setText(_SHAPES[tone] + title)
        role: Role = "strong" if tone == "danger" else "body"
        self._text.set_role(role)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(self.words)
