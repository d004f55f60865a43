"""Eras, and the many ways people type a date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.wareki import parse_date

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1926, 12, 25), date(2117, 12, 31))
TODAYS = st.dates(date(2015, 4, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "year", "short"),
    [
        (date(2026, 11, 23), "令和8年", "R8"),
        (date(2019, 5, 1), "令和元年", "R元"),
        (date(2019, 4, 30), "平成31年", "H31"),
        (date(1989, 1, 8), "平成元年", "H元"),
        (date(1989, 1, 7), "昭和64年", "S64"),
        (date(1926, 12, 25), "昭和元年", "S元"),
        (date(2020, 1, 1), "令和2年", "R2"),
    ],
)
def test_the_year_of_the_era_changes_on_the_day(day, year, short):
    assert wareki.era_year(day) == year
    assert wareki.short_era_year(day) == short
    assert wareki.short_date(day) == f"{short}.{day.month}.{day.day}"


def test_there_is_no_era_before_the_first():
    with pytest.raises(ValueError, match="no era"):
        wareki.era_of(date(1926, 12, 24))


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (2015, "平成27年度"),
        (2026, "令和8年度"),
        (1988, "昭和63年度"),
        (1989, "平成元年度"),
    ],
)
def test_a_fiscal_year_has_one_name_and_fy2019_is_reiwa_gannen(year, name):
    assert wareki.fiscal_year_name(year) == name


def test_naming_a_fiscal_year_by_its_first_day_would_be_noticed():
    assert wareki.era_year(date(2019, 4, 1)) + "度" == "平成31年度"
    assert wareki.fiscal_year_name(2019) != "平成31年度"


def test_a_long_date_has_its_weekday_unless_asked_otherwise():
    assert wareki.long_date(TODAY) == "令和8年11月23日(月)"
    assert wareki.long_date(date(2019, 5, 1), weekday=False) == "令和元年5月1日"


@pytest.mark.parametrize(
    "typed",
    [
        "23", "２３", "23日", " 23 ", "11/23", "１１／２３", "11-23", "11.23", "11月23日", "1123",
        "１１月２３日", "R8.11.23", "r8.11.23", "R8/11/23", "R8-11-23", "R.8.11.23",
        "Ｒ８．１１．２３", "R8年11月23日", "R081123", "令和8年11月23日", "令和８年１１月２３日",
        "令和 8年 11月 23日",
        "令和8年11月23日(月)", "令和8年11月23日（月）", "㋿8年11月23日", "20261123",
        "２０２６１１２３", "2026-11-23", "2026/11/23", "2026.11.23", "2026年11月23日",
        "8/11/23", "8年11月23日",
        "きょう", "今日", "本日", "11ー23", "１１ー２３", "11・23", "R8。11。23", "2026−11−23",
        "11/23(月)", "11月23日\u3000", "\t23\n",
    ],
)  # fmt: skip
def test_today_as_people_type_it(typed):
    assert parse_date(typed, TODAY) == TODAY


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("きのう", date(2026, 11, 22)),
        ("昨日", date(2026, 11, 22)),
        ("おととい", date(2026, 11, 21)),
        ("一昨日", date(2026, 11, 21)),
        ("24", date(2026, 10, 24)),
        ("31", date(2026, 10, 31)),
        ("1", date(2026, 11, 1)),
        ("0704", date(2026, 7, 4)),
        ("12/24", date(2026, 12, 24)),
        ("12/25", date(2025, 12, 25)),
        ("7/4/1", date(2025, 4, 1)),
        ("R元.5.1", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("H31.4.30", date(2019, 4, 30)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("H31.5.1", date(2019, 5, 1)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("S64.1.7", date(1989, 1, 7)),
        ("H元.1.8", date(1989, 1, 8)),
        ("2015-04-01", date(2015, 4, 1)),
    ],
)
def test_other_days_as_people_type_them(typed, day):
    assert parse_date(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "abc", "あした", "元", "0", "32", "99", "2/30", "99/99", "13/1", "2/29", "11/",
        "R0.1.1", "R8.13.1", "R8.2.30", "H1.1.7", "R1.4.30", "S1.12.24", "令和", "明治1.1.1",
        "M1.1.1", "20261301", "00010101", "0008-11-23", "0999-01-01", "1900-01-01", "23:00",
        "2026-11-23-1", "1-2-3-4", "123", "-1", "11/23/", "二三", "(月)", "1e3", "99999999999",
    ],
)  # fmt: skip
def test_nonsense_is_no_date(typed):
    assert parse_date(typed, TODAY) is None


def test_a_circled_digit_is_read_as_the_digit():
    assert parse_date("①", TODAY) == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("today", "typed", "day"),
    [
        (date(2026, 1, 5), "12/28", date(2025, 12, 28)),
        (date(2026, 12, 20), "1/5", date(2027, 1, 5)),
        (date(2026, 3, 1), "30", None),
        (date(2026, 3, 1), "28", date(2026, 2, 28)),
        (date(2026, 1, 1), "31", date(2025, 12, 31)),
        (date(2028, 3, 1), "2/29", date(2028, 2, 29)),
        (date(2027, 1, 20), "2/29", None),
        (date(2029, 1, 20), "2/29", date(2028, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_latest_not_more_than_31_days_ahead(today, typed, day):
    assert parse_date(typed, today) == day


@given(DAYS, DAYS)
def test_every_form_the_program_prints_reads_back(day, today):
    era = wareki.era_of(day)
    short = f"{wareki.short_era_year(day)}.{day.month}.{day.day}"
    packed = f"{era.letter}{day.year - era.first.year + 1:02d}{day:%m%d}"
    for form in (
        wareki.long_date(day), wareki.long_date(day, weekday=False), short, packed,
        day.isoformat(), f"{day:%Y%m%d}",
    ):  # fmt: skip
        assert parse_date(form, today) == day


@given(st.text(max_size=12), TODAYS)
def test_any_text_gives_a_day_of_an_era_or_none(typed, today):
    found = parse_date(typed, today)
    assert found is None or wareki.long_date(found)


@given(st.text("0123456789/.-年月日RHS令和元 ", max_size=12), TODAYS)
def test_any_date_like_text_gives_a_day_of_an_era_or_none(typed, today):
    found = parse_date(typed, today)
    assert found is None or wareki.long_date(found)


@given(DAYS)
def test_the_eras_follow_each_other_without_a_gap(day):
    later, earlier = wareki.era_of(day + timedelta(days=1)), wareki.era_of(day)
    assert later is earlier or later.first == day + timedelta(days=1)
