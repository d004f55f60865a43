"""新しい版: says that a newer one lies on a stick, and puts it in when the person presses."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.services.travel.updating import Offer, Updating
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.text_label import TextLabel

translate = QCoreApplication.translate
LOOKING = translate("update", "新しい版のファイルを確かめています")


class UpdateCard(SectionCard):
    """``started``: the setup runs, and this program makes way."""

    started = Signal(str)

    def __init__(
        self, updating: Updating, sticks: Sticks, work: PageWork, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("新しい版"), parent)
        self._updating, self._sticks, self._work = updating, sticks, work
        self._offer: Offer | None = None
        self._told = TextLabel()
        self._look = BigButton(self.tr("USBに新しい版があるか見る"), "stick")
        self._go = BigButton(self.tr("新しい版を入れる"), "check", "main")
        self.add(self._told)
        self.add_row(self._look, self._go)
        self._look.clicked.connect(self._ask)
        self._go.clicked.connect(self.put_in)
        self.show_offer(None)

    def show_offer(self, offer: Offer | None) -> None:
        """Show what was found; None where nothing newer lies there."""
        self._offer = offer if offer is not None and not offer.refused else None
        self._told.setText(offer_words(offer))
        show_when(self._told, wanted=offer is not None)
        show_when(self._go, wanted=self._offer is not None)

    def take_keyboard(self) -> None:
        """Put the keyboard on what can be done."""
        (self._go if self._offer is not None else self._look).setFocus()

    def put_in(self) -> None:
        """Copy first, then start the setup."""
        if self._offer is not None:
            work = partial(_put_in, self._updating, self._offer)
            what = self.tr("写しを作り、新しい版を用意しています")
            self._work.run(work, self._tell_started, what)

    def _ask(self) -> None:
        folders = [stick.path for stick in self._sticks.find()]
        self._work.run(partial(look, self._updating, folders), self._tell_found, LOOKING)

    def _tell_found(self, offer: Offer | None) -> None:
        self.show_offer(offer)
        if offer is None:
            self._told.setText(self.tr("USBメモリーに、新しい版はありません。"))
            show_when(self._told, wanted=True)
        elif self._offer is not None:
            self._go.setFocus()

    def _tell_started(self, text: str) -> None:
        self._told.setText(text)
        self.started.emit(text)


def offer_words(offer: Offer | None) -> str:
    """Say what lies on the stick, and what is new in it."""
    if offer is None or offer.refused:
        return offer.refused if offer else ""
    head = translate("update", "新しい版 %s が USB にあります。") % offer.release.version
    return "\n".join([head, *(f"・{note}" for note in offer.release.notes)])


def look(updating: Updating, folders: Sequence[Path], progress: Progress) -> Offer | None:
    """Look in these folders, in the worker."""
    return updating.offer(folders, progress)


def _put_in(updating: Updating, offer: Offer, progress: Progress) -> str:
    return updating.put_in(offer, progress)
