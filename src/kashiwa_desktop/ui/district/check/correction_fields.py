"""The fields of a record as staff correct it; only what was changed becomes a correction."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain import entry, wareki
from kashiwa_desktop.domain.activity import FIELDS, Activity, as_body
from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.field import Field
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow

Typed = dict[str, str]
_REQUIRED = ("date", "title")
_CHOSEN = ("category", "type", "status")


class CorrectionFields(QWidget):
    """``touched`` comes with every change; ``changes`` is what differs from the record."""

    touched = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._before: dict[str, Any] = {}
        self._words: Words = SEED_WORDS
        typed = [f for f in FIELDS if f.corrected and f.name not in _CHOSEN]
        self._table = {field.name: field for field in typed}
        self._fields = {name: self._field(field) for name, field in self._table.items()}
        self._category, self._type, self._status = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self._arrange()
        self._category.chosen.connect(self._show_types)
        for choice in (self._category, self._type, self._status):
            choice.chosen.connect(self.touched)

    def fill(self, a: Activity) -> None:
        """Show a record as it is."""
        names = [*self._table, *_CHOSEN]
        body = as_body(a)
        self._before = {name: body[name] for name in names}
        self._words = a.words
        self._category.show_choices(a.words.shown("category", [a.category]).items())
        self._status.show_choices(a.words.shown("status", [a.status]).items())
        self.restore({name: self._shown(name) for name in names})

    def typed(self) -> Typed:
        """Return everything as it stands in the fields, for keeping it."""
        texts = {name: _text_of(field.widget) for name, field in self._fields.items()}
        for name, choice in self._choices().items():
            chosen = choice.current()
            texts[name] = "" if chosen is None else str(chosen)
        return texts

    def restore(self, typed: Typed) -> None:
        """Put back what was typed; that is no typing, so nothing is said of it."""
        with QSignalBlocker(self):
            self._restore(typed)

    def _restore(self, typed: Typed) -> None:
        for name, field in self._fields.items():
            _put(field.widget, typed.get(name, ""))
            field.clear_message()
        self._category.choose(typed.get("category"))
        self._show_types()
        self._type.choose(typed.get("type"))
        self._status.choose(typed.get("status"))

    @property
    def is_changed(self) -> bool:
        return any(text != self._shown(name) for name, text in self.typed().items())

    def changes(self) -> dict[str, Any] | None:
        """Return the corrected fields as a merge patch; None where something cannot be read.

        Each unreadable field says so, and the keyboard goes to the first of them.
        """
        found, wrong = {}, []
        for name, text in self.typed().items():
            if text == self._shown(name):
                continue
            value, readable = self._read(name, text)
            if not readable:
                wrong.append(name)
            found[name] = value
        for name, field in self._fields.items():
            field.clear_message()
            if name in wrong:
                typed = _text_of(field.widget).strip()
                field.block("読み取れません。書き直してください" if typed else "")
        if wrong:
            self._fields.get(wrong[0], self._fields["date"]).focus()
        return None if wrong else found

    def _read(self, name: str, text: str) -> tuple[Any, bool]:
        """Return (value for the record, whether the text could be read)."""
        text = text.strip()
        field = self._table.get(name)
        if field is None:  # one of the choices
            return text, bool(text)
        if not text:
            return None, name not in _REQUIRED
        match field.kind:
            case "day":
                day = wareki.parse_date(text, self._today())
                return day and day.isoformat(), day is not None
            case "time":
                value: Any = entry.parse_time(text)
            case "minutes":
                value = entry.parse_length(text)
            case "people":
                value = entry.parse_count(text)
            case "names":
                value = [
                    part.strip() for part in text.replace(",", "、").split("、") if part.strip()
                ]
            case _:
                value = text
        return value, value is not None

    def _shown(self, name: str) -> str:
        """Return how the record's own value stands in its field."""
        value = self._before.get(name)
        if value is None or value == "":
            return ""
        if name == "date":
            return wareki.long_date(date.fromisoformat(value), weekday=False)
        if name == "minutes":
            return entry.length_text(value)
        return "、".join(value) if isinstance(value, list) else str(value)

    def _show_types(self) -> None:
        chosen = self._category.current()
        category = "" if chosen is None else str(chosen)
        own = [self._before["type"]] if category == self._before.get("category") else []
        self._type.show_choices(self._words.shown("type", own, category).items())

    def _choices(self) -> dict[str, ChoiceBox]:
        return {"category": self._category, "type": self._type, "status": self._status}

    def _field(self, field: Field) -> FormField:
        line = TextArea(lines=2) if field.kind == "text" else TextLine()
        line.touched.connect(self.touched)
        several = f"{field.label}(「、」で区切ります)"
        label = several if field.kind == "names" else field.label
        return FormField(label, line, required=field.name in _REQUIRED)

    def _arrange(self) -> None:
        f = self._fields
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GAP)
        column.addWidget(FlowRow(f["date"], f["start"], f["end"], f["minutes"], f["attendees"]))
        column.addWidget(
            FlowRow(
                FormField("区分", self._category),
                FormField("種別", self._type),
                FormField("状態", self._status),
            )
        )
        beside = ("date", "start", "end", "minutes", "attendees")
        for name in (name for name in f if name not in beside):
            column.addWidget(f[name])


def _text_of(field: QWidget) -> str:
    return field.text_so_far() if isinstance(field, TextLine | TextArea) else ""


def _put(field: QWidget, text: str) -> None:
    if isinstance(field, TextArea):
        field.set_text(text)
    elif isinstance(field, TextLine):
        field.setText(text)
