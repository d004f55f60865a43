"""R21 and R23: journals that are gone, strange or left over, and copies of a store being written.

Full form: 300 cut-off saves, 200 copies. CI: 10, 10.
"""

import random
import shutil
import threading

import pytest

from conftest import FULL
from faults import children, moments, trap
from faults.trap import Trap
from kashiwa_desktop.errors import AppError, StoreError
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.storage import copies
from kashiwa_desktop.storage.swapping import journal_of
from office_world import activity

pytestmark = pytest.mark.posix("forks a story and kills it")

CUTS = 300 if FULL else 3
LATE = 40 if FULL else 7
"""The last writes of a save, each: there the store itself is written, not the journal."""
COPIES = 200 if FULL else 10


def save(town):
    Recording(town.pc()).add([activity(5 + n) for n in range(4)])


def writes_of_a_save(start, spot):
    """How often SQLite writes in one such save."""
    shutil.rmtree(spot, ignore_errors=True)
    town = start.copy(spot)
    with moments.at_sqlite_calls(Trap(only="write")) as seen:
        save(town)
    town.close()
    return seen.count


def cut_off(town, at):
    """Kill a save at its ``at``-th writing call; returns whether it left a hot journal."""
    town.close()

    def dying():
        with moments.at_sqlite_calls(Trap(at, trap.kill, only="write")):
            save(town)

    ended = children.told(dying)
    journal = journal_of(town.folder("P001").store)
    return ended == children.KILLED and journal.exists() and journal.stat().st_size > 0


def gone(town, _other):
    journal_of(town.folder("P001").store).unlink()


def strange(town, other):
    """The journal of another PC, hot too."""
    shutil.copy(journal_of(other.folder("P001").store), journal_of(town.folder("P001").store))


def noise(town, _other):
    path = journal_of(town.folder("P001").store)
    path.write_bytes(random.Random(21).randbytes(path.stat().st_size))


def torn(town, _other):
    path = journal_of(town.folder("P001").store)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def as_it_was(_town, _other):
    """What a power cut leaves: SQLite plays the journal back."""


def judged(town, before):
    """Return what was wrong: neither refused, nor as before, nor as after."""
    try:
        store = town.pc()
        Keeping(store).look_over()
        Keeping(store).prove()
    except StoreError as error:
        return [] if error.code == "damaged" else [f"said {error.code}"]
    try:
        problems, records = Keeping(store).check(), len(Recording(store).records())
    except AppError as error:
        return [f"taken, and then said {error.code}"]
    if problems:
        return ["taken, and it is not whole"]
    return [] if records in (before, before + 4) else [f"{records} records"]


MISCHIEF = [as_it_was, gone, strange, noise, torn]


def leave_room(town):
    """Free pages in the file: a save that makes it longer shows by its length alone."""
    recording = Recording(town.pc())
    recording.keep_draft("d", {"title": "長い" * 30_000})
    recording.drop_draft("d")


def swept(towns, mischief, figure):
    start = towns()
    Recording(start.pc()).add([activity(3, content="はじめの記録" * 200)])
    leave_room(start)
    start.close()
    other = towns()
    Recording(other.pc()).add([activity(3, content="ほかの記録" * 900)])
    assert any(cut_off(other, at) for at in range(14, 40))
    hot, wrong = 0, []
    spot = start.root.with_name(f"{start.root.name}-cut")
    last = writes_of_a_save(start, spot)
    for at in {*range(max(last - LATE, 1), last + 1), *range(1, last, max(last // CUTS, 1))}:
        shutil.rmtree(spot, ignore_errors=True)
        town = start.copy(spot)
        if not cut_off(town, at):
            continue
        hot += 1
        mischief(town, other)
        wrong += [f"write {at}: {w}" for w in judged(town, 1)]
        town.close()
    name = mischief.__name__.replace("_", " ")
    figure(f"R21: {hot} hot journals {name}, {len(wrong)} silently accepted")
    return hot, wrong


@pytest.mark.parametrize("mischief", MISCHIEF)
def test_r21_no_mischief_with_a_journal_is_silently_accepted(towns, mischief, figure):
    hot, wrong = swept(towns, mischief, figure)
    assert hot > 2
    assert wrong == []


def test_r21_a_start_without_its_checks_would_be_caught(towns, monkeypatch):
    """The wrong variant: whatever SQLite opens is taken."""
    monkeypatch.setattr(Keeping, "look_over", lambda _self: None)
    monkeypatch.setattr(Keeping, "prove", lambda _self: None)
    assert swept(towns, gone, lambda _: None)[1]


def test_r23_a_copy_of_a_store_that_was_cut_off_is_of_before(towns):
    """Half written, and what is missing lies in the journal: only SQLite puts it together."""
    town = towns()
    Recording(town.pc()).add([activity(3, content="はじめの記録" * 200)])
    leave_room(town)
    town.close()
    last = writes_of_a_save(town, town.root.with_name(f"{town.root.name}-cut"))
    assert cut_off(town, last - 1)
    held = copies.copy(town.folder("P001").store, town.out() / "copy.db")
    assert held.digest == Keeping(town.pc()).digest()[0]
    assert len(Recording(town.pc()).records()) == 1
    town.close()


def hammered(town):
    """A thread that saves one record after the other until it is told to stop."""
    stop, saved = threading.Event(), []

    def write():
        store = town.pc()
        recording = Recording(store)
        while not stop.is_set():
            text = "長い話。" * random.Random(len(saved)).randrange(1, 900)
            saved.append(recording.add([activity(1 + len(saved) % 28, content=text)]))

    thread = threading.Thread(target=write)
    thread.start()
    return stop, thread, saved


def test_r23_every_copy_of_a_busy_store_is_whole(town, figure):
    store = town.pc()
    stop, thread, saved = hammered(town)
    try:
        whole = 0
        for n in range(COPIES):
            target = town.out() / f"{n}.db"
            held = copies.copy(store.db, target)
            whole += copies.verify(target) == held
    finally:
        stop.set()
        thread.join()
    figure(f"R23: {whole} of {COPIES} copies whole while {len(saved)} records were saved")
    assert whole == COPIES
    assert len(Recording(town.pc()).records()) == len(saved)


def test_r23_a_plain_copy_of_a_busy_store_would_be_caught(town, figure):
    """The wrong variant: the file is copied as any other, while saves go on in the middle of it."""
    path, tries = town.pc().db.path, 4
    stop, thread, saved = hammered(town)
    try:
        broken = sum(not plainly_copied(path, town.out() / "x.db", saved) for _ in range(tries))
    finally:
        stop.set()
        thread.join()
    figure(f"R23: {broken} of {tries} plain copies broken")
    assert broken > 0


def plainly_copied(path, target, saved):
    begun = len(saved)
    with path.open("rb") as source, target.open("wb") as out:
        out.write(source.read(path.stat().st_size // 2))
        while len(saved) < begun + 3:
            threading.Event().wait(0.001)
        out.write(source.read())
    try:
        copies.verify(target)
    except AppError:
        return False
    return True
