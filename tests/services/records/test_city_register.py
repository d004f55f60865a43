"""地域の資源 between the two sides: travel, conflicts, staff, areas without anybody, handover."""

import shutil
from datetime import date

import pytest

from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.entering import CITY
from kashiwa_desktop.services.checking.review_queue import ReviewQueue
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.records.city_register import CityRegister
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.register_paper import RegisterPaper
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.safety.disposing import Disposing
from kashiwa_desktop.services.safety.erasing import DISPOSED, Erasing
from kashiwa_desktop.services.safety.guarding import journal
from kashiwa_desktop.services.safety.rebuilding import Rebuilding
from kashiwa_desktop.services.store import facts
from kashiwa_desktop.services.travel.asked import all_asked
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.return_letters import news_in
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.services.travel.succeeding import Predecessors, Succeeding
from kashiwa_desktop.services.undoing import Undoing
from kashiwa_desktop.storage import revisions
from office_world import OCTOBER, PEOPLE, WORDS, cheap_words
from services.key_scenes import LATE, held, new_pc, receive, returned, take_in, whole

SALON = {"kind": "salon", "name": "ひだまりサロン", "day": "第1土曜", "checked": "2026-10-01"}
GATHERING = {"kind": "gathering", "name": "みんなの居場所", "form": "weekly"}


def names(shown):
    return [one.resource.name for one in shown]


def city(town):
    return CityRegister(town.office(LATE))


def test_it_travels_in_every_file_whatever_month_that_is_made_for(town):
    done = Registering(town.pc()).add(SALON)
    (outcome,) = take_in(town, town.submit())
    assert (outcome.state, outcome.new, outcome.months) == ("new", 1, ())
    (shown,) = city(town).list()
    assert (shown.resource.id, shown.area_name, shown.whose) == (done.id, "見本台", "試験 花子")
    (outcome,) = take_in(town, town.submit())
    assert (outcome.state, outcome.new) == ("same", 0)
    assert held(town.office(LATE), "P001") == held(town.pc(), "P001")
    second = new_pc(town, "P001-second")
    key = PcIdentity.load(second.folder.identity).receiving.recipient
    receive(second, Submitting(town.pc()).transfer(key, town.out() / "t.ksst").file)
    assert names(Registering(second).list()) == ["ひだまりサロン"]
    whole(second)
    whole(town.office(LATE))


def test_staff_write_for_a_promoter_and_take_it_back(town):
    office = town.office(LATE)
    assert CityRegister(office).writing_for("A1") == "P001"
    register = CityRegister(office).registering("P001")
    done = register.add(SALON)
    (shown,) = register.list()
    assert (shown.resource.area, shown.by_staff) == ("A1", True)
    register.confirm(done.id)
    undoing = Undoing(office)
    assert undoing.undo() == "元に戻しました(『ひだまりサロン』を確かめました)"
    receive(town.pc(at=LATE), returned(town))
    (shown,) = Registering(town.pc(at=LATE)).list()
    assert (shown.resource.checked, shown.by_staff) == (date(2026, 10, 1), True)
    Registering(town.pc(at=LATE)).edit(done.id, {"place": "集会所"})
    take_in(town, town.submit())
    (shown,) = city(town).list()
    assert (shown.resource.place, shown.by_staff) == ("集会所", False)
    with pytest.raises(RefusedError):
        CityRegister(town.pc(at=LATE)).list()


@pytest.mark.parametrize("decided_by", ["office", "promoter"])
def test_both_sides_see_one_conflict_in_words_and_either_decides_it(town, decided_by):
    done = Registering(town.pc()).add(SALON)
    take_in(town, town.month())
    CityRegister(town.office(LATE)).registering("P001").edit(done.id, {"day": "第2土曜"})
    Registering(town.pc(at=LATE)).edit(done.id, {"day": "第3土曜"})
    take_in(town, town.submit())
    receive(town.pc(at=LATE), returned(town))

    (card,) = city(town).conflicts()
    assert (card.title, card.labels, card.month) == ("サロン ひだまりサロン", ("いつ",), "")
    assert [(s.role, s.texts) for s in card.sides] == [
        ("office", ("第2土曜",)), ("promoter", ("第3土曜",)),
    ]  # fmt: skip
    assert city(town).list()[0].resource.conflict
    held_up = [one.cards for one in ReviewQueue(town.office(LATE)).of(OCTOBER)]
    assert held_up == [(), (), ()]  # a resource never holds a month up
    pc = town.pc(at=LATE)
    with pc.db.read() as tx:
        (asked,) = all_asked(tx, facts(tx))
    assert asked.title == "地域の資源『ひだまりサロン』"
    assert [(s.role, s.rows) for s in asked.sides] == [
        ("office", {"いつ": "第2土曜"}), ("here", {"いつ": "第3土曜"}),
    ]  # fmt: skip

    if decided_by == "office":
        Deciding(town.office(LATE)).resolve(done.id, card.sides[1].head)
        receive(town.pc(at=LATE), returned(town))
    else:
        Deciding(town.pc(at=LATE)).resolve(done.id, asked.sides[1].head)
        take_in(town, town.submit())
    assert city(town).conflicts() == ()
    for register in (Registering(town.pc(at=LATE)), Registering(town.office(LATE), "P001")):
        (shown,) = register.list()
        assert (shown.resource.day, shown.resource.conflict) == ("第3土曜", False)


def test_the_city_list_by_area_kind_and_age_shows_each_thing_once(town):
    Registering(town.pc("P002")).add({"kind": "circle", "name": "句会"})
    Registering(town.pc("P001")).add_all([GATHERING, SALON])
    take_in(town, town.submit("P002"), town.submit("P001"))
    office = city(town)
    assert names(office.list()) == ["ひだまりサロン", "みんなの居場所", "句会"]
    assert names(office.list("A2")) == ["句会"]
    assert names(office.list(kind="salon")) == ["ひだまりサロン"]
    assert names(office.list(stale_days=180)) == ["みんなの居場所", "句会"]
    assert names(office.list("A1", stale_days=30)) == ["ひだまりサロン", "みんなの居場所"]
    assert list(office.areas()) == ["A1", "A2", "A3", "A4"]


# An area without anybody, and who comes next -----------------------------------------------------


def gone(town):
    """P001 leaves A1 with a resource on record; nobody follows yet."""
    Registering(town.pc()).add_all([SALON, GATHERING])
    take_in(town, town.submit())
    office = town.office(LATE)
    RosterService(office).end("P001", "A1", date(2026, 11, 10), "本人の申し出")
    return office


def followed(town):
    office = gone(town)
    RosterService(office).add_promoter(
        NewPromoter("P002", *PEOPLE["P002"][:2], "A1", date(2026, 11, 20))
    )
    CityRegister(office).registering(CITY).add({"kind": "circle", "name": "句会", "area": "A1"})
    file = Succeeding(office).handover_file("A1", "P002", town.out(), town.keys).file
    pc = town.pc("P002", LATE)
    arrival = Receiving(pc).take(file)
    assert (arrival.kind, arrival.outcome.state) == ("handover", "new")
    assert arrival.brought == {"resource": 3}
    return pc


def test_for_an_area_without_anybody_the_city_keeps_it(town):
    office = CityRegister(gone(town))
    assert office.writing_for("A1") == CITY
    register = office.registering(CITY)
    (problem,) = register.check({"kind": "circle", "name": "句会"})
    assert (problem.code, problem.field) == ("area_missing", "area")
    done = register.add({"kind": "circle", "name": "句会", "area": "見本台"})
    (shown,) = register.list()
    assert (shown.whose, shown.resource.promoter) == ("社会福祉協議会", "")
    register.confirm(done.id)
    assert names(office.list("A1")) == ["ひだまりサロン", "みんなの居場所", "句会"]
    assert register.areas() == {"A1": "見本台", "A2": "例ヶ丘", "A3": "試町", "A4": "空地"}
    left = office.list("A1")[0].resource
    register.take_over(left.id)
    (shown,) = [s for s in office.list("A1") if s.resource.succeeds]
    assert (shown.resource.name, shown.resource.promoter) == (left.name, "")


def test_what_was_left_is_taken_over_by_an_own_record(town):
    pc = followed(town)
    assert Succeeding(town.office(LATE)).holding("A1", "P002").resources == 3
    register = Registering(pc)
    assert [(s.resource.name, s.inherited, s.whose) for s in register.list()] == [
        ("ひだまりサロン", True, "試験 花子"),
        ("みんなの居場所", True, "試験 花子"),
        ("句会", True, "社会福祉協議会"),
    ]
    first, _, third = (s.resource.id for s in register.list())
    with pytest.raises(RefusedError) as caught:
        register.confirm(first)
    assert caught.value.code == "not_own"
    done = register.take_over(first)
    assert done.text == "『ひだまりサロン』を引き継ぎました"
    register.take_over(third)
    mine = {s.resource.name: s for s in register.list()}
    assert [mine[n].inherited for n in ("ひだまりサロン", "みんなの居場所", "句会")] == [
        False, True, False,
    ]  # fmt: skip
    assert mine["ひだまりサロン"].resource.succeeds == first
    assert mine["ひだまりサロン"].resource.promoter == "P002"
    with pytest.raises(RefusedError):
        register.take_over(first)
    register.edit(done.id, {"name": "サロン ひだまり"})
    take_in(town, town.submit("P002"))
    assert names(city(town).list("A1")) == ["サロン ひだまり", "みんなの居場所", "句会"]
    held = Succeeding(town.office(LATE))
    assert held.holding("A1", "P003").resources == 3  # what P002 keeps now, and what is still left
    assert held.holding("A1", "P002").resources == 1


def test_all_that_was_left_is_taken_over_in_one_step_or_none(town):
    pc = followed(town)
    register = Registering(pc)
    left = [s.resource.id for s in register.list()]
    for wrong in ([], [*left, "nowhere"]):
        with pytest.raises(RefusedError):
            register.take_over_all(wrong)
    assert all(s.inherited for s in register.list())
    done = register.take_over_all([*left, left[0]])
    assert done.text == "前任者の地域の資源3件を引き継ぎました"
    assert not any(s.inherited for s in register.list())
    Recording(pc).undo()
    assert [s.inherited for s in register.list()] == [True, True, True]


def test_who_writes_anew_what_was_left_is_told(town):
    register = Registering(followed(town))
    (problem,) = register.check({**SALON, "area": "A1"})
    assert (problem.code, problem.field) == ("twice", "name")
    done = register.take_over(register.list()[0].resource.id)
    assert register.check({**SALON, "area": "A1"}, done.id) == []


def test_what_was_left_is_printed_only_once_it_was_taken_over(town, tmp_path):
    pc = followed(town)
    with pytest.raises(RefusedError, match="引き継ぐと一覧に載ります"):
        RegisterPaper(pc).make("A1", tmp_path / "a.pdf")
    Registering(pc).take_over(Registering(pc).list()[0].resource.id)
    assert RegisterPaper(pc).make("A1", tmp_path / "a.pdf").pages == 1


def test_taking_over_can_be_undone_and_done_again_on_another_pc_as_the_same(town):
    pc = followed(town)
    register = Registering(pc)
    first = register.list()[0].resource.id
    done = register.take_over(first)
    Recording(pc).undo()
    assert [s.inherited for s in register.list()] == [True, True, True]
    assert register.take_over(first).id == done.id
    assert [s.inherited for s in register.list()] == [False, True, True]


def test_what_was_handed_over_comes_before_the_settings_that_name_the_area(town):
    pc = followed(town)
    assert Registering(town.pc("P003", LATE)).list() == ()
    register = Registering(pc)
    assert (len(register.list("A1")), register.list("A2")) == (3, ())
    assert register.areas() == {"A1": "見本台", "A2": "例ヶ丘"}


def test_counts_go_by_the_end_of_the_year_and_by_kind_and_form(town):
    pc = followed(town)
    register = Registering(pc)
    gathering = register.list()[1].resource.id
    register.take_over(gathering)
    take_in(town, town.submit("P002"))
    counted = city(town).counts(2026)
    assert (counted.day, counted.total) == (date(2026, 11, 20), 3)
    there = [kind for kind, n in counted.kinds.items() for _ in range(n)]
    assert there == ["salon", "gathering", "circle"]
    assert counted.forms == {"monthly": 0, "weekly": 1, "standing": 0}
    assert city(town).counts(2026, "A2").total == 0
    later = CityRegister(town.office("2027-06-01T10:00"))
    (mine,) = Registering(town.office("2027-06-01T10:00"), "P002").list()
    Registering(town.office("2027-06-01T10:00"), "P002").end(mine.resource.id)
    assert (later.counts(2026).total, later.counts(2027).total) == (3, 2)
    assert (later.counts(2026).day, later.counts(2025).total) == (date(2027, 3, 31), 0)
    own = Registering(town.office("2027-06-01T10:00"), "P002").counts(2026)
    assert (own.total, own.forms["weekly"]) == (1, 1)


def test_a_predecessors_paper_of_meetings_names_no_resource(town):
    view = Predecessors(followed(town)).show()
    assert (view.records, view.tasks) == ((), ())


def test_a_dead_office_gets_all_of_them_back_from_its_archive(town):
    office = gone(town)
    CityRegister(office).registering(CITY).add({"kind": "circle", "name": "句会", "area": "A1"})
    journal(office, town.keys)
    store = town.open("rebuilt", LATE)
    shutil.copytree(office.folder.identity, store.folder.identity, dirs_exist_ok=True)
    with cheap_words():
        assert Rebuilding(store).run(office.folder.archive, WORDS).unread == ()
    assert CityRegister(store).list() == CityRegister(office).list()
    assert names(CityRegister(store).list()) == ["ひだまりサロン", "みんなの居場所", "句会"]


# Erasing and disclosure --------------------------------------------------------------------------


def test_what_is_erased_goes_from_the_copy_of_the_successor_too(town):
    pc = followed(town)
    first = Registering(pc).list()[0].resource.id
    done = Registering(pc).take_over(first)
    Registering(pc).edit(done.id, {"contact": "個人の連絡先 甲"})
    take_in(town, town.submit("P002"))
    office = town.office(LATE)
    kept = Disposing(office).find("ひだまり")
    assert {(f.label, f.can_be_erased, f.name) for f in kept} == {
        ("地域の資源", True, "試験 花子"), ("地域の資源", True, "架空 太郎"),
    }  # fmt: skip
    done = Erasing(office, town.keys).blank("P001", first, "本人のお申し出", "課長")
    assert done.revisions == 3
    for word in ("ひだまり", "個人の連絡先"):
        assert Disposing(office).find(word) == []
    assert names(city(town).list("A1"))[0] == DISPOSED
    assert city(town).counts(2026).kinds["salon"] == 1
    receive(town.pc("P002", LATE), returned(town, "P002"))
    assert Registering(town.pc("P002", LATE)).list()[0].resource.contact == ""
    whole(office)


def test_the_preview_and_the_reply_say_how_many_resources_are_new(town):
    pc = town.pc()
    done = Registering(pc).add(SALON)
    Registering(pc).confirm(done.id)
    Registering(pc).add(GATHERING)
    (outcome,) = town.intake(LATE).preview([town.submit()]).files
    assert (outcome.new, outcome.resources) == (3, 2)
    take_in(town, town.submit())
    CityRegister(town.office(LATE)).registering("P001").edit(done.id, {"place": "集会所"})
    with town.office(LATE).db.read() as tx:
        news = news_in(revisions.not_returned(tx, "P001"))
    assert "地域の資源 1件" in news
    arrival = Receiving(town.pc(at=LATE)).take(returned(town))
    assert arrival.brought["resource"] == 1
