"""支えあい会議のこと: who came, what was on the agenda, what was decided, what is to be done."""

from datetime import date
from functools import partial
from typing import Any

from kashiwa_desktop.domain.activity import COUNCIL
from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.table_fields import TableFields
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.record.attendance_fields import AttendanceFields
from kashiwa_desktop.ui.widgets.record.council_rows import AgendaRow, HomeworkRow
from kashiwa_desktop.ui.widgets.record.form_part import FormPart
from kashiwa_desktop.ui.widgets.record.row_list import RowList

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
