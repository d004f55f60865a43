"""One short guided page of かぎとパソコン: what it is for, what it needs, one button."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.office.enrolling import Enrolling
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.safety.guarding import Guarding
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.safety.rebuilding import Rebuilding
from kashiwa_desktop.services.safety.recovery_drill import RecoveryDrill
from kashiwa_desktop.ui.office.recovery_field import RecoveryField
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.secret_line import SecretLine
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.page_work import PageWork
from kashiwa_desktop.ui.widgets.text_label import TextLabel

RECOVERY_CODES = ("bad_key", "other_recovery_key")


@dataclass(frozen=True, slots=True)
class KeyServices:
    """What かぎとパソコン works with; ``archive`` is where the files of this office lie."""

    ring: KeyRing
    guarding: Guarding
    drill: RecoveryDrill
    enrolling: Enrolling
    rebuilding: Rebuilding
    roster: RosterService
    archive: Path


class Guide(SectionCard):
    """``told`` carries the sentences about what was done; then the page is at its list again."""

    told = Signal(str)

    def __init__(
        self,
        title: str,
        what: str,
        services: KeyServices,
        work: PageWork,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._services, self._work = services, work
        self.add(TextLabel(what))

    def begin(self) -> None:
        """The person opened this guide: nothing of the last time is left in it."""

    def _go_button(self, word: str, icon: str = "check") -> BigButton:
        button = BigButton(word, icon, "main")
        button.clicked.connect(self._go)
        self.add_row(button)
        return button

    def _go(self) -> None:
        """Do what the guide is for."""


class WordsField(FormField):
    """The present 合言葉."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        self._secret = SecretLine()
        super().__init__(label, self._secret, required=True, parent=parent)

    def take(self) -> str:
        """Return what was typed and empty the field; '' after saying that nothing was."""
        self.clear_message()
        if not self._secret.text():
            self.block()
            self.focus()
        return self._secret.take()

    def clear(self) -> None:
        self._secret.clear()
        self.clear_message()

    def handle(self, error: BaseException) -> bool:
        """Show at the field that it was the wrong 合言葉."""
        if isinstance(error, AppError) and error.code == "wrong_passphrase":
            self.block(error.text)
            self.focus()
            return True
        return False


def handle_recovery(field: RecoveryField, error: BaseException) -> bool:
    """Show at the field which word or line of the recovery key is wrong."""
    if isinstance(error, AppError) and error.code in RECOVERY_CODES:
        field.show_wrong(error.text)
        return True
    return False
