"""Test 34: what a later version wrote survives the office, a return, and an edit by this one."""

from kashiwa_desktop.domain.revision import Content, RecordKey
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import Change, replace_shown, save
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.storage import revisions
from office_world import OCTOBER, activity
from services.key_scenes import LATE, new_pc, receive, returned, take_in, whole

LATER = {"weather": {"sky": "青い", "wind": 3}, "photos": ["a", "b"]}


def body_of(store, name):
    with store.db.read() as tx:
        (shown,) = [r for r in revisions.shown(tx, "activity", "P001") if r.key.id == name]
    return shown.body


def later(body):
    return {name: body.get(name) for name in LATER}


def test_fields_and_types_of_a_later_version_make_the_whole_round(town):
    pc = town.pc()
    (name,) = Recording(pc).add([activity()])
    with pc.db.write() as tx:
        key = RecordKey("P001", "activity", name)
        before = revisions.heads_of_record(tx, key)[0]
        save(pc, tx, [replace_shown(tx, Content(key, before.month, {**before.body, **LATER}))])
        unknown = Content(RecordKey("P001", "photograph", name), "2026-10", {"of": "桜"})
        save(pc, tx, [Change(unknown)])
    Closing(pc).close(OCTOBER)
    take_in(town, town.submit())
    office = town.office(LATE)
    assert later(body_of(office, name)) == LATER
    Returning(office).correct("P001", name, {"title": "職員が直した"}, "お電話のとおりです。")
    assert later(body_of(office, name)) == LATER
    second = new_pc(town, "P001-second")
    take_in(town, Submitting(second).submit(OCTOBER, town.out()).file, accept_new_device=True)
    receive(second, returned(town))
    Recording(second).edit(name, {"title": "もう1台で直した"}, next_version=True)
    take_in(town, Submitting(second).submit(OCTOBER, town.out()).file)
    receive(pc, returned(town))
    for store in (office, pc, second):
        body = body_of(store, name)
        assert (body["title"], later(body)) == ("もう1台で直した", LATER)
        with store.db.read() as tx:
            assert [r.body for r in revisions.shown(tx, "photograph", "P001")] == [{"of": "桜"}]
        whole(store)


def test_an_edit_that_writes_only_what_it_knows_would_be_caught(town, monkeypatch):
    """The wrong variant: the form's own fields, and nothing else."""
    from kashiwa_desktop.services.records import recording

    monkeypatch.setattr(recording.form, "join_unknown", lambda body, _unknown: body)
    pc = town.pc()
    (name,) = Recording(pc).add([activity()])
    with pc.db.write() as tx:
        key = RecordKey("P001", "activity", name)
        before = revisions.heads_of_record(tx, key)[0]
        save(pc, tx, [replace_shown(tx, Content(key, before.month, {**before.body, **LATER}))])
    Recording(pc).edit(name, {"title": "直した"})
    assert later(body_of(pc, name)) != LATER
