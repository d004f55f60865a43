"""支えあい会議のこと: who came, what was on the agenda, what was decided, what is to be done."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kashiwa_desktop.domain import entry, wareki
from kashiwa_desktop.domain.activity import COUNCIL
from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.read_line import ReadLine
from kashiwa_desktop.ui.widgets.entry.table_fields import TableFields
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.tab_order import restore_tab_order
from kashiwa_desktop.ui.widgets.record.form_part import FormPart
from kashiwa_desktop.ui.widgets.record.row_list import Row, RowList
from kashiwa_desktop.ui.widgets.text_label import TextLabel

# The rows of a council meeting: a point of its agenda, and a piece of homework.
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


_KEPT = ("tier", "lead_area")
_ROWS = ("attendance", "agenda", "homework", "joint_areas")
_PEOPLE = ("attendance", "chair", "recorder", "lecturer", "staff_present")
_TALK = ("agenda", "needs", "decisions", "homework", "materials")


class CouncilForm(FormPart):
    """The rich part of a 支えあい会議 record; empty, it is not recorded at all."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._kept: dict[str, Any] = {}
        self._had_council = False
        self._words: Words = SEED_WORDS
        self._fold = Fold("支えあい会議のことを書く(出席者・議題・決まったこと・宿題)")
        plain = [f for f in COUNCIL if f.name not in (*_KEPT, *_ROWS)]
        self._table = TableFields(plain, today, self)
        self.attendance = AttendanceFields()
        self._agenda = RowList(self._agenda_row, "議題を加える")
        self._homework = RowList(partial(HomeworkRow, today), "宿題を加える")
        self._joint = CheckRow("いっしょに開いた地域")
        self._fields = self._make_fields()
        self._arrange()
        self._connect()

    def offer_areas(self, areas: dict[str, str]) -> None:
        """Offer the areas (code → name) with which a meeting may be joint."""
        self._joint.show_choices(areas.items())

    def offer_words(self, words: Words) -> None:
        """Name kinds of organisations and of agenda points as on the day of the record."""
        self._words = words
        self._table.offer_words(words)
        self.attendance.offer_words(words)

    def suggest_number(self, number: int) -> None:
        """Fill in which meeting of the fiscal year this is, where nothing was typed."""
        typed = self._table.typed()
        if not typed["number"].strip():
            self._table.fill({**typed, "number": number})

    def open(self, *, opened: bool = True) -> None:
        self._fold.open(opened=opened)

    def fill(self, fields: dict[str, Any]) -> None:
        council = fields.get("council") or {}
        self._had_council = bool(council)
        self._kept = {name: council[name] for name in _KEPT if council.get(name) is not None}
        self._table.fill(council)
        self.attendance.fill(council.get("attendance") or {})
        self._agenda.fill(council.get("agenda") or [])
        self._homework.fill(council.get("homework") or [])
        self._joint.tick(council.get("joint_areas") or [])

    def typed(self) -> dict[str, Any]:
        said = {
            **self._table.typed(),
            "attendance": self.attendance.typed(),
            "agenda": self._agenda.typed(),
            "homework": self._homework.typed(),
            "joint_areas": self._joint.ticked(),
        }
        something = any(said.values()) or self._had_council
        return {"council": {**self._kept, **said} if something else None}

    def given(self) -> dict[str, Any]:
        council = self.typed()["council"]
        if council is None:
            return {"council": None}
        rows = {
            "attendance": self.attendance.given(),
            "agenda": self._agenda.given(),
            "homework": self._homework.given(),
        }
        return {"council": council | self._table.given() | rows}

    def unreadable(self) -> list[Problem]:
        return [
            *self.attendance.unreadable(),
            *self._homework.unreadable(),
            *self._table.unreadable(),
        ]

    def places(self) -> dict[str, FormField]:
        return self._fields

    def _agenda_row(self) -> AgendaRow:
        return AgendaRow(self._words)

    def _make_fields(self) -> dict[str, FormField]:
        joint_hint = "合同で開いたときだけ、お選びください"
        return {
            **self._table.places,
            "attendance": FormField("出席者の人数", self.attendance),
            "agenda": FormField("議題", self._agenda),
            "homework": FormField("宿題", self._homework),
            "joint_areas": FormField("いっしょに開いた地域", self._joint, hint=joint_hint),
        }

    def _arrange(self) -> None:
        f = dict(self._fields)
        top = FlowLayout(gap=2 * theme.GAP)
        for name in ("number", "next_date"):
            top.addWidget(f.pop(name))
        self._fold.body.addLayout(top)
        last = f.pop("joint_areas")
        self._fold.add(*(f.pop(name) for name in (*_PEOPLE, *_TALK)), *f.values(), last)
        self.add(self._fold)

    def _connect(self) -> None:
        parts: tuple[AttendanceFields | RowList | TableFields, ...] = (
            self._table, self.attendance, self._agenda, self._homework
        )  # fmt: skip
        for part in parts:
            part.touched.connect(self.touched)
            part.left.connect(self.left)
        self._joint.touched.connect(self.touched)


# How many people of each kind of organisation came; their sum is shown and never typed.
class AttendanceFields(QWidget):
    """One small field for each kind; empty ones are not recorded."""

    touched = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Words = SEED_WORDS
        self._kinds: dict[str, str] = {}
        self._counts: dict[str, ReadLine[int]] = {}
        self._labels: list[TextLabel] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * theme.GAP)
        self._grid.setVerticalSpacing(theme.GAP)
        self._sum = TextLabel(role="strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(self._grid)
        column.addWidget(self._sum)
        self._show_kinds(())
        self._add_up()

    def offer_words(self, words: Words) -> None:
        """Offer the kinds of the day; a kind in which people stand stays."""
        self._words = words
        self._show_kinds(self.typed())

    def total(self) -> int:
        """Return the number of people."""
        return sum(self.given().values())

    def fill(self, counts: dict[str, Any]) -> None:
        self._show_kinds(counts)
        for kind, line in self._counts.items():
            line.put(counts.get(kind))

    def typed(self) -> dict[str, str]:
        texts = {kind: line.text_so_far() for kind, line in self._counts.items()}
        return {kind: text for kind, text in texts.items() if text.strip()}

    def given(self) -> dict[str, int]:
        values = {kind: line.value() for kind, line in self._counts.items()}
        return {kind: value for kind, value in values.items() if value is not None}

    def unreadable(self) -> list[Problem]:
        for kind, line in self._counts.items():
            line.set_blocked(blocked=line.is_unreadable)
            if line.is_unreadable:
                told = "「%s」の人数を数字でご記入ください。空けておいてもかまいません。"
                text = told % self._kinds[kind]
                return [Problem("number_unreadable", text, "attendance", blocking=True)]
        return []

    def _show_kinds(self, stood: Iterable[str]) -> None:
        """Show a field for each kind that is offered, and for those that stand in the record."""
        kinds = self._words.shown("attendance", stood)
        if kinds == self._kinds:
            return
        typed, self._kinds = self.typed(), kinds
        for old in (*self._labels, *self._counts.values()):
            old.hide()
            self._grid.removeWidget(old)
            old.deleteLater()
        self._labels = [TextLabel(word) for word in kinds.values()]
        self._counts = {kind: self._line(word) for kind, word in kinds.items()}
        for place, (label, line) in enumerate(
            zip(self._labels, self._counts.values(), strict=True)
        ):
            row, side = place // 2, 2 * (place % 2)
            label.setBuddy(line)
            self._grid.addWidget(label, row, side)
            self._grid.addWidget(line, row, side + 1)
            self._grid.setColumnStretch(side, 1)
        for kind in typed.keys() & kinds.keys():
            self._counts[kind].put(typed[kind])
        self.setFocusProxy(next(iter(self._counts.values())))
        restore_tab_order(self)

    def _line(self, word: str) -> ReadLine[int]:
        line = ReadLine(entry.parse_count, str, word, width=4)
        line.touched.connect(self._add_up)
        line.touched.connect(self.touched)
        line.left.connect(self.left)
        return line

    def _add_up(self) -> None:
        self._sum.setText(f"合計 {self.total()}人")
