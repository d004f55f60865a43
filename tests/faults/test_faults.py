"""The fault tools do what they say; otherwise the sweeps that stand on them prove nothing."""

import errno
import os
import random
import shutil
import sqlite3
import tempfile
from contextlib import closing

import pytest

from faults import bits, children, medium, moments, trap
from faults.recorder import Recorder
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


@pytest.fixture
def recorder(tmp_path):
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    return Recorder(tmp_path)


def left(recorder, survivors):
    return medium.after_cut(recorder.before, recorder.steps, survivors).tree()


def flush(path):
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def test_a_content_is_sure_once_its_file_was_flushed_and_a_name_once_its_folder_was(recorder):
    here = recorder.root
    with recorder.watching():
        (here / "new").write_bytes(b"new")
        assert left(recorder, medium.nothing) == {"old": b"old", "folder": None}
        flush(here / "new")
        assert "new" not in left(recorder, medium.nothing)
        flush(here)
        assert left(recorder, medium.nothing)["new"] == b"new"
        (here / "new").replace(here / "old")
        assert left(recorder, medium.nothing)["old"] == b"old"
        flush(here)
    assert left(recorder, medium.nothing) == {"old": b"new", "folder": None}


def test_a_file_under_a_trusted_name_may_be_empty(recorder):
    here = recorder.root
    with recorder.watching():
        (here / "new").write_bytes(b"new")
        (here / "new").replace(here / "old")
    assert left(recorder, medium.names_only)["old"] == b""
    assert left(recorder, medium.contents_only)["old"] == b"old"
    seen = {left(recorder, medium.any_part(random.Random(n))).get("old") for n in range(50)}
    assert seen == {b"old", b"", b"new"}


def test_an_ordered_disk_keeps_a_beginning(recorder):
    here = recorder.root
    with recorder.watching():
        for name in "abc":
            (here / name).write_bytes(b"x" * 2000)
    for n in range(50):
        tree = left(recorder, medium.a_beginning(random.Random(n)))
        made = [name for name in "abc" if name in tree]
        assert made == list("abc")[: len(made)]
        assert all(len(tree[name]) == 2000 for name in made[:-1])


def test_whatever_way_a_file_goes_it_is_recorded(recorder):
    here = recorder.root
    with recorder.watching():
        (here / "more").mkdir()
        shutil.copyfile(here / "old", here / "more" / "copied")
        shutil.move(here / "more" / "copied", here / "moved")
        os.link(here / "moved", here / "linked")
        (here / "linked").unlink()
        handle, _ = tempfile.mkstemp(dir=here)
        with os.fdopen(handle, "wb") as file:
            file.write(b"1")
            file.flush()
            os.fsync(file.fileno())
            file.write(b"2")
        with (here / "old").open("ab") as file:
            file.write(b"er")
        shutil.rmtree(here / "more")
        with closing(sqlite3.connect(here / "folder" / "store.db")) as store:
            store.execute("CREATE TABLE t (x)")
            store.commit()
    assert recorder.missed() == set()
    tree = left(recorder, medium.contents_only)
    assert tree["old"] == b"older"
    assert tree.keys() == {"old", "folder", "folder/store.db", "folder/store.db-journal"}, (
        "SQLite flushed the folder when it made its journal, and not when it took it away"
    )
    (here / "unseen").touch()
    assert recorder.missed() == {"unseen"}
