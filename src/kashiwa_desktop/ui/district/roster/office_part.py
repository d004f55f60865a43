"""Some of the office's own settings in one form; what nobody has set yet says 初期値(要確認)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.ui.district.roster.settings_part import SettingsPart
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.value_entry import Spec
from kashiwa_desktop.ui.widgets.entry.value_form import ValueForm
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.text_label import TextLabel


@dataclass(frozen=True, slots=True)
class OfficeForm:
    """``read`` fills the form, ``changes`` turns its values into fields of the settings.

    ``save`` gets those fields in the worker and returns the sentence for the strip. ``marks`` says
    初期値(要確認) at what was never set; switches that are off need no confirming.
    """

    title: str
    note: str
    rows: Sequence[Sequence[Spec]]
    read: Callable[[Book], dict[str, Any]]
    changes: Callable[[dict[str, Any]], Mapping[str, Any]]
    save: Callable[[Mapping[str, Any]], str]
    marks: bool = True


class OfficePart(SettingsPart):
    """Saving confirms what stands there, changed or not: then it is no 初期値 any more."""

    def __init__(self, wanted: OfficeForm, book: Book) -> None:
        super().__init__()
        self._wanted = wanted
        self._book = book
        self._form = ValueForm(wanted.rows, book.today)
        self._names = [spec.name for row in wanted.rows for spec in row]
        self._go = BigButton("保存する", "check", "main", keys="Ctrl+S")
        card = SectionCard(wanted.title)
        if wanted.note:
            card.add(TextLabel(wanted.note, "muted"))
        card.add(self._form)
        card.add_row(self._go)
        self.column.addWidget(card)
        self._form.touched.connect(self.note_touch)
        self._form.left.connect(self.left)
        self._go.clicked.connect(self.save)

    def show_book(self, book: Book) -> None:
        self._book = book
        unsaid = {name for name in self._names if name not in book.said}
        self._form.mark_initial(unsaid if self._wanted.marks else ())
        if not self.is_touched:
            self._fill()

    def typed(self) -> dict[str, Any]:
        return self._form.typed()

    def open_draft(self, typed: dict[str, Any]) -> None:
        self._form.fill(typed)
        self.is_touched = True

    def forget(self) -> None:
        super().forget()
        self._fill()

    def save(self) -> None:
        first = self._form.check()
        changes = {} if first else self._wanted.changes(self._form.values())
        self.ask_to_save(first, partial(self._wanted.save, changes))

    def _fill(self) -> None:
        self._form.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self._form.fill(self._wanted.read(self._book))
        self._form.blockSignals(False)  # noqa: FBT003
        self.is_touched = False
