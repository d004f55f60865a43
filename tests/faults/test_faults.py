"""The fault tools do what they say; otherwise the sweeps that stand on them prove nothing."""

import errno
import os

import pytest

from faults import bits, children, moments, trap
from faults.trap import Trap
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.services.records.recording import Recording
from office_world import activity

pytestmark = pytest.mark.posix("forks a story and kills it")


def test_every_kind_of_moment_is_met_in_a_save(town):
    store = town.pc()
    names = {}
    for watch in (moments.at_statements, moments.at_sqlite_calls):
        with watch(Trap()) as seen:
            Recording(store).add([activity()])
        names[watch] = seen.names
    with moments.at_file_calls(Trap()) as seen:
        town.submit()
    statements = names[moments.at_statements]
    assert {"before BEGIN", "after INSERT", "before COMMIT"} <= set(statements)
    assert {"sqlite open", "sqlite ftruncate"} <= set(names[moments.at_sqlite_calls])
    assert any("write" in name for name in names[moments.at_sqlite_calls])
    assert {"open", "write", "fsync", "link", "unlink"} <= set(seen.names)


def test_a_trap_is_gone_after_its_block(town):
    with moments.everywhere(Trap()) as seen:
        Recording(town.pc()).add([activity()])
    before = seen.count
    Recording(town.pc()).add([activity(2)])
    assert 0 < before == seen.count


def test_a_trap_springs_once_or_from_then_on():
    sprung = []
    once = Trap(2, lambda: sprung.append("once"))
    onwards = Trap(2, lambda: sprung.append("on"), onwards=True)
    assert [once.step("x") for _ in range(3)] == [0, 0, 0]
    assert [onwards.step("x") for _ in range(3)] == [0, 0, 0]
    assert sprung == ["once", "on", "on"]


def test_a_call_of_our_own_can_be_made_to_fail(tmp_path):
    with (
        moments.at_file_calls(Trap(1, trap.FULL, only="open")),
        pytest.raises(OSError, match="No space left"),
    ):
        os.open(tmp_path / "new", os.O_WRONLY | os.O_CREAT)
    assert list(tmp_path.iterdir()) == []


def test_a_call_of_sqlite_can_be_made_to_fail(town):
    store = town.pc()
    with moments.at_sqlite_calls(Trap(1, trap.FORBIDDEN, onwards=True)), pytest.raises(StoreError):
        Recording(store).add([activity()])
    assert Recording(store).records() == []


def test_a_full_disk_is_told_by_sqlite_itself(town):
    store = town.pc()
    Recording(store).add([activity()])
    with (
        moments.at_sqlite_calls(Trap(1, trap.FULL, onwards=True, only="write")),
        pytest.raises(StoreError) as told,
    ):
        Recording(store).add([activity(2)])
    assert told.value.code == "full"
    assert len(Recording(store).records()) == 1


def test_a_child_says_how_it_ended(capfd):
    assert children.told(lambda: None) == 0
    assert children.told(trap.kill) == children.KILLED
    assert children.told(lambda: 1 / 0) == 1
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_story_is_killed_at_each_of_its_moments(tmp_path):
    written = tmp_path / "seen"

    def watch(trap):
        watch.trap = trap
        return moments.at_statements(trap)

    def story(_place):
        for name in "abc":
            watch.trap.step(name)
            with written.open("a", encoding="utf-8") as file:
                file.write(name)

    swept = children.killed_at_every_moment(lambda: None, story, lambda _: [], watch)
    assert (swept.kills, swept.finished, swept.bad) == (3, 1, [])
    assert written.read_text(encoding="utf-8") == "" + "a" + "ab" + "abc"


def test_blows_strike_while_the_child_works_and_not_after():
    def forever(_place):
        while True:
            os.getpid()

    swept = children.struck_at_random(lambda: None, forever, lambda _: [], 3, (0.001, 0.002))
    assert (swept.kills, swept.finished) == (3, 0)
    swept = children.struck_at_random(lambda: None, lambda _: None, lambda _: ["!"], 2, (5, 6))
    assert (swept.kills, swept.finished, len(swept.bad)) == (0, 2, 2)


def test_bits_are_flipped_one_at_a_time():
    assert list(bits.random_flips(b"\0", 99)) == [bytes([1 << n]) for n in range(8)]
    data = os.urandom(64)
    for changed in bits.random_flips(data, 20):
        assert sum((a ^ b).bit_count() for a, b in zip(data, changed, strict=True)) == 1


def test_the_errors_are_those_of_a_sick_disk():
    kinds = (trap.FULL, trap.BROKEN, trap.READ_ONLY, trap.FORBIDDEN, trap.QUOTA)
    assert [kind() for kind in kinds] == [
        errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT,
    ]  # fmt: skip
