"""① いつ: きょう, きのう, an open month, or a date as people type it; which area of two."""

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.day import is_day
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.services.holidays import holiday_name
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.chip_bar import ChipBar
from kashiwa_desktop.ui.widgets.entry.date_entry import DateEntry
from kashiwa_desktop.ui.widgets.entry.form_field import FormField
from kashiwa_desktop.ui.widgets.entry.month_calendar import MonthCalendar
from kashiwa_desktop.ui.widgets.layout.flow_layout import FlowLayout
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.record.form_part import FormPart
from kashiwa_desktop.ui.widgets.text_label import TextLabel


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
