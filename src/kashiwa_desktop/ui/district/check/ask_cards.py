"""Asking the promoter: about one record, or for a new version of the whole month."""

import json
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea
from kashiwa_desktop.ui.widgets.layout.fold import Fold


def record_words(a: Activity) -> str:
    """Return 「10月14日(水) 施設を訪問」."""
    weekday = wareki.WEEKDAYS[a.date.weekday()]
    return f"{a.date.month}月{a.date.day}日({weekday}) {a.title}"


class AskCard(Fold):
    """確認のお願い about one record; ``asked`` gives the record and the text."""

    asked = Signal(str, str)
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("記録について、推進員さんに確認する", parent)
        self._choice = ChoiceBox()
        self._choice.may_shrink()
        self._which = FormField("どの記録ですか", self._choice, required=True)
        self._text = TextArea()
        self._field = FormField(
            "確認したいこと",
            self._text,
            required=True,
            hint="推進員さんの画面では「確認のお願い」として、その記録のそばに出ます。",
        )
        self._go = BigButton("確認のお願いを書く", "question")
        self.add(self._which, self._field, self._go)
        self._text.touched.connect(self.touched)
        self._choice.chosen.connect(self.touched)
        self._go.clicked.connect(self._give)

    def show_records(self, records: Sequence[Activity]) -> None:
        self._choice.show_choices((a.id, record_words(a)) for a in records)
        self._which.clear_message()
        self._field.clear_message()

    def begin(self, record: str) -> None:
        """Open for one record, the keyboard in the text."""
        self.open()
        self._choice.choose(record)
        self._text.setFocus()

    def follow(self, record: str) -> None:
        """Take the record that was chosen in the table, while nothing is typed about another."""
        if not self._text.text_so_far().strip():
            self._choice.choose(record)

    def state(self) -> str:
        text = self._text.text_so_far()
        if not text.strip():
            return ""
        return json.dumps({"record": self._choice.current(), "text": text}, ensure_ascii=False)

    def restore(self, state: str) -> None:
        kept = json.loads(state) if state else {}
        self._text.set_text(kept.get("text", ""))
        if kept:
            self._choice.choose(kept.get("record"))
        self.open(opened=bool(kept))

    def _give(self) -> None:
        chosen, text = self._choice.current(), self._text.text().strip()
        record = "" if chosen is None else str(chosen)
        for field, given in ((self._field, text), (self._which, record)):
            field.clear_message()
            if not given:
                field.block()
                field.focus()
        if record and text:
            self.asked.emit(record, text)


class SendBackCard(Fold):
    """差戻し; ``sent_back`` gives the text."""

    sent_back = Signal(str)
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("月を差し戻す(次の版をお願いする)", parent)
        self._text = TextArea()
        self._field = FormField(
            "差し戻す理由",
            self._text,
            required=True,
            hint="推進員さんには「確認のお願い」として届きます。いまの版も残っています。",
        )
        self._go = BigButton("差し戻す", "undo")
        self.add(self._field, self._go)
        self._text.touched.connect(self.touched)
        self._go.clicked.connect(self._give)

    def begin(self) -> None:
        """Open with the keyboard in the text."""
        self.open()
        self._text.setFocus()

    def state(self) -> str:
        return self._text.text_so_far()

    def restore(self, text: str) -> None:
        self._text.set_text(text)
        self._field.clear_message()
        self.open(opened=bool(text.strip()))

    def _give(self) -> None:
        text = self._text.text().strip()
        if text:
            self.sent_back.emit(text)
        else:
            self._field.block()
            self._field.focus()
