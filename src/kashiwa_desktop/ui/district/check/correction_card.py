"""職員による直し: the fields of one record, and what the promoter is told about it."""

import json
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.ui.district.check.ask_cards import record_words
from kashiwa_desktop.ui.district.check.correction_fields import CorrectionFields
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
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
