"""「同じ活動ですか」: never automatic; the answer is remembered and reaches whom it must."""

import pytest

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import RecordKey
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.look_alikes import LookAlikes
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.counting.reporting import Reporting
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.storage import revisions
from office_world import OCTOBER, activity
from services.checking.test_reviewing import approve, take_in

HALL = {"place": "見本台近隣センター"}


def codes(town, promoter="P001"):
    return [p.code for p in Reviewing(town.office()).review(promoter, OCTOBER).findings]


def meeting(area, day=20, **council):
    return activity(
        day, area=area, category="council", type="exchange", title=f"{area}の支えあい会議",
        council={"tier": 2, "attendance": {"furusato": 5}, **council},
    )  # fmt: skip


@pytest.fixture
def twice(town):
    """P001 wrote one visit twice, in other words."""
    Recording(town.pc()).add([activity(14, **HALL), activity(14, title="別のことば", **HALL)])
    take_in(town, town.month(days=(1,)))
    return town


@pytest.fixture
def joint(town):
    """P001 led a meeting joint with A2, whose promoter recorded it too."""
    Recording(town.pc("P001")).add([meeting("A1", joint_areas=["A2"])])
    Recording(town.pc("P002")).add([meeting("A2")])
    take_in(town, town.month("P001", days=(1,)), town.month("P002", days=(1,)))
    return town


def pair_of(town):
    (pair,) = LookAlikes(town.office()).open_in(OCTOBER)
    return pair


def test_asking_changes_nothing(twice):
    before = Keeping(twice.office()).digest()
    assert "look_alike" in codes(twice)
    pair = pair_of(twice)
    assert {pair.one.title, pair.other.title} == {"14日の打合せ", "別のことば"}
    assert Keeping(twice.office()).digest() == before
    assert approve(twice).done == ()


def test_two_activities_are_never_asked_about_again(twice):
    LookAlikes(twice.office()).keep_both(OCTOBER, pair_of(twice).id)
    assert LookAlikes(twice.office()).open_in(OCTOBER) == []
    assert codes(twice) == []
    take_in(twice, twice.submit())
    assert codes(twice) == []
    assert approve(twice).done == ("P001",)
    with pytest.raises(RefusedError, match="もう決めて"):
        LookAlikes(twice.office()).keep_both(OCTOBER, "nothing")


def test_the_same_words_called_two_activities_are_no_finding_either(town):
    Recording(town.pc()).add([activity(14), activity(14)])
    take_in(town, town.month(days=(1,)))
    assert codes(town) == ["twice"]
    LookAlikes(town.office()).keep_both(OCTOBER, pair_of(town).id)
    assert codes(town) == []
    Recording(town.pc()).add([activity(14)], next_version=True)
    take_in(town, town.submit())
    assert "twice" in codes(town)
    assert len(LookAlikes(town.office()).open_in(OCTOBER)) == 2


def test_one_activity_leaves_one_record_and_the_promoter_is_told(twice):
    pair = pair_of(twice)
    LookAlikes(twice.office()).keep_one(OCTOBER, pair.id, pair.other.id)
    review = Reviewing(twice.office()).review("P001", OCTOBER)
    assert [a.title for a in review.activities] == ["1日の打合せ", pair.other.title]
    (question,) = review.questions
    assert (question.kind, question.record) == ("correction", pair.one.id)
    assert "1件にまとめました" in question.text
    back = Returning(twice.office()).return_file("P001", twice.out(), twice.keys)
    pc = twice.pc(at="2026-11-06T09:00")
    Receiving(pc).receive(back.file)
    assert len(Recording(pc).records(OCTOBER)) == 2
    (asked,) = Receiving(pc).questions()
    Receiving(pc).answer(asked.id, "2回ありました。", agrees=False)
    take_in(twice, Submitting(pc).submit(OCTOBER, twice.out()).file)
    assert "answered" in codes(twice)


def test_whoever_put_two_records_together_does_not_approve_the_month(twice):
    pair = pair_of(twice)
    LookAlikes(twice.office(staff="職員 一")).keep_one(OCTOBER, pair.id, pair.one.id)
    (left,) = approve(twice, "P001", staff="職員 一").left
    assert "ほかの職員が承認" in left.reason
    assert approve(twice, "P001", staff="職員 二").done == ("P001",)


def test_a_joint_meeting_recorded_from_two_areas_counts_once_for_the_city(joint):
    assert "look_alike" in codes(joint, "P001")
    assert "look_alike" in codes(joint, "P002")
    pair = pair_of(joint)
    lead = next(a for a in (pair.one, pair.other) if a.promoter == "P001")
    LookAlikes(joint.office()).keep_one(OCTOBER, pair.id, lead.id)
    totals = Reporting(joint.office()).totals(OCTOBER, OCTOBER, ["area", "category"])
    council = {r.group[0]: r.count for r in totals.rows if r.group[1] == "council"}
    assert council == {"A1": 1, "A2": 1}
    assert LookAlikes(joint.office()).open_in(OCTOBER) == []


def test_a_meeting_that_stays_gets_the_area_that_was_not_named(town):
    """The lead forgot to name the other area; the other one named his."""
    Recording(town.pc("P001")).add([meeting("A1")])
    Recording(town.pc("P002")).add([meeting("A2", joint_areas=["A1"])])
    take_in(town, town.month("P001", days=(1,)), town.month("P002", days=(1,)))
    pair = pair_of(town)
    lead = next(a for a in (pair.one, pair.other) if a.promoter == "P001")
    LookAlikes(town.office()).keep_one(OCTOBER, pair.id, lead.id)
    kept = next(
        a for a in Reviewing(town.office()).review("P001", OCTOBER).activities if a.id == lead.id
    )
    assert (kept.areas, kept.council["lead_area"]) == (("A1", "A2"), "A1")
    kinds = {q.kind for q in Returning(town.office()).questions("P001", OCTOBER)}
    assert kinds == {"correction"}


def test_the_answer_travels_to_both_and_carries_nothing_of_the_other(joint):
    pair = pair_of(joint)
    LookAlikes(joint.office()).keep_both(OCTOBER, pair.id)
    for promoter, other in (("P001", "P002"), ("P002", "P001")):
        back = Returning(joint.office()).return_file(promoter, joint.out(), joint.keys)
        pc = joint.pc(promoter, at="2026-11-06T09:00")
        Receiving(pc).receive(back.file)
        with pc.db.read() as tx:
            (said,) = revisions.shown(tx, "decision", promoter)
            lines = b"".join(revisions.lines_of_promoter(tx, promoter))
        assert said.body["same"] is False
        assert said.key.promoter == promoter
        assert b'"promoter":"%s"' % other.encode() not in lines


def test_a_record_that_is_not_of_the_pair_or_in_conflict_is_refused(twice):
    pair = pair_of(twice)
    with pytest.raises(RefusedError, match="もう一度お選び"):
        LookAlikes(twice.office()).keep_one(OCTOBER, pair.id, "somebody")
    office = twice.office()
    Returning(office).correct("P001", pair.one.id, {"attendees": 9}, "人数を直しました。")
    Recording(twice.pc()).edit(pair.one.id, {"attendees": 8}, next_version=True)
    take_in(twice, twice.submit())
    with pytest.raises(RefusedError, match="先にどちら"):
        LookAlikes(twice.office()).keep_one(OCTOBER, pair.id, pair.other.id)
    with twice.office().db.read() as tx:
        heads = revisions.heads_of_record(tx, RecordKey("P001", "activity", pair.one.id))
    assert len(heads) == 2


def test_another_month_is_another_question(twice):
    assert LookAlikes(twice.office()).open_in(Month(2026, 9)) == []
