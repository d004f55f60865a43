"""Where a line is written: as a row of the sheet, or in the whole form of screen 2."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.services.records.suggesting import Offers
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.district.sheet.sheet_row import SheetRow
from kashiwa_desktop.ui.shortcuts import SingleKeys
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.record.record_form import NextNumber, RecordForm
from kashiwa_desktop.ui.widgets.record.record_what import KEYS
from kashiwa_desktop.ui.widgets.record.typed_record import typed_record

_CITY = {
    "category": "council",
    "type": "exchange",
    "council": {"tier": 1, "joint_areas": [], "lead_area": None},
}
"""A meeting of the city begins as a council of the first tier."""


class SheetLines(QWidget):
    """One of two forms at a time; both speak of a record by its public names."""

    touched = Signal()
    left = Signal()

    def __init__(self, today: date, next_number: NextNumber) -> None:
        super().__init__()
        self._row = SheetRow()
        self._form = RecordForm(today, next_number)
        self._form.more.show_for_staff()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._row)
        column.addWidget(self._form)
        self._form.hide()
        self._is_full = False
        for part in (self._row, self._form):
            part.touched.connect(self.touched)
            part.left.connect(self.left)
        SingleKeys(self, KEYS).pressed.connect(self._choose_category)

    @property
    def is_full(self) -> bool:
        """Whether the whole form is open."""
        return self._is_full

    def show_sheet(self, last: date, areas: dict[str, str], offers: Offers) -> None:
        """Show what belongs to the sheet; what is typed stays."""
        self._row.show_month(last, areas)
        self._row.offer(offers.usual_types, offers.codes.on(last))
        self._form.set_today(last)
        self._form.when.show_areas(areas)
        self._form.offer(offers)

    def begin(self, *, city: bool) -> None:
        """Begin the next line; one of the city in the whole form, for it is a meeting."""
        self._row.clear_problems()
        self._row.fill({})
        self._show(full=city)
        if city:
            self._form.fill({**_CITY}, is_new=True)

    def focus_first(self) -> None:
        """Put the keyboard where the next line begins."""
        if self._is_full:
            self._form.when.entry.setFocus()
        else:
            self._row.begin()

    def open_full(self) -> None:
        """Go on in the whole form with what stands in the row."""
        given = self._row.given()
        self._form.fill({**self._row.typed(), **_not_none(given)}, is_new=True)
        self._show(full=True)
        self._form.more.open()
        self._form.focus_words()

    def open_record(self, activity: Activity) -> None:
        """Correct a record with all it says."""
        self._form.fill(typed_record(activity, ""), is_new=False)
        self._show(full=True)
        self._form.focus_words()

    def open_draft(self, fields: dict[str, Any]) -> None:
        """Put back what a draft kept, into the form in which it was written."""
        if fields.get("full"):
            self._form.fill(fields, is_new=not fields.get("record"))
        else:
            self._row.fill(fields)
        self._show(full=bool(fields.get("full")))

    def typed(self) -> dict[str, Any]:
        part = self._form.typed() if self._is_full else self._row.typed()
        return {**part, "full": self._is_full}

    def given(self) -> dict[str, Any]:
        return self._form.given() if self._is_full else self._row.given()

    def unreadable(self) -> list[Problem]:
        return self._form.unreadable() if self._is_full else self._row.unreadable()

    def show_problems(self, problems: Sequence[Problem]) -> FormField | None:
        """Put each problem under its field; returns the field of the first blocking one."""
        if self._is_full:
            return self._form.show_problems(problems)
        return self._row.show_problems(problems)

    def _show(self, *, full: bool) -> None:
        self._is_full = full
        show_when(self._row, wanted=not full)
        show_when(self._form, wanted=full)

    def _choose_category(self, key: str) -> None:
        if self._is_full:
            self._form.what.choose_key(key)


def _not_none(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}
