"""A store that holds what no file can hold is put right in one step, and everything goes out again.

BUNDLE.md §4: whatever a store accepts, its own reader accepts; older versions accepted more.
"""

from datetime import date

import pytest

from kashiwa_desktop.bundle.writer import UNFIT
from kashiwa_desktop.domain.people import Area, Proxy
from kashiwa_desktop.domain.places import Place
from kashiwa_desktop.domain.revision import Content, RecordKey
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety import guarding
from kashiwa_desktop.services.safety.healing import Healing
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.rebuilding import Rebuilding
from kashiwa_desktop.services.store import roster
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.storage import checks, erased, revisions
from office_world import OCTOBER, WORDS, activity
from services.border_world import digest, hand_out_all, no_border, put

LONG = "字" * 201
APRIL = date(2026, 4, 1)


def area(**changes):
    return Area(**{"code": "30", "name": "架空町", "order": 30, **changes})


BAD = {
    "order below zero": lambda s: s.put_area(area(order=-1)),
    "order beyond": lambda s: s.put_area(area(order=10**7)),
    "long area": lambda s: s.put_area(area(name=LONG)),
    "long code": lambda s: s.put_area(area(code="9" * 201)),
    "long place": lambda s: s.put_place(Place("zone", "Z9", LONG)),
    "no name": lambda s: s.add_promoter(NewPromoter("P009", "", "", "A4", APRIL)),
    "no number": lambda s: s.add_promoter(NewPromoter("", "名 なし", "", "A4", APRIL, 30_000)),
    "long name": lambda s: s.add_promoter(NewPromoter("P009", LONG, "", "A4", APRIL)),
    "long number": lambda s: s.add_promoter(NewPromoter("9" * 201, "名", "", "A4", APRIL, 1)),
    "no proxy": lambda s: s.add_proxy(Proxy("P001", "", "", APRIL)),
    "long proxy": lambda s: s.add_proxy(Proxy("P001", LONG, "", APRIL)),
}


def spoil(town, kind):
    office = town.office()
    with no_border():
        BAD[kind](RosterService(office))
    return office


@pytest.mark.parametrize("kind", BAD)
def test_what_an_older_version_took_is_put_right_and_everything_goes_out(town, kind):
    town.month()
    office = spoil(town, kind)
    with pytest.raises(RefusedError) as refused:
        guarding.journal(office, town.keys)
    assert refused.value.text == UNFIT
    (told, *_) = Keeping(office).check()
    assert "heal" in told.text
    assert told.text.startswith("送れない記録があります。")
    Keeping(office).back_up()  # nothing is damaged: a copy can be made before

    seen = Healing(office).look()
    before = digest(office)
    assert Healing(office).look() == seen
    assert digest(office) == before, "looking writes nothing"
    assert Healing(office).heal() == seen
    assert Healing(office).heal() == []
    hand_out_all(town)


@pytest.mark.parametrize("kind", ["order below zero", "no name", "no number"])
def test_a_line_put_right_before_goes_all_the_same(town, kind):
    """A right version above the bad one is not enough: the bad one stays in the set."""
    town.month()
    office = spoil(town, kind)
    if kind == "no number":
        with pytest.raises(RefusedError):  # it never can be
            RosterService(office).rename("", "見本", "")
    elif kind == "no name":
        RosterService(office).rename("P009", "見本 九郎", "")
    else:
        RosterService(office).put_area(area(order=3))
    with pytest.raises(RefusedError):
        OfficeSetup(office).setup_file(town.out(), town.keys)
    Healing(office).heal()
    people = RosterService(office).roster()
    assert kind != "order below zero" or people.area("30").order == 3
    assert kind != "no name" or people.person("P009").name == "見本 九郎"
    assert kind != "no number" or people.person("") is None
    with office.db.read() as tx:
        assert revisions.heads_in_conflict(tx, "settings") == []
    hand_out_all(town)


def test_between_two_right_versions_nothing_comes_up_again(town):
    """Without the bad line the first version would be a head beside the last one."""
    town.month()
    office = town.office()
    service = RosterService(office)
    service.put_area(area(order=1))
    with no_border():
        service.put_area(area(order=-5))
    service.put_area(area(order=7))
    Healing(office).heal()
    with office.db.read() as tx:
        assert revisions.heads_in_conflict(tx, "settings") == []
    assert service.roster().area("30").order == 7
    hand_out_all(town)
    assert RosterService(town.pc()).roster().area("30").order == 7


def test_a_field_takes_what_it_said_before_and_the_rest_stays(town):
    office = town.office()
    service = RosterService(office)
    service.put_area(area(name="架空町", zone="北部"))
    with no_border():
        service.put_area(area(name=LONG, zone="南部"))
    (told,) = Healing(office).heal()
    assert "「地域の名前」を「架空町」にします" in told.after
    found = service.roster().area("30")
    assert (found.name, found.zone) == ("架空町", "南部")


def test_what_went_is_skipped_for_ever_and_both_offices_agree(town, tmp_path):
    """Gone back to a copy and healed again, or built again from the archive: no line returns."""
    town.month()
    office = spoil(town, "no name")
    with office.db.read() as tx:
        bad = {one.revision.id for one in checks.unfit(tx)}
    copy = Keeping(office).back_up()
    Healing(office).heal()
    with office.db.read() as tx:
        assert bad <= erased.all_ids(tx)
        assert not bad & set(revisions.all_ids(tx))
    hand_out_all(town)
    state = digest(town.office())[0]
    Keeping(town.office()).restore(copy.file)
    Rebuilding(town.office()).run(town.folder().archive, WORDS)
    again = town.office()
    assert digest(again)[0] == state
    assert Healing(again).look() == []
    assert Keeping(again).check() == []


def test_a_number_that_no_file_can_name_only_goes(town):
    office = spoil(town, "no number")
    with office.db.read() as tx:
        before = set(revisions.all_ids(tx))
    told = Healing(office).heal()
    assert all("取り除きます" in one.after for one in told)
    with office.db.read() as tx:
        people = roster(tx)
        assert [a for a in people.appointments if not a.promoter] == []
        assert before - set(revisions.all_ids(tx))
    hand_out_all(town)


def test_a_promoters_line_goes_by_itself_for_it_never_left(town):
    pc = town.pc()
    (name,) = Recording(pc).add([activity(3)])
    with pc.db.read() as tx:
        key = RecordKey("P001", "activity", name)
        (held,) = revisions.heads_of_record(tx, key)
    with no_border():
        put(pc, Content(key, held.month, {**held.body, "attendees": 10**8}), [held.id])
    Closing(pc).close(OCTOBER)
    with pytest.raises(RefusedError) as refused:
        Submitting(pc).submit(OCTOBER, town.out())
    assert refused.value.text == UNFIT
    (told,) = Healing(pc).heal()
    assert "「参加人数」は、0から10,000,000までの数にしてください。" in told.wrong
    assert Recording(pc).record(name)[0].attendees == 3
    taken = town.intake().take_in([Submitting(town.pc()).submit(OCTOBER, town.out()).file])
    assert [f.state for f in taken.files] == ["new"]
    assert Keeping(pc).check() == []
    review = Reviewing(town.office()).review("P001", OCTOBER)
    assert "changed_after_close" in {p.code for p in review.findings}, "the closing named it"


def test_a_wrong_heal_that_only_writes_above_is_noticed(town, monkeypatch):
    """The deliberately wrong variant: a right version alone leaves the line in every file."""
    town.month()
    office = spoil(town, "order below zero")
    monkeypatch.setattr(Healing, "_erase", lambda *_: None)
    Healing(office).heal()
    with pytest.raises(RefusedError):
        OfficeSetup(office).setup_file(town.out(), town.keys)
