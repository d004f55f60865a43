"""The entries of a noun, made from its table of fields: a field added there can be typed here."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.field import Field
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.entry.value_entry import Entry, Kind, Spec
from kashiwa_desktop.ui.widgets.layout.showing import show_when

_KINDS: dict[str, Kind] = {
    "line": "text", "text": "area", "names": "lines", "code": "chips", "codes": "checks",
    "flag": "switch", "people": "number", "number": "number", "minutes": "length", "day": "due",
    "date": "due",
}  # fmt: skip
_DAYS = ("day", "date")


class TableFields(QObject):
    """One entry a field, to be laid out by the form; ``places`` are their fields by name.

    ``typed`` is what a draft keeps, ``given`` what a record is made of (PRODUCT.md §8).
    """

    touched = Signal()
    left = Signal()

    def __init__(self, table: Iterable[Field], today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: Words = SEED_WORDS
        self._table = {field.name: field for field in table}
        specs = {name: _spec(field) for name, field in self._table.items()}
        self._offered = {name: spec.choices for name, spec in specs.items()}
        self._entries = {name: Entry(spec, today) for name, spec in specs.items()}
        self.places = {name: self._place(f) for name, f in self._table.items()}
        for entry in self._entries.values():
            self._listen(entry.widget)

    def fill(self, fields: Mapping[str, Any]) -> None:
        """Show these fields; those that are missing become empty, or what goes without saying."""
        for name, entry in self._entries.items():
            field, value = self._table[name], fields.get(name)
            self._offer_codes(name, value)
            entry.put(_shown_day(value) if field.kind in _DAYS else value or field.usual)

    def offer_words(self, words: Words) -> None:
        """Offer the codes of the day; what stands already stays, whatever became of its code."""
        self._words = words
        for name, entry in self._entries.items():
            self._offer_codes(name, entry.typed())

    def typed(self) -> dict[str, Any]:
        return {name: self._stored(name, entry.typed()) for name, entry in self._entries.items()}

    def given(self) -> dict[str, Any]:
        read = ("number", "people", "minutes", *_DAYS)
        values = {n: e.value() for n, e in self._entries.items() if self._table[n].kind in read}
        days = {n: v.isoformat() for n, v in values.items() if isinstance(v, date)}
        return self.typed() | values | days

    def unreadable(self) -> list[Problem]:
        found = []
        for name, entry in self._entries.items():
            if entry.is_unreadable:
                day = self._table[name].kind in _DAYS
                text = (
                    "日付をご確認ください。「12/10」のようにご記入ください。"
                    if day
                    else "数字でご記入ください。分からないときは空けておいてください。"
                )
                found.append(Problem(f"{name}_unreadable", text, name, blocking=True))
        return found

    def personal(self) -> list[str]:
        """Return the texts that were typed freely, for the hint about personal data."""
        return [str(e.typed()) for n, e in self._entries.items() if self._table[n].personal]

    def says(self, names: Iterable[str]) -> bool:
        """Whether one of these fields says something."""
        typed = self.typed()
        return any(typed[name] for name in names)

    def show_of(self, of: str) -> None:
        """Show what belongs to a category, and whatever else was written: nothing stays unseen."""
        typed = self.typed()
        kinds = {field.of for field in self._table.values() if field.of}
        written = {k for k in kinds if any(typed[n] for n, f in self._table.items() if f.of == k)}
        for name, field in self._table.items():
            if field.of:
                show_when(self.places[name], wanted=field.of == of or field.of in written)

    def _offer_codes(self, name: str, stood: Any) -> None:
        field, entry = self._table[name], self._entries[name]
        if field.kind not in ("code", "codes") or not isinstance(field.codes, str):
            return
        codes = [stood] if isinstance(stood, str) and stood else stood or ()
        choices = [*self._words.shown(field.codes, codes).items(), *_unsaid(field)]
        if choices != self._offered.get(name):
            self._offered[name] = choices
            entry.show_choices(choices)

    def _stored(self, name: str, value: Any) -> Any:
        """Return a day as a record holds it, or the text as it stands."""
        if self._table[name].kind not in _DAYS:
            return value
        day = self._entries[name].value()
        return day.isoformat() if day else value

    def _place(self, field: Field) -> FormField:
        entry = self._entries[field.name]
        placed = FormField(field.asked or field.label, entry.widget, hint=field.hint)
        if field.kind == "flag":
            placed.hide_label()
        return placed

    def _listen(self, widget: QWidget) -> None:
        if isinstance(widget, TextLine | TextArea):
            widget.touched.connect(self.touched)
            widget.left.connect(self.left)
        elif isinstance(widget, ChipBar):
            widget.chosen.connect(self.touched)
        elif isinstance(widget, CheckRow):
            widget.touched.connect(self.touched)
        elif isinstance(widget, QCheckBox):
            widget.toggled.connect(self.touched)


def _unsaid(field: Field) -> list[tuple[str, str]]:
    return [("", field.unsaid)] if field.kind == "code" and field.usual is None else []


def _spec(field: Field) -> Spec:
    of = field.codes
    words = of if not isinstance(of, str) else SEED_WORDS.choices(of) if of else {}
    choices = [*words.items(), *_unsaid(field)]
    label = field.asked or field.told if field.kind == "flag" else field.label
    return Spec(field.name, label, _KINDS[field.kind], field.hint, choices=choices,
                lines=field.lines, width=field.typed_em)  # fmt: skip


def _shown_day(text: Any) -> Any:
    """Return the date of a record, or the text a draft kept, as the entry takes it."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return text
