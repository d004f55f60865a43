"""くわしく書く: everything that may be said and need not be."""

from collections.abc import Sequence
from typing import Any

from kashiwa_desktop.domain import entry
from kashiwa_desktop.domain.category import STATUSES, TAGS
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.read_line import ReadLine
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.record.attachment_field import AttachmentField
from kashiwa_desktop.ui.widgets.record.category_fields import CategoryFields
from kashiwa_desktop.ui.widgets.record.form_part import FormPart
from kashiwa_desktop.ui.widgets.record.proxy_field import ProxyField
from kashiwa_desktop.ui.widgets.record.record_time import TimeFields
from kashiwa_desktop.ui.widgets.record.record_words import PersonalHint
from kashiwa_desktop.ui.widgets.record.refill_field import RefillArea, RefillLine

_TEXTS = ("content", "findings", "next")


class MorePart(FormPart):
    """The folded part of the form; it opens by itself where something stands in it."""

    def __init__(self) -> None:
        super().__init__()
        self._fold = Fold(self.tr("くわしく書く"))
        self._content = TextArea(self.tr("くわしい内容"))
        self._findings = TextArea(self.tr("成果・気づき"), lines=2)
        self._next = TextArea(self.tr("次にすること"), lines=2)
        self._note = TextArea(self.tr("自分用メモ(提出されません)"), lines=2)
        self._counterparts = RefillArea(self.tr("相手先"))
        self._place = RefillLine(self.tr("場所"))
        self._times = TimeFields()
        self._attendees = ReadLine(entry.parse_count, str, self.tr("参加人数"))
        self.attached = AttachmentField()
        self._extras = CategoryFields()
        self._status = ChipBar(self.tr("状態"), one_stop=True)
        self._status.show_chips(list(STATUSES.items()))
        self._proxy = ProxyField()
        self._tags = CheckRow(self.tr("活動のねらい"), TAGS.items())
        self._personal = PersonalHint()
        self._fields = self._make_fields()
        self._arrange()
        self._connect()

    def offer(self, counterparts: Sequence[str], places: Sequence[str]) -> None:
        """Offer names to choose from."""
        self._counterparts.offer(counterparts)
        self._place.offer(places)

    def show_category(self, category: str) -> None:
        self._extras.show_category(category)

    def show_for_staff(self) -> None:
        """Staff have no 自分用メモ and no files beside a record: both are the promoter's own."""
        for name in ("private_note", "attachments"):
            self._fields[name].hide()

    def open(self, *, opened: bool = True) -> None:
        self._fold.open(opened=opened)

    def fill(self, fields: dict[str, Any]) -> None:
        for name, area in zip(_TEXTS, (self._content, self._findings, self._next), strict=True):
            area.set_text(fields.get(name) or "")
        self._note.set_text(fields.get("private_note") or "")
        self._counterparts.set_lines(fields.get("counterparts") or [])
        self._place.set_text(fields.get("place") or "")
        self._times.fill(fields)
        self._attendees.put(fields.get("attendees"))
        self.attached.fill(fields)
        self._extras.fill(fields)
        self._status.choose(fields.get("status") or "held")
        self._proxy.fill(fields.get("by_proxy"))
        self._tags.tick(fields.get("tags") or [])

    def typed(self) -> dict[str, Any]:
        return {
            "content": self._content.text_so_far(),
            "findings": self._findings.text_so_far(),
            "next": self._next.text_so_far(),
            "private_note": self._note.text_so_far(),
            "counterparts": self._counterparts.lines(),
            "place": self._place.text(),
            "attendees": self._attendees.text_so_far(),
            **self.attached.typed(),
            "status": self._status.current(),
            "by_proxy": self._proxy.value(),
            "tags": self._tags.ticked(),
            **self._times.typed(),
            **self._extras.typed(),
        }

    def given(self) -> dict[str, Any]:
        typed = {k: v for k, v in self.typed().items() if k not in ("files", "papers")}
        return {
            **typed,
            "attendees": self._attendees.value(),
            "attachments": self.attached.count(),
            **self._times.given(),
        }

    def unreadable(self) -> list[Problem]:
        found = self._times.unreadable()
        for name, line in (("attendees", self._attendees), ("papers", self.attached)):
            if line.is_unreadable:
                text = self.tr("数字でご記入ください。わからないときは空けておいてください。")
                found.append(Problem("number_unreadable", text, name, blocking=True))
        return found

    def places(self) -> dict[str, FormField]:
        return {**self._fields, **self._times.places(), "papers": self.attached.papers_field}

    def _look(self) -> None:
        self._personal.look_at(
            self._content.text_so_far(), self._findings.text_so_far(), self._next.text_so_far(),
            self._place.text(), *self._counterparts.lines(),
        )  # fmt: skip

    def _make_fields(self) -> dict[str, FormField]:
        note_hint = self.tr("この欄はこのパソコンだけに残り、事務局には届きません")
        names_hint = self.tr("1行に1つ。団体や所属をお書きください")
        return {
            "content": FormField(self.tr("くわしい内容"), self._content),
            "counterparts": FormField(self.tr("相手先"), self._counterparts, hint=names_hint),
            "place": FormField(self.tr("場所"), self._place),
            "attendees": FormField(self.tr("参加人数(推進員のほか)"), self._attendees),
            "findings": FormField(self.tr("成果・気づき"), self._findings),
            "next": FormField(self.tr("次にすること"), self._next),
            "tags": FormField(self.tr("活動のねらい"), self._tags),
            "status": FormField(self.tr("状態"), self._status),
            "by_proxy": FormField(self.tr("活動した人"), self._proxy),
            "attachments": FormField(self.tr("添えてある資料"), self.attached),
            "private_note": FormField(
                self.tr("自分用メモ(提出されません)"), self._note, hint=note_hint
            ),
        }

    def _arrange(self) -> None:
        f = self._fields
        self._fold.add(self._times, f["place"], f["counterparts"], f["attendees"], self._extras)
        self._fold.add(f["content"], f["findings"], f["next"], self._personal)
        self._fold.add(f["tags"], f["status"], f["by_proxy"], f["attachments"], f["private_note"])
        self.add(self._fold)

    def _connect(self) -> None:
        for field in (self._content, self._findings, self._next, self._note, self._attendees):
            field.touched.connect(self.touched)
            field.left.connect(self.left)
        parts = (self._counterparts, self._place, self._proxy, self._times, self._extras)
        for part in (*parts, self.attached):
            part.touched.connect(self.touched)
            part.left.connect(self.left)
        self._status.chosen.connect(self.touched)
        self._tags.touched.connect(self.touched)
        for hinted in (self._content, self._findings, self._next, self._place, self._counterparts):
            hinted.touched.connect(self._look)
