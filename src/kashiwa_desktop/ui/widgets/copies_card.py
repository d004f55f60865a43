"""予備の写し: when they were made, what is in them, and the way back to one."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.safety.keeping import Copy, Keeping
from kashiwa_desktop.services.safety.looking_into import (
    LIFTED,
    CopyContents,
    CopyName,
    LookingInto,
    Trial,
)
from kashiwa_desktop.ui.messages import Question
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.text_label import TextLabel

AT_ONCE = 5
_NAMED = 5


class CopiesCard(SectionCard):
    """``restored`` comes after going back to a copy: everything shown is out of date then."""

    restored = Signal(str)

    def __init__(
        self,
        keeping: Keeping,
        looking_into: LookingInto,
        work: PageWork,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("予備の写し", parent)
        self._keeping, self._looking_into, self._work = keeping, looking_into, work
        self._copies: list[CopyName] = []
        self._shown = AT_ONCE
        self._looked: CopyContents | None = None
        self._last = TextLabel(role="strong")
        self._tried = TextLabel()
        self._make = BigButton("いま写しを作る", "copy")
        self._list = ProblemList()
        self._more = BigButton("もっと前の写しを見る", "down")
        self._contents = TextLabel()
        self._restore = BigButton("この時点に戻す", "undo")
        self._leave = BigButton("戻さない")
        words = (
            "こわれたときのために、その日はじめて開いたときと、記録してから閉じたときに、"
            "写しは、このパソコンの中に自動で作られます。添えた資料(写真など)は入りません。"
        )
        self.add(TextLabel(words, "muted"), self._last, self._tried)
        self.add_row(self._make)
        self.add(self._list)
        self.add_row(self._more)
        self.add(self._contents)
        self.add_row(self._restore, self._leave)
        self._connect()
        self._show_contents(None)

    def refresh(self) -> None:
        """Read which copies there are; they are opened only when looked into."""
        self._copies = self._looking_into.copies()
        today = self._looking_into.today()
        if self._copies:
            last = copy_words(self._copies[0], today)
            self._last.setText(f"いちばん新しい写し: {last}")
        else:
            self._last.setText("写しはまだありません。")
        trial = self._looking_into.last_trial()
        self._tried.setText(trial_words(trial, today) if trial else "")
        show_when(self._tried, wanted=trial is not None)
        self._list.show_problems(
            ProblemItem(copy_words(copy, today), ((copy.file, "中身を見る"),), "ok")
            for copy in self._copies[: self._shown]
        )
        show_when(self._more, wanted=len(self._copies) > self._shown)
        self._show_contents(None)

    def _show_more(self) -> None:
        self._shown += 2 * AT_ONCE
        self.refresh()

    def _make_copy(self) -> None:
        self._work.run(partial(_make, self._keeping), self._tell_made, "写しを作っています")

    def _tell_made(self, _copy: Copy) -> None:
        self.refresh()

    def _look(self, path: Path) -> None:
        self._work.run(
            partial(_look, self._looking_into, path),
            self._show_contents,
            "中身を見ています",
        )

    def _show_contents(self, contents: CopyContents | None) -> None:
        self._looked = contents
        if contents is not None:
            today = self._looking_into.today()
            self._contents.setText("\n".join(contents_lines(contents, today)))
        for part in (self._contents, self._restore, self._leave):
            show_when(part, wanted=contents is not None)
        if contents is not None:
            self._leave.setFocus()

    def _ask_before_restoring(self) -> None:
        if self._looked is None:
            return
        when = copy_words(self._looked.copy, self._looking_into.today())
        question = Question(
            f"{when} の時点に戻しますか",
            "いまの記録は、戻す前に予備の写しにとっておきます。",
            "この時点に戻す",
            details="\n".join(difference_lines(self._looked)),
        )
        if ConfirmDialog.ask(question, self):
            self._work.run(
                partial(_restore, self._keeping, self._looked.copy.file),
                self._tell_restored,
                "戻しています",
            )

    def _tell_restored(self, _copy: Copy) -> None:
        looked = self._looked
        self.refresh()
        if looked is not None:
            when = copy_words(looked.copy, self._looking_into.today())
            self.restored.emit(f"{when} の時点に戻しました。")

    def _forget(self) -> None:
        self._show_contents(None)

    def _connect(self) -> None:
        self._make.clicked.connect(self._make_copy)
        self._list.acted.connect(self._look)
        self._more.clicked.connect(self._show_more)
        self._restore.clicked.connect(self._ask_before_restoring)
        self._leave.clicked.connect(self._forget)


def copy_words(copy: CopyName, today: date) -> str:
    """Return 「きのう 16:20(閉じたとき)」."""
    made = copy.made_at
    days = (today - made.date()).days
    names = {0: "きょう", 1: "きのう"}
    day = names.get(days) or wareki.long_date(made.date())
    why = {
        "": "自分で",
        "before": "戻す前",
        "close": "閉じたとき",
        "start": "開いたとき",
        "update": "新しい版を入れる前",
        LIFTED: f"新しい版に移す前の記録、形{copy.schema}",
    }.get(copy.why)
    return f"{day} {made.hour}:{made.minute:02d}" + (f"({why})" if why else "")


def trial_words(trial: Trial, today: date) -> str:
    """Return when a copy was last tried, which, and what came of it."""
    day, copy = wareki.long_date(trial.day), copy_words(trial.copy, today)
    if trial.whole:
        words = "さいごに試した日: %s(%s の写しに戻せることを確かめました)"
    else:
        words = "さいごに試した日: %s(%s の写しは戻せませんでした)"
    return words % (day, copy)


def contents_lines(contents: CopyContents, today: date) -> list[str]:
    """Return what a copy holds, in sentences."""
    lines = [f"{copy_words(contents.copy, today)} の写しの中身: 記録 {contents.count}件"]
    if contents.first and contents.last:
        span = f"{wareki.long_date(contents.first)} – {wareki.long_date(contents.last)}"
        lines.append(span)
    lines += [f"・{_named(a)}" for a in contents.newest]
    return [*lines, *difference_lines(contents)]


def difference_lines(contents: CopyContents) -> list[str]:
    """Return what going back would change, in sentences."""
    lines = []
    for records, words in (
        (contents.would_go, "戻すと、なくなる記録 %s件"),
        (contents.would_come, "戻すと、また出てくる記録 %s件"),
    ):
        if records:
            lines.append(words % len(records))
            lines += [f"・{_named(a)}" for a in records[:_NAMED]]
    if contents.sheets_gone:
        lines.append(f"戻すと、なくなる請求書・支払明細書 {contents.sheets_gone}枚")
    if contents.would_change:
        lines.append(f"戻すと、直す前になる記録 {contents.would_change}件")
    lines = lines or ["いまの記録と同じです。"]
    return [*lines, *filter(None, [contents.mark])]


def _named(a: Activity) -> str:
    return f"{wareki.long_date(a.date)} {a.title}"


def _make(keeping: Keeping, _: Progress) -> Copy:
    return keeping.back_up()


def _look(looking_into: LookingInto, path: Path, _: Progress) -> CopyContents:
    return looking_into.contents(path)


def _restore(keeping: Keeping, path: Path, _: Progress) -> Copy:
    return keeping.restore(path)[0]
