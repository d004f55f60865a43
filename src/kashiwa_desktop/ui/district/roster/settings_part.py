"""What every section of 名簿・設定 is: it shows the book, gives its work upward, loses nothing."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.form_field import FormField

Save = Callable[[], str]
"""Work that writes; returns the sentence for the strip that offers to undo it, or ''."""


class SettingsPart(QWidget):
    """``wanted`` gives the work, ``blocked`` the field that must be filled in first.

    ``look_wanted`` gives work that changes nothing in the book: what it finds comes to
    ``show_found``, a sentence is said by the page. ``put_aside`` comes before what is typed
    gives way to something else.
    """

    KEY: ClassVar[str] = ""

    wanted = Signal(object)
    look_wanted = Signal(object)
    blocked = Signal(object)
    touched = Signal()
    left = Signal()
    put_aside = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_touched = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2 * theme.GAP)

    def show_book(self, book: Book) -> None:
        """Show the book as it stands; what was typed and not saved stays."""
        raise NotImplementedError

    def show_found(self, found: Any) -> None:
        """Show what was looked up."""

    def typed(self) -> dict[str, Any]:
        """Return what a draft keeps."""
        return {}

    def open_draft(self, typed: dict[str, Any]) -> None:
        """Put back what a draft kept."""

    def forget(self) -> None:
        """What was typed is saved: show the book again."""
        self.is_touched = False

    def save(self) -> None:
        """Ctrl+S."""

    def field_named(self, _name: str) -> FormField | None:
        """Return the field that holds what a refusal is about; None where none is in view."""
        return None

    def ask_to_save(self, first: FormField | None, work: Save) -> None:
        """Give the work upward unless a field must be filled in first."""
        if first is not None:
            self.blocked.emit(first)
        else:
            self.wanted.emit(work)

    def note_touch(self) -> None:
        """Something was typed."""
        self.is_touched = True
        self.touched.emit()
