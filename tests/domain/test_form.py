"""From what a person gives to the body of an activity."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.builders import BODY
from kashiwa_desktop.domain import form, schema
from kashiwa_desktop.domain.activity import FIELDS
from kashiwa_desktop.domain.people import Appointment, Area, Roster
from kashiwa_desktop.errors import RefusedError, WrongUsageError

ROSTER = Roster(
    areas=(Area("01", "田中"), Area("02", "西原"), Area("03", "富勢")),
    appointments=(
        Appointment("a", "P001", "01", date(2020, 4, 1)),
        Appointment("b", "P002", "01", date(2020, 4, 1)),
        Appointment("c", "P002", "02", date(2020, 4, 1)),
        Appointment("d", "P003", "01", date(2020, 4, 1), date(2026, 3, 31)),
        Appointment("e", "P003", "02", date(2026, 4, 1)),
    ),
)
GIVEN = {k: v for k, v in BODY.items() if k != "area"}
COUNCIL = {
    "joint_areas": ["富勢", "02", "03"], "attendance": {"furusato": 4},
    "agenda": [{"title": "移動", "kind": "decision"}],
    "homework": [{"text": "調べる", "due": "2026-11-14"}], "next_date": "2027-01-14",
}  # fmt: skip


def read(promoter="P001", **changes):
    given = {k: v for k, v in (GIVEN | changes).items() if v is not ...}
    return form.read(given, ROSTER, promoter)


def test_a_record_gets_its_area_and_all_other_fields():
    body, note = read(private_note="ひみつ")
    assert note == "ひみつ"
    assert "private_note" not in body
    assert body["area"] == "01"
    every = {f.name for f in msgspec.structs.fields(schema.ActivityBody)}
    assert body.keys() == every - {f.name for f in FIELDS if f.rare}
    msgspec.convert(body, schema.ActivityBody, strict=True)


def test_rare_fields_stand_in_a_body_only_where_something_was_said():
    said = {
        "contact_method": "phone", "network_results": ["shared"], "host": "町会",
        "audience": "住民", "support_targets": ["watching"], "group": "みまもり隊",
    }  # fmt: skip
    body, _ = read(**said)
    assert {name: body[name] for name in said} == said
    council = {"recorder": "書記", "lecturer": "", "materials": "", "staff_present": True}
    kept = read(council=council)[0]["council"]
    assert kept["recorder"] == "書記"
    assert kept["staff_present"] is True
    assert not {"lecturer", "materials"} & kept.keys()
    msgspec.convert(body, schema.ActivityBody, strict=True)


def test_what_a_newer_version_said_is_set_aside_and_put_back():
    body = {"title": "a", "mood": 1, "council": {"needs": "b", "votes": 2}}
    known, unknown = form.split_known(body)
    assert known == {"title": "a", "council": {"needs": "b"}}
    assert form.join_unknown(known, unknown) == body
    assert form.join_unknown({"title": "c", "council": None}, unknown) == {
        "title": "c", "mood": 1, "council": None,
    }  # fmt: skip
    plain = {"title": "a", "council": None, "mood": 1}
    assert form.join_unknown(*form.split_known(plain)) == plain
    nothing = {"council": {"needs": "b"}}
    assert form.split_known(nothing) == (nothing, {})


def test_minutes_follow_from_the_times_where_both_are_given():
    assert read(start="09:30", end="11:00", minutes=5)[0]["minutes"] == 90
    assert read(start="11:00", end="09:30", minutes=5)[0]["minutes"] is None
    assert read(start="09:30", minutes=5)[0]["minutes"] == 5


def test_what_is_still_missing_is_left_empty():
    body, _ = form.read({}, ROSTER, "P001")
    assert [body[name] for name in ("date", "category", "type", "title")] == ["", "", "", ""]


def test_text_is_cleaned_at_every_depth_and_names_stay():
    body, _ = read(
        title="か\u3099\0", counterparts=["辻\U000e0100\x07"], council={"needs": "a\r\nb"}
    )
    assert (body["title"], body["counterparts"]) == ("が", ["辻\U000e0100"])
    assert body["council"]["needs"] == "a\nb"


@pytest.mark.parametrize(
    "change",
    [
        {"unknown": 1},
        {"minutes": "60"},
        {"minutes": 1.5},
        {"minutes": -1},
        {"start": "9:30"},
        {"title": 5},
        {"tags": "needs"},
        {"category": "networking"},
        {"type": "regular_meeting"},
        {"status": "done"},
        {"tags": ["need"]},
        {"contact_method": "pigeon"},
        {"network_results": ["won"]},
        {"support_targets": ["all"]},
        {"council": {"staff_present": "yes"}},
        {"council": {"attendance": {"mayor": 1}}},
        {"council": {"attendance": {"furusato": -1}}},
        {"council": {"agenda": [{"title": "a", "kind": "vote"}]}},
        {"council": {"tier": 3}},
        {"council": {"unknown": 1}},
        {"area": "柏の葉"},
        {"council": {"joint_areas": ["柏の葉"]}},
    ],
)
def test_unknown_keys_codes_and_shapes_are_wrong_usage(change):
    with pytest.raises(WrongUsageError):
        read(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"date": "2026-02-30"},
        {"date": "20261014"},
        {"date": "きのう"},
        {"date": "1900-01-01"},
        {"council": {"next_date": "2026-13-01"}},
        {"council": {"homework": [{"text": "a", "due": "soon"}]}},
    ],
)
def test_a_day_that_does_not_exist_is_refused(change):
    with pytest.raises(RefusedError, match="日付をご確認ください"):
        read(**change)


def test_the_area_is_the_only_appointment_of_that_day():
    assert read("P003")[0]["area"] == "02"
    assert read("P003", date="2025-10-14")[0]["area"] == "01"
    assert read("P001", date=...)[0]["area"] == "01"
    assert read("P001", date="2019-10-14")[0]["area"] == "01"
    assert read("P002", area="西原")[0]["area"] == "02"


def test_a_meeting_of_the_city_has_no_area():
    body = read("", council={"tier": 1, "joint_areas": []})[0]
    assert (body["area"], body["council"]["lead_area"]) == ("", None)


@pytest.mark.parametrize(
    ("promoter", "date_given", "said"),
    [("P002", "2026-10-14", "どの地域"), ("P003", ..., "どの地域"), ("P099", ..., "設定ファイル")],
)
def test_where_the_area_is_not_plain_the_person_is_asked(promoter, date_given, said):
    with pytest.raises(RefusedError, match=said) as refused:
        read(promoter, date=date_given)
    assert refused.value.code == "area_missing"


def test_a_joint_meeting_names_areas_by_code_and_is_led_by_its_own():
    council = read(council=COUNCIL)[0]["council"]
    assert (council["joint_areas"], council["lead_area"]) == (["02", "03"], "01")
    assert read(council=COUNCIL | {"lead_area": "西原"})[0]["council"]["lead_area"] == "02"
    assert read(council={})[0]["council"]["lead_area"] is None


@pytest.mark.parametrize(
    ("target", "patch", "merged"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_merge_patch_follows_the_examples_of_rfc_7396(target, patch, merged):
    assert form.merge_patch(target, patch) == merged


VALUES = st.recursive(
    st.integers() | st.text(max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)


@given(VALUES, VALUES)
def test_a_patch_applied_twice_is_applied_once(target, patch):
    once = form.merge_patch(target, patch)
    assert form.merge_patch(once, patch) == once
