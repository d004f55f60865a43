"""A part of the record form: a card that holds some of the record's fields."""

from typing import Any

from PySide6.QtCore import Signal

from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard


class FormPart(SectionCard):
    """``touched`` comes with every change, ``left`` when a field was left.

    ``typed`` is what a draft keeps: values that were understood, else the text as it stands;
    ``given`` is what a record is made of. Both use the public names of PRODUCT.md §8.
    """

    touched = Signal()
    left = Signal()

    def fill(self, fields: dict[str, Any]) -> None:
        """Show these fields; those that are missing become empty."""
        raise NotImplementedError

    def typed(self) -> dict[str, Any]:
        raise NotImplementedError

    def given(self) -> dict[str, Any]:
        return self.typed()

    def unreadable(self) -> list[Problem]:
        """Return what was typed and cannot be understood: nothing typed is dropped silently."""
        return []

    def places(self) -> dict[str, FormField]:
        """Return the field in which a problem with each name is shown."""
        return {}
