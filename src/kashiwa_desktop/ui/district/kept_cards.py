"""書きかけ of staff as cards: to go on with one, or to throw it away."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList

Fields = dict[str, Any]


class KeptCards(ProblemList):
    """``opened`` gives the id and the fields; ``belongs`` says which drafts are shown here."""

    opened = Signal(str, dict)

    def __init__(
        self,
        kept: KeptForms,
        jobs: Jobs,
        belongs: Callable[[Fields], bool],
        told: Callable[[Fields], str],
    ) -> None:
        super().__init__()
        self._kept, self._jobs, self._belongs, self._told = kept, jobs, belongs, told
        self._fields: dict[str, Fields] = {}
        self._without: str | None = None
        self.acted.connect(self._take)

    def show_without(self, draft: str | None) -> None:
        """Show what is kept, without the one that stands in the form."""
        self._without = draft
        kept = [d for d in self._kept.drafts() if d.id != draft and self._belongs(d.fields)]
        self._fields = {d.id: d.fields for d in kept}
        go_on, drop = self.tr("続きを書く"), self.tr("この書きかけを消す")
        self.show_problems(
            ProblemItem(
                self.tr("書きかけがあります: %s") % self._told(d.fields),
                ((("open", d.id), go_on), (("drop", d.id), drop)),
            )
            for d in kept
        )

    def _take(self, key: tuple[str, str]) -> None:
        what, name = key
        if what == "open":
            self.opened.emit(name, self._fields[name])
            return
        job = self._jobs.start(partial(_drop, self._kept, name))
        job.finished.connect(self._refresh)

    def _refresh(self) -> None:
        self.show_without(self._without)


def _drop(kept: KeptForms, name: str, _progress: Progress) -> None:
    kept.drop_draft(name)
