"""くわしく書く: everything that may be said and need not be."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain import entry
from kashiwa_desktop.domain.activity import FIELDS, minutes_between
from kashiwa_desktop.domain.code_list import Words
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.read_line import ReadLine
from kashiwa_desktop.ui.widgets.entry.table_fields import TableFields
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.record.attachment_field import AttachmentField
from kashiwa_desktop.ui.widgets.record.form_part import FormPart
from kashiwa_desktop.ui.widgets.record.record_words import PersonalHint

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


# 活動した人: the promoter, or somebody in his place, whose standing is named.
class ProxyField(QWidget):
    """本人, or 代理 with the person's standing; 代理 is not counted by default."""

    touched = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = ChipBar("活動した人", one_stop=True)
        self._chips.show_chips([("self", "本人"), ("proxy", "代理")])
        self._line = TextLine("代理の方の立場")
        hint = "例: コアメンバー。代理の活動は、ふつう回数に数えません"
        self._field = FormField("代理の方の立場", self._line, hint=hint)
        self.setFocusProxy(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._chips)
        column.addWidget(self._field)
        self._chips.chosen.connect(self._choose)
        self._line.touched.connect(self.touched)
        self._line.left.connect(self.left)
        self.fill(None)

    def fill(self, value: str | None) -> None:
        """Show 本人 for None, else 代理 with what is known of him."""
        self._line.setText(value or "")
        self._show("self" if value is None else "proxy")

    def value(self) -> str | None:
        """Return None for 本人, else the standing of who went, '' where it was left empty."""
        return self._line.text_so_far() if self._chips.current() == "proxy" else None

    def _choose(self, key: object) -> None:
        self._show(str(key))
        self.touched.emit()

    def _show(self, key: str) -> None:
        self._chips.choose(key)
        show_when(self._field, wanted=key == "proxy")


# A text field with chips of what was written there before: one press writes it again.
_CHIPS = 5


class RefillLine(QWidget):
    """One line, such as a place; a chip replaces what stands in it."""

    touched = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = TextLine(name)
        self._chips = ChipBar(f"{name}を選ぶ", one_stop=True)
        self._chips.hide()
        self.setFocusProxy(self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._line)
        column.addWidget(self._chips)
        self._line.touched.connect(self._mark)
        self._line.touched.connect(self.touched)
        self._line.left.connect(self.left)
        self._chips.chosen.connect(self._take)

    def offer(self, values: Sequence[str]) -> None:
        self._chips.show_chips([(value, value) for value in values[:_CHIPS]])
        self._mark()

    def text(self) -> str:
        return self._line.text_so_far()

    def set_text(self, text: str) -> None:
        self._line.setText(text)

    def _mark(self) -> None:
        self._chips.choose(self._line.text() or None)

    def _take(self, value: object) -> None:
        self._line.setText(str(value))
        self.left.emit()


class RefillArea(QWidget):
    """Names, one a line; a chip or a name of the list adds one."""

    touched = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = TextArea(name, lines=2)
        self._list = ChoiceBox(f"一覧の{name}")
        self._add = BigButton("一覧から加える", "plus")
        self.setFocusProxy(self._area)
        row = FlowLayout()
        row.addWidget(self._list)
        row.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._area)
        column.addLayout(row)
        self._area.touched.connect(self.touched)
        self._area.left.connect(self.left)
        self._add.clicked.connect(self._take)

    def offer(self, values: Sequence[str]) -> None:
        self._list.show_choices([(value, value) for value in values])

    def lines(self) -> list[str]:
        """Return the lines that hold something."""
        return [line for line in self._area.text_so_far().split("\n") if line.strip()]

    def set_lines(self, lines: Sequence[str]) -> None:
        self._area.set_text("\n".join(lines))

    def _take(self) -> None:
        value = self._list.current()
        if isinstance(value, str) and value not in self.lines():
            self.set_lines([*self.lines(), value])
            self.left.emit()


# When and how long: two times as people type them, or a length on one chip.
_LENGTHS = (30, 60, 90, 120, 180)


class TimeFields(QWidget):
    """始まり, 終わり and 長さ; with both times the length follows from them."""

    touched = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start = ReadLine(entry.parse_time, _shown_time, "始まりの時刻", width=6)
        self._end = ReadLine(entry.parse_time, _shown_time, "終わりの時刻", width=6)
        self._length = ReadLine(entry.parse_length, entry.length_text, "活動の長さ")
        self._chips = ChipBar("活動の長さを選ぶ", one_stop=True)
        self._chips.show_chips([(n, entry.length_text(n)) for n in _LENGTHS])
        self._fields = {
            "start": FormField("始まり", self._start),
            "end": FormField("終わり", self._end),
            "minutes": FormField("または 長さ", self._length),
        }
        self._arrange()
        self._chips.chosen.connect(self._take_length)
        for line in (self._start, self._end, self._length):
            line.touched.connect(self._follow)
            line.touched.connect(self.touched)
            line.left.connect(self.left)

    def fill(self, fields: dict[str, Any]) -> None:
        self._start.put(fields.get("start"))
        self._end.put(fields.get("end"))
        self._length.put(fields.get("minutes"))

    def typed(self) -> dict[str, Any]:
        return {
            "start": self._start.text_so_far(),
            "end": self._end.text_so_far(),
            "minutes": self._length.text_so_far(),
        }

    def given(self) -> dict[str, Any]:
        return {
            "start": self._start.value(),
            "end": self._end.value(),
            "minutes": self._length.value(),
        }

    def unreadable(self) -> list[Problem]:
        time = "「9:30」「午後2時」のようにご記入ください。空けておいてもかまいません。"
        length = "「30分」「1時間半」のようにご記入ください。空けておいてもかまいません。"
        lines = (("start", self._start), ("end", self._end), ("minutes", self._length))
        return [
            Problem("time_unreadable", length if name == "minutes" else time, name, blocking=True)
            for name, line in lines
            if line.is_unreadable
        ]

    def places(self) -> dict[str, FormField]:
        return self._fields

    def _take_length(self, minutes: object) -> None:
        if isinstance(minutes, int):
            self._length.put(minutes)
            self.left.emit()

    def _follow(self) -> None:
        """Where both times are known, the length follows and is not typed."""
        start, end = self._start.value(), self._end.value()
        minutes = minutes_between(start, end) if start and end else None
        self._length.setReadOnly(minutes is not None)
        if minutes is not None and self._length.value() != minutes:
            self._length.put(minutes)
        value = self._length.value()
        self._chips.choose(value if value in _LENGTHS else None)
        self._chips.setEnabled(minutes is None)

    def _arrange(self) -> None:
        row = FlowLayout(gap=2 * theme.GAP)
        for name in ("start", "end", "minutes"):
            row.addWidget(self._fields[name])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(row)
        column.addWidget(self._chips)


def _shown_time(time: str) -> str:
    return time.removeprefix("0")
