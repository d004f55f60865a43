"""地域の資源 on one PC: writing, making sure, ending, undoing, what is missing and doubtful."""

from dataclasses import replace
from datetime import date

import pytest

import promoter_world
from kashiwa_desktop.domain.resource import Resource
from kashiwa_desktop.domain.revision import Content, RecordKey
from kashiwa_desktop.errors import RefusedError, WrongUsageError
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.records.recording import Recording, Source
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.store import Change, save
from kashiwa_desktop.storage import revisions
from office_world import moment

SALON = {
    "kind": "salon", "name": "ひだまりサロン", "day": "毎月第1土曜 10時",
    "place": "見本近隣センター",
    "contact": "04-0000-0001", "checked": "2026-11-01",
}  # fmt: skip
GATHERING = {
    "kind": "gathering", "name": "みんなの居場所", "form": "weekly", "subsidy": "group",
    "requirements": ["prevention", "council"],
}  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path) as one:
        yield one


@pytest.fixture
def register(store):
    return Registering(store)


def names(shown):
    return [one.resource.name for one in shown]


def test_a_resource_is_written_changed_and_found_again(register):
    done = register.add(SALON)
    assert done.text == "『ひだまりサロン』を記録しました"
    register.add(GATHERING)
    first, second = register.list()
    assert first.resource == Resource(
        id=done.id, promoter="P001", area="A1", kind="salon", name="ひだまりサロン",
        day="毎月第1土曜 10時", place="見本近隣センター", contact="04-0000-0001",
        checked=date(2026, 11, 1),
    )  # fmt: skip
    assert (first.area_name, first.whose, first.age_days) == ("見本台", "試験 花子", 11)
    assert (first.inherited, first.by_staff, second.age_days) == (False, False, None)
    assert second.resource.requirements == ("council", "prevention")
    assert register.edit(done.id, {"place": "集会所"}).text == "『ひだまりサロン』を直しました"
    one, head = register.record(done.id)
    assert (one.place, one.version, one.conflict) == ("集会所", 2, False)
    register.put({**SALON, "name": "サロン ひだまり"}, Source(done.id, head))
    assert names(register.list()) == ["サロン ひだまり", "みんなの居場所"]
    assert names(register.list("A2")) == []


def test_making_sure_and_ending(register):
    done = register.add(SALON)
    assert register.confirm(done.id).text == "『ひだまりサロン』を確かめました"
    assert register.list()[0].age_days == 0
    register.confirm(done.id, date(2026, 11, 10))
    assert register.list()[0].age_days == 2
    assert register.end(done.id).text == "『ひだまりサロン』を終わりにしました"
    assert register.list() == ()
    assert names(register.list(ended=True)) == ["ひだまりサロン"]
    register.edit(done.id, {"ended": None})
    assert names(register.list()) == ["ひだまりサロン"]
    with pytest.raises(RefusedError) as caught:
        register.confirm(done.id, date(2026, 12, 1))
    assert caught.value.code == "date_future"


def test_every_change_can_be_taken_back(register, store):
    recording = Recording(store)
    done = register.add(SALON)
    register.confirm(done.id)
    register.end(done.id)
    register.delete(done.id)
    assert recording.last_change() == "『ひだまりサロン』を消しました"
    assert register.list(ended=True) == ()
    seen = []
    for _ in range(4):
        recording.undo()
        seen.append([(s.resource.checked, s.resource.ended) for s in register.list(ended=True)])
    day, today = date(2026, 11, 1), date(2026, 11, 12)
    assert seen == [[(today, today)], [(today, None)], [(day, None)], []]
    with pytest.raises(RefusedError, match="元に戻すものがありません"):
        recording.undo()


def test_all_of_a_list_or_none(register):
    with pytest.raises(RefusedError, match="2件目: ここをご記入ください"):
        register.add_all([SALON, {"kind": "circle"}])
    assert register.list() == ()
    assert len(register.add_all([SALON, GATHERING])) == 2
    register.add_all([])
    assert len(register.list()) == 2


def test_what_is_missing_blocks_and_doubts_only_tell(register):
    assert [p.code for p in register.check({})] == ["kind_missing", "name_missing"]
    assert register.check(SALON) == []
    register.add(SALON)
    again = {**SALON, "contact": "090-0000-0001", "checked": "2026-01-01"}
    assert [(p.code, p.field, p.blocking) for p in register.check(again)] == [
        ("personal", "contact", False), ("stale", "checked", False), ("twice", "name", False),
    ]  # fmt: skip
    own = register.list()[0].resource.id
    assert [p.code for p in register.check(again, own)] == ["personal", "stale"]
    with pytest.raises(WrongUsageError):
        register.check({"kind": "unknown"})


def test_who_holds_two_areas_says_which(tmp_path):
    with promoter_world.opened(tmp_path, promoter="P002") as store:
        register = Registering(store)
        (problem,) = register.check(SALON)
        assert (problem.code, problem.field, problem.blocking) == ("area_missing", "area", True)
        with pytest.raises(RefusedError, match="どの地域の資源か"):
            register.add(SALON)
        assert register.areas() == {"A2": "例ヶ丘", "A3": "試町"}
        done = register.add({**SALON, "area": "試町"})
        register.edit(done.id, {"name": "別の名"})
        assert [s.area_name for s in register.list("A3")] == ["試町"]


def test_what_is_not_there_or_was_deleted_is_refused(register):
    with pytest.raises(RefusedError) as caught:
        register.confirm("nowhere")
    assert caught.value.code == "not_found"
    done = register.add(SALON)
    register.delete(done.id)
    for change in (register.confirm, register.delete):
        with pytest.raises(RefusedError) as caught:
            change(done.id)
        assert caught.value.code == "deleted"
    with pytest.raises(RefusedError) as caught:
        register.take_over(done.id)
    assert caught.value.code == "not_found"


def test_drafts_stay_apart_from_those_of_activities(register, store):
    recording = Recording(store)
    recording.keep_draft("d1", {"title": "活動"})
    register.keep_draft("d2", {"name": "サロン"})
    register.keep_draft("d3", {"name": "たすけあい"})
    assert [d.id for d in recording.drafts()] == ["d1"]
    assert sorted(d.id for d in register.drafts()) == ["d2", "d3"]
    register.put(SALON, Source(draft="d2"))
    register.drop_draft("d3")
    assert register.drafts() == []
    assert [d.id for d in recording.drafts()] == ["d1"]


def test_the_ceiling_is_an_estimate_from_the_shipped_table(register):
    done = register.add(GATHERING)
    one, _ = register.record(done.id)
    assert register.ceiling(one) == 100_000
    assert register.ceiling(one, date(2015, 5, 1)) is None
    assert register.ceiling_words(one) == "上限のめやす 100,000円"


def test_fields_of_a_newer_version_are_kept(register, store):
    done = register.add(SALON)
    with store.db.write() as tx:
        (head,) = revisions.heads_of_record(tx, RecordKey("P001", "resource", done.id))
        newer = Content(head.key, None, {**head.body, "capacity": 20})
        save(store, tx, [Change(newer, (head.id,))])
    register.confirm(done.id)
    with store.db.read() as tx:
        (head,) = revisions.heads_of_record(tx, RecordKey("P001", "resource", done.id))
    assert (head.body["capacity"], head.body["checked"]) == (20, "2026-11-12")


def test_what_was_deleted_is_offered_for_90_days_and_comes_back_as_it_stood(register, store):
    first, second = register.add(SALON), register.add(GATHERING)
    for done in (first, second):
        register.delete(done.id)
    assert {r.name for r in register.deleted()} == {"ひだまりサロン", "みんなの居場所"}
    assert register.bring_back(first.id).text == "『ひだまりサロン』を戻しました"
    assert [r.name for r in register.deleted()] == ["みんなの居場所"]
    assert register.list()[0].resource.contact == "04-0000-0001"
    with pytest.raises(RefusedError) as caught:
        register.bring_back(first.id)
    assert caught.value.code == "not_deleted"
    Recording(store).undo()
    assert register.list() == ()
    later = Registering(replace(store, clock=Clock(moment("2027-02-11T10:00"))))
    assert later.deleted() == []
