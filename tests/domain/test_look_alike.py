"""Two records that may be one activity: asked about, and the answer remembered."""

from datetime import date

import pytest

from domain.builders import OFFICE, a_revision, an_activity
from kashiwa_desktop.domain import look_alike, ruling
from kashiwa_desktop.domain.look_alike import LookAlike
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import RecordKey

OCTOBER = Month(2026, 10)


def one(**changes):
    return an_activity(**{"id": "r1", "place": "布施近隣センター", **changes})


def other(**changes):
    return an_activity(
        **{"id": "r2", "place": "布施近隣センター", "title": "別のことば", **changes}
    )


def a_meeting(name="r1", promoter="P001", area="01", **changes):
    fields = {"id": name, "promoter": promoter, "area": area, "category": "council",
              "type": "exchange", "title": f"{area}の会議"}  # fmt: skip
    return an_activity(**{**fields, **changes})


@pytest.mark.parametrize(
    ("second", "alike"),
    [
        ({}, True),
        ({"place": "布施近隣センター "}, True),
        ({"place": "光ヶ丘", "title": "別"}, False),
        ({"place": ""}, False),
        ({"place": "", "title": "包括と打合せ"}, True),
        ({"date": date(2026, 10, 15)}, False),
        ({"category": "other", "type": "misc"}, False),
    ],
)
def test_same_day_category_and_place_or_words(second, alike):
    pairs = look_alike.of_one_promoter([one(), other(**second)])
    assert bool(pairs) is alike
    assert not any(pair.joint for pair in pairs)


def test_times_that_do_not_meet_are_two_activities_unless_the_words_are_the_same():
    morning, noon = {"start": "09:00", "end": "10:00"}, {"start": "10:00", "end": "11:00"}
    assert look_alike.of_one_promoter([one(**morning), other(**noon)]) == []
    assert look_alike.of_one_promoter([one(**noon), other(**morning)]) == []
    assert look_alike.of_one_promoter([one(**morning), other(start="09:30", end="10:30")])
    assert look_alike.of_one_promoter([one(**morning), one(id="r2", **noon)])


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        ({"council": {"joint_areas": ["02"]}}, {}, True),
        ({}, {"council": {"joint_areas": ["01"]}}, True),
        ({}, {}, False),
        ({}, {"area": "01"}, True),
        ({"council": {"joint_areas": ["02"]}}, {"date": date(2026, 10, 2)}, False),
        ({"council": {"joint_areas": ["02"]}}, {"category": "other"}, False),
        ({"council": {"joint_areas": ["02"]}}, {"promoter": "P001"}, False),
        ({"council": {"joint_areas": ["02"]}, "start": "09:00", "end": "10:00"},
         {"start": "13:00", "end": "14:00"}, False),
    ],
)  # fmt: skip
def test_one_joint_meeting_recorded_from_two_areas(mine, theirs, same):
    second = a_meeting(**{"name": "r2", "promoter": "P002", "area": "02", **theirs})
    pairs = look_alike.of_two_areas([a_meeting(**mine)], [second])
    assert bool(pairs) is same
    assert all(pair.joint for pair in pairs)


def test_the_answer_belongs_to_the_pair_whichever_came_first():
    pair, turned = LookAlike(one(), other()), LookAlike(other(), one())
    assert pair.id == turned.id
    assert pair.id != LookAlike(one(), other(id="r3")).id
    assert (pair.has("r1"), pair.has("r2"), pair.has("r3")) == (True, True, False)
    assert ruling.look_alike_key("P001", pair) == ruling.look_alike_key("P001", turned)
    assert ruling.look_alike_key("P001", pair) != ruling.look_alike_key("P002", pair)


def said(body):
    return a_revision(body, by=OFFICE, key=RecordKey("P001", "decision", "d1"))


def test_only_the_answer_that_they_differ_ends_the_question():
    pair = LookAlike(one(), other())
    answer = {"kind": "look_alike", "pair": pair.id}
    assert ruling.still_open([pair], []) == [pair]
    assert ruling.still_open([pair], [said({**answer, "same": True})]) == [pair]
    assert ruling.still_open([pair], [said({**answer, "kind": "payment", "same": False})]) == [pair]
    assert ruling.still_open([pair], [said({**answer, "pair": "x", "same": False})]) == [pair]
    assert ruling.still_open([pair], [said({**answer, "same": False})]) == []


def test_a_ruling_is_about_one_report_and_one_amount():
    body = {"kind": "payment", "text": "療養中", "report": "ab" * 32, "yen": 40_000}
    found = ruling.payment(said(body), "ab" * 32, 40_000)
    assert (found.text, found.by, found.yen) == ("療養中", "S01", 40_000)
    assert ruling.payment(said(body), "cd" * 32, 40_000) is None
    assert ruling.payment(said(body), "ab" * 32, 45_000) is None
    assert ruling.payment(said({**body, "kind": "look_alike"}), "ab" * 32, 40_000) is None
    assert ruling.payment_key("P001", OCTOBER) != ruling.payment_key("P001", OCTOBER.next())
