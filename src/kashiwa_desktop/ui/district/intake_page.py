"""Screen 21: files checked first, shown in words, then taken in together; all of it can go back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QTimer, Signal

from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.intake import FileOutcome, Intake
from kashiwa_desktop.services.roster import RosterService
from kashiwa_desktop.ui.district.intake_table import COMES_IN, IntakeRow, IntakeTable
from kashiwa_desktop.ui.district.intake_work import (
    ENDING,
    Checked,
    check,
    rows_of,
    take,
    take_back,
    unlock,
)
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.messages import Message
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.file_drop import FileDrop
from kashiwa_desktop.ui.widgets.keyword_card import KeywordCard
from kashiwa_desktop.ui.widgets.page import ScrollPage
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class WaitingFile(Protocol):
    """A file that waits for a person, as the office's store lists it."""

    @property
    def file(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def promoter(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page reads: how to open the files, who is who, what waits and where it lies."""

    unlock: Callable[[str], Intake]
    roster: RosterService
    waiting: Callable[[], Sequence[WaitingFile]]
    waiting_folder: Path


class IntakePage(ScrollPage):
    """``taken_in`` says what was done, for the window's undo strip; ``undo`` takes it back."""

    SCREEN = 21
    TITLE = "受け取る"

    taken_in = Signal(str)
    changed = Signal()

    def __init__(self, sources: Sources, jobs: Jobs) -> None:
        super().__init__()
        self._sources = sources
        self._work = PageWork(self, jobs)
        self._intake: Intake | None = None
        self._dropped: list[Path] = []
        self._paths: tuple[Path, ...] = ()
        self._done: list[tuple[str, int]] = []
        self._keyword = KeywordCard()
        self._drop = FileDrop(
            self.tr(
                "推進員さんの提出用のファイルか、USBメモリーのフォルダーを、ここに置いてください"
            ),
            (ENDING,),
        )
        self._headline = TextLabel(role="heading")
        self._problems = ProblemList()
        self._table = IntakeTable(self.tr("確かめたファイル"))
        self._take = BigButton(self.tr("受け取る"), "inbox", "main")
        self._leave = BigButton(self.tr("やめて、ほかのファイルを選ぶ"), "left")
        self._fill()
        self._connect()
        self._show_start()

    @property
    def is_open(self) -> bool:
        """Whether the 合言葉 was given."""
        return self._intake is not None

    @property
    def can_undo(self) -> bool:
        """Whether something was taken in since the window was opened."""
        return bool(self._done)

    def refresh(self) -> None:
        if not self._paths:
            self._show_start()
        if not self.is_open:
            self._keyword.setFocus()

    def open_with(self, keyword: str) -> None:
        """Open the office's keys; what was dropped meanwhile is checked right after."""
        self._work.run(
            partial(unlock, self._sources.unlock, keyword),
            self._show_open,
            self.tr("合言葉を確かめています"),
            handled=self._handle_wrong,
        )

    def check_files(self, paths: Sequence[Path]) -> None:
        """Check files and folders, and write nothing."""
        self._dropped = list(paths)
        if self._intake is None:
            self._keyword.setFocus()
            self.messages.show_message(
                Message(self.tr("先に合言葉をお入れください。続けて確かめます。"), tone="notice")
            )
            return
        work = partial(check, self._intake, self._sources.roster, tuple(paths))
        self._work.run(work, self._show_checked, self.tr("ファイルを確かめています"), "件")

    def undo(self) -> None:
        """Take the last intake of this session back."""
        if self._intake is None or not self._done:
            return
        intake, _ = self._done[-1]
        self._work.run(
            partial(take_back, self._intake, intake), self._tell_undone, "元に戻しています"
        )

    def go_back(self) -> None:
        if self._paths:
            self._start_again()
        else:
            super().go_back()

    # ── what is shown ──────────────────────────────────────────────────────────────────────

    def _show_start(self) -> None:
        show_when(self._keyword, wanted=not self.is_open)
        show_when(self._drop, wanted=True)
        show_when(self._headline, wanted=False)
        show_when(self._table, wanted=False)
        show_when(self.action_bar, wanted=False)
        self._show_waiting()

    def _show_waiting(self) -> None:
        """List the files that wait for a person, each with what can be done."""
        items = []
        for one in self._sources.waiting():
            path = self._sources.waiting_folder / one.file
            outcome = FileOutcome(str(path), "waiting", one.reason, one.text, one.promoter or None)
            items.append(self._problem(IntakeRow(outcome, ""), offered=self.is_open))
        self._problems.show_problems(items)

    def _show_open(self, intake: Intake) -> None:
        self._intake = intake
        self._show_start()
        if self._dropped:
            self.check_files(self._dropped)

    def _handle_wrong(self, error: BaseException) -> bool:
        if isinstance(error, AppError):
            self._keyword.show_wrong(error.text)
            QTimer.singleShot(0, self._keyword.setFocus)  # after the strip gave the focus back
            return True
        return False

    def _show_checked(self, checked: Checked) -> None:
        if not checked.paths:
            text = self.tr("提出用のファイル(名前の終わりが %s)がありません。") % ENDING
            self.messages.show_message(Message(text, tone="notice"))
            return
        self._paths = checked.paths
        rows = rows_of(checked)
        self._show_rows(rows, done=False)
        count = sum(row.outcome.state in COMES_IN for row in rows)
        self._take.set_word(self.tr("%s件を受け取る") % count)
        self._take.setEnabled(count > 0)
        self._leave.set_word(self.tr("やめて、ほかのファイルを選ぶ"))
        show_when(self._take, wanted=True)
        self.action_bar.show()
        (self._take if count else self._leave).setFocus()

    def _show_rows(self, rows: list[IntakeRow], *, done: bool) -> None:
        for part in (self._keyword, self._drop):
            part.hide()
        self._headline.setText(self._words(rows, done=done))
        show_when(self._headline, wanted=True)
        stopped = [row for row in rows if row.outcome.state in ("refused", "waiting")]
        self._problems.show_problems(self._problem(row, offered=True) for row in stopped)
        self._table.show_files(rows, done=done)
        show_when(self._table, wanted=True)

    def _words(self, rows: Sequence[IntakeRow], *, done: bool) -> str:
        states = [row.outcome.state for row in rows]
        late = sum(row.outcome.late for row in rows)
        newer = self.tr("新しい版 %s") % states.count("newer")
        came = self.tr("受け取りました %s") if done else self.tr("取り込めます %s")
        parts = [
            came % states.count("new"),
            newer + (self.tr("(変更%s件)") % late if late else ""),
            self.tr("受け取り済み %s") % states.count("same"),
            self.tr("確認待ち %s") % states.count("waiting"),
            self.tr("取り込めません %s") % states.count("refused"),
        ]
        return " / ".join(parts)

    def _problem(self, row: IntakeRow, *, offered: bool) -> ProblemItem:
        one = row.outcome
        who = self.tr("%s(%s)") % (row.who, row.file_name) if row.who else row.file_name
        text = f"{who}\n{one.text}"
        if one.reason == "unknown_device" and offered:
            action = (Path(one.file), self.tr("本人に確かめました。受け取る"))
            return ProblemItem(text, (action,), "notice")
        return ProblemItem(text, tone="notice" if one.state == "waiting" else "danger")

    # ── what is done ───────────────────────────────────────────────────────────────────────

    def _take_all(self) -> None:
        if self._intake is not None:
            work = partial(take, self._intake, self._sources.roster, self._paths)
            self._work.run(work, self._tell_taken, self.tr("受け取っています"), "件")

    def _take_from_new_pc(self, path: object) -> None:
        if self._intake is not None and isinstance(path, Path):
            work = partial(take, self._intake, self._sources.roster, (path,), accept=True)
            self._work.run(work, self._tell_one_taken, self.tr("受け取っています"), "件")

    def _tell_taken(self, checked: Checked) -> None:
        self._keep(checked)
        self._show_rows(rows_of(checked), done=True)
        show_when(self._take, wanted=False)
        self._leave.set_word(self.tr("ほかのファイルを受け取る"))
        self._leave.setFocus()

    def _tell_one_taken(self, checked: Checked) -> None:
        self._keep(checked)
        if self._paths and self._take.isVisible():
            self.check_files(self._paths)
        else:
            self._start_again()

    def _keep(self, checked: Checked) -> None:
        count = sum(f.state in COMES_IN for f in checked.taken.files)
        if checked.taken.intake:
            self._done.append((checked.taken.intake, count))
            self.taken_in.emit(self.tr("%s件を受け取りました。") % count)
        self.changed.emit()

    def _tell_undone(self, removed: int) -> None:
        _, count = self._done.pop()
        self._start_again()
        text = self.tr("%s件の受け取りを元に戻しました。(記録など%s件)") % (count, removed)
        self.messages.say(text)
        self.changed.emit()

    def _start_again(self) -> None:
        self._paths, self._dropped = (), []
        self._show_start()

    def _fill(self) -> None:
        self.add(self._keyword, self._drop, self._headline, self._problems)
        self.add_filling(self._table)
        self.action_bar.add(self._take, self._leave)

    def _connect(self) -> None:
        self._keyword.given.connect(self.open_with)
        self._drop.dropped.connect(self.check_files)
        self._problems.acted.connect(self._take_from_new_pc)
        self._take.clicked.connect(self._take_all)
        self._leave.clicked.connect(self._start_again)
