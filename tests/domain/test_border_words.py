"""What the border says of a value, and what it makes of one that an older version let in."""

import msgspec
import pytest

from bound_values import every, inside, outside, sample, shapes
from kashiwa_desktop.domain import border_words, bounds, canonical
from kashiwa_desktop.domain.border_words import explain, mended, named
from kashiwa_desktop.domain.canonical import NotCanonicalError
from kashiwa_desktop.domain.office_schema import MOST_YEN
from kashiwa_desktop.domain.schema import Envelope, SchemaError, body_shape
from kashiwa_desktop.domain.settings_schema import AreaBody, PersonBody

AREA = {"kind": "area", "code": "01", "name": "架空町", "kana": "", "zone": "", "order": 1,
        "from": "2015-04-01"}  # fmt: skip


def refused(kind, body):
    """What keeps this body from being recorded; None where nothing does."""
    shape = body_shape(kind, body)
    try:
        canonical.check(body)
        if shape is not None:
            msgspec.convert(body, shape, strict=True)
    except NotCanonicalError as error:
        return explain(error, kind, body)
    except msgspec.ValidationError as error:
        return explain(SchemaError(str(error), shape), kind, body)
    return None


def test_every_bound_is_told_with_the_field_that_passes_it():
    for bound in every(outside):
        told = refused(bound.type, bound.body)
        last = [name for name in bound.path if name != bounds.MEMBER][-1]
        assert told is not None, bound
        assert told.field == last, bound
        assert "。" in told.text, bound
    assert [str(b) for b in every(inside) if refused(b.type, b.body)] == []


def test_the_limits_of_every_file():
    too_deep = {"x": {"x": {"x": {"x": {"x": {"x": {}}}}}}}
    assert "入り組みすぎ" in refused("answer", too_deep).text
    assert "大きすぎ" in refused("activity", {"minutes": 2**53}).text
    assert refused("activity", {"title": 1.5}).path == ("title",)
    assert refused("answer", {"nobody": 1.5}).field == ""
    long = NotCanonicalError("line too long")
    assert explain(long, "answer", {"text": "短い"}).path == ()


def test_what_is_missing_and_what_has_no_place():
    error = SchemaError("Object missing required field `by`", Envelope)
    assert explain(error, "answer", {}).path == ("by",)
    assert explain(SchemaError("parents are not sorted"), "answer", {}).field == ""


def test_a_record_is_named_by_what_it_says():
    assert named("settings", AREA) == "地域 01 架空町"
    assert named("resource", {}) == "地域の資源"
    assert named("later", {"title": "字" * 30}) == f"記録 {'字' * 20}"


def test_fields_and_bounds():
    assert bounds.longest(PersonBody, "name") == 200
    assert bounds.longest(AreaBody, "order") is None
    assert bounds.is_needed(PersonBody, "name")
    assert not bounds.is_needed(PersonBody, "kana")
    assert bounds.within(AreaBody, "order", 0)
    assert not bounds.within(AreaBody, "order", -1)
    assert bounds.most(AreaBody, "order") >= 9_999
    assert MOST_YEN > 0


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"name": "字" * 201}, "name", "字" * 200),
        ({"name": ""}, "name", border_words.UNKNOWN),
        ({"order": -1}, "order", 0),
        ({"kana": 5}, "kana", None),
        ({}, "order", 1),
    ],
)
def test_a_body_is_put_right_as_near_as_can_be(change, field, value):
    assert mended("settings", AREA | change, []).get(field) == value


def test_a_body_takes_what_the_version_before_said():
    found = mended("settings", AREA | {"name": ""}, [{"order": 3}, {"name": "前の名前"}])
    assert found["name"] == "前の名前"
    notes = {"kind": "release", "notes": ["版"] * 21}
    assert mended("settings", notes, []) == {"kind": "release", "notes": ["版"] * 20}


def test_what_says_which_record_it_is_is_never_guessed():
    assert mended("settings", AREA | {"code": "9" * 201}, []) is None
    assert mended("later", {"x": 1}, []) == {"x": 1}


def test_a_body_that_no_version_put_right_stays_wrong():
    many = {"kind": "year", "year": 2026}
    assert sample(bounds.at(AreaBody, ("order",))) == 1
    assert mended("settings", many | {"year": "?"}, []) is None
    wrong = [{"name": ""}, {"name": "字" * 201}]
    assert mended("settings", AREA | wrong[1], wrong) is None


def test_every_kind_has_a_shape():
    assert {kind for kind, _, _ in shapes()} >= {"activity", "settings"}


def test_a_field_is_named_as_its_form_names_it():
    """One description of a field: what the refusal says is what stands beside the box."""
    council = ("council", bounds.MEMBER, "needs")
    assert border_words.label("activity", {}, council) == "支えあい会議の出されたニーズ・資源"
    assert border_words.label("resource", {}, ("contact",)) == "問合せ先"
    assert border_words.label("settings", {"kind": "office"}, ("guideline",)) == "めやすの回数"
