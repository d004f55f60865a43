"""What is offered: chips, planned days, names, examples, and the number of a council meeting."""

from datetime import date

import pytest

import promoter_world
from kashiwa_desktop.domain.category_hint import DEFAULTS
from kashiwa_desktop.domain.revision import Content, RecordKey, derived_id
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.suggesting import Suggesting
from kashiwa_desktop.services.store import Change, save


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path, "months") as one:
        yield one


def test_a_promoter_gets_his_usual_activities(store):
    offers = Suggesting(store).look()
    assert {chip.title for chip in offers.chips} == {
        "地区担当と打合せ", "包括と情報交換", "カフェ立ち上げの打合せ", "推進員定例会",
        "支えあい会議",
    }  # fmt: skip
    chip = next(c for c in offers.chips if c.title == "包括と情報交換")
    assert (chip.place, chip.minutes) == ("近隣センター 会議室", 60)
    assert offers.usual_types["network"] == "professional"
    assert offers.places[0] == "近隣センター 会議室"


def test_planned_days_and_last_month_are_suggestions_not_records(store):
    before = len(Recording(store).records())
    offers = Suggesting(store).look()
    assert [(p.day, p.suggestion.title) for p in offers.planned] == [
        (date(2026, 11, 11), "支えあい会議"), (date(2026, 11, 10), "推進員定例会"),
    ]  # fmt: skip
    assert [s.title for s in offers.last_month] == [
        "推進員定例会", "カフェ立ち上げの打合せ", "支えあい会議",
    ]  # fmt: skip
    assert len(Recording(store).records()) == before


def test_the_own_register_comes_before_the_member_organisations(store):
    names = Suggesting(store).look().counterparts
    assert names[0] == "見本台地域包括支援センター"
    assert "民生委員・児童委員" in names
    assert "その他" not in names


def test_what_was_cancelled_makes_no_chip(tmp_path):
    with promoter_world.opened(tmp_path) as store:
        day = {"date": "2026-11-10", "category": "other", "type": "misc"}
        Recording(store).add([day | {"title": "雨で中止", "status": "cancelled"}])
        assert "雨で中止" not in [c.title for c in Suggesting(store).look().chips]


def test_the_next_meeting_is_numbered_within_area_and_fiscal_year(store):
    suggesting = Suggesting(store)
    assert suggesting.meeting_number("A1", date(2026, 11, 12)) == 3
    assert suggesting.meeting_number(None, date(2026, 8, 1)) == 3
    assert suggesting.meeting_number("A1", date(2026, 7, 1)) == 1
    assert suggesting.meeting_number("A2", date(2026, 11, 12)) == 1
    assert suggesting.meeting_number("A1", date(2027, 4, 1)) == 1


def test_examples_come_from_the_office_when_it_gave_some(store):
    assert Suggesting(store).look().examples == DEFAULTS
    example = {"text": "茶話会", "words": ["茶話会"], "category": "community",
               "type": "briefing", "reason": "茶話会は地域活動です"}  # fmt: skip
    body = {"kind": "category_examples", "examples": [example]}
    key = RecordKey(None, "settings", derived_id("category_examples"))
    with store.db.write() as tx:
        save(store, tx, [Change(Content(key, None, body))])
    assert [e.text for e in Suggesting(store).look().examples] == ["茶話会"]
