"""書きかけ of this PC as cards: going on with one, throwing one away, and taking that back."""

from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.day import is_day
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.jobs import Jobs, Work
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.undo_strip import UndoStrip

AT_ONCE = 2
"""More are one press away: old ones must not push the page down."""
_LONGEST = 40


class DraftCards(QWidget):
    """Cards, the newest first; ``opened`` gives the id of a draft, ``failed`` an error."""

    opened = Signal(str)
    failed = Signal(object)

    def __init__(self, recording: Recording, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recording, self._jobs = recording, jobs
        self._without: str | None = None
        self._fields: dict[str, dict[str, Any]] = {}
        self._thrown: tuple[str, dict[str, Any]] | None = None
        self._strip = UndoStrip()
        self._list = ProblemList()
        self._more = BigButton("ほかの書きかけを見る", "down")
        self._shows_all = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._strip)
        column.addWidget(self._list)
        column.addWidget(self._more)
        self._more.clicked.connect(self._show_all)
        self._list.acted.connect(self._act)
        self._strip.undo_asked.connect(self._take_back)
        self.hide()

    def show_without(self, draft: str | None) -> None:
        """Show the drafts that are kept, without the one that stands in the form."""
        self._without = draft
        self.refresh()

    def refresh(self) -> None:
        """Show the drafts that are kept now."""
        kept = [d for d in self._recording.drafts() if d.id != self._without]
        self._fields = {draft.id: draft.fields for draft in kept}
        shown = kept if self._shows_all else kept[:AT_ONCE]
        self._list.show_problems([self._item(d.id, d.at, d.fields) for d in shown])
        self._more.set_word(f"ほかの書きかけ {len(kept) - len(shown)}件を見る")
        show_when(self._more, wanted=len(shown) < len(kept))
        show_when(self, wanted=bool(kept) or not self._strip.isHidden())

    def _show_all(self) -> None:
        self._shows_all = True
        self.refresh()

    def _item(self, draft: str, at: str, fields: dict[str, Any]) -> ProblemItem:
        told = f"書きかけ: {described(fields)} ({_moment(at)}まで書きました)"
        actions = (
            (("open", draft), "続きを書く"),
            (("throw", draft), "この書きかけを消す"),
        )
        return ProblemItem(told, actions)

    def _act(self, key: tuple[str, str]) -> None:
        what, draft = key
        if what == "open":
            self._strip.clear()
            self.opened.emit(draft)
            return
        recording, fields = self._recording, self._fields[draft]
        self._thrown = (draft, fields)
        self._strip.tell(f"書きかけ『{described(fields)}』を消しました。")
        self._start(lambda _: recording.drop_draft(draft))

    def _take_back(self) -> None:
        if self._thrown is not None:
            recording, (draft, fields) = self._recording, self._thrown
            self._start(lambda _: recording.keep_draft(draft, fields))

    def _start(self, work: Work) -> None:
        job = self._jobs.start(work)
        job.failed.connect(self.failed)
        job.finished.connect(self.refresh)


def described(fields: dict[str, Any]) -> str:
    """Return 「11月12日 包括と打合せ」 for what a form holds so far."""
    text = str(fields.get("date") or "")
    if is_day(text):
        day = date.fromisoformat(text)
        text = f"{day.month}月{day.day}日"
    title = str(fields.get("title") or "").strip() or str(fields.get("content") or "").strip()
    title = title if len(title) <= _LONGEST else title[:_LONGEST] + "…"
    return f"{text} {title}".strip() or "(まだ何も書いてありません)"


def _moment(at: str) -> str:
    moment = datetime.fromisoformat(at)
    return f"{moment.month}月{moment.day}日 {moment.hour}:{moment.minute:02d}"
