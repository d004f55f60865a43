"""The record form: its parts in the order people tell it, as one value going in and out.

It knows the fields and nothing of saving; ``record_page.py`` decides when to save and when to ask.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.activity import FIELDS
from kashiwa_desktop.domain.code_list import SEED
from kashiwa_desktop.domain.day import is_day
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.domain.suggestion import Suggestion
from kashiwa_desktop.services.holidays import holiday_name
from kashiwa_desktop.services.records.suggesting import Offers
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.date_entry import DateEntry
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.month_calendar import MonthCalendar
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.record.council_form import CouncilForm
from kashiwa_desktop.ui.widgets.record.form_part import FormPart
from kashiwa_desktop.ui.widgets.record.record_more import MorePart
from kashiwa_desktop.ui.widgets.record.record_what import WhatPart
from kashiwa_desktop.ui.widgets.record.record_words import WordsPart
from kashiwa_desktop.ui.widgets.text_label import TextLabel

NextNumber = Callable[[str | None, date], int]
_IN_VIEW = (
    "date", "area", "category", "type", "title", "minutes", "tags", "status", "council",
)  # fmt: skip
_DETAILS = (
    "private_note", "files", "papers", *(f.name for f in FIELDS if f.name not in _IN_VIEW)
)  # fmt: skip
"""Where one of these says something, くわしく書く opens."""


class RecordForm(QWidget):
    """``touched`` with every change, ``left`` when a field was left."""

    touched = Signal()
    left = Signal()

    def __init__(self, today: date, next_number: NextNumber) -> None:
        super().__init__()
        self._next_number = next_number
        self._by_chip: dict[str, object] = {}
        self._is_new = True
        self._today = today
        self._codes, self._since = SEED, date.max
        self.when = WhenPart(today)
        self.what = WhatPart()
        self.words = WordsPart()
        self.council = CouncilForm(today)
        self.more = MorePart(today)
        self._parts: tuple[FormPart, ...] = (
            self.when, self.what, self.words, self.council, self.more
        )  # fmt: skip
        self._arrange()
        self._connect()
        self.council.hide()

    def set_today(self, today: date) -> None:
        self._today = today
        self.when.set_today(today)

    def focus_words(self) -> None:
        """Put the keyboard where the words are written."""
        self.words.places()["title"].focus()

    def offer(self, offers: Offers) -> None:
        """Show chips, names and examples to choose from; what was typed stays."""
        self._codes = offers.codes
        self._offer_words(anew=True)
        self.what.offer(offers.chips, offers.usual_types, offers.examples)
        self.words.set_examples(offers.examples)
        self.more.offer(offers.counterparts, offers.places)

    def fill(self, fields: dict[str, Any], *, is_new: bool) -> None:
        """Show these fields and nothing else; details open where there are some."""
        self._is_new = is_new
        self._by_chip = {}
        self.clear_problems()
        for part in self._parts:
            part.fill(fields)
            if part is self.when:
                self._offer_words()
        self._show_category()
        self.more.open(opened=any(fields.get(name) for name in _DETAILS))

    def typed(self) -> dict[str, Any]:
        """Return what a draft keeps."""
        return {name: value for part in self._parts for name, value in part.typed().items()}

    def given(self) -> dict[str, Any]:
        """Return what a record is made of; the sum of the attendance where no other was typed."""
        given = {name: value for part in self._parts for name, value in part.given().items()}
        if given["council"] is not None and given["attendees"] is None:
            given["attendees"] = self.council.attendance.total() or None
        return given

    def unreadable(self) -> list[Problem]:
        return [problem for part in self._parts for problem in part.unreadable()]

    def take_suggestion(self, suggestion: Suggestion) -> None:
        """Fill in what a chip offers; what was typed by hand stays."""
        now, offered = self.typed(), suggestion.fields()
        category, kind = offered.pop("category"), offered.pop("type")
        names = offered.keys() | self._by_chip.keys()
        new = {name: offered.get(name) for name in names if self._may_replace(name, now)}
        new |= {"category": category, "type": kind}
        self._by_chip = {name: value for name, value in new.items() if name in offered}
        for part in self._parts:
            if new.keys() & part.typed().keys():
                part.fill({**part.typed(), **new})
        self.what.mark_chip(suggestion)
        self.what.tell_filled(suggestion)
        self._by_chip = {name: self.typed()[name] for name in self._by_chip}
        self._show_category()
        self.touched.emit()

    def show_problems(self, problems: Iterable[Problem]) -> FormField | None:
        """Put each problem under its field; returns the field of the first blocking one."""
        self.clear_problems()
        first = None
        places = self._places()
        for problem in reversed(list(problems)):
            field = places.get(problem.field)
            if field is None:
                continue
            if problem.blocking:
                field.block(problem.text)
                first = field
            elif not field.message:
                field.notice(problem.text)
        if first is not None and not first.isVisibleTo(self):
            self.council.open()
            self.more.open()
        return first

    def clear_problems(self) -> None:
        for field in self._places().values():
            field.clear_message()

    def _may_replace(self, name: str, now: dict[str, Any]) -> bool:
        return not now.get(name) or now[name] == self._by_chip.get(name)

    def _places(self) -> dict[str, FormField]:
        return {name: field for part in self._parts for name, field in part.places().items()}

    def _offer_words(self, *, anew: bool = False) -> None:
        """Speak in the words of the record's own day: a council may have renamed its codes."""
        day = self.when.day() or self._today
        since = self._codes.since(day)
        if anew or since != self._since:
            self._since = since
            for part in (self.what, self.words, self.council, self.more):
                part.offer_words(self._codes.on(day))

    def _show_category(self) -> None:
        category = self.what.category()
        self.words.set_category(category)
        self.more.show_category(category)
        wanted = category == "council" or self.council.typed()["council"] is not None
        if wanted and self.council.isHidden():
            self.council.open()
        show_when(self.council, wanted=wanted)
        self._suggest_number()

    def _offer_words_of_day(self) -> None:
        if self.when.day() is not None:
            self._offer_words()

    def _suggest_number(self) -> None:
        day = self.when.day()
        if self._is_new and self.what.category() == "council" and day is not None:
            area = self.when.given()["area"]
            self.council.suggest_number(self._next_number(area, day))

    def _arrange(self) -> None:
        right = QWidget()
        told = QVBoxLayout(right)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(2 * theme.GAP)
        told.addWidget(self.what)
        told.addWidget(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GAP)
        column.addWidget(SideBySide(self.when, right, shares=(0, 1), least_em=40))
        column.addWidget(self.council)
        column.addWidget(self.more)

    def _connect(self) -> None:
        for part in self._parts:
            part.touched.connect(self.touched)
            part.left.connect(self.left)
        self.when.touched.connect(self._offer_words_of_day)
        self.what.suggested.connect(self.take_suggestion)
        self.what.category_chosen.connect(self._show_category)
        self.words.category_taken.connect(self.what.take)


# ① いつ: きょう, きのう, an open month, or a date as people type it; which area of two.
class WhenPart(FormPart):
    """The day of the activity, and its area where there are two."""

    month_shown = Signal(object)
    reopen_wanted = Signal(object)
    next_version_wanted = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.set_title("① いつ")
        self._today = today
        self._today_button = BigButton("きょう")
        self._yesterday_button = BigButton("きのう")
        self.entry = DateEntry(today, holiday_name)
        self.calendar = MonthCalendar(today, holiday_name)
        self.calendar.set_latest(today)
        hint = "「23」「11/23」「きのう」のようにも書けます"
        self._date_field = FormField("日付", self.entry, hint=hint)
        self._areas = ChipBar("地域", one_stop=True)
        self._area_field = FormField("どの地域の活動ですか", self._areas)
        self._closed = _ClosedOffer()
        self._arrange()
        self._connect()

    def show_areas(self, areas: dict[str, str]) -> None:
        """Offer the areas (code → name) where there are two or more."""
        several = len(areas) > 1
        self._areas.show_chips(list(areas.items()) if several else [])
        show_when(self._area_field, wanted=several)

    def set_today(self, today: date) -> None:
        """Begin with the day it is now: the window may stand open overnight."""
        if today != self._today:
            self._today = today
            self.entry.set_today(today)
            self.calendar.set_today(today)
            self.calendar.set_latest(today)

    def day(self) -> date | None:
        return self.entry.day()

    def fill(self, fields: dict[str, Any]) -> None:
        text = fields.get("date") or ""
        if is_day(text):
            self.entry.set_day(date.fromisoformat(text))
        else:
            self.entry.set_text(text)
        self._areas.choose(fields.get("area"))
        self.clear_offer()

    def typed(self) -> dict[str, Any]:
        day = self.entry.day()
        return {
            "date": day.isoformat() if day else self.entry.text_so_far(),
            "area": self._areas.current(),
        }

    def given(self) -> dict[str, Any]:
        day = self.entry.day()
        return {**self.typed(), "date": day.isoformat() if day else None}

    def unreadable(self) -> list[Problem]:
        if self.entry.day() is not None or not self.entry.text_so_far().strip():
            return []
        text = "日付をご確認ください。「11/23」のようにご記入ください。"
        return [Problem("date_unreadable", text, "date", blocking=True)]

    def places(self) -> dict[str, FormField]:
        return {"date": self._date_field, "area": self._area_field}

    def offer_closed(self, month: Month) -> None:
        """Offer the two ways into a month that is closed."""
        self._closed.offer(month)

    def clear_offer(self) -> None:
        self._closed.hide()

    def _choose_today(self) -> None:
        self.entry.set_day(self._today)
        self.left.emit()

    def _choose_yesterday(self) -> None:
        self.entry.set_day(self._today - timedelta(days=1))
        self.left.emit()

    def _take_from_calendar(self, day: date) -> None:
        self.entry.set_day(day)
        self.left.emit()

    def _show_in_calendar(self, day: date | None) -> None:
        self.calendar.choose(day)
        self.clear_offer()

    def _reopen(self) -> None:
        self.reopen_wanted.emit(self._closed.month)

    def _arrange(self) -> None:
        self.add(self._area_field)  # below the calendar nobody would see it
        self.add_row(self._today_button, self._yesterday_button)
        self.add(self._date_field, self._closed, self.calendar)
        self._area_field.hide()
        self.body.addStretch(1)

    def _connect(self) -> None:
        self._today_button.clicked.connect(self._choose_today)
        self._yesterday_button.clicked.connect(self._choose_yesterday)
        self.calendar.chosen.connect(self._take_from_calendar)
        self.calendar.month_shown.connect(self.month_shown)
        self.entry.picked.connect(self._show_in_calendar)
        self.entry.touched.connect(self.touched)
        self.entry.left.connect(self.left)
        self._areas.chosen.connect(self.touched)
        self._closed.reopen.clicked.connect(self._reopen)
        self._closed.next_version.clicked.connect(self.next_version_wanted)


class _ClosedOffer(QFrame):
    """「10月分は締めてあります」 with the two ways on."""

    def __init__(self) -> None:
        super().__init__()
        self.month: Month | None = None
        self.setProperty("panel", "notice")
        self._text = TextLabel()
        self.reopen = BigButton("締める前に戻す", "undo")
        self.next_version = BigButton("次の版に入れる", "plus")
        buttons = FlowLayout()
        buttons.addWidget(self.reopen)
        buttons.addWidget(self.next_version)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GAP, theme.GAP, 2 * theme.GAP, theme.GAP)
        column.addWidget(self._text)
        column.addLayout(buttons)
        self.hide()

    def offer(self, month: Month) -> None:
        self.month = month
        text = "%s%s月分は締めてあります。どちらかをお選びください。選ぶと記録します。"
        self._text.setText(text % (wareki.era_year(month.first), month.number))
        show_when(self, wanted=True)
