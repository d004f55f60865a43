"""新しい版がUSBメモリーにあります: looked for in one window, offered above every page, put in."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.safety.updating import Offer, Ready, Updating
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.sticks import LOOK_MS, Sticks
from kashiwa_desktop.ui.jobs import Job, Jobs
from kashiwa_desktop.ui.main_window import MainWindow
from kashiwa_desktop.ui.messages import Message, Question
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.page import ScrollPage

_TIMES = 3
"""Sticks are looked at that much more rarely than where a page waits for one."""


class UpdateDesk(QObject):
    """Sticks are watched only while the settings name a newer version than this one.

    ``ready`` gives the setup that is to be started once this program has ended.
    """

    ready = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        jobs: Jobs,
        sticks: Sticks,
        updating: Updating | None = None,
    ) -> None:
        """``updating`` is given by tests."""
        super().__init__(window)
        self._window, self._jobs, self._sticks = window, jobs, sticks
        self._updating = updating or Updating(store)
        self._offer: Offer | None = None
        self._seen: list[Path] | None = None
        self._job: Job | None = None
        self._told: Callable[[str], object] | None = None
        self._timer = QTimer(self, interval=_TIMES * LOOK_MS)
        self._timer.timeout.connect(self._watch)
        self._window.update_strip.wanted.connect(self.ask)

    def look_again(self, told: Callable[[str], object] | None = None) -> None:
        """Look now: other settings came, or somebody asks; ``told`` hears where there is none."""
        self._told = told or self._told
        self._seen = None
        self._watch()

    def ask(self) -> None:
        """Ask once before this program makes way for another version."""
        offer = self._offer
        if offer is None or offer.refused:
            return
        text = (
            "先に予備の写しを作ります。そのあと、このソフトはいったん閉じて、新しい版で開きます。"
            "書きかけも記録も残ります。"
        )
        news = "\n".join(f"・{note}" for note in offer.release.notes)
        title = f"新しい版 {offer.release.version} を入れますか"
        if ConfirmDialog.ask(Question(title, text, "入れる", details=news), self._window):
            self._put_in(offer)

    def _watch(self) -> None:
        folders = [stick.path for stick in self._sticks.find()]
        if folders == self._seen or self._job is not None:
            return
        self._seen = folders
        job = self._job = self._jobs.start(partial(_look, self._updating, folders))
        job.progressed.connect(self._show_progress)
        job.succeeded.connect(self._show)
        job.finished.connect(self._release)

    def _show(self, found: tuple[bool, Offer | None]) -> None:
        newer, self._offer = found
        if newer:
            self._timer.start()
        else:
            self._timer.stop()
        strip, offer = self._window.update_strip, self._offer
        if offer is None:
            strip.clear()
        else:
            strip.tell(offer_words(offer), offers=not offer.refused)
        if self._told is not None:
            none = "USBメモリーに、新しい版はありません。"
            self._told(none if offer is None else "")
            self._told = None

    def _show_progress(self, text: str, done: int, total: int) -> None:
        if total:
            self._window.update_strip.tell(f"{text} {done} / {total} MB")

    def _release(self) -> None:
        self._job = None
        if self._seen is None:  # asked for meanwhile
            self._watch()

    def _put_in(self, offer: Offer) -> None:
        self._window.update_strip.clear()
        job = self._jobs.start(partial(_put_in, self._updating, offer))
        job.succeeded.connect(self._take_ready)
        job.failed.connect(self._tell_failed)
        job.cancelled.connect(
            partial(self._window.update_strip.tell, offer_words(offer), offers=True)
        )
        what = "予備の写しを作り、新しい版のファイルを写しています"
        self._window.watch(job, what, "MB")

    def _take_ready(self, ready: Ready) -> None:
        if not ready.by_hand:
            self.ready.emit(ready)
        elif isinstance(self._window.page, ScrollPage):
            self._window.page.messages.show_message(Message(ready.by_hand, tone="ok"))

    def _tell_failed(self, error: BaseException) -> None:
        if isinstance(self._window.page, ScrollPage):
            self._window.page.messages.show_error(error)

    def start(self, ready: Ready) -> None:
        """Let the setup run once this program has ended."""
        self._updating.start(ready)


def offer_words(offer: Offer) -> str:
    """Say what is at hand, in one sentence."""
    if offer.refused:
        return offer.refused
    if offer.on_stick:
        return f"新しい版 {offer.release.version} が、USBメモリーにあります。"
    return f"新しい版 {offer.release.version} を入れられます。"


def _look(
    updating: Updating, folders: Sequence[Path], progress: Progress
) -> tuple[bool, Offer | None]:
    if updating.wanted() is None:
        return False, None
    return True, updating.offer(folders, progress)


def _put_in(updating: Updating, offer: Offer, progress: Progress) -> Ready:
    return updating.put_in(offer, progress)
