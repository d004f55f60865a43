"""R41: however often the program is started at once, one window works; a dead one stops nobody.

Full form: 100 starts at once. CI: 6.
"""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile

from conftest import FULL
from kashiwa_desktop.app import single
from kashiwa_desktop.app.single import LOCK, SingleStart
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.storage import checks
from kashiwa_desktop.storage.upgrade import SCHEMA, open_store, schema_of
from office_world import activity
from posix_parts import SIGKILL

pytestmark = pytest.mark.posix("hears other starts through a pipe, and kills one")

STARTS = 100 if FULL else 6
HERE = Path(__file__).parent
DATABASES = HERE.parent / "data" / "databases"


def start_at_once(folder, count):
    """Make so many programs ready, then let all of them begin."""
    made = [
        subprocess.Popen(
            [sys.executable, HERE / "one_start.py", folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )
        for _ in range(count)
    ]  # fmt: skip
    assert [told(process) for process in made] == ["ready"] * count
    for process in made:
        process.stdin.write("begin\n")
        process.stdin.flush()
    return made


def told(process):
    return process.stdout.readline().strip()


def leave(processes):
    for process in processes:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def test_r41_of_many_starts_at_once_one_gets_the_folder(tmp_path, figure):
    started = start_at_once(tmp_path, STARTS)
    said = [told(process) for process in started]
    figure(f"R41: {STARTS} starts at once, {said.count('True')} window")
    leave(started)
    assert sorted(said) == ["False"] * (STARTS - 1) + ["True"]


def test_r41_a_killed_window_stops_nobody(tmp_path, monkeypatch, qapp):
    (first,) = start_at_once(tmp_path, 1)
    assert told(first) == "True"
    os.kill(first.pid, SIGKILL)
    first.wait(30)
    first.stdin.close()
    first.stdout.close()
    pauses = []
    monkeypatch.setattr(single.time, "sleep", pauses.append)
    one = SingleStart(tmp_path)
    assert one.begin()
    one.end()
    assert pauses == []


def left_behind(tmp_path, pid, host):
    """A lock file as a window left it; 4 lines: number, program, host, machine."""
    (tmp_path / LOCK).write_text(
        f"{pid}\n{Path(sys.executable).name}\n{host}\n\n\n", encoding="utf-8"
    )


@pytest.mark.parametrize("host", ["another-pc", ""])
def test_r41_a_lock_of_another_pc_or_of_a_reused_number_stops_nobody(tmp_path, host, qapp):
    left_behind(tmp_path, os.getppid(), host)
    one = SingleStart(tmp_path)
    assert one.begin()
    one.end()


def test_r41_qt_alone_would_wait_for_another_pc_for_ever(tmp_path, qapp):
    """The wrong variant: only ``tryLock``."""
    left_behind(tmp_path, os.getppid(), "another-pc")
    lock = QLockFile(str(tmp_path / LOCK))
    lock.setStaleLockTime(0)
    assert not lock.tryLock(100)


def test_who_holds_the_lock_and_does_not_answer_is_told_of(tmp_path, monkeypatch, qapp):
    monkeypatch.setattr(single, "_PATIENCE", 0.1)
    monkeypatch.setattr(single, "_ANSWER_MS", 10)
    silent = SingleStart(tmp_path)
    assert silent.begin()
    silent._server.close()
    with pytest.raises(StoreError, match="まだ閉じていません"):
        SingleStart(tmp_path).begin()
    silent.end()


def lifting(path, rounds):
    """Lift one old store by two programs at once, a record saved right after the quicker one."""
    lost = 0
    for _ in range(rounds):
        path.write_bytes((DATABASES / "v01.db").read_bytes())
        wait = threading.Barrier(2)

        def go(wait=wait):
            wait.wait()
            store = open_store(path)
            with store.write() as tx:
                tx.exec_driver_sql("INSERT INTO draft VALUES (hex(randomblob(8)), '', '{}')")
            store.close()

        with ThreadPoolExecutor(2) as both:
            list(both.map(lambda _: go(), range(2)))
        store = open_store(path)
        with store.read() as tx:
            lost += 2 - tx.exec_driver_sql("SELECT count(*) FROM draft").scalar()
            assert checks.problems(tx) == []
        store.close()
        assert schema_of(path) == SCHEMA
        for left in path.parent.glob("store.db.*"):
            left.unlink()
    return lost


def test_r41_two_programs_that_lift_one_store_lose_nothing(tmp_path, figure):
    rounds = 100 if FULL else 5
    lost = lifting(tmp_path / "store.db", rounds)
    figure(f"R41: {rounds} old stores lifted by two at once, {lost} saves lost")
    assert lost == 0


def test_a_save_of_two_windows_is_in_one_store(town):
    """The command line beside the window: both write, neither loses."""
    one, other = town.pc(), town.pc()
    Recording(one).add([activity(3)])
    Recording(other).add([activity(4)])
    assert len(Recording(town.pc()).records()) == 2
    assert schema_of(town.folder("P001").store) == SCHEMA
