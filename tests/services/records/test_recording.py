"""Recording from a form: whole, undoable, into closed months only when asked."""

from datetime import date

import pytest

import promoter_world
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording, Source
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.storage import revisions

GIVEN = {"date": "2026-11-10", "category": "network", "type": "facility", "title": "施設を訪問"}
SECRET = "だれにも見せない覚え書き"


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path) as one:
        yield one


@pytest.fixture
def recording(store):
    return Recording(store)


def test_a_new_record_takes_its_draft_away_in_the_same_step(recording):
    recording.keep_draft("d1", GIVEN)
    recording.keep_draft("d2", GIVEN)
    done = recording.put(GIVEN, Source(draft="d1"))
    assert done.text == "『11月10日 施設を訪問』を記録しました"
    assert [d.id for d in recording.drafts()] == ["d2"]
    assert [a.title for a in recording.records()] == ["施設を訪問"]
    assert recording.last_change() == done.text


def test_a_refused_record_leaves_its_draft_where_it_was(recording):
    recording.keep_draft("d1", GIVEN)
    with pytest.raises(RefusedError):
        recording.put(GIVEN | {"date": "2026-12-01"}, Source(draft="d1"))
    assert [d.id for d in recording.drafts()] == ["d1"]
    assert recording.records() == []


def test_a_corrected_record_says_only_what_the_form_says(recording):
    council = {"attendance": {"furusato": 3, "facility": 2}, "needs": "足"}
    first = recording.put(
        GIVEN | {"category": "council", "type": "study", "place": "会館", "council": council},
        Source(),
    )
    _, _, opened = recording.record(first.id)
    smaller = {"attendance": {"furusato": 3}}
    done = recording.put(
        GIVEN | {"category": "council", "type": "study", "council": smaller},
        Source(first.id, opened),
    )
    assert done.text == "『11月10日 施設を訪問』を直しました"
    now = recording.record(first.id)[0]
    assert now.place == ""
    assert now.council["attendance"] == {"furusato": 3}
    assert now.council["needs"] == ""
    recording.undo()
    assert recording.record(first.id)[0].place == "会館"


def test_a_deleted_record_is_not_corrected(recording):
    done = recording.put(GIVEN, Source())
    recording.delete(done.id)
    with pytest.raises(RefusedError) as refused:
        recording.put(GIVEN, Source(done.id))
    assert refused.value.code == "deleted"


def test_closed_months_are_told_for_the_day_and_for_where_the_record_stood(store, recording):
    done = recording.put(GIVEN | {"date": "2026-10-05"}, Source())
    Closing(store).close(Month(2026, 10))
    assert recording.closed_months(date(2026, 10, 9)) == [Month(2026, 10)]
    assert recording.closed_months(date(2026, 11, 9)) == []
    assert recording.closed_months(date(2026, 11, 9), done.id) == [Month(2026, 10)]
    found = recording.check(GIVEN, done.id)
    assert [p.code for p in found if p.blocking] == ["month_closed"]
    with pytest.raises(RefusedError):
        recording.put(GIVEN, Source(done.id))
    recording.put(GIVEN, Source(done.id), next_version=True)
    assert recording.record(done.id)[0].date == date(2026, 11, 10)


def test_what_the_form_needs_to_know(recording):
    assert recording.today() == date(2026, 11, 12)
    assert recording.areas() == {"A1": "見本台"}
    assert list(recording.all_areas().values()) == ["見本台", "例ヶ丘", "試町"]
    recording.put(GIVEN, Source())
    assert recording.days(Month(2026, 11)) == {date(2026, 11, 10)}


def test_a_private_note_stands_in_no_revision_and_in_no_file(tmp_path, store, recording):
    note = {"private_note": SECRET}
    done = recording.put(GIVEN | note, Source())
    recording.edit(done.id, {"place": "会館"})
    recording.put(GIVEN | note | {"title": "もう一度"}, Source(done.id))
    Closing(store).close(Month(2026, 11))
    out = tmp_path / "stick"
    out.mkdir()
    Submitting(store).submit(Month(2026, 11), out)
    with store.db.read() as tx:
        lines = revisions.lines_of_promoter(tx, "P001", "promoter")
    assert len(lines) == 4
    assert not any(SECRET in line.decode() for line in lines)
    assert recording.private_notes() == {done.id: SECRET}


def test_what_a_newer_version_said_in_a_council_part_survives_a_correction(store, recording):
    done = recording.put(GIVEN | {"category": "council", "type": "study", "council": {}}, Source())
    with store.db.write() as tx:
        _say_more(store, tx, done.id)
    recording.edit(done.id, {"council": {"needs": "足"}})
    council = recording.record(done.id)[0].council
    assert (council["needs"], council["votes"]) == ("足", 12)


def _say_more(store, tx, record):
    from kashiwa_desktop.domain.revision import Content, RecordKey
    from kashiwa_desktop.services.store import replace_shown, save

    key = RecordKey("P001", "activity", record)
    shown = revisions.heads_of_record(tx, key)[0]
    body = {**shown.body, "council": {**shown.body["council"], "votes": 12}}
    save(store, tx, [replace_shown(tx, Content(key, shown.month, body))])
