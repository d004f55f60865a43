"""くわしく書く: what the office counts of a resource, and what need not be said."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.resource import FIELDS
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.table_fields import TableFields
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel

IN_VIEW = frozenset({
    "area", "kind", "form", "name", "day", "place", "contact", "checked", "ended", "succeeds"
})  # fmt: skip
"""What stands in the form above, or is done by a button; every other field stands here."""


class ResourceMore(QWidget):
    """Folded; what belongs to one kind only is shown with that kind."""

    touched = Signal()
    left = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fold = Fold("くわしく書く")
        self._table = TableFields([f for f in FIELDS if f.name not in IN_VIEW], today, self)
        self._estimate = TextLabel(role="strong")
        self._arrange()
        self._table.touched.connect(self.touched)
        self._table.left.connect(self.left)

    def open(self, *, opened: bool = True) -> None:
        self._fold.open(opened=opened)

    def show_kind(self, kind: str) -> None:
        """Show what belongs to a kind."""
        self._table.show_of(kind)

    def show_estimate(self, text: str) -> None:
        """Say how much a subsidy may come to; nothing where nobody knows."""
        self._estimate.setText(text)
        show_when(self._estimate, wanted=bool(text))

    def fill(self, fields: dict[str, Any]) -> None:
        self._table.fill(fields)

    def typed(self) -> dict[str, Any]:
        return self._table.typed()

    def places(self) -> dict[str, FormField]:
        return self._table.places

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._fold)
        f = dict(self._table.places)
        self._fold.add(f.pop("subsidy"), self._estimate, f.pop("requirements"), *f.values())
        self._estimate.hide()
        self.fill({})
        self.show_kind("")
