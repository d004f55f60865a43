"""What staff typed about a month and did not send yet: kept while they look at other months."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.kept_words import KeptWords, Words
from kashiwa_desktop.ui.jobs import Jobs

KEEP_MS = 1_500


class TypedTexts(QObject):
    """Texts by month, promoter and card; written down soon after the last change."""

    def __init__(self, kept: KeptWords, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._service, self._jobs = kept, jobs
        self._texts: Words = kept.read()
        self._written = dict(self._texts)
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.keep_now)

    def of(self, month: Month, promoter: str) -> Words:
        """Return the texts about one month, by card."""
        start = f"{month} {promoter} "
        found = self._texts.items()
        return {n.removeprefix(start): text for n, text in found if n.startswith(start)}

    def note(self, month: Month, promoter: str, texts: Mapping[str, str]) -> None:
        """Remember how the cards of a month stand; empty texts are forgotten."""
        for card, text in texts.items():
            if text.strip():
                self._texts[f"{month} {promoter} {card}"] = text
            else:
                self._texts.pop(f"{month} {promoter} {card}", None)

    def drop(self, month: Month, promoter: str, card: str) -> None:
        """Forget a text that was sent."""
        self._texts.pop(f"{month} {promoter} {card}", None)

    def keep_soon(self) -> None:
        """Write within a moment; further typing does not put it off."""
        if not self._timer.isActive():
            self._timer.start()

    def keep_now(self) -> None:
        """Write what is not written yet."""
        self._timer.stop()
        if self._texts != self._written:
            self._written = dict(self._texts)
            self._jobs.start(partial(_keep, self._service, self._written))


def _keep(service: KeptWords, texts: Words, progress: Progress) -> None:
    progress.step("", 0, 0)
    service.keep(texts)
