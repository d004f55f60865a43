"""支えあい会議のこと: who came, what was on the agenda, what was decided, what is to be done."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox

from kashiwa_desktop.domain import entry
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.entry.check_row import CheckRow
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.read_line import ReadLine
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.record.attendance_fields import AttendanceFields
from kashiwa_desktop.ui.widgets.record.council_rows import (
    AgendaRow,
    HomeworkRow,
    due_line,
    stored_date,
    typed_date,
)
from kashiwa_desktop.ui.widgets.record.form_part import FormPart
from kashiwa_desktop.ui.widgets.record.row_list import RowList

_KEPT = ("tier", "lead_area")


class CouncilForm(FormPart):
    """The rich part of a 支えあい会議 record; empty, it is not recorded at all."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._kept: dict[str, Any] = {}
        self._had_council = False
        self._fold = Fold(self.tr("支えあい会議のことを書く(出席者・議題・決まったこと・宿題)"))
        self._number = ReadLine(entry.parse_count, str, self.tr("第何回"), width=6)
        self._next = due_line(self.tr("次回の予定"), today)
        self.attendance = AttendanceFields()
        self._agenda = RowList(AgendaRow, self.tr("議題を加える"))
        self._homework = RowList(partial(HomeworkRow, today), self.tr("宿題を加える"))
        self._lines = {
            "chair": TextLine(self.tr("司会")),
            "recorder": TextLine(self.tr("記録した人")),
            "lecturer": TextLine(self.tr("講師")),
            "materials": TextLine(self.tr("配った資料")),
        }
        self._areas = {
            "needs": TextArea(self.tr("出されたニーズ・資源"), lines=2),
            "decisions": TextArea(self.tr("決まったこと"), lines=2),
        }
        self._staff = QCheckBox(self.tr("社協の職員が同席した"))
        self._joint = CheckRow(self.tr("いっしょに開いた地域"))
        self._fields = self._make_fields()
        self._arrange()
        self._connect()

    def offer_areas(self, areas: dict[str, str]) -> None:
        """Offer the areas (code → name) with which a meeting may be joint."""
        self._joint.show_choices(areas.items())

    def suggest_number(self, number: int) -> None:
        """Fill in which meeting of the fiscal year this is, where nothing was typed."""
        if not self._number.text().strip():
            self._number.put(number)

    def open(self, *, opened: bool = True) -> None:
        self._fold.open(opened=opened)

    def fill(self, fields: dict[str, Any]) -> None:
        council = fields.get("council") or {}
        self._had_council = bool(council)
        self._kept = {name: council[name] for name in _KEPT if council.get(name) is not None}
        self._number.put(council.get("number"))
        self._next.put(stored_date(council.get("next_date")))
        self.attendance.fill(council.get("attendance") or {})
        self._agenda.fill(council.get("agenda") or [])
        self._homework.fill(council.get("homework") or [])
        for name, line in self._lines.items():
            line.setText(council.get(name) or "")
        for name, area in self._areas.items():
            area.set_text(council.get(name) or "")
        self._staff.setChecked(bool(council.get("staff_present")))
        self._joint.tick(council.get("joint_areas") or [])

    def typed(self) -> dict[str, Any]:
        said = {
            "number": self._number.text_so_far(),
            "next_date": typed_date(self._next),
            "attendance": self.attendance.typed(),
            "agenda": self._agenda.typed(),
            "homework": self._homework.typed(),
            "staff_present": self._staff.isChecked(),
            "joint_areas": self._joint.ticked(),
            **{name: line.text_so_far() for name, line in self._lines.items()},
            **{name: area.text_so_far() for name, area in self._areas.items()},
        }
        something = any(said.values()) or self._had_council
        return {"council": {**self._kept, **said} if something else None}

    def given(self) -> dict[str, Any]:
        council = self.typed()["council"]
        if council is None:
            return {"council": None}
        next_date = self._next.value()
        council |= {
            "number": self._number.value(),
            "next_date": next_date.isoformat() if next_date else None,
            "attendance": self.attendance.given(),
            "agenda": self._agenda.given(),
            "homework": self._homework.given(),
        }
        return {"council": council}

    def unreadable(self) -> list[Problem]:
        number = self.tr("数字でご記入ください。わからないときは空けておいてください。")
        day = self.tr("日付をご確認ください。「12/10」のようにご記入ください。")
        found = [*self.attendance.unreadable(), *self._homework.unreadable()]
        if self._number.is_unreadable:
            found.append(Problem("number_unreadable", number, "number", blocking=True))
        if self._next.is_unreadable:
            found.append(Problem("next_unreadable", day, "next_date", blocking=True))
        return found

    def places(self) -> dict[str, FormField]:
        return self._fields

    def _make_fields(self) -> dict[str, FormField]:
        joint_hint = self.tr("合同で開いたときだけ、お選びください")
        fields = {
            "number": FormField(self.tr("第何回ですか"), self._number),
            "attendance": FormField(self.tr("出席者の人数"), self.attendance),
            "agenda": FormField(self.tr("議題"), self._agenda),
            "homework": FormField(self.tr("宿題"), self._homework),
            "next_date": FormField(self.tr("次回の予定"), self._next),
            "joint_areas": FormField(self.tr("いっしょに開いた地域"), self._joint, hint=joint_hint),
        }
        for name, widget in (self._lines | self._areas).items():
            fields[name] = FormField(widget.accessibleName(), widget)
        return fields

    def _arrange(self) -> None:
        f = self._fields
        top = FlowLayout(gap=2 * theme.GAP)
        top.addWidget(f["number"])
        top.addWidget(f["next_date"])
        self._fold.body.addLayout(top)
        self._fold.add(f["attendance"], f["chair"], f["recorder"], f["lecturer"], self._staff)
        self._fold.add(f["agenda"], f["needs"], f["decisions"], f["homework"], f["materials"])
        self._fold.add(f["joint_areas"])
        self.add(self._fold)

    def _connect(self) -> None:
        lines: list[TextLine] = [self._number, self._next, *self._lines.values()]
        fields: list[TextLine | TextArea] = [*lines, *self._areas.values()]
        for field in fields:
            field.touched.connect(self.touched)
            field.left.connect(self.left)
        parts: tuple[AttendanceFields | RowList, ...] = (
            self.attendance, self._agenda, self._homework
        )  # fmt: skip
        for part in parts:
            part.touched.connect(self.touched)
            part.left.connect(self.left)
        self._staff.toggled.connect(self.touched)
        self._joint.touched.connect(self.touched)
