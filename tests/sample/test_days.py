"""The invented world works on days on which somebody may be met."""

from datetime import date

import jpholiday
import pytest

from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.sample.days import regular_meeting_day, working_days

ALL = list(months(Month(2015, 4), Month(2031, 3)))


def test_the_regular_meeting_is_a_wednesday_within_its_month_and_never_a_holiday():
    for month in ALL:
        day = regular_meeting_day(month)
        assert Month.of(day) == month
        assert day.weekday() == 2
        assert not jpholiday.is_holiday(day)


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ((2026, 10), date(2026, 10, 21)),
        ((2018, 3), date(2018, 3, 14)),
        ((2023, 3), date(2023, 3, 8)),
    ],
)
def test_the_regular_meeting_is_the_third_wednesday_but_in_march_the_second(month, day):
    assert regular_meeting_day(Month(*month)) == day


def test_working_days_leave_out_sundays_mondays_holidays_and_the_regular_meeting():
    for month in ALL:
        days = working_days(month)
        assert len(days) >= 14
        assert days == sorted(set(days))
        assert regular_meeting_day(month) not in days
        for day in days:
            assert Month.of(day) == month
            assert 1 <= day.weekday() <= 5
            assert not jpholiday.is_holiday(day)
