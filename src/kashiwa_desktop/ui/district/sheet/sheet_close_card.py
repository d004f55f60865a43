"""The foot of a sheet: 成果・課題・提案, why staff close it, and what became of the month."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal

from kashiwa_desktop.services.checking.entering import PaperForm
from kashiwa_desktop.services.holidays import holiday_name
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.date_entry import DateEntry
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.text_label import TextLabel


class SheetCloseCard(SectionCard):
    """``close_wanted`` and ``reopen_wanted``; what is typed is asked for with ``typed``."""

    touched = Signal()
    close_wanted = Signal()
    reopen_wanted = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("用紙の下の欄と、締め")
        self._state = TextLabel(role="strong")
        self._remark = TextArea("成果・課題・提案", lines=2)
        self._reason = TextLine("職員が締める理由")
        self._received = DateEntry(today(), holiday_name, "用紙を受け取った日")
        self._empty = TextLine("活動がなかった理由")
        self._fields = {
            "remark": FormField("成果・課題・提案", self._remark),
            "received_on": FormField("用紙を受け取った日", self._received),
            "closed_for": FormField(
                "職員が締める理由",
                self._reason,
                required=True,
                hint="紙で受け取った、退任された、亡くなられた、など",
            ),
            "empty_for": FormField("活動がなかった理由", self._empty, required=True),
        }
        self._go = BigButton("締める", "check")
        self._reopen = BigButton("締める前に戻す", "undo")
        self.add(self._state, *self._fields.values())
        self.add_row(self._go, self._reopen)
        for line in (self._remark, self._reason, self._received, self._empty):
            line.touched.connect(self.touched)
        self._go.clicked.connect(self.close_wanted)
        self._reopen.clicked.connect(self.reopen_wanted)

    def show_sheet(self, sheet: PaperForm, staff: str) -> None:
        """Say where the month stands; a month without records is closed as one."""
        view, is_empty = sheet.view, not sheet.view.n
        self._state.setText(self._words(sheet, staff))
        show_when(self._state, wanted=view.is_closed)
        closing = not view.is_closed or view.changed_after_close > 0
        for field in self._fields.values():
            show_when(field, wanted=closing)
        show_when(self._fields["empty_for"], wanted=closing and is_empty)
        show_when(self._go, wanted=closing)
        show_when(self._reopen, wanted=view.is_closed)
        month = view.month.short()
        word = "%sを、活動がなかった月として締める" if is_empty else "%sを締める"
        self._go.set_word(word % month)

    def fill(self, fields: dict[str, Any]) -> None:
        self._remark.set_text(fields.get("remark") or "")
        self._reason.setText(fields.get("closed_for") or "紙で受け取った")
        self._received.set_text(fields.get("received_on") or "")
        self._empty.setText(fields.get("empty_for") or "")
        for field in self._fields.values():
            field.clear_message()

    def typed(self) -> dict[str, Any]:
        return {
            "remark": self._remark.text_so_far(),
            "closed_for": self._reason.text_so_far(),
            "received_on": self._received.text_so_far(),
            "empty_for": self._empty.text_so_far(),
        }

    def received_on(self) -> date | None:
        return self._received.day()

    def blocking(self) -> FormField | None:
        """Mark what must be filled in first; returns the first such field."""
        found = []
        for name in ("closed_for", "empty_for"):
            field = self._fields[name]
            if field.isVisibleTo(self) and not self.typed()[name].strip():
                field.block()
                found.append(field)
        if self._received.text_so_far().strip() and self._received.day() is None:
            self._fields["received_on"].block("日付をご確認ください")
            found.append(self._fields["received_on"])
        return found[0] if found else None

    def _words(self, sheet: PaperForm, staff: str) -> str:
        view = sheet.view
        said = "%sは締めてあります(第%s版、照合番号 %s)。"
        text = said % (view.month.short(), view.version, view.code)
        if view.changed_after_close:
            text += f"締めのあとに変更が{view.changed_after_close}件あります。"
        elif staff in {sheet.closed_by, *sheet.entered.values()}:
            text += "承認待ち(職員入力分)です。ご自分では承認できません。"
            text += "ほかの職員か管理者が承認します。"
        return text
