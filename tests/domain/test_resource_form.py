"""From a form or a line of JSON to the body of a resource."""

from datetime import date

import pytest

from kashiwa_desktop.domain.people import Appointment, Area, Roster
from kashiwa_desktop.domain.resource_form import read, split_known
from kashiwa_desktop.errors import RefusedError, WrongUsageError

TODAY = date(2026, 11, 12)
PEOPLE = Roster(
    areas=(Area("A1", "見本台"), Area("A2", "例ヶ丘"), Area("A3", "試町")),
    appointments=(
        Appointment("a", "P001", "A1", date(2020, 4, 1)),
        Appointment("b", "P001", "A2", date(2015, 4, 1), date(2020, 3, 31)),
        Appointment("c", "P002", "A2", date(2020, 4, 1)),
        Appointment("d", "P002", "A3", date(2020, 4, 1)),
        Appointment("e", "P003", "A3", date(2015, 4, 1), date(2020, 3, 31)),
    ),
)


def body(promoter="P001", **given):
    return read({"kind": "salon", "name": "ひだまり", **given}, PEOPLE, promoter, TODAY)


def test_only_what_was_said_stands_in_the_body():
    assert body() == {"kind": "salon", "name": "ひだまり", "area": "A1"}
    assert read({}, PEOPLE, "P001", TODAY) == {"kind": "", "name": "", "area": "A1"}
    full = {
        "day": "水曜", "place": "会館", "contact": "04-0000-0000", "checked": "2026-11-01",
        "subsidy": "group", "note": "ひとこと", "ended": "2026-12-01",
    }  # fmt: skip
    assert body(**full) == {**body(), **full}


def test_text_is_cleaned_and_never_normalised():
    assert body(name="サロン\x00髙﨑か\u3099き")["name"] == "サロン髙﨑がき"


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("gathering", {"form": "weekly", "requirements": ["council", "prevention"]}),
        ("mutual_aid", {"stage": "starting"}),
        ("neighbourhood", {"disaster_group": True}),
        ("salon", {}),
    ],
)
def test_what_says_something_of_one_kind_only_stands_there_only(kind, kept):
    given = {
        "form": "weekly", "requirements": ["prevention", "council", "council"],
        "stage": "starting", "disaster_group": True,
    }  # fmt: skip
    assert body(kind=kind, **given) == {"kind": kind, "name": "ひだまり", "area": "A1", **kept}


def test_the_area_is_the_only_one_of_the_promoter_or_said():
    assert body("P003")["area"] == "A3"  # he left: the last one he held
    assert body("P002", area="試町")["area"] == "A3"
    assert body("", area="A2")["area"] == "A2"
    for promoter in ("P002", "", "P009"):
        with pytest.raises(RefusedError) as caught:
            body(promoter)
        assert caught.value.code == "area_missing"


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "?"}, {"form": "?"}, {"subsidy": "?"}, {"stage": "?"}, {"requirements": ["?"]},
        {"area": "?"}, {"unknown": 1}, {"name": 1}, {"succeeds": "x"}, {"disaster_group": "yes"},
    ],
)  # fmt: skip
def test_unknown_keys_codes_and_shapes_are_wrong_usage(given):
    with pytest.raises(WrongUsageError):
        body(**given)


def test_what_a_newer_version_said_is_set_aside():
    known, unknown = split_known({"kind": "salon", "name": "x", "succeeds": "y", "capacity": 20})
    assert (known, unknown) == ({"kind": "salon", "name": "x"}, {"succeeds": "y", "capacity": 20})
