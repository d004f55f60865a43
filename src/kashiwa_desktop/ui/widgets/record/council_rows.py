"""The rows of a council meeting: a point of its agenda, and a piece of homework."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from kashiwa_desktop.domain import entry, wareki
from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.read_line import ReadLine
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.record.row_list import Row

DATE_WIDTH = 13


def due_line(name: str, today: date) -> ReadLine[date]:
    """Return a line that reads a date that lies ahead."""
    return ReadLine(partial(entry.parse_due, today=today), wareki.long_date, name, width=DATE_WIDTH)


def stored_date(text: Any) -> Any:
    """Return the date of a record, or the text a draft kept, as ``ReadLine.put`` takes it."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return text


def typed_date(line: ReadLine[date]) -> str:
    """Return the date as a record holds it, or the text as it stands."""
    value = line.value()
    return value.isoformat() if value else line.text_so_far()


class AgendaRow(Row):
    """題, 報告・協議・決定, 要旨, 結論."""

    def __init__(self, words: Words = SEED_WORDS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._title = TextLine("議題")
        self._kind = ChipBar("議題の種類", one_stop=True)
        self._kind.show_chips(words.choices("agenda").items())
        self._summary = TextArea("要旨", lines=2)
        self._conclusion = TextLine("結論")
        self.setFocusProxy(self._title)
        top = QHBoxLayout()
        top.addWidget(self._kind, 1)
        top.addWidget(self.remove)
        self.body.addWidget(FormField("題", self._title))
        self.body.addLayout(top)
        self.body.addWidget(FormField("要旨", self._summary))
        self.body.addWidget(FormField("結論", self._conclusion))
        self._kind.chosen.connect(self.touched)
        for field in (self._title, self._summary, self._conclusion):
            field.touched.connect(self.touched)
            field.left.connect(self.left)

    def fill(self, value: dict[str, Any]) -> None:
        self._title.setText(value.get("title") or "")
        kind = value.get("kind") or "report"
        if self._kind.chip(kind) is None:  # of a newer version: it stays
            self._kind.show_chips(self._words.shown("agenda", [kind]).items())
        self._kind.choose(kind)
        self._summary.set_text(value.get("summary") or "")
        self._conclusion.setText(value.get("conclusion") or "")

    def typed(self) -> dict[str, Any]:
        return {
            "title": self._title.text_so_far(),
            "kind": self._kind.current(),
            "summary": self._summary.text_so_far(),
            "conclusion": self._conclusion.text_so_far(),
        }

    @property
    def is_empty(self) -> bool:
        typed = self.typed()
        return not any(typed[name].strip() for name in ("title", "summary", "conclusion"))


class HomeworkRow(Row):
    """内容, 担当, 期限, and whether it is done."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = TextLine("宿題")
        self._owner = TextLine("担当")
        self._due = due_line("期限", today)
        self._done = QCheckBox("済んだ")
        self.setFocusProxy(self._text)
        self._due_field = FormField("いつまでに", self._due)
        row = FlowLayout(gap=2 * theme.GAP)
        row.addWidget(FormField("だれが", self._owner))
        row.addWidget(self._due_field)
        last = QHBoxLayout()
        last.addWidget(self._done, 1)
        last.addWidget(self.remove)
        self.body.addWidget(FormField("すること", self._text))
        self.body.addLayout(row)
        self.body.addLayout(last)
        self._done.toggled.connect(self.touched)
        for field in (self._text, self._owner, self._due):
            field.touched.connect(self.touched)
            field.left.connect(self.left)

    def fill(self, value: dict[str, Any]) -> None:
        self._text.setText(value.get("text") or "")
        self._owner.setText(value.get("owner") or "")
        self._due.put(stored_date(value.get("due")))
        self._done.setChecked(bool(value.get("done")))

    def typed(self) -> dict[str, Any]:
        return {
            "text": self._text.text_so_far(),
            "owner": self._owner.text_so_far(),
            "due": typed_date(self._due),
            "done": self._done.isChecked(),
        }

    def given(self) -> dict[str, Any]:
        value = self._due.value()
        return {**self.typed(), "due": value.isoformat() if value else None}

    def unreadable(self) -> list[Problem]:
        if not self._due.is_unreadable:
            self._due_field.clear_message()
            return []
        text = "日付をご確認ください。「12/10」のようにご記入ください。"
        self._due_field.block(text)
        return [Problem("due_unreadable", text, "homework", blocking=True)]

    @property
    def is_empty(self) -> bool:
        typed = self.typed()
        return not any(typed[name].strip() for name in ("text", "owner", "due"))
