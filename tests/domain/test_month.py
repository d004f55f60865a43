"""A month, its fiscal year, and the day it is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.domain.month import Month, deadline, fiscal_year_start, months

MONTHS = st.builds(Month, st.integers(1928, 2198), st.integers(1, 12))


def test_a_month_reads_writes_and_names_itself():
    month = Month.parse("2026-10")
    assert (str(month), month.label(), month.short()) == ("2026-10", "令和8年10月", "10月分")
    assert Month.of(date(2026, 10, 31)) == month
    assert Month(2019, 4).label() == "平成31年4月"
    assert Month(2019, 5).label() == "令和元年5月"


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-1", "2026-00", "2026-13", "2026-10-01", "26-10", "２０２６-10", " 2026-10",
     "2026-10\n", "1926-12", "2200-01", "9999-12", "0000-01"],
)  # fmt: skip
def test_anything_else_is_no_month(text):
    with pytest.raises(ValueError, match="not a month"):
        Month.parse(text)


@given(MONTHS)
def test_months_follow_each_other(month):
    assert month.next().previous() == month == month.previous().next()
    assert month.last + timedelta(days=1) == month.next().first
    assert Month.parse(str(month)) == month
    assert month.year_before() < month.previous() < month < month.next()
    assert list(months(month.year_before(), month))[::12] == [month.year_before(), month]
    assert month.days == month.last.day
    assert month.first.day == 1


def test_no_months_lie_between_a_later_and_an_earlier_one():
    assert list(months(Month(2026, 10), Month(2026, 9))) == []
    assert list(months(Month(2026, 10), Month(2026, 10))) == [Month(2026, 10)]


@pytest.mark.parametrize(
    ("month", "year"),
    [
        (Month(2026, 3), 2025),
        (Month(2026, 4), 2026),
        (Month(2027, 1), 2026),
        (Month(2019, 4), 2019),
    ],
)
def test_the_fiscal_year_begins_in_april(month, year):
    assert month.fiscal_year == year
    assert fiscal_year_start(month) == Month(year, 4)


@given(MONTHS)
def test_a_fiscal_year_has_twelve_months(month):
    start = fiscal_year_start(month)
    year = list(months(start, Month(start.year + 1, 3)))
    assert month in year
    assert len(year) == 12
    assert {m.fiscal_year for m in year} == {month.fiscal_year}


def test_a_month_is_due_on_the_fifth_of_the_next():
    assert deadline(Month(2026, 10), 5, lambda day: True) == date(2026, 11, 5)
    assert deadline(Month(2026, 12), 5, lambda day: True) == date(2027, 1, 5)


def test_on_closed_days_the_next_open_day_counts():
    closed = {date(2026, 12, day) for day in (5, 6)}
    assert deadline(Month(2026, 11), 5, lambda day: day not in closed) == date(2026, 12, 7)


def test_a_day_that_the_next_month_lacks_is_its_last():
    assert deadline(Month(2026, 1), 31, lambda day: True) == date(2026, 2, 28)


@given(MONTHS, st.integers(1, 31), st.sets(st.dates(), max_size=5))
def test_the_deadline_is_open_and_nothing_open_was_skipped(month, day, closed):
    def is_open(some_day):
        return some_day.weekday() < 5 and some_day not in closed

    due = deadline(month, day, is_open)
    first = month.next().first.replace(day=min(day, month.next().days))
    assert is_open(due)
    assert not any(is_open(first + timedelta(days=n)) for n in range((due - first).days))
