"""Times, lengths, numbers and dates ahead, as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.domain import entry


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9:30", "09:30"), ("930", "09:30"), ("0930", "09:30"), ("９：３０", "09:30"),
        ("９時半", "09:30"), ("9時5分", "09:05"), ("9時30分", "09:30"), ("9時", "09:00"),
        ("9", "09:00"), ("９．３０", "09:30"), ("午後2時", "14:00"), ("ごご2時半", "14:30"),
        ("PM2:15", "14:15"), ("午前9時", "09:00"), ("午後12時30分", "12:30"), ("正午", "12:00"),
        ("午前12時", "12:00"), (" 1 4 : 0 0 ", "14:00"), ("23:59", "23:59"), ("1400", "14:00"),
    ],
)  # fmt: skip
def test_a_time_is_read_in_many_forms(typed, read):
    assert entry.parse_time(typed) == read


@pytest.mark.parametrize("typed", ["", "あさ", "24:00", "9:60", "99", "午後", "9時半半", "12345"])
def test_what_is_no_time_is_not_read(typed):
    assert entry.parse_time(typed) is None


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("90", 90), ("９０分", 90), ("1時間", 60), ("1時間半", 90), ("1時間30分", 90),
        ("2時間5", 125), ("1.5時間", 90), ("1:30", 90), ("３０", 30),
    ],
)  # fmt: skip
def test_a_length_is_read_as_minutes(typed, minutes):
    assert entry.parse_length(typed) == minutes


@pytest.mark.parametrize("typed", ["", "0", "半日", "25時間", "1時間半半", "1441"])
def test_what_is_no_length_is_not_read(typed):
    assert entry.parse_length(typed) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), ("１２人", 12), ("約12名", 12), ("1,200", 1200), ("0", 0), ("3回", 3)],
)
def test_a_number_is_read(typed, number):
    assert entry.parse_count(typed) == number


@pytest.mark.parametrize("typed", ["", "たくさん", "-3", "12,00", "12345", "10,000", "1.5"])
def test_what_is_no_number_is_not_read(typed):
    assert entry.parse_count(typed) is None


@pytest.mark.parametrize(
    ("minutes", "words"), [(30, "30分"), (60, "1時間"), (95, "1時間35分"), (0, "0分")]
)
def test_a_length_is_told_in_words(minutes, words):
    assert entry.length_text(minutes) == words


@given(st.integers(1, entry.LONGEST_MINUTES))
def test_a_length_reads_back_what_it_says(minutes):
    assert entry.parse_length(entry.length_text(minutes)) == minutes


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2/10", date(2027, 2, 10)), ("12/10", date(2026, 12, 10)), ("23", date(2026, 11, 23)),
        ("5", date(2026, 12, 5)), ("11/12", date(2026, 11, 12)), ("R9.1.20", date(2027, 1, 20)),
        ("2026-11-02", date(2026, 11, 2)), ("きのう", date(2026, 11, 11)),
        ("31", date(2026, 12, 31)), ("３０日", date(2026, 11, 30)), ("0210", date(2027, 2, 10)),
        ("来月", None), ("2028/2/29", date(2028, 2, 29)), ("12", date(2026, 11, 12)),
    ],
)  # fmt: skip
def test_a_date_ahead_is_the_next_such_day(typed, day):
    assert entry.parse_due(typed, date(2026, 11, 12)) == day
