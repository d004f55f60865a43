"""Promoters' PCs lost, restored, copied and doubled (RELIABILITY.md R59): what is lost.

Each tells its figure, and is shown wrong once: without the step that saves it, it must fail.
"""

import shutil

import pytest

from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.errors import FileRefusedError, RefusedError
from kashiwa_desktop.services.office.enrolling import Enrolling
from kashiwa_desktop.services.office.setup import (
    PromoterSetup,
)
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel.admitting import device_number
from kashiwa_desktop.services.travel.intake import RESTORED as FROM_RESTORED
from kashiwa_desktop.services.travel.intake import TWINS
from kashiwa_desktop.services.travel.submitting import Submitting, restored_notice
from office_world import OCTOBER, activity
from services.key_scenes import (
    LATE,
    cheap_locks,
    edited,
    held,
    new_pc,
    receive,
    returned,
    take_in,
    whole,
)

NEW_WORDS = "あたらしい ことば"

_cheap = pytest.fixture(autouse=True)(cheap_locks)


def test_a_lost_pc_is_rebuilt_from_a_return(town, figure):
    take_in(town, town.month())
    before = held(town.pc(), "P001")
    shutil.rmtree(town.folder("P001").root)
    pc = new_pc(town, "P001-new")
    hello = Submitting(pc).submit(OCTOBER, town.out()).file
    (waits,) = take_in(town, hello)
    assert (waits.state, waits.reason) == ("waiting", "unknown_device")
    assert device_number(PcIdentity.load(pc.folder.identity).device) in waits.text
    (known,) = take_in(town, hello, accept_new_device=True)
    assert known.state == "same"
    assert held(pc, "P001") == set()  # wrong: without the return nothing is back
    outcome = receive(pc, returned(town))
    assert held(pc, "P001") == before
    assert outcome.new == len(before)
    (again,) = take_in(town, Submitting(pc).submit(OCTOBER, town.out()).file)
    assert (again.state, again.new) == ("same", 0)
    assert len(Recording(pc).records(OCTOBER)) == 3
    whole(pc)
    figure(f"lost records 0 of {len(before)}")


def test_a_reinstalled_pc_brings_nothing_twice(town, figure):
    take_in(town, town.month())
    name = edited(town.pc(), 20)
    take_in(town, town.submit())
    before = held(town.pc(), "P001")
    pc = new_pc(town, "P001-again")
    take_in(town, Submitting(pc).submit(OCTOBER, town.out()).file, accept_new_device=True)
    answer = returned(town)
    assert receive(pc, answer).new > 0
    assert receive(pc, answer).new == 0
    assert held(pc, "P001") == before
    assert [a.id for a in Recording(pc).records(OCTOBER)].count(name) == 1
    (more,) = take_in(town, Submitting(pc).submit(OCTOBER, town.out()).file)
    assert (more.new, more.same) == (0, len(before))
    figure(f"records doubled 0, lost 0 of {len(before)}")


def test_a_restored_copy_says_so_and_loses_nothing(town, figure):
    pc = town.pc()
    take_in(town, town.month(days=(1, 8)))
    copy = Keeping(pc).back_up()
    edited(pc, 15)
    take_in(town, town.submit())
    at_the_office = held(town.office(), "P001")
    town.close()
    Keeping(town.pc()).restore(copy.file)
    pc = town.pc(at=LATE)
    assert restored_notice(pc) != ""
    Recording(pc).add([activity(d) for d in (20, 21, 22)], next_version=True)
    made = Submitting(pc).submit(OCTOBER, town.out())
    assert made.restored
    assert restored_notice(pc) == ""
    (outcome,) = take_in(town, made.file)
    assert (outcome.state, outcome.new, outcome.notice) == ("newer", 3, FROM_RESTORED)
    after = held(town.office(), "P001")
    assert at_the_office < after
    assert len(after) == len(at_the_office) + 3
    second = Submitting(pc).submit(OCTOBER, town.out())
    assert not second.restored
    assert take_in(town, second.file)[0].notice == ""
    figure(f"lost records 0 of {len(after)}, reverted 0")


def test_a_cloned_folder_is_noticed_and_nothing_is_lost(town, figure):
    take_in(town, town.month())
    town.close()
    clone = town.copy(town.root.with_name(town.root.name + "-clone"))
    edited(town.pc(), 20)
    edited(clone.pc(), 21)
    first, second = town.submit(), clone.submit()
    (one,) = take_in(town, first)
    (two,) = take_in(town, second)
    assert (one.notice, two.notice) == ("", TWINS)
    assert (one.new, two.new) == (2, 2)
    PromoterSetup(clone.pc()).new_identity()
    assert Keeping(clone.pc()).check() == []
    assert restored_notice(clone.pc()) == ""
    third = clone.submit()
    (waits,) = take_in(town, third)
    assert (waits.state, waits.reason) == ("waiting", "unknown_device")
    (accepted,) = take_in(town, third, accept_new_device=True)
    assert (accepted.state, accepted.notice) == ("same", "")
    assert take_in(town, town.submit())[0].notice == ""
    everything = held(town.pc(), "P001") | held(clone.pc(), "P001")
    assert held(town.office(), "P001") == everything
    clone.close()
    figure(f"lost records 0 of {len(everything)}, copies told apart 1 of 1")


def test_a_second_pc_works_beside_the_first(town, figure):
    town.month()
    second = new_pc(town, "P001-second")
    key = PcIdentity.load(second.folder.identity).receiving.recipient
    receive(second, Submitting(town.pc()).transfer(key, town.out()).file)
    assert held(second, "P001") == held(town.pc(), "P001")
    edited(town.pc(), 20)
    edited(second, 21)
    files = [town.submit(), Submitting(second).submit(OCTOBER, town.out()).file]
    outcomes = take_in(town, *files, accept_new_device=True)
    assert [o.notice for o in outcomes] == ["", ""]
    both = held(town.pc(), "P001") | held(second, "P001")
    assert held(town.office(), "P001") == both
    figure(f"lost records 0 of {len(both)}, PCs mixed up 0")


def test_a_pc_reported_lost_counts_no_more_until_a_person_says_so(town, figure):
    first = town.month()
    take_in(town, first)
    office, enrolling = town.office(LATE), Enrolling(town.office(LATE))
    (pc,) = enrolling.pcs("P001")
    enrolling.report_lost(pc.number)
    assert [p.state for p in enrolling.pcs()] == ["lost", "listed", "listed"]
    edited(town.pc(), 20)
    later = town.submit()
    assert take_in(town, first)[0].state == "same"  # what was received before stays good
    (waits,) = take_in(town, later)
    assert (waits.state, waits.reason) == ("waiting", "revoked")
    assert take_in(town, later, accept_new_device=True)[0].state == "waiting"
    with pytest.raises(RefusedError, match="まだ知りません"):
        returned(town)  # no PC left to seal it to
    (file,) = office.folder.waiting.iterdir()
    (accepted,) = enrolling.accept_waiting(file, town.keys).files
    assert (accepted.state, accepted.new) == ("newer", 2)
    assert list(office.folder.waiting.iterdir()) == []
    assert held(office, "P001") == held(town.pc(), "P001")
    with pytest.raises(RefusedError, match="待っているファイルではありません"):
        enrolling.accept_waiting(file, town.keys)
    assert enrolling.report_lost(pc.device[:12], found=True).state == "listed"
    edited(town.pc(), 21)
    assert take_in(town, town.submit())[0].state == "newer"
    with pytest.raises(RefusedError, match="1台に決められません"):
        enrolling.report_lost("1234")
    figure("lost records 0, files taken in without a person 0 of 2")


def test_returns_are_not_sealed_to_a_lost_pc(town, figure):
    take_in(town, town.month())
    pc = new_pc(town, "P001-new")
    take_in(town, Submitting(pc).submit(OCTOBER, town.out()).file, accept_new_device=True)
    both = returned(town)
    receive(town.pc(), both)
    enrolling = Enrolling(town.office(LATE))
    lost = PcIdentity.load(town.folder("P001").identity).device
    enrolling.report_lost(lost)
    answer = returned(town)
    receive(pc, answer)
    with pytest.raises(FileRefusedError) as refused:
        receive(town.pc(), answer)
    assert refused.value.code == "unreadable"
    figure("returns that a lost PC can read 0 of 1 (before its report 1 of 1)")
