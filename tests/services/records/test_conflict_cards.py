"""Conflicts as the office sees and decides them: BUNDLE.md §9, tests 25, 28 and 30."""

import pytest

from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.review_queue import ReviewQueue
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.submitting import Submitting
from office_world import OCTOBER
from services.checking.test_reviewing import take_in
from services.key_scenes import LATE, new_pc, receive, returned

TWO_PCS = "P001-two"


@pytest.fixture
def two(town):
    """P001 has October on two PCs that do not know of each other's later edits."""
    take_in(town, town.month())
    second = new_pc(town, TWO_PCS)
    hello = Submitting(second).submit(OCTOBER, town.out()).file
    assert town.intake().take_in([hello], accept_new_device=True).all_in
    receive(second, returned(town))
    return town


def pc(town, name):
    return town.open(name, LATE)


def edited(town, name, record, **fields):
    Recording(pc(town, name)).edit(record, fields, next_version=True)
    return Submitting(pc(town, name)).submit(OCTOBER, town.out()).file


def first(town):
    return Recording(pc(town, "P001")).records(OCTOBER)[0].id


def cards(town, promoter="P001"):
    queue = ReviewQueue(town.office(LATE)).of(OCTOBER)
    return next(one.cards for one in queue if one.review.promoter == promoter)


def in_conflict(town, name):
    return [a.id for a in Recording(pc(town, name)).records(OCTOBER) if a.conflict]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_25_one_record_on_two_pcs_is_one_card_and_one_decision_clears_all_three(two, order):
    record = first(two)
    files = [
        edited(two, "P001", record, attendees=5),
        edited(two, TWO_PCS, record, attendees=7, place="自治会館"),
    ]
    take_in(two, *(files[n] for n in order), at=LATE)
    (card,) = cards(two)
    assert card.record == record
    assert sorted(card.labels) == ["参加人数", "場所"]
    said = {side.texts[card.labels.index("参加人数")]: side for side in card.sides}
    assert set(said) == {"5人", "7人"}
    assert {side.role for side in card.sides} == {"promoter"}
    Deciding(two.office(LATE)).resolve(record, said["7人"].head, "参加者名簿のとおり")
    assert cards(two) == ()
    for name in ("P001", TWO_PCS):
        receive(pc(two, name), returned(two))
        assert in_conflict(two, name) == []
        assert Recording(pc(two, name)).record(record)[0].attendees == 7


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_28_where_an_edit_meets_a_deletion_the_live_one_is_shown(two, order):
    record = first(two)
    Recording(pc(two, TWO_PCS)).delete(record, next_version=True)
    files = [
        edited(two, "P001", record, attendees=5),
        Submitting(pc(two, TWO_PCS)).submit(OCTOBER, two.out()).file,
    ]
    take_in(two, *(files[n] for n in order), at=LATE)
    (card,) = cards(two)
    assert card.labels == ("記録",)
    shown, deleted = card.sides
    assert (shown.head, deleted.texts) == (card.shown, ("消した記録",))
    assert "1日の打合せ" in shown.texts[0]
    Deciding(two.office(LATE)).resolve(record, deleted.head, "二重でした")
    assert cards(two) == ()


def test_30_equal_edits_are_no_conflict(two):
    record = first(two)
    take_in(two, *(edited(two, n, record, attendees=5) for n in ("P001", TWO_PCS)), at=LATE)
    assert cards(two) == ()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_30_three_ways_are_one_card_with_three_sides(two, order):
    record = first(two)
    Returning(two.office()).correct("P001", record, {"attendees": 9}, "直しました。")
    files = [
        edited(two, "P001", record, attendees=5),
        edited(two, TWO_PCS, record, attendees=7),
    ]
    take_in(two, *(files[n] for n in order), at=LATE)
    (card,) = cards(two)
    assert [side.role for side in card.sides] == ["office", "promoter", "promoter"]
    assert sorted(text for side in card.sides for text in side.texts) == ["5人", "7人", "9人"]


def test_30_an_undo_after_an_office_correction_is_a_card_and_loses_nothing(two):
    record = first(two)
    Recording(pc(two, "P001")).edit(record, {"attendees": 5}, next_version=True)
    take_in(two, Submitting(pc(two, "P001")).submit(OCTOBER, two.out()).file, at=LATE)
    Returning(two.office()).correct("P001", record, {"attendees": 9}, "直しました。")
    receive(pc(two, "P001"), returned(two))
    Recording(pc(two, "P001")).undo()
    take_in(two, Submitting(pc(two, "P001")).submit(OCTOBER, two.out()).file, at=LATE)
    (card,) = cards(two)
    assert sorted(text for side in card.sides for text in side.texts) == ["3人", "9人"]


def test_the_decision_keeps_its_reason_and_what_was_not_chosen(two):
    record = first(two)
    Returning(two.office()).correct("P001", record, {"attendees": 9}, "直しました。")
    take_in(two, edited(two, "P001", record, attendees=5), at=LATE)
    (card,) = cards(two)
    ours = next(side for side in card.sides if side.role == "office")
    made = Deciding(two.office(LATE)).resolve(record, ours.head, "名簿のとおり")
    assert made.resolves["reason"] == "名簿のとおり"
    assert made.resolves["over"] == [s.head for s in card.sides if s.role == "promoter"]
    with pytest.raises(RefusedError, match="ではありません"):
        Deciding(two.office(LATE)).resolve(record, ours.head, "もう一度")


def test_two_answers_to_one_question_are_a_card_too(two):
    asked = Returning(two.office()).ask(OCTOBER, "P001", first(two), "人数は?")
    files = []
    for name, text in (("P001", "5人です"), (TWO_PCS, "7人です")):
        receive(pc(two, name), returned(two))
        Receiving(pc(two, name)).answer(asked, text)
        files.append(Submitting(pc(two, name)).submit(OCTOBER, two.out()).file)
    take_in(two, *files, at=LATE)
    (card,) = cards(two)
    assert (card.kind, card.labels) == ("answer", ("ことば",))
    assert sorted(side.texts for side in card.sides) == [("5人です",), ("7人です",)]
    Deciding(two.office(LATE)).resolve(card.record, card.sides[0].head, "電話で確かめた")
    assert cards(two) == ()


def test_two_closings_are_told_apart_in_words(two):
    record = first(two)
    files = []
    for name, text in (("P001", "順調です"), (TWO_PCS, "参加が減りました")):
        Recording(pc(two, name)).edit(record, {"attendees": 5}, next_version=True)
        Closing(pc(two, name)).close(OCTOBER, remark=text)
        files.append(Submitting(pc(two, name)).submit(OCTOBER, two.out()).file)
    take_in(two, *files, at=LATE)
    (card,) = cards(two)
    assert card.kind == "month_report"
    texts = [side.texts[card.labels.index("成果・課題・提案")] for side in card.sides]
    assert sorted(texts) == ["参加が減りました", "順調です"]
