"""The day of the 定例会: an nth weekday as people write it, and where it lies in a month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.domain import meeting_rule
from kashiwa_desktop.domain.meeting_rule import LAST, MeetingRule
from kashiwa_desktop.domain.month import Month


@pytest.mark.parametrize(
    ("place", "month", "found"),
    [
        ((2, 1), Month(2026, 11), date(2026, 11, 10)),
        ((1, 6), Month(2026, 11), date(2026, 11, 1)),
        ((5, 6), Month(2026, 11), date(2026, 11, 29)),
        ((5, 1), Month(2026, 11), None),
        ((LAST, 4), Month(2026, 11), date(2026, 11, 27)),
        ((LAST, 0), Month(2026, 11), date(2026, 11, 30)),
    ],
)
def test_the_nth_weekday_of_a_month(place, month, found):
    assert meeting_rule.day_of(month, *place) == found


DAYS = st.dates(date(1930, 1, 1), date(2150, 1, 1))


@given(DAYS)
def test_every_day_is_some_nth_weekday_of_its_month(any_day):
    place = meeting_rule.nth_weekday(any_day)
    assert meeting_rule.day_of(Month.of(any_day), *place) == any_day


@given(DAYS, st.integers(0, 6))
def test_the_last_weekday_lies_in_the_last_seven_days(any_day, weekday):
    month = Month.of(any_day)
    found = meeting_rule.day_of(month, LAST, weekday)
    assert found.weekday() == weekday
    assert 0 <= (month.last - found).days < 7


@pytest.mark.parametrize(
    ("text", "nth", "weekday"),
    [
        ("第3水曜日", 3, 2),
        ("第３水曜", 3, 2),
        ("毎月第三水曜日", 3, 2),
        ("毎月 第1月", 1, 0),
        ("最終金曜日", LAST, 4),
    ],
)
def test_people_write_it_in_several_ways(text, nth, weekday):
    assert meeting_rule.parse(text) == MeetingRule("nth", nth, weekday)


@pytest.mark.parametrize(
    "text", ["", "第6水曜日", "第0水曜日", "水曜日", "第3水曜日ごろ", "第3祝日"]
)
def test_anything_else_is_no_rule(text):
    assert meeting_rule.parse(text) is None


@given(st.sampled_from([LAST, 1, 2, 3, 4, 5]), st.integers(0, 6))
def test_a_rule_is_read_again_from_its_words_and_from_its_body(nth, weekday):
    rule = MeetingRule("nth", nth, weekday)
    assert meeting_rule.parse(rule.words()) == rule
    assert meeting_rule.read(rule.body()) == rule


@pytest.mark.parametrize(
    ("rule", "words"), [("none", "決めない"), ("days", "日にちを1回ずつ決める")]
)
def test_a_rule_without_a_weekday_names_no_day(rule, words):
    one = MeetingRule(rule)
    assert one.words() == words
    assert one.day(Month(2026, 11)) is None
    assert meeting_rule.read(one.body()) == one
