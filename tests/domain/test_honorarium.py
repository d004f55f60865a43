"""The honorarium: whole yen, by appointment, by date, whatever the number of activities."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.domain.honorarium import HonorariumLine, amount, lines
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Appointment, Period

OFFICE = Office(rates=((date(2015, 4, 1), 40_000), (date(2027, 4, 1), 45_000)))
OCTOBER = Month(2026, 10)


def an_appointment(**changes):
    fields = {"id": "a", "promoter": "P001", "area": "01", "first": date(2020, 4, 1)} | changes
    return Appointment(**fields)


def test_a_line_says_how_it_came_about_and_what_travels():
    (line,) = lines([an_appointment()], OFFICE, OCTOBER)
    assert line == HonorariumLine("a", "01", 40_000, "月額 40,000円 × 1か月")
    assert line.body() == {"appointment": "a", "area": "01", "yen": 40_000}


@pytest.mark.parametrize(("month", "yen"), [(Month(2027, 3), 40_000), (Month(2027, 4), 45_000)])
def test_the_rate_follows_the_date(month, yen):
    assert amount(an_appointment(), OFFICE, month) == yen


def test_an_amount_of_its_own_comes_before_the_rate_even_where_it_is_zero():
    assert amount(an_appointment(yen=20_000), OFFICE, OCTOBER) == 20_000
    assert amount(an_appointment(yen=0), OFFICE, OCTOBER) == 0
    (line,) = lines([an_appointment(yen=0)], OFFICE, OCTOBER)
    assert line.yen == 0


@pytest.mark.parametrize(
    ("first", "last", "paid"),
    [
        (date(2026, 10, 31), None, True),
        (date(2026, 11, 1), None, False),
        (date(2020, 4, 1), date(2026, 10, 1), True),
        (date(2020, 4, 1), date(2026, 9, 30), False),
    ],
)
def test_a_month_touched_at_either_end_counts_whole(first, last, paid):
    found = lines([an_appointment(first=first, last=last)], OFFICE, OCTOBER)
    assert [line.yen for line in found] == ([40_000] if paid else [])


def test_a_month_wholly_on_leave_pays_nothing_and_one_partly_on_leave_pays_whole():
    whole = an_appointment(suspended=(Period(date(2026, 10, 1), date(2026, 10, 31)),))
    partly = an_appointment(suspended=(Period(date(2026, 10, 2)),))
    assert lines([whole], OFFICE, OCTOBER) == []
    assert [line.yen for line in lines([partly], OFFICE, OCTOBER)] == [40_000]


def test_two_areas_are_two_lines_in_the_order_given():
    two = [an_appointment(id="b", area="02", yen=10_000), an_appointment()]
    assert [(line.area, line.yen) for line in lines(two, OFFICE, OCTOBER)] == [
        ("02", 10_000),
        ("01", 40_000),
    ]


@given(
    st.dates(date(2024, 4, 1), date(2028, 3, 31)),
    st.integers(0, 1200),
    st.none() | st.integers(0, 100_000),
)
def test_a_whole_appointment_is_paid_a_whole_amount_for_each_month_it_touches(first, days, yen):
    last = date.fromordinal(first.toordinal() + days)
    held = an_appointment(first=first, last=last, yen=yen)
    paid = [
        sum(line.yen for line in lines([held], OFFICE, month))
        for month in months(Month(2024, 3), Month(2032, 3))
    ]
    touched = list(months(Month.of(first), Month.of(last)))
    assert sum(paid) == sum(OFFICE.rate(m) if yen is None else yen for m in touched)
    assert all(isinstance(part, int) for part in paid)
