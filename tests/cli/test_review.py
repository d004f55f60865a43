"""Reviewing by command: rulings, look-alikes, conflicts said to stay, papers of questions."""

from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.returning import Returning
from office_world import OCTOBER, activity
from services.checking.test_reviewing import take_in

M = "2026-10"


def test_a_month_without_activity_is_approved_with_its_ruling(at, town):
    take_in(town, town.month(days=(), empty=True, reason="けがのため"))
    plain = at("office", "approve", M, "--promoter", "P001")
    assert (plain.status, plain.value["done"]) == (1, [])
    assert "支払判断" in plain.err
    assert f"approve {M} --promoter P001 --ruling 理由" in plain.err
    clean = at("office", "approve", M, "--all-clean")
    assert clean.value["done"] == []
    ruled = at("office", "approve", M, "--promoter", "P001", "--ruling", "療養中も委嘱を継続")
    assert (ruled.status, ruled.value) == (0, {"done": ["P001"], "left": []})
    assert at("office", "approve", M, "--all-clean", "--ruling", "みんな").status == 2


def test_look_alikes_are_listed_and_answered(at, town):
    again = activity(14, place="集会所", title="別のことば")
    Recording(town.pc()).add([activity(14, place="集会所"), again, activity(20), activity(20)])
    take_in(town, town.month(days=(1,)))
    found = at("office", "look-alikes", M).value["look_alikes"]
    assert [one["joint"] for one in found] == [False, False]
    assert {r["title"] for r in found[0]["records"]} == {"14日の打合せ", "別のことば"}
    first, second = found
    assert at("office", "look-alike", M, first["id"], "--different").status == 0
    keep = second["records"][0]["record"]
    assert at("office", "look-alike", M, second["id"], "--keep", keep).status == 0
    assert at("office", "look-alikes", M).value == {"look_alikes": []}
    gone = at("office", "look-alike", M, second["id"], "--keep", keep)
    assert (gone.status, gone.value["code"]) == (1, "no_look_alike")
    assert at("office", "look-alike", M, "x").status == 2


def test_a_conflict_that_stays_open_is_said_when_approving(at, town):
    take_in(town, town.month())
    record = Recording(town.pc()).records(OCTOBER)[0].id
    Returning(town.office()).correct("P001", record, {"attendees": 9}, "直しました。")
    Recording(town.pc()).edit(record, {"attendees": 5}, next_version=True)
    take_in(town, town.submit())
    out = town.root / "a.pdf"
    sheet = ("print", "honorarium", "--month", M, "--promoter", "P001", "--out", out)
    assert at("office", "approve", M, "--promoter", "P001").status == 1
    refused = at("office", *sheet)
    assert (refused.status, refused.value["code"]) == (1, "open_conflict")
    assert not out.exists()
    said = at("office", "approve", M, "--promoter", "P001", "--despite-conflicts")
    assert said.value["done"] == ["P001"]
    assert at("office", *sheet).status == 0
