"""書きかけ of a form as cards: to go on with one, to throw it away, and to take that back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Signal

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.ui.jobs import Jobs, Work
from kashiwa_desktop.ui.widgets.entry.draft_keeper import Keeps
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList

Fields = dict[str, Any]


class Kept(Keeps, Protocol):
    """Where the drafts of one form are kept, each with its ``id`` and its ``fields``."""

    def drafts(self) -> Sequence[Any]: ...


class KeptCards(ProblemList):
    """``opened`` gives the id and the fields; ``belongs`` says which drafts are shown here."""

    opened = Signal(str, dict)

    def __init__(
        self,
        kept: Kept,
        jobs: Jobs,
        belongs: Callable[[Fields], bool],
        told: Callable[[Fields], str],
    ) -> None:
        super().__init__()
        self._kept, self._jobs, self._belongs, self._told = kept, jobs, belongs, told
        self._fields: dict[str, Fields] = {}
        self._without: str | None = None
        self._dropped: tuple[str, Fields] | None = None
        self.acted.connect(self._take)

    def show_without(self, draft: str | None) -> None:
        """Show what is kept, without the one that stands in the form."""
        self._without = draft
        kept = [d for d in self._kept.drafts() if d.id != draft and self._belongs(d.fields)]
        self._fields = {d.id: d.fields for d in kept}
        items = [self._item(d.id, d.fields) for d in kept]
        if self._dropped is not None and self._belongs(self._dropped[1]):
            text = f"書きかけ「{self._told(self._dropped[1])}」を消しました。"
            back = (("back", ""), "元に戻す")
            items.insert(0, ProblemItem(text, (back,), "ok"))
        self.show_problems(items)

    def _item(self, name: str, fields: Fields) -> ProblemItem:
        text = f"書きかけがあります: {self._told(fields)}"
        go_on, drop = "続きを書く", "この書きかけを消す"
        return ProblemItem(text, ((("open", name), go_on), (("drop", name), drop)))

    def _take(self, key: tuple[str, str]) -> None:
        what, name = key
        dropped, self._dropped = self._dropped, None
        if what == "open":
            self.opened.emit(name, self._fields[name])
        elif what == "drop":
            self._dropped = (name, self._fields[name])
            self._start(partial(_drop, self._kept, name))
        elif dropped is not None:
            self._start(partial(_keep, self._kept, *dropped))

    def _start(self, work: Work) -> None:
        job = self._jobs.start(work)
        job.finished.connect(self._refresh)

    def _refresh(self) -> None:
        self.show_without(self._without)


def _drop(kept: Kept, name: str, _progress: Progress) -> None:
    kept.drop_draft(name)


def _keep(kept: Kept, name: str, fields: Fields, _progress: Progress) -> None:
    kept.keep_draft(name, fields)
