"""What is likely to be recorded next: chips, usual types, planned days, last month's activities."""

from datetime import date, timedelta

import pytest

from domain.builders import an_activity
from kashiwa_desktop.domain import suggestion
from kashiwa_desktop.domain.suggestion import STARTERS, Planned, Suggestion

TODAY = date(2026, 11, 12)
COUNCIL = {"category": "council", "type": "exchange", "title": "支えあい会議"}


def day(back):
    return TODAY - timedelta(days=back)


def titles(found):
    return [s.title for s in found]


def test_who_has_recorded_nothing_is_offered_what_everybody_does():
    assert suggestion.frequent([], TODAY) == list(STARTERS)


def test_often_and_lately_come_first_and_at_most_eight():
    often = [an_activity(id=f"a{n}", title="毎週の訪問", date=day(7 * n)) for n in range(1, 6)]
    lately = [an_activity(id="b", title="きのうの会", date=day(1))]
    long_ago = [an_activity(id=f"c{n}", title="昔の会", date=day(400 + n)) for n in range(9)]
    found = suggestion.frequent([*long_ago, *lately, *often], TODAY)
    assert titles(found) == ["毎週の訪問", "きのうの会", "昔の会", *titles(STARTERS)]
    many = [an_activity(id=f"m{n}", title=f"会{n:02d}", date=day(n)) for n in range(30)]
    assert len(suggestion.frequent(many, TODAY)) == suggestion.MOST_CHIPS


def test_what_is_still_to_come_makes_no_chip():
    assert suggestion.frequent([an_activity(date=day(-1))], TODAY) == list(STARTERS)


def test_a_starter_is_not_offered_beside_the_own_one():
    own = an_activity(category="other", type="regular_meeting", title="定例会", date=day(3))
    assert titles(suggestion.frequent([own], TODAY)) == ["定例会", "地区担当と打合せ"]


def test_a_chip_fills_the_usual_place_and_length_and_the_newest_wording():
    group = [
        an_activity(id="1", title="包括と打合せ", place="A", minutes=60, date=day(40)),
        an_activity(id="2", title="包括と打合せ", place="A", minutes=90, date=day(30)),
        an_activity(id="3", title="包括と打合せ", place="B", minutes=90, date=day(20)),
        an_activity(id="4", title="包括と打合せ", date=day(1), counterparts=("包括",), area="02"),
    ]
    chip = suggestion.frequent(group, TODAY)[0]
    assert chip == Suggestion("network", "professional", "包括と打合せ", "A", 90, ("包括",), "02")
    assert chip.fields() == {
        "category": "network", "type": "professional", "title": "包括と打合せ", "place": "A",
        "minutes": 90, "counterparts": ["包括"], "area": "02",
    }  # fmt: skip
    assert Suggestion("other", "misc", "a").fields() == {
        "category": "other", "type": "misc", "title": "a",
    }  # fmt: skip


def test_width_and_kana_do_not_make_two_chips():
    group = [
        an_activity(id="1", title="ｶﾌｪ打合せ", date=day(9)),
        an_activity(id="2", title="カフェ打合せ", date=day(2)),
    ]
    assert titles(suggestion.frequent(group, TODAY))[:1] == ["カフェ打合せ"]
    assert len(suggestion.frequent(group, TODAY)) == 3


def test_the_usual_type_of_a_category_is_the_most_frequent_or_the_first():
    found = suggestion.usual_types([
        an_activity(type="business"), an_activity(type="business"), an_activity(type="facility"),
        an_activity(category="other", type="of_a_newer_version"),
        an_activity(category="new", type="x"),
    ])  # fmt: skip
    assert found == {
        "council": "exchange", "network": "business", "community": "local_meeting",
        "other": "area_officer",
    }  # fmt: skip


SECOND_TUESDAYS = [date(2026, 10, 13), date(2026, 9, 8), date(2026, 8, 11), date(2026, 7, 14)]


def meetings(days):
    return [an_activity(id=str(d), date=d, title="定例会", type="regular_meeting") for d in days]


@pytest.mark.parametrize("today", [date(2026, 11, 10), date(2026, 11, 12), date(2026, 11, 17)])
def test_what_recurs_is_offered_on_its_day_and_a_week_after_it(today):
    found = suggestion.planned(meetings(SECOND_TUESDAYS), today)
    assert [(p.day, p.suggestion.title, p.agreed) for p in found] == [
        (date(2026, 11, 10), "定例会", False)
    ]


@pytest.mark.parametrize("today", [date(2026, 11, 9), date(2026, 11, 18)])
def test_not_before_its_day_and_not_long_after_it(today):
    assert suggestion.planned(meetings(SECOND_TUESDAYS), today) == []


def test_twice_is_not_yet_a_habit_nor_are_other_weekdays():
    assert suggestion.planned(meetings(SECOND_TUESDAYS[:2]), TODAY) == []
    scattered = [date(2026, 10, 13), date(2026, 9, 3), date(2026, 8, 26)]
    assert suggestion.planned(meetings(scattered), TODAY) == []


def test_a_habit_of_fifth_weekdays_has_no_day_in_a_month_without_one():
    fifths = [date(2026, 9, 29), date(2026, 6, 30), date(2026, 3, 31), date(2026, 12, 29)]
    assert suggestion.planned(meetings(fifths[:3]), date(2026, 11, 30)) == []


def test_what_was_recorded_only_this_month_is_no_habit():
    assert suggestion.planned(meetings([date(2026, 11, 10)]), TODAY) == []


def test_what_is_recorded_is_not_offered_again():
    done = [*meetings(SECOND_TUESDAYS), *meetings([date(2026, 11, 10)])]
    assert suggestion.planned(done, TODAY) == []


def test_the_next_date_of_a_meeting_becomes_a_suggestion_on_that_day():
    told = {"next_date": "2026-11-12"}
    last = an_activity(**COUNCIL, date=date(2026, 10, 1), place="会館", council=told)
    usual = Suggestion("council", "exchange", "支えあい会議", "会館", area="01")
    assert suggestion.planned([last], TODAY) == [Planned(TODAY, usual, agreed=True)]
    assert suggestion.planned([last], date(2026, 11, 11)) == []
    held = an_activity(**COUNCIL, id="r2", date=TODAY)
    assert suggestion.planned([last, held], TODAY) == []
    without = an_activity(**COUNCIL, date=date(2026, 10, 1), council={"next_date": None})
    assert suggestion.planned([without], TODAY) == []


def test_agreed_and_usual_on_one_day_are_offered_once():
    told = {"next_date": "2026-11-10"}
    held = [an_activity(**COUNCIL, id=str(d), date=d, council=told) for d in SECOND_TUESDAYS]
    found = suggestion.planned(held, TODAY)
    assert [(p.day, p.agreed) for p in found] == [(date(2026, 11, 10), True)]


def test_the_day_the_office_decided_takes_the_place_of_the_habit():
    decided = [date(2026, 10, 20), date(2026, 11, 11)]
    found = suggestion.planned(meetings(SECOND_TUESDAYS), TODAY, decided)
    assert [(p.day, p.suggestion.title, p.agreed) for p in found] == [
        (date(2026, 11, 11), "定例会", True)
    ]
    assert suggestion.planned(meetings(SECOND_TUESDAYS), TODAY, []) == []
    done = [*meetings(SECOND_TUESDAYS), *meetings([date(2026, 11, 5)])]
    assert suggestion.planned(done, TODAY, decided) == []


def test_who_never_recorded_the_meeting_is_offered_the_offices_day_too():
    found = suggestion.planned([], TODAY, [date(2026, 11, 12), date(2026, 11, 19)])
    assert found == [Planned(TODAY, STARTERS[0], agreed=True)]


def test_a_meeting_at_the_end_of_last_month_is_still_offered_in_this_one():
    found = suggestion.planned([], date(2026, 12, 2), [date(2026, 11, 27), date(2026, 12, 25)])
    assert [p.day for p in found] == [date(2026, 11, 27)]


def test_last_months_activities_that_this_month_lacks():
    found = suggestion.of_last_month(
        [
            an_activity(id="1", title="カフェ", date=date(2026, 10, 20)),
            an_activity(id="2", title="サロン", date=date(2026, 10, 5)),
            an_activity(id="3", title="定例会", date=date(2026, 10, 13)),
            an_activity(id="4", title="定例会", date=date(2026, 11, 10)),
            an_activity(id="5", title="もっと前", date=date(2026, 9, 10)),
        ],
        TODAY,
    )
    assert titles(found) == ["サロン", "カフェ"]
