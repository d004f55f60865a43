"""What the promoter reads of the office: asked, corrected, in conflict; returns late and twice."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import FileRefusedError, RefusedError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.handing_over import HandingOver
from kashiwa_desktop.services.travel.home import Home
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.replying import Replying
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.submitting import Submitting
from office_world import OCTOBER, activity
from services.key_scenes import LATE, new_pc, receive, returned, settings, take_in

LATER = "2026-11-25T10:00"


def records(town, promoter="P001"):
    """The ids of October's records by day."""
    return {a.date.day: a.id for a in Recording(town.pc(promoter)).records(OCTOBER)}


def office(town, at=LATE):
    return Returning(town.office(at))


def correct(town, day, patch, at=LATE):
    return office(town, at).correct("P001", records(town)[day], patch, "こう直しました。")


def answered(town, at=LATE):
    """The promoter's PC after reading a new return."""
    answer = office(town, at).return_file("P001", town.out(), town.keys)
    Receiving(town.pc(at=at)).receive(answer.file)
    return Replying(town.pc(at=at))


@pytest.fixture
def handed(town):
    take_in(town, town.month())
    return town


def test_before_any_reply_there_is_nothing_to_show(town):
    view = Replying(town.pc()).show()
    assert (view.asked, view.receipts, view.to_send, view.last) == ((), (), None, None)
    assert view.settings_on == date(2026, 4, 1)


def test_a_question_shows_its_record_and_is_answered(handed):
    record = records(handed)[8]
    office(handed).ask(OCTOBER, "P001", record, "何人でしたか。")
    replying = answered(handed)
    (one,) = replying.show().open
    assert (one.kind, one.title, one.text, one.record) == (
        "question", "10月8日 8日の打合せ", "何人でしたか。", record,
    )  # fmt: skip
    (side,) = one.sides
    assert (side.role, side.rows["参加人数"]) == ("now", "3人")
    replying.keep_draft(one.id, "5に")
    assert replying.show().open[0].draft == "5に"
    replying.answer(one.id, "5人でした。")
    view = replying.show()
    assert view.open == ()
    assert view.asked[0].answer.text == "5人でした。"
    assert view.asked[0].draft == ""
    assert (view.answered, view.changed, view.to_send) == ((OCTOBER,), (), OCTOBER)


def test_what_was_never_asked_is_not_answered(town):
    with pytest.raises(RefusedError) as refused:
        Receiving(town.pc()).answer("x", "はい")
    assert refused.value.code == "not_found"


def test_an_answer_makes_saving_the_next_step_and_arrives(handed):
    office(handed).ask(OCTOBER, "P001", records(handed)[8], "何人でしたか。")
    replying = answered(handed)
    way = HandingOver(handed.pc(at=LATE))
    assert (way.show(OCTOBER).step, way.show(OCTOBER).asked) == (4, 1)
    replying.answer(replying.show().open[0].id, "5人でした。")
    assert (way.show(OCTOBER).step, way.show(OCTOBER).has_answers) == (3, True)
    assert way.show(Month(2026, 11)).step == 2
    take_in(handed, handed.submit())
    assert (way.show(OCTOBER).step, replying.show().to_send) == (4, None)
    (known,) = office(handed).questions("P001", OCTOBER)
    assert known.answer.text == "5人でした。"


def test_a_correction_stands_beside_what_was_there_before(handed):
    correct(handed, 8, {"attendees": 12, "place": "会議室"})
    replying = answered(handed)
    (one,) = replying.show().open
    assert [(s.role, s.rows) for s in one.sides] == [
        ("before", {"参加人数": "3人", "場所": "(なし)"}),
        ("after", {"参加人数": "12人", "場所": "会議室"}),
    ]
    replying.answer(one.id, "", agrees=True)
    view = replying.show()
    assert view.asked[0].answer.agrees is True
    assert (view.changed, view.to_send) == ((OCTOBER,), OCTOBER)
    assert Closing(handed.pc(at=LATE)).close(OCTOBER).version == 2


def test_two_corrections_of_one_record_are_each_shown_with_their_own_step(handed):
    correct(handed, 8, {"attendees": 12})
    correct(handed, 8, {"attendees": 14}, at=LATER)
    first, second = answered(handed, LATER).show().open
    assert [s.rows["参加人数"] for s in first.sides] == ["3人", "12人", "14人"]
    assert [s.rows["参加人数"] for s in second.sides] == ["12人", "14人"]
    assert first.sides[2].role == "now"


def test_a_conflict_is_one_question_and_the_decision_arrives_on_both_sides(handed):
    record = records(handed)[8]
    Recording(handed.pc(at=LATE)).edit(record, {"attendees": 5}, next_version=True)
    correct(handed, 8, {"attendees": 12})
    replying = answered(handed)
    conflict, correction = replying.show().open
    assert (conflict.kind, correction.kind, conflict.record) == ("conflict", "correction", record)
    assert [(s.role, s.rows) for s in conflict.sides] == [
        ("office", {"参加人数": "12人"}),
        ("here", {"参加人数": "5人"}),
    ]
    replying.decide(record, conflict.sides[0].head)
    replying.answer(correction.id, "", agrees=True)
    assert replying.show().open == ()
    assert Recording(handed.pc(at=LATE)).record(record)[0].attendees == 12
    Closing(handed.pc(at=LATE)).close(OCTOBER)
    take_in(handed, handed.submit())
    assert Deciding(handed.office(LATE)).conflicts() == []
    assert Deciding(handed.pc(at=LATE)).conflicts() == []


def test_a_conflict_left_to_the_office_is_asked_again_only_when_it_changes(handed):
    record = records(handed)[8]
    Recording(handed.pc(at=LATE)).edit(record, {"attendees": 5}, next_version=True)
    correct(handed, 8, {"attendees": 12})
    replying = answered(handed)
    replying.leave(record)
    (left,) = [one for one in replying.show().asked if one.kind == "conflict"]
    assert left.left
    assert not left.is_open
    Recording(handed.pc(at=LATE)).edit(record, {"attendees": 6}, next_version=True)
    assert any(one.kind == "conflict" for one in replying.show().open)


def test_two_pcs_of_one_promoter_are_told_apart(town):
    (record,) = Recording(town.pc()).add([activity(8)])
    second = new_pc(town, "P001-second")
    key = second_key(second)
    receive(second, Submitting(town.pc()).transfer(key, town.out()).file)
    Recording(second).edit(record, {"attendees": 9})
    Recording(town.pc()).edit(record, {"attendees": 7})
    receive(second, Submitting(town.pc()).transfer(key, town.out()).file)
    (conflict,) = Replying(second).show().open
    assert {s.role: s.rows["参加人数"] for s in conflict.sides} == {"here": "9人", "other": "7人"}


def second_key(store):
    return PcIdentity.load(store.folder.identity).receiving.recipient


def test_two_closings_that_differ_are_asked_about_too(town):
    town.month(days=(1,))
    second = new_pc(town, "P001-second")
    key = second_key(second)
    receive(second, Submitting(town.pc()).transfer(key, town.out()).file)
    Closing(second).reopen(OCTOBER)
    Closing(second).close(OCTOBER, remark="こちら")
    Closing(town.pc()).reopen(OCTOBER)
    Closing(town.pc()).close(OCTOBER, remark="あちら")
    receive(second, Submitting(town.pc()).transfer(key, town.out()).file)
    (conflict,) = Replying(second).show().open
    assert (conflict.title, conflict.record) == ("10月分の締め", None)
    assert {s.rows["成果・課題・提案"] for s in conflict.sides} == {"こちら", "あちら"}
    Replying(second).decide(conflict.id, conflict.sides[0].head)
    assert Replying(second).show().open == ()


def test_a_month_sent_back_is_asked_about_until_it_is_closed_again(handed):
    office(handed).send_back(OCTOBER, "P001", "定例会の記録を入れてください。")
    replying = answered(handed)
    (one,) = replying.show().open
    assert (one.kind, one.title, one.sides) == ("return", "10月分", ())
    (receipt,) = replying.show().receipts
    assert receipt.view.state == "returned"
    Closing(handed.pc(at=LATE)).reopen(OCTOBER)
    assert len(replying.show().open) == 1
    Closing(handed.pc(at=LATE)).close(OCTOBER)
    assert replying.show().open == ()


def test_a_receipt_says_since_when_and_when_it_is_paid(handed):
    replying = Replying(handed.pc(at=LATE))
    (receipt,) = replying.show().receipts
    assert (receipt.told_on, receipt.view.state) == (None, "saved")
    Reviewing(handed.office(LATE)).approve(OCTOBER, ["P001"])
    (receipt,) = answered(handed).show().receipts
    assert (receipt.told_on, receipt.view.state) == (date(2026, 11, 20), "approved")
    assert receipt.pay_on == date(2026, 11, 20)
    (later,) = Replying(handed.pc(at="2026-11-21T09:00")).show().receipts
    assert later.pay_on == date(2026, 11, 20)
    paydays = Home(handed.pc(at="2026-11-21T09:00")).show().desk.paydays
    assert paydays == {OCTOBER: date(2026, 11, 20)}
    assert replying.show().last == date(2026, 11, 20)


def test_a_month_approved_after_the_planned_day_names_none(handed):
    after = "2026-11-24T10:00"
    Reviewing(handed.office(after)).approve(OCTOBER, ["P001"])
    (receipt,) = answered(handed, after).show().receipts
    assert (receipt.view.state, receipt.pay_on) == ("approved", None)
    assert Home(handed.pc(at=after)).show().desk.paydays == {OCTOBER: None}


def test_returns_twice_late_and_out_of_order_move_nothing_back(handed, figure):
    early = returned(handed)
    office(handed, LATER).ask(OCTOBER, "P001", records(handed)[8], "何人でしたか。")
    late = office(handed, LATER).return_file("P001", handed.out(), handed.keys).file
    receiving = Receiving(handed.pc(at=LATER))
    newest = receiving.take(late)
    assert (newest.outcome.state, newest.is_late, newest.made_on) == ("new", False, "2026-11-25")
    assert newest.brought["question"] == 1
    before = Replying(handed.pc(at=LATER)).show()
    again = receiving.take(late)
    assert (again.outcome.state, again.is_late, dict(again.brought)) == ("same", False, {})
    assert (newest.seen, again.seen) == (False, True)
    old = receiving.take(early)
    assert (old.outcome.state, old.is_late, old.newest) == ("same", True, "2026-11-25")
    after = Replying(handed.pc(at=LATER)).show()
    assert (after.asked, after.last, after.to_send) == (before.asked, before.last, before.to_send)
    assert after.receipts[0].view == before.receipts[0].view
    assert after.receipts[0].told_on < before.receipts[0].told_on  # it proves an earlier arrival
    figure("months moved back 0 of 2 returns")


def test_what_a_file_brought_is_told_by_what_it_is_about(handed):
    correct(handed, 8, {"attendees": 12})
    office(handed).send_back(OCTOBER, "P001", "もう一度")
    Reviewing(handed.office(LATE)).approve(OCTOBER, ["P001"])
    arrival = Receiving(handed.pc(at=LATE)).take(returned(handed))
    brought = dict(arrival.brought)
    assert {name: brought.get(name) for name in ("correction", "corrected", "return")} == {
        "correction": 1, "corrected": 1, "return": 1,
    }  # fmt: skip
    assert arrival.kind == "return"


def test_files_on_a_stick_are_found_until_they_are_read(handed, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    mine = office(handed).return_file("P001", stick, handed.keys).file
    take_in(handed, handed.month("P002"))
    office(handed).return_file("P002", stick, handed.keys)
    new = Path(shutil.copy2(settings(handed), stick))
    (stick / "broken.kssr").write_bytes(b"age-encryption.org/v1 broken")
    (stick / "photo.jpg").write_bytes(b"x")
    receiving = Receiving(handed.pc(at=LATE))
    gone = tmp_path / "pulled"
    assert receiving.unread([stick, gone]) == [mine, new]
    receiving.receive(mine)
    receiving.receive(new)
    assert receiving.unread([stick]) == []


def test_a_submission_is_not_read_here(handed):
    with pytest.raises(FileRefusedError):
        Receiving(handed.pc(at=LATE)).take(handed.submit())
