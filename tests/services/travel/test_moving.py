"""Two PCs of one promoter: a number on a stick, the file for it; a predecessor's homework."""

from datetime import date

import pytest

from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.records.homework import Homework
from kashiwa_desktop.services.records.listing import Listing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.admitting import device_number
from kashiwa_desktop.services.travel.moving import Moving, moving_number
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.succeeding import Predecessors, Succeeding
from office_world import OCTOBER, PEOPLE, activity
from services.key_scenes import LATE, held, new_pc, returned, take_in


def test_the_number_on_a_stick_leads_to_a_file_only_the_other_pc_reads(town):
    town.month()
    second, stick = new_pc(town, "P001-second"), town.out()
    written = Moving(second).write_number(stick)
    text = written.read_text(encoding="utf-8-sig")
    number = Moving(second).moving_number()
    assert text.splitlines()[:3] == [
        "地域支えあい活動記録 引っ越しの番号",
        "推進員 P001",
        f"番号 {number}",
    ]
    first = Moving(town.pc())
    (other,) = first.others_on([stick, stick / "pulled"])
    assert other.number == number != first.moving_number()
    assert Moving(second).others_on([stick]) == []  # not itself
    made = first.send_to(other, stick)
    assert made.file.suffix == ".ksst"
    arrival = Receiving(second).take(made.file)
    assert (arrival.kind, arrival.brought["own"]) == ("transfer", 4)
    assert held(second, "P001") == held(town.pc(), "P001")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("P001", "P002"), "ほかの方"),
        (lambda text: text.replace("age1", "age2"), "番号のファイルではありません"),
        (lambda text: "x" + text, "番号のファイルではありません"),
    ],
)
def test_any_other_file_or_person_is_refused(town, change, told):
    stick = town.out()
    written = Moving(new_pc(town, "P001-second")).write_number(stick)
    written.write_text(change(written.read_text(encoding="utf-8-sig")), encoding="utf-8")
    with pytest.raises(RefusedError, match=told):
        Moving(town.pc()).read_number(written)
    assert Moving(town.pc()).others_on([stick]) == []


def test_numbers_have_eight_digits_and_follow_from_the_key():
    assert moving_number("age1a") == moving_number("age1a") != moving_number("age1b")
    assert len(moving_number("age1a").replace(" ", "")) == 8


def test_a_new_pc_makes_itself_known_and_gets_everything_back(town):
    take_in(town, town.month())
    before = held(town.pc(), "P001")
    pc = new_pc(town, "P001-new")
    moving = Moving(pc)
    made = moving.introduce(town.out())
    (waits,) = take_in(town, made.file)
    assert moving.office_number() in waits.text
    take_in(town, made.file, accept_new_device=True)
    arrival = Receiving(pc).take(returned(town))
    assert arrival.brought["own"] == len(before)
    assert held(pc, "P001") == before
    assert moving.restored() == ""
    assert device_number("0" * 64) == "0000 0000"


@pytest.fixture
def successor(town):
    """P002 after reading the 引継ぎファイル of P001's area; P001 had held a council meeting."""
    council = {"homework": [{"text": "調べる", "owner": "甲", "due": "2026-11-20"},
                            {"text": "配る", "done": True}, {"text": "聞く"}]}  # fmt: skip
    meeting = activity(8, category="council", type="exchange", council=council)
    Recording(town.pc()).add([meeting, activity(9)])
    take_in(town, town.month(days=()))
    office = town.office(LATE)
    RosterService(office).end("P001", "A1", date(2026, 11, 19), "本人の申し出")
    RosterService(office).add_promoter(
        NewPromoter("P002", *PEOPLE["P002"][:2], "A1", date(2026, 11, 20))
    )
    file = Succeeding(office).handover_file("A1", "P002", town.out(), town.keys).file
    pc = town.pc("P002", LATE)
    arrival = Receiving(pc).take(file)
    assert (arrival.kind, arrival.outcome.state) == ("handover", "new")
    return pc


def test_a_predecessors_records_are_read_and_never_counted(successor):
    view = Predecessors(successor).show()
    assert [(a.title, a.promoter) for a in view.records] == [("8日の打合せ", "P001")]
    assert (view.names, view.areas) == ({"P001": "試験 花子"}, {"A1": "見本台"})
    assert [t.text for t in view.tasks] == ["調べる", "聞く"]
    assert Listing(successor).has_predecessor()
    assert Recording(successor).records(OCTOBER) == []


def test_homework_taken_over_is_ones_own_travels_and_can_be_undone(town, successor):
    recording = Recording(successor)
    homework = Homework(successor, recording)
    assert homework.open_tasks() == []
    first, second = Predecessors(successor).show().tasks
    assert homework.take_over(first).text == "宿題『調べる』を引き受けました"
    assert [t.text for t in Predecessors(successor).show().tasks] == ["聞く"]
    (mine,) = homework.open_tasks()
    assert (mine.text, mine.owner, mine.due, mine.meeting) == (
        "調べる", "甲", date(2026, 11, 20), "8日の打合せ",
    )  # fmt: skip
    assert homework.tick(mine).text == "宿題『調べる』を済みにしました"
    assert homework.open_tasks() == []
    assert [t.text for t in Predecessors(successor).show().tasks] == ["聞く"]
    recording.undo()
    assert [t.text for t in homework.open_tasks()] == ["調べる"]
    homework.take_over(second)
    recording.undo()
    assert [t.text for t in Predecessors(successor).show().tasks] == ["聞く"]
    take_in(town, town.submit("P002"))
    assert held(town.office(LATE), "P002") == held(successor, "P002")


def test_a_pc_without_a_handover_has_no_predecessor(town):
    assert not Listing(town.pc()).has_predecessor()
    assert Predecessors(town.pc()).show().records == ()
