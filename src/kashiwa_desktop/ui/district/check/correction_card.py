"""職員による直し: the fields of one record, and what the promoter is told about it."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain import entry, wareki
from kashiwa_desktop.domain.activity import FIELDS, Activity, as_body
from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.field import Field
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.district.check.ask_cards import record_words
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold


class CorrectionCard(Fold):
    """``corrected`` gives the record, the changed fields and the words for the promoter."""

    corrected = Signal(str, dict, str)
    touched = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("職員が記録を直す", parent)
        self._records: dict[str, Activity] = {}
        self._shown: str | None = None
        self._kept: dict[str, dict[str, str]] = {}
        self._choice = ChoiceBox()
        self._choice.may_shrink()
        self._fields = CorrectionFields(today)
        self._text = TextLine()
        self._told = FormField(
            "推進員さんに伝えること",
            self._text,
            required=True,
            hint=(
                "職員が直したものとして記録され、推進員さんが「この直し方でよい」か"
                "「事実とちがう」をお返事します。"
            ),
        )
        self._go = BigButton("直して、推進員さんに知らせる", "pencil")
        self._which = FormField("どの記録ですか", self._choice, required=True)
        self.add(self._which, self._fields, self._told, self._go)
        self._choice.chosen.connect(self._change_record)
        for part in (self._fields, self._text):
            part.touched.connect(self.touched)
        self._go.clicked.connect(self._give)

    def show_records(self, records: Sequence[Activity]) -> None:
        """Offer these records; what was typed about others is put back by ``restore``."""
        self._records = {a.id: a for a in records}
        self._choice.show_choices((a.id, record_words(a)) for a in records)
        self._shown = None
        self._kept = {}
        self._show(next(iter(self._records), None))

    def begin(self, record: str) -> None:
        """Open for one record."""
        self.open()
        self._change_record(record)
        self._choice.setFocus()

    def follow(self, record: str) -> None:
        """Take the record that was chosen in the table; what was typed of another is kept."""
        if not self.is_open:
            self._change_record(record)

    def state(self) -> str:
        self._keep_shown()
        text = self._text.text_so_far()
        if not self._kept and not text.strip():
            return ""
        kept = {"record": self._shown, "edits": self._kept, "text": text}
        return json.dumps(kept, ensure_ascii=False)

    def restore(self, state: str) -> None:
        kept = json.loads(state) if state else {}
        self._kept = dict(kept.get("edits", {}))
        self._text.setText(kept.get("text", ""))
        self._shown = None
        self._show(kept.get("record") if kept else self._choice.current())
        self.open(opened=bool(kept))

    def _change_record(self, record: object) -> None:
        self._keep_shown()
        self._show(record)

    def _show(self, record: object) -> None:
        a = self._records.get(str(record)) or next(iter(self._records.values()), None)
        if a is None:
            return
        self._shown = a.id
        self._choice.choose(a.id)
        self._fields.fill(a)
        if a.id in self._kept:
            self._fields.restore(self._kept[a.id])
        self._which.clear_message()
        self._told.clear_message()

    def _keep_shown(self) -> None:
        if self._shown is None:
            return
        if self._fields.is_changed:
            self._kept[self._shown] = self._fields.typed()
        else:
            self._kept.pop(self._shown, None)

    def _give(self) -> None:
        changes, text = self._fields.changes(), self._text.text().strip()
        self._which.clear_message()
        self._told.clear_message()
        if changes is None or self._shown is None:
            return
        if not changes:
            self._which.block("まだ、どこも直していません")
            self._which.focus()
        elif not text:
            self._told.block()
            self._told.focus()
        else:
            self.corrected.emit(self._shown, changes, text)


# The fields of a record as staff correct it; only what was changed becomes a correction.
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
