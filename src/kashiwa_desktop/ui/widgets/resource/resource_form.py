"""The form of one resource: two required fields, the rest as far as it is known.

It knows the fields and nothing of saving; the pages decide when to save and what to ask.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.day import is_day
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.domain.resource import FIELDS, ONLY_FOR
from kashiwa_desktop.services.holidays import holiday_name
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.date_entry import DateEntry
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.table_fields import TableFields
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.fold import Fold
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.resource.kind_field import KindField
from kashiwa_desktop.ui.widgets.text_label import TextLabel

# くわしく書く: what the office counts of a resource, and what need not be said.
IN_VIEW = frozenset({
    "area", "kind", "form", "name", "day", "place", "contact", "checked", "ended", "succeeds"
})  # fmt: skip
"""What stands in the form above, or is done by a button; every other field stands here."""


class ResourceMore(QWidget):
    """Folded; what belongs to one kind only is shown with that kind."""

    touched = Signal()
    left = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fold = Fold("くわしく書く")
        self._table = TableFields([f for f in FIELDS if f.name not in IN_VIEW], today, self)
        self._estimate = TextLabel(role="strong")
        self._arrange()
        self._table.touched.connect(self.touched)
        self._table.left.connect(self.left)

    def open(self, *, opened: bool = True) -> None:
        self._fold.open(opened=opened)

    def show_kind(self, kind: str) -> None:
        """Show what belongs to a kind."""
        self._table.show_of(kind)

    def show_estimate(self, text: str) -> None:
        """Say how much a subsidy may come to; nothing where nobody knows."""
        self._estimate.setText(text)
        show_when(self._estimate, wanted=bool(text))

    def fill(self, fields: dict[str, Any]) -> None:
        self._table.fill(fields)

    def typed(self) -> dict[str, Any]:
        return self._table.typed()

    def places(self) -> dict[str, FormField]:
        return self._table.places

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._fold)
        f = dict(self._table.places)
        self._fold.add(f.pop("subsidy"), self._estimate, f.pop("requirements"), *f.values())
        self._estimate.hide()
        self.fill({})
        self.show_kind("")


LINES = ("name", "day", "place")
_FOLDED = tuple(field.name for field in FIELDS if field.name not in IN_VIEW)


class ResourceForm(SectionCard):
    """``touched`` with every change, ``left`` when a field was left.

    ``typed`` is what a draft keeps, ``given`` what a record is made of; both use the names of
    ``domain.resource.Resource``.
    """

    touched = Signal()
    left = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._areas = ChipBar("地域", one_stop=True)
        self._area_field = FormField("どの地域の資源ですか", self._areas)
        self.kinds = KindField()
        self._lines = {name: TextLine() for name in LINES}
        self._contact = TextArea("問合せ先", lines=1)
        self._checked = DateEntry(today, holiday_name, "確かめた日")
        self._today_button = BigButton("きょう")
        self.more = ResourceMore(today)
        self._fields = self._make_fields()
        self._arrange()
        self._connect()

    def set_today(self, today: date) -> None:
        self._today = today
        self._checked.set_today(today)

    def show_areas(self, areas: Mapping[str, str]) -> None:
        """Offer the areas (code → name) where there are two or more."""
        several = len(areas) > 1
        self._areas.show_chips(list(areas.items()) if several else [])
        show_when(self._area_field, wanted=several)

    def focus_first(self) -> None:
        self.kinds.focus_first()

    def focus_name(self) -> None:
        self._fields["name"].focus()

    def show_estimate(self, text: str) -> None:
        self.more.show_estimate(text)

    def fill(self, fields: Mapping[str, Any]) -> None:
        """Show these fields and nothing else; details open where there are some."""
        self.clear_problems()
        self._areas.choose(fields.get("area") or None)
        self.kinds.choose(fields.get("kind") or "", fields.get("form") or "")
        for name, line in self._lines.items():
            line.setText(fields.get(name) or "")
        self._contact.set_text(fields.get("contact") or "")
        text = fields.get("checked") or ""
        if is_day(text):
            self._checked.set_day(date.fromisoformat(text))
        else:
            self._checked.set_text(text)
        self.more.fill(dict(fields))
        self.more.show_kind(self.kinds.kind)
        self.more.open(opened=any(fields.get(name) for name in _FOLDED))

    def typed(self) -> dict[str, Any]:
        day, area = self._checked.day(), self._areas.current()
        return {
            "area": "" if area is None else str(area),
            "kind": self.kinds.kind,
            "form": self.kinds.form,
            **{name: line.text_so_far() for name, line in self._lines.items()},
            "contact": self._contact.text_so_far(),
            "checked": day.isoformat() if day else self._checked.text_so_far(),
            **self.more.typed(),
        }

    def given(self) -> dict[str, Any]:
        """Return what is to be written: nothing of a kind that was only looked at."""
        typed, day = self.typed(), self._checked.day()
        foreign = {n for n, kind in ONLY_FOR.items() if kind != typed["kind"]}
        blank = {name: type(typed[name])() for name in foreign}
        return {**typed, **blank, "checked": day.isoformat() if day else None}

    def unreadable(self) -> list[Problem]:
        if self._checked.day() is not None or not self._checked.text_so_far().strip():
            return []
        text = "日付をご確認ください。「11/23」のようにご記入ください。"
        return [Problem("date_unreadable", text, "checked", blocking=True)]

    def show_problems(self, problems: Iterable[Problem]) -> FormField | None:
        """Put each problem under its field; returns the field of the first blocking one."""
        self.clear_problems()
        first = None
        for problem in reversed(list(problems)):
            field = self._fields.get(problem.field, self._fields["name"])
            if problem.blocking:
                field.block(problem.text)
                first = field
            elif not field.message:
                field.notice(problem.text)
            if problem.field in self.more.places():
                self.more.open()
        return first

    def clear_problems(self) -> None:
        for field in self._fields.values():
            field.clear_message()

    def _make_fields(self) -> dict[str, FormField]:
        line = self._lines
        contact = "一覧に出ます。公開してよいものだけお書きください"
        checked = "場所や曜日が今もこのとおりか、確かめた日です"
        return {
            "area": self._area_field,
            "kind": self.kinds.kind_field,
            "form": self.kinds.form_field,
            "name": FormField("名称", line["name"], required=True, hint="例: 見本台サロン"),
            "day": FormField("いつ", line["day"], hint="例: 第2火曜 10時から12時"),
            "place": FormField("どこで", line["place"], hint="例: 近隣センター 和室"),
            "contact": FormField("問合せ先(公開してよいもの)", self._contact, hint=contact),
            "checked": FormField("確かめた日", self._checked, hint=checked),
            **self.more.places(),
        }

    def _arrange(self) -> None:
        f = self._fields
        for name in ("day", "place", "contact"):
            f[name].align_top()
        self.add(self._area_field, self.kinds, f["name"])
        self.add(SideBySide(f["day"], f["place"], least_em=40))
        checked = QWidget()
        column = QVBoxLayout(checked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(f["checked"])
        column.addWidget(FlowRow(self._today_button))
        column.addStretch(1)
        self.add(SideBySide(f["contact"], checked, least_em=40), self.more)
        self._area_field.hide()

    def _connect(self) -> None:
        self.kinds.touched.connect(self._show_kind)
        self.kinds.touched.connect(self.touched)
        parts: list[TextLine | TextArea | DateEntry | ResourceMore] = [*self._lines.values()]
        for part in (*parts, self._contact, self._checked, self.more):
            part.touched.connect(self.touched)
            part.left.connect(self.left)
        self._areas.chosen.connect(self.touched)
        self._today_button.clicked.connect(self._check_today)

    def _show_kind(self) -> None:
        self.more.show_kind(self.kinds.kind)

    def _check_today(self) -> None:
        self._checked.set_day(self._today)
        self.left.emit()
