"""Where a line is written: as a row of the sheet, or in the whole form of screen 2."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kashiwa_desktop.domain import entry, wareki
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.services.records.suggesting import Offers
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.shortcuts import SingleKeys
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.read_line import ReadLine
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.layout.flow_row import FlowRow
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.record.form_part import FormPart
from kashiwa_desktop.ui.widgets.record.record_form import NextNumber, RecordForm
from kashiwa_desktop.ui.widgets.record.record_what import KEYS
from kashiwa_desktop.ui.widgets.record.typed_record import typed_record
from kashiwa_desktop.ui.widgets.text_label import TextLabel

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


# One line of a paper sheet, in the order of its columns, to be typed down by keyboard alone.
_WORDS_EM, _PLACE_EM = 22, 12


class SheetRow(FormPart):
    """日・区分・種別・内容・場所・相手・人数・時間: the columns of 白紙の記入用紙."""

    def __init__(self) -> None:
        super().__init__()
        self._last = date.min
        self._usual: dict[str, str] = {}
        self._stood: dict[str, list[str]] = {}
        self._day = ReadLine(self._read_day, _said_day, width=7)
        self._words: Words = SEED_WORDS
        self._category = ReadLine(self._read_category, self._said_category, width=13)
        self._type = ChoiceBox()
        self._title = TextLine()
        self._place, self._with = TextLine(), TextLine()
        self._people = ReadLine(entry.parse_count, str, width=5)
        self._length = ReadLine(entry.parse_length, str, width=5)
        self._area = ChoiceBox()
        self._council = TextLabel(role="muted")
        self._fields = self._make_fields()
        self._arrange()
        self._connect()

    def show_month(self, last: date, areas: dict[str, str]) -> None:
        """Read a bare number as a day of the sheet's month, whose last day is ``last``."""
        self._last = last
        self._area.show_choices(areas.items())
        show_when(self._fields["area"], wanted=len(areas) > 1)

    def offer(self, usual: dict[str, str], words: Words) -> None:
        """Choose the type that is usual in a category by itself; ``words`` are the month's."""
        self._usual, self._words = usual, words

    def begin(self) -> None:
        """Put the keyboard into the first column."""
        self._day.setFocus()

    def fill(self, fields: dict[str, Any]) -> None:
        day = fields.get("date")
        self._day.put(date.fromisoformat(day) if day and _is_day(day) else day)
        stood, kind = fields.get("category") or "", fields.get("type")
        self._stood = {stood: [kind]} if kind else {}
        self._category.put(fields.get("category"))
        self._show_types()
        if fields.get("type"):
            self._type.choose(fields["type"])
        self._title.setText(fields.get("title") or "")
        self._place.setText(fields.get("place") or "")
        self._with.setText("、".join(fields.get("counterparts") or ()))
        self._people.put(fields.get("attendees"))
        self._length.put(fields.get("minutes"))
        self._area.choose(fields.get("area"))

    def typed(self) -> dict[str, Any]:
        """Return what stands in the columns, under the names of a record."""
        day = self._day.value()
        return {
            "date": day.isoformat() if day else self._day.text_so_far(),
            "category": self._category.value() or self._category.text_so_far() or None,
            "type": self._type.current(),
            "title": self._title.text_so_far(),
            "place": self._place.text_so_far(),
            "counterparts": _names(self._with.text_so_far()),
            "attendees": self._people.text_so_far(),
            "minutes": self._length.text_so_far(),
            "area": self._area.current(),
        }

    def given(self) -> dict[str, Any]:
        day = self._day.value()
        return {
            **self.typed(),
            "date": day.isoformat() if day else None,
            "category": self._category.value(),
            "attendees": self._people.value(),
            "minutes": self._length.value(),
        }

    def unreadable(self) -> list[Problem]:
        lines: dict[str, ReadLine[Any]] = {
            "date": self._day,
            "category": self._category,
            "attendees": self._people,
            "minutes": self._length,
        }
        said = {
            "date": "「23」「10/23」のように、日付をお書きください。",
            "category": "区分の番号 1〜4 をお書きください。",
            "attendees": "人数を数字でお書きください。",
            "minutes": "「90」「1時間半」のようにお書きください。",
        }
        return [
            Problem("unreadable", said[name], name, blocking=True)
            for name, line in lines.items()
            if line.is_unreadable
        ]

    def places(self) -> dict[str, FormField]:
        return self._fields

    def show_problems(self, problems: Sequence[Problem]) -> FormField | None:
        """Put each problem under its field; returns the field of the first blocking one."""
        self.clear_problems()
        first = None
        for problem in reversed(problems):
            field = self._fields.get(problem.field or "title")
            if field is None:
                continue
            if problem.blocking:
                field.block(problem.text)
                first = field
            elif not field.message:
                field.notice(problem.text)
        return first

    def clear_problems(self) -> None:
        for field in self._fields.values():
            field.clear_message()

    def _read_day(self, text: str) -> date | None:
        return wareki.parse_date(text, self._last)

    def _read_category(self, text: str) -> str | None:
        """Read ``2``, ``２``, the words as they were shown, or the code."""
        codes = list(self._words.choices("category"))
        if text in codes or text in self._stood:
            return text
        number = entry.parse_count(text[:1]) or 0
        return codes[number - 1] if 1 <= number <= len(codes) else None

    def _said_category(self, code: str) -> str:
        codes = list(self._words.choices("category"))
        label = self._words.category(code)
        return f"{codes.index(code) + 1} {label}" if code in codes else label

    def _show_types(self) -> None:
        """Show the types of the category; a type that stands in it stays."""
        category = self._category.value() or ""
        types = self._words.shown("type", self._stood.get(category, ()), category)
        if self._type.current() not in types:
            self._type.choose(None)
        self._type.show_choices(types.items())
        if self._type.current() is None and types:
            usual = self._usual.get(category)
            self._type.choose(usual if usual in types else next(iter(types)))
        hint = "出席した人数や決まったことは、［くわしく書く］でお書きください。"
        self._council.setText(hint if category == "council" else "")
        show_when(self._council, wanted=category == "council")

    def _make_fields(self) -> dict[str, FormField]:
        self._title.setMinimumWidth(_WORDS_EM * self.fontMetrics().horizontalAdvance("あ"))
        for line in (self._place, self._with):
            line.setMinimumWidth(_PLACE_EM * self.fontMetrics().horizontalAdvance("あ"))
        return {
            "area": FormField("地域", self._area),
            "date": FormField("日", self._day),
            "category": FormField("区分(1〜4)", self._category),
            "type": FormField("種別", self._type),
            "title": FormField("内容(ひとこと)", self._title),
            "place": FormField("場所", self._place),
            "counterparts": FormField("相手", self._with),
            "attendees": FormField("人数", self._people),
            "minutes": FormField("時間(分)", self._length),
        }

    def _arrange(self) -> None:
        f = self._fields
        self.add(FlowRow(f["area"], f["date"], f["category"], f["type"], f["title"]))
        self.add(FlowRow(f["place"], f["counterparts"], f["attendees"], f["minutes"]))
        self.add(self._council)
        self._council.hide()

    def _connect(self) -> None:
        lines = (
            self._day, self._category, self._title, self._place, self._with, self._people,
            self._length,
        )  # fmt: skip
        for line in lines:
            line.touched.connect(self.touched)
            line.left.connect(self.left)
        self._category.touched.connect(self._show_types)
        self._type.chosen.connect(self.touched)
        self._area.chosen.connect(self.touched)


def _names(text: str) -> list[str]:
    return [name for name in clean(text).replace(",", "、").split("、") if name.strip()]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _said_day(day: date) -> str:
    return f"{day.month}/{day.day}({wareki.WEEKDAYS[day.weekday()]})"
