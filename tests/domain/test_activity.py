"""An activity: what counts, what blocks, and what is only worth a second look."""

from datetime import date, timedelta

import pytest

from domain.builders import BODY, an_activity
from kashiwa_desktop.domain import activity, code_list
from kashiwa_desktop.domain.activity import doubts, missing

TODAY = date(2026, 10, 31)


def codes(problems):
    return [p.code for p in problems]


def test_a_body_reads_and_its_unknown_fields_are_left():
    body = BODY | {"counterparts": ["包括"], "tags": ["needs"], "new_field": 1, "minutes": 60}
    read = activity.read(body, "r9", "P014", version=3, conflict=True)
    assert (read.id, read.promoter, read.version, read.conflict) == ("r9", "P014", 3, True)
    assert (read.date, read.minutes) == (date(2026, 10, 14), 60)
    assert (read.counterparts, read.tags) == (("包括",), ("needs",))
    assert activity.read(BODY, "r1", "P001") == an_activity()


def test_a_body_cannot_pretend_to_be_another_record():
    read = activity.read(BODY | {"id": "x", "promoter": "P999", "conflict": True}, "r1", "P001")
    assert read == an_activity()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-14", date(2026, 10, 14)),
        ("2026-02-30", date(2026, 2, 28)),
        ("2028-02-30", date(2028, 2, 29)),
        ("2026-13-01", date(1970, 1, 1)),
        ("0001-01-01", date(1970, 1, 1)),
        ("1900-02-28", date(1970, 1, 1)),
        ("9999-12-31", date(1970, 1, 1)),
        ("soon", date(1970, 1, 1)),
    ],
)
def test_a_day_that_does_not_exist_is_read_as_one_that_shows_it(text, day):
    assert activity.as_day(text) == day


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({}, True),
        ({"status": "cancelled"}, False),
        ({"status": "postponed"}, False),
        ({"by_proxy": "コアメンバー"}, False),
        ({"promoter": ""}, False),
    ],
)
def test_only_what_took_place_and_was_the_promoters_own_counts(changes, counted):
    assert an_activity(**changes).counted is counted


def test_a_joint_meeting_counts_for_each_of_its_areas_once():
    assert an_activity().areas == ("01",)
    joint = an_activity(council={"joint_areas": ["02", "01", "03"]})
    assert joint.areas == ("01", "02", "03")
    assert an_activity(council={}).areas == ("01",)


def test_a_complete_record_lacks_nothing():
    assert missing(BODY, TODAY) == []
    assert missing(BODY | {"date": "2026-10-31"}, TODAY) == []


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"date": ""}, "date_missing", "date"),
        ({"date": None}, "date_missing", "date"),
        ({"date": "2026-11-01"}, "date_future", "date"),
        ({"date": "2026-02-30"}, "date_unknown", "date"),
        ({"date": "20261014"}, "date_unknown", "date"),
        ({"date": "1900-01-01"}, "date_unknown", "date"),
        ({"category": ""}, "category_missing", "category"),
        ({"type": None}, "type_missing", "type"),
        ({"title": ""}, "title_missing", "title"),
        ({"title": " \u3000\n"}, "title_missing", "title"),
        ({"title": None}, "title_missing", "title"),
    ],
)
def test_what_blocks_names_its_field_and_says_so_in_words(change, code, field):
    (problem,) = missing(BODY | change, TODAY)
    assert (problem.code, problem.field, problem.blocking) == (code, field, True)
    assert problem.text.endswith("。")


def test_an_empty_form_lacks_date_category_and_title():
    assert codes(missing({}, TODAY)) == ["date_missing", "category_missing", "title_missing"]


def test_a_plain_record_raises_no_doubt_not_even_about_itself():
    one = an_activity(start="09:30", end="10:30", minutes=60)
    assert doubts(one, [one], TODAY) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"minutes": 601}, "long"),
        ({"start": "10:00", "end": "09:00"}, "end_before_start"),
        ({"start": "10:00", "end": "10:00"}, "end_before_start"),
        ({"date": TODAY - timedelta(days=32)}, "old"),
    ],
)
def test_doubts_about_one_record_block_nothing(changes, code):
    (doubt,) = doubts(an_activity(**changes), [], TODAY)
    assert (doubt.code, doubt.record, doubt.blocking) == (code, "r1", False)
    assert doubt.text.startswith("念のためご確認ください。")


@pytest.mark.parametrize(
    "changes",
    [
        {"minutes": 600},
        {"start": "10:00"},
        {"end": "10:00"},
        {"date": TODAY - timedelta(days=31)},
    ],
)
def test_at_the_limit_there_is_no_doubt(changes):
    assert doubts(an_activity(**changes), [], TODAY) == []


def test_without_a_today_the_age_is_left_out():
    assert doubts(an_activity(date=date(2015, 4, 1)), [], None) == []


def test_the_same_day_category_and_words_are_asked_about_once():
    others = [an_activity(id=f"o{n}") for n in range(3)]
    assert codes(doubts(an_activity(), others, TODAY)) == ["twice"]
    assert doubts(an_activity(), [an_activity(id="o", title="別の件")], TODAY) == []
    assert doubts(an_activity(), [an_activity(id="o", category="other")], TODAY) == []
    assert doubts(an_activity(), [an_activity(id="o", date=date(2026, 10, 15))], TODAY) == []


@pytest.mark.parametrize(
    ("other", "overlap"),
    [
        (("10:00", "11:00"), True),
        (("10:59", "12:00"), True),
        (("09:00", "13:00"), True),
        (("10:30", "10:40"), True),
        (("11:00", "12:00"), False),
        (("09:00", "10:00"), False),
        ((None, "12:00"), False),
        (("10:00", None), False),
    ],
)
def test_overlapping_times_are_asked_about_and_touching_ones_are_not(other, overlap):
    one = an_activity(start="10:00", end="11:00")
    two = an_activity(id="o", title="別の件", start=other[0], end=other[1])
    assert codes(doubts(one, [two], TODAY)) == (["overlap"] if overlap else [])
    assert bool(doubts(two, [one], TODAY)) is overlap


def test_a_cancelled_activity_overlaps_nothing():
    one = an_activity(start="10:00", end="11:00")
    off = an_activity(id="o", title="別の件", start="10:00", end="11:00", status="cancelled")
    assert doubts(one, [off], TODAY) == [] == doubts(off, [one], TODAY)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("09:30", "11:00", 90),
        ("00:00", "23:59", 1439),
        ("10:00", "10:00", None),
        ("10:00", "09:59", None),
    ],
)
def test_minutes_between_two_times_of_one_day(start, end, minutes):
    assert activity.minutes_between(start, end) == minutes


def test_a_record_speaks_in_the_words_of_its_own_day():
    said = [{"list": "status", "code": "held", "label": "おこなった", "from": "2026-10-14"}]
    held = an_activity(codes=code_list.read(said))
    assert (held.category_label, held.status_label) == ("ネットワークづくり", "おこなった")
    assert an_activity(codes=code_list.read(said), date=date(2026, 10, 13)).status_label == "実施"
    assert held == an_activity()  # its words are beside what it says
