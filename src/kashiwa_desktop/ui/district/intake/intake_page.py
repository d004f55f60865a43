"""Screen 21: files checked first, shown in words, then taken in together; all of it can go back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal

from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.travel.gathering import ENDING
from kashiwa_desktop.services.travel.intake import FileOutcome, waiting
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.district.intake.clear_card import Brought, ClearCard
from kashiwa_desktop.ui.district.intake.inbox_card import ChooseFolder
from kashiwa_desktop.ui.district.intake.intake_help import ACCEPT, AGAIN, DECIDE, ROSTER, HelpCard
from kashiwa_desktop.ui.district.intake.intake_start import IntakeStart, KeepInbox
from kashiwa_desktop.ui.district.intake.intake_table import COMES_IN, IntakeRow, IntakeTable
from kashiwa_desktop.ui.district.intake.intake_work import (
    Checked,
    Take,
    Tidied,
    brought_by,
    check,
    rows_of,
    take_back,
    tidy,
    unlock,
    who,
)
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Message
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_HELP = "help"


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page works with: the keys, who is who, the sticks, and the watched folder.

    ``keep_inbox`` remembers the folder on this PC; ``choose`` asks for one and is given by tests.
    """

    ring: KeyRing
    roster: RosterService
    sticks: Sticks
    inbox: Path | None
    keep_inbox: KeepInbox
    choose: ChooseFolder | None = None


class IntakePage(ScrollPage):
    """``taken_in`` says what was done, for the window's undo strip; ``undo`` takes it back.

    ``answered`` comes when returns were written: what they tell can no longer be taken back.
    """

    SCREEN = 21
    TITLE = "受け取る"

    taken_in = Signal(str)
    answered = Signal()
    changed = Signal()

    def __init__(self, sources: Sources, jobs: Jobs) -> None:
        super().__init__()
        self._sources = sources
        self._work = PageWork(self, jobs)
        self._dropped: list[Path] = []
        self._paths: tuple[Path, ...] = ()
        self._done: list[tuple[str, int]] = []
        self._told: dict[str, tuple[FileOutcome, str]] = {}
        self._start = IntakeStart(sources.sticks, jobs, sources.choose, sources.inbox)
        self._headline = TextLabel(role="heading")
        self._problems = ProblemList()
        self._help = HelpCard()
        self._clear = ClearCard()
        self._table = IntakeTable("確かめたファイル")
        self._take = BigButton("受け取る", "inbox", "main")
        self._leave = BigButton("やめて、ほかのファイルを選ぶ", "left")
        self._meeting = BigButton("定例会モードにする", "people")
        self._retry = BigButton("待っているファイルをもう一度試す", "inbox")
        self._fill()
        self._connect()
        self._show_start()

    @property
    def is_open(self) -> bool:
        """Whether the 合言葉 was given."""
        return self._sources.ring.is_open

    @property
    def can_undo(self) -> bool:
        """Whether something was taken in since the window was opened."""
        return bool(self._done)

    def refresh(self) -> None:
        if not self._paths:
            self._show_start()
        if not self.is_open:
            self._start.keyword.setFocus()

    def open_with(self, keyword: str) -> None:
        """Open the office's keys; what was dropped meanwhile is checked right after."""
        self._work.run(
            partial(unlock, self._sources.ring, keyword),
            self._show_open,
            "合言葉を確かめています",
            handled=self._handle_wrong,
        )

    def check_files(self, paths: Sequence[Path]) -> None:
        """Check files and folders, and write nothing."""
        self._dropped = list(paths)
        if not self.is_open:
            self._start.keyword.setFocus()
            self.messages.show_message(
                Message("先に合言葉をお入れください。続けて確かめます。", tone="notice")
            )
            return
        work = partial(check, self._sources.ring, self._sources.roster, tuple(paths))
        self._work.run(work, self._show_checked, "ファイルを確かめています", "件")

    def undo(self) -> None:
        """Take the last intake of this session back."""
        if not self.is_open or not self._done:
            return
        intake, _ = self._done[-1]
        work = partial(take_back, self._sources.ring, intake)
        self._work.run(work, self._tell_undone, "元に戻しています")

    def go_back(self) -> None:
        if self._paths:
            self._start_again()
        else:
            super().go_back()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show_start(self) -> None:
        self._start.show_open(is_open=self.is_open)
        show_when(self._start, wanted=True)
        for part in (self._headline, self._help, self._clear, self._table):
            part.hide()
        for button in (self._take, self._leave):
            button.hide()
        show_when(self._meeting, wanted=True)
        show_when(self._retry, wanted=self._show_waiting() and self.is_open)

    def _show_waiting(self) -> bool:
        """List the files that wait for a person, each with what can be done; whether any does."""
        self._told = {}
        people = self._sources.roster.roster()
        folder = self._sources.ring.store.folder.waiting
        for one in waiting(self._sources.ring.store):
            path = str(folder / one.file)
            outcome = FileOutcome(path, "waiting", one.reason, one.text, one.promoter or None)
            self._told[path] = (outcome, who(people, outcome.promoter))
        self._show_told(offered=self.is_open)
        return bool(self._told)

    def _show_told(self, *, offered: bool) -> None:
        items = [_problem(self, *told, offered=offered) for told in self._told.values()]
        self._problems.show_problems(items)

    def _show_open(self, _nothing: object) -> None:
        self._show_start()
        if self._dropped:
            self.check_files(self._dropped)

    def _handle_wrong(self, error: BaseException) -> bool:
        if isinstance(error, AppError):
            self._start.keyword.show_wrong(error.text)
            QTimer.singleShot(0, self._start.keyword.setFocus)  # after the strip gave it back
            return True
        return False

    def _show_checked(self, checked: Checked) -> None:
        self._start.deal_with(checked.paths)
        if not checked.paths:
            text = f"提出用のファイル(名前の終わりが {ENDING})がありません。"
            self.messages.show_message(Message(text, tone="notice"))
            return
        self._paths = checked.paths
        rows = rows_of(checked)
        self._show_rows(rows, done=False)
        count = sum(row.outcome.state in COMES_IN for row in rows)
        self._take.set_word(f"{count}件を受け取る")
        self._take.setEnabled(count > 0)
        self._leave.set_word("やめて、ほかのファイルを選ぶ")
        show_when(self._take, wanted=True)
        (self._take if count else self._leave).setFocus()
        if checked.unread:
            text = "開けないフォルダーが%sつありました。その中は見ていません。"
            self.messages.show_message(Message(text % checked.unread, tone="notice"))

    def _show_rows(self, rows: list[IntakeRow], *, done: bool) -> None:
        for part in (self._start, self._help, self._meeting, self._retry):
            part.hide()
        show_when(self._leave, wanted=True)
        self._headline.setText(_words(self, rows, done=done))
        show_when(self._headline, wanted=True)
        stopped = [row for row in rows if row.outcome.state in ("refused", "waiting")]
        self._told = {row.outcome.file: (row.outcome, row.who) for row in stopped}
        self._show_told(offered=True)
        self._table.show_files(rows, done=done)
        show_when(self._table, wanted=True)

    def _act_on_problem(self, key: object) -> None:
        action, file = key if isinstance(key, tuple) else ("", "")
        told = self._told.get(file)
        if action == _HELP and told is not None:
            self._help.show_help(told[0], _named(*told))
            self.reveal(self._help)
        else:
            self._act(action, file)

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _take_all(self) -> None:
        self._run(self._taking(self._paths), self._tell_taken)

    def _act(self, action: str, file: str) -> None:
        """Do what a button of 「どうすればよいか」 promises."""
        here = self._taking((Path(file),))
        if action == ACCEPT:
            self._run(replace(here, accept=True), self._tell_one_taken)
        elif action == DECIDE:
            self._run(replace(here, decided=True), self._tell_one_taken)
        elif action == ROSTER:
            self.wants.emit(Way(Screen.ROSTER))
        elif action == AGAIN and self._paths:
            self.check_files(self._paths)
        elif action == AGAIN:
            self._try_waiting()
        else:
            self._start_again()

    def _try_waiting(self) -> None:
        self._run(self._taking(()), self._tell_tried)

    def _taking(self, paths: tuple[Path, ...]) -> Take:
        source = self._sources
        return Take(source.ring, source.roster, source.sticks, paths)

    def _run(self, work: Take, then: object) -> None:
        if self.is_open and callable(then):
            self._work.run(work, then, "受け取っています", "件")

    def _tell_taken(self, checked: Checked) -> None:
        self._keep(checked)
        self._show_rows(rows_of(checked), done=True)
        show_when(self._take, wanted=False)
        self._clear.offer(brought_by(checked, self._sources.inbox))
        self._leave.set_word("ほかのファイルを受け取る")
        self._leave.setFocus()

    def _tell_one_taken(self, checked: Checked) -> None:
        self._keep(checked)
        if self._paths and self._take.isVisible():
            self.check_files(self._paths)
        else:
            self._start_again()

    def _tell_tried(self, checked: Checked) -> None:
        self._keep(checked)
        self._start_again()
        if not checked.taken.intake:
            text = "まだ受け取れません。それぞれの「どうすればよいか」をご覧ください。"
            self.messages.show_message(Message(text, tone="notice"))

    def _keep(self, checked: Checked) -> None:
        count = sum(f.state in COMES_IN for f in checked.taken.files)
        if checked.taken.intake:
            self._done.append((checked.taken.intake, count))
            self.taken_in.emit(f"{count}件を受け取りました。")
        self.changed.emit()

    def _tell_undone(self, removed: int) -> None:
        _, count = self._done.pop()
        self._start_again()
        text = f"{count}件の受け取りを元に戻しました。(記録など{removed}件)"
        self.messages.say(text)
        self.changed.emit()

    def _answer_places(self, brought: Sequence[Brought]) -> None:
        self._tidy(brought, clear=False)

    def _clear_places(self, brought: Sequence[Brought]) -> None:
        self._tidy(brought, clear=True)

    def _tidy(self, brought: Sequence[Brought], *, clear: bool) -> None:
        work = partial(tidy, self._sources.ring, tuple(brought), clear=clear)
        self._work.run(work, self._tell_tidied, "USBメモリーに書いています")

    def _tell_tidied(self, tidied: Tidied) -> None:
        self._clear.hide()
        parts = []
        if tidied.answered:
            self.answered.emit()
            parts.append(f"返事を{tidied.answered}人分、入れました。")
        if tidied.gone:
            parts.append(f"提出用を{tidied.gone}件、消しました。")
        if tidied.kept:
            parts.append(f"まだ確かめられない{tidied.kept}件は残してあります。")
        parts.append("USBメモリーを抜いても大丈夫です。" if tidied.answered else "")
        self.messages.say("".join(parts))

    def _choose_inbox(self, folder: Path | None) -> None:
        self._sources = replace(self._sources, inbox=folder)
        self._sources.keep_inbox(folder)
        self._start.watch(folder)

    def _start_again(self) -> None:
        self._paths, self._dropped = (), []
        self._show_start()

    def _fill(self) -> None:
        self.add(self._start, self._headline, self._problems, self._help, self._clear)
        self.add_filling(self._table)
        self.action_bar.add(self._take, self._leave, self._meeting, self._retry)

    def _connect(self) -> None:
        self._start.given.connect(self.open_with)
        self._start.files_wanted.connect(self.check_files)
        self._start.inbox_chosen.connect(self._choose_inbox)
        self._problems.acted.connect(self._act_on_problem)
        self._help.acted.connect(self._act)
        self._clear.answer_wanted.connect(self._answer_places)
        self._clear.clear_wanted.connect(self._clear_places)
        self._take.clicked.connect(self._take_all)
        self._leave.clicked.connect(self._start_again)
        self.lead(self._meeting, Way(Screen.MEETING))
        self._retry.clicked.connect(self._try_waiting)


def _words(page: IntakePage, rows: Sequence[IntakeRow], *, done: bool) -> str:
    states = [row.outcome.state for row in rows]
    late = sum(row.outcome.late for row in rows)
    newer = f"新しい版 {states.count('newer')}"
    came = "受け取りました %s" if done else "取り込めます %s"
    parts = [
        came % states.count("new"),
        newer + (f"(変更{late}件)" if late else ""),
        f"受け取り済み {states.count('same')}",
        f"確認待ち {states.count('waiting')}",
        f"取り込めません {states.count('refused')}",
    ]
    return " / ".join(parts)


def _named(one: FileOutcome, name: str) -> str:
    file = Path(one.file).name
    return f"{name}({file})" if name else file


def _problem(page: IntakePage, one: FileOutcome, name: str, *, offered: bool) -> ProblemItem:
    """One file that did not come in: the way out beside its reason, once the keys are open."""
    text = f"{_named(one, name)}\n{one.text}"
    actions: list[tuple[object, str]] = []
    if offered:
        actions.append(((_HELP, one.file), "どうすればよいか"))
    if offered and one.reason == "unknown_device":
        actions.insert(0, ((ACCEPT, one.file), "ご本人に番号を確かめたので、受け取る"))
    tone = "notice" if one.state == "waiting" else "danger"
    return ProblemItem(text, tuple(actions), "notice" if tone == "notice" else "danger")
