"""A plain form out of a list of entries: labels, hints, what is missing, and nothing lost."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.date_entry import DateEntry
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.entry.value_entry import Entry, Spec
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow

_WIDE_EM = 16
_UNREADABLE = {
    "day": "日付をご確認ください",
    "days": "日付をご確認ください。1行に1日をお書きください",
    "number": "数字でご記入ください",
    "yen": "金額を数字でご記入ください",
    "month": "「令和8年10月」「R8.10」のようにご記入ください",
}


class ValueForm(QWidget):
    """``rows`` are entries that stand beside each other where there is room."""

    touched = Signal()
    left = Signal()

    def __init__(self, rows: Iterable[Sequence[Spec]], today: date) -> None:
        super().__init__()
        self._entries: dict[str, Entry] = {}
        self._fields: dict[str, FormField] = {}
        self._marked: set[str] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP + theme.GAP // 2)
        for row in rows:
            fields = [self._field(spec, today) for spec in row]
            if len(fields) > 1:
                _align(fields)
            column.addWidget(fields[0] if len(fields) == 1 else FlowRow(*fields))

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show these values; those that are missing become empty."""
        self.clear_messages()
        for name, entry in self._entries.items():
            entry.put(values.get(name))

    def typed(self) -> dict[str, Any]:
        """Return what a draft keeps."""
        return {name: entry.typed() for name, entry in self._entries.items()}

    def values(self) -> dict[str, Any]:
        """Return the values as they were understood."""
        return {name: entry.value() for name, entry in self._entries.items()}

    def show_choices(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        """Replace the values of a choice."""
        box = self._entries[name].widget
        assert isinstance(box, ChoiceBox)
        box.show_choices(choices)

    def check(self) -> FormField | None:
        """Mark what is missing or cannot be read; returns the first such field."""
        self.clear_messages()
        found = []
        for name, entry in self._entries.items():
            field = self._fields[name]
            if not field.isVisibleTo(self):
                continue
            if entry.is_unreadable:
                field.block(_UNREADABLE[entry.spec.kind])
            elif entry.spec.required and entry.is_empty:
                field.block()
            else:
                continue
            found.append(field)
        return found[0] if found else None

    def mark_initial(self, names: Collection[str]) -> None:
        """Say which values nobody has confirmed yet: 初期値(要確認)."""
        self._marked = set(names)
        self.clear_messages()

    def clear_messages(self) -> None:
        for name, field in self._fields.items():
            field.clear_message()
            if name in self._marked:
                field.notice("初期値(要確認)")

    def field(self, name: str) -> FormField:
        return self._fields[name]

    def in_view(self, name: str) -> FormField | None:
        """Return a field that is in view; None where there is none of that name."""
        found = self._fields.get(name)
        return found if found is not None and found.isVisibleTo(self) else None

    def focus(self) -> None:
        """Put the keyboard into the first field."""
        next(iter(self._fields.values())).focus()

    def _field(self, spec: Spec, today: date) -> FormField:
        entry = self._entries[spec.name] = Entry(spec, today)
        widget = entry.widget
        label = "選ぶ" if spec.kind == "switch" else spec.label
        field = FormField(label, widget, required=spec.required, hint=spec.hint)
        if spec.kind == "switch":
            field.hide_label()
        if type(widget) is TextLine:
            widget.setMinimumWidth(_WIDE_EM * self.fontMetrics().horizontalAdvance("あ"))
        self._fields[spec.name] = field
        self._listen(widget)
        return field

    def _listen(self, widget: QWidget) -> None:
        if isinstance(widget, TextLine | TextArea | DateEntry):
            widget.touched.connect(self.touched)
            widget.left.connect(self.left)
        elif isinstance(widget, ChoiceBox):
            widget.chosen.connect(self.touched)
        elif isinstance(widget, QCheckBox):
            widget.toggled.connect(self.touched)


def _align(fields: Iterable[FormField]) -> None:
    for field in fields:
        field.align_top()
