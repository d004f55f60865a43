"""くわしく書く: everything that may be said and need not be."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kashiwa_desktop.domain.activity import FIELDS
from kashiwa_desktop.domain.code_list import Words
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.table_fields import TableFields
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.record.attachment_field import AttachmentField
from kashiwa_desktop.ui.widgets.record.form_part import FormPart
from kashiwa_desktop.ui.widgets.record.proxy_field import ProxyField
from kashiwa_desktop.ui.widgets.record.record_time import TimeFields
from kashiwa_desktop.ui.widgets.record.record_words import PersonalHint
from kashiwa_desktop.ui.widgets.record.refill_field import RefillArea, RefillLine

_ELSEWHERE = frozenset({
    "date", "area", "category", "type", "title", "council", "start", "end", "minutes",
    "counterparts", "place", "by_proxy", "attachments",
})  # fmt: skip
"""What has a part or a widget of its own; every other field of a record stands here by itself."""
_FIRST, _LAST = ("attendees",), ("tags", "status")


class MorePart(FormPart):
    """The folded part of the form; it opens by itself where something stands in it."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._fold = Fold("くわしく書く")
        self._table = TableFields([f for f in FIELDS if f.name not in _ELSEWHERE], today, self)
        self._note = TextArea("自分用メモ(提出されません)", lines=2)
        self._counterparts = RefillArea("相手先")
        self._place = RefillLine("場所")
        self._times = TimeFields()
        self.attached = AttachmentField()
        self._proxy = ProxyField()
        self._personal = PersonalHint()
        self._fields = self._make_fields()
        self._arrange()
        self._connect()
        self.show_category("")

    def offer(self, counterparts: Sequence[str], places: Sequence[str]) -> None:
        """Offer names to choose from."""
        self._counterparts.offer(counterparts)
        self._place.offer(places)

    def offer_words(self, words: Words) -> None:
        self._table.offer_words(words)

    def show_category(self, category: str) -> None:
        self._table.show_of(category)

    def show_for_staff(self) -> None:
        """Staff have no 自分用メモ and no files beside a record: both are the promoter's own."""
        for name in ("private_note", "attachments"):
            self._fields[name].hide()

    def open(self, *, opened: bool = True) -> None:
        self._fold.open(opened=opened)

    def fill(self, fields: dict[str, Any]) -> None:
        self._table.fill(fields)
        self._note.set_text(fields.get("private_note") or "")
        self._counterparts.set_lines(fields.get("counterparts") or [])
        self._place.set_text(fields.get("place") or "")
        self._times.fill(fields)
        self.attached.fill(fields)
        self._proxy.fill(fields.get("by_proxy"))

    def typed(self) -> dict[str, Any]:
        return {
            **self._table.typed(),
            "private_note": self._note.text_so_far(),
            "counterparts": self._counterparts.lines(),
            "place": self._place.text(),
            **self.attached.typed(),
            "by_proxy": self._proxy.value(),
            **self._times.typed(),
        }

    def given(self) -> dict[str, Any]:
        typed = {k: v for k, v in self.typed().items() if k not in ("files", "papers")}
        return {
            **typed,
            **self._table.given(),
            "attachments": self.attached.count(),
            **self._times.given(),
        }

    def unreadable(self) -> list[Problem]:
        found = [*self._times.unreadable(), *self._table.unreadable()]
        if self.attached.is_unreadable:
            text = "数字でご記入ください。分からないときは空けておいてください。"
            found.append(Problem("papers_unreadable", text, "papers", blocking=True))
        return found

    def places(self) -> dict[str, FormField]:
        return {**self._fields, **self._times.places(), "papers": self.attached.papers_field}

    def _look(self) -> None:
        self._personal.look_at(
            *self._table.personal(), self._place.text(), *self._counterparts.lines()
        )

    def _make_fields(self) -> dict[str, FormField]:
        note_hint = "この欄はこのパソコンだけに残り、事務局には届きません"
        names_hint = "1行に1つ。団体や所属をお書きください"
        return {
            **self._table.places,
            "counterparts": FormField("相手先", self._counterparts, hint=names_hint),
            "place": FormField("場所", self._place),
            "by_proxy": FormField("活動した人", self._proxy),
            "attachments": FormField("添えてある資料", self.attached),
            "private_note": FormField("自分用メモ(提出されません)", self._note, hint=note_hint),
        }

    def _arrange(self) -> None:
        f, aside = self._fields, (*_FIRST, *_LAST)
        told = [field for field in FIELDS if field.name in self._table.places]
        of_category = [f[field.name] for field in told if field.of]
        middle = [f[x.name] for x in told if not x.of and x.name not in aside]
        self._fold.add(self._times, f["place"], f["counterparts"], f["attendees"], *of_category)
        self._fold.add(*middle, self._personal)
        self._fold.add(f["tags"], f["status"], f["by_proxy"], f["attachments"], f["private_note"])
        self.add(self._fold)

    def _connect(self) -> None:
        parts = (
            self._note, self._table, self._counterparts, self._place, self._proxy, self._times,
            self.attached,
        )  # fmt: skip
        for part in parts:
            part.touched.connect(self.touched)
            part.left.connect(self.left)
        for hinted in (self._table, self._place, self._counterparts):
            hinted.touched.connect(self._look)
