"""Where 受け取る begins: 合言葉, files, the sticks that are in the PC, 受付フォルダー."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.services.travel.gathering import ENDING
from kashiwa_desktop.services.travel.inbox import Inbox
from kashiwa_desktop.services.travel.sticks import Stick, Sticks
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.district.intake.inbox_card import ChooseFolder, InboxCard
from kashiwa_desktop.ui.jobs import Jobs
from kashiwa_desktop.ui.widgets.entry.file_drop import FileDrop
from kashiwa_desktop.ui.widgets.entry.keyword_card import KeywordCard
from kashiwa_desktop.ui.widgets.folder_watch import FolderWatch
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.problem_list import ProblemItem, ProblemList
from kashiwa_desktop.ui.widgets.stick_watch import StickWatch

_INBOX = "inbox"


class IntakeStart(QWidget):
    """``files_wanted`` gives what is to be checked, ``inbox_chosen`` the folder to watch or None.

    Sticks and folder are looked at only while this is in view.
    """

    given = Signal(str)
    files_wanted = Signal(list)
    inbox_chosen = Signal(object)

    def __init__(
        self, sticks: Sticks, jobs: Jobs, choose: ChooseFolder | None, inbox: Path | None
    ) -> None:
        super().__init__()
        self.keyword = KeywordCard()
        words = "推進員さんの提出用のファイルか、USBメモリーのフォルダーを、ここに置いてください"
        self._drop = FileDrop(words, (ENDING,))
        self._offers = ProblemList()
        self._inbox_card = InboxCard(choose)
        self._sticks = StickWatch(sticks, jobs, self)
        self._folder = FolderWatch(jobs, self)
        self._arrange()
        self._connect()
        self.watch(inbox)

    def show_open(self, *, is_open: bool) -> None:
        """Ask for the 合言葉 only until it was given."""
        show_when(self.keyword, wanted=not is_open)

    def watch(self, folder: Path | None) -> None:
        """Watch this folder from now on, None for none."""
        self._inbox_card.show_folder(folder)
        self._folder.watch(Inbox(folder) if folder else None)
        if self.isVisible():
            self._folder.start()

    def deal_with(self, files: Sequence[Path]) -> None:
        """These were checked and are not offered again."""
        self._folder.deal_with(files)

    def look(self) -> None:
        """Look at sticks and folder now."""
        self._sticks.look()
        self._folder.look()

    def showEvent(self, event: object) -> None:
        self._sticks.start()
        self._folder.start()

    def hideEvent(self, event: object) -> None:
        self._sticks.stop()
        self._folder.stop()

    def _show_offers(self) -> None:
        items = [_stick_item(self, stick) for stick in self._sticks.here]
        ready = self._folder.ready
        if ready:
            text = f"受付フォルダーに、新しいファイルが{len(ready)}件あります。"
            items.append(ProblemItem(text, ((_INBOX, "確かめる"),)))
        self._offers.show_problems(items)

    def _act(self, key: object) -> None:
        if key == _INBOX:
            self.files_wanted.emit(list(self._folder.ready))
        elif isinstance(key, Path):
            self.files_wanted.emit([key])

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GAP)
        for part in (self.keyword, self._offers, self._drop, self._inbox_card):
            column.addWidget(part)

    def _connect(self) -> None:
        self.keyword.given.connect(self.given)
        self._drop.dropped.connect(self.files_wanted)
        self._offers.acted.connect(self._act)
        self._inbox_card.chosen.connect(self.inbox_chosen)
        self._sticks.changed.connect(self._show_offers)
        self._folder.changed.connect(self._show_offers)


def _stick_item(parent: QWidget, stick: Stick) -> ProblemItem:
    text = f"USBメモリー「{stick.name}」がささっています。"
    return ProblemItem(text, ((stick.path, "確かめる"),), "ok")


KeepInbox = Callable[[Path | None], object]
