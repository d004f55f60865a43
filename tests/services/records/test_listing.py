"""Reading for the list."""

import pytest

import promoter_world
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.services.records import listing
from kashiwa_desktop.services.records.listing import Listing
from kashiwa_desktop.services.records.recording import Recording


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path, "months") as one:
        yield one


def test_the_records_of_a_month_by_date(store):
    shown = Listing(store).month(Month(2026, 10))
    assert [a.date.day for a in shown.records] == [5, 13, 16, 20, 22]
    assert shown.count == 5
    assert Listing(store).today() == promoter_world.TODAY


def test_a_search_shows_the_newest_and_says_how_many_there_are(store, monkeypatch):
    monkeypatch.setattr(listing, "MOST", 4)
    found = Listing(store).search("定例会")
    assert (len(found.records), found.count, found.text) == (4, 6, "定例会")
    assert found.records[0].date.month == 10


@pytest.mark.parametrize("field", ["title", "content", "findings", "next", "place", "counterparts"])
def test_a_search_looks_into_every_field_with_text(store, field):
    text = "めったにない言葉"
    said = [text] if field == "counterparts" else text
    given = {"date": "2026-11-10", "category": "network", "type": "facility", "title": "訪問"}
    Recording(store).add([given | {field: said}])
    assert Listing(store).search(text).count == 1


def test_a_search_that_nobody_wants_any_more_stops(store):
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        Listing(store).search("定例会", progress)


def test_names_of_areas_and_private_notes(store, tmp_path):
    assert Listing(store).area_names() == {"A1": "見本台"}
    first = Recording(store).records(Month(2026, 11))[0]
    assert Listing(store).private_note(first.id) == ""
    Recording(store).edit(first.id, {"private_note": "午後"})
    assert Listing(store).private_note(first.id) == "午後"
    with promoter_world.opened(tmp_path / "two", promoter="P002") as other:
        assert Listing(other).area_names() == {"A2": "例ヶ丘", "A3": "試町"}
