"""Tests 17 and 19, R02, R03: a kill at any moment leaves all of it or nothing, and work goes on.

Full form (``KASHIWA_FULL=1``): every moment of every kind, 200 blows, 2,000 killed saves.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import time
from contextlib import closing, contextmanager
from functools import partial

import pytest

from conftest import FULL
from faults import children, moments
from faults.trap import Trap
from kashiwa_desktop.bundle import reader
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording, Source
from kashiwa_desktop.services.records.registering import Registering
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel import sending
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.storage import database
from office_world import OCTOBER, activity

pytestmark = pytest.mark.posix("forks a story and kills it")

JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
BLOWS = 200 if FULL else 20
SAVE_KILLS = 2_000 if FULL else 20
STRIDE = 1 if FULL else 8


def at_each_statement(trap):
    trap.only = "before "
    return moments.at_statements(trap)


def state(store):
    return Keeping(store).digest()[0]


def beside(town, what):
    return town.root.with_name(f"{town.root.name}-{what}")


class Merge:
    """Three files taken in; killed, the store holds what it held, or all three files."""

    def __init__(self, towns):
        self.start = towns()
        self.files = self.start.months()
        self.before = state(self.start.office())
        done = self.start.copy(beside(self.start, "merged"))
        done.intake().take_in(self.files)
        self.after = state(done.office())
        self.start.close()
        self.place = beside(self.start, "killed")

    def fresh(self):
        shutil.rmtree(self.place, ignore_errors=True)
        return self.start.copy(self.place)

    def story(self, town):
        town.intake().take_in(self.files)

    def check(self, town):
        office = town.office()
        bad = [f"check: {text}" for text in Keeping(office).check()]
        found = state(office)
        if found not in (self.before, self.after):
            bad.append("neither nothing nor everything came in")
        taken = town.intake().take_in(self.files)
        states = {f.state for f in taken.files}
        if states != {"same" if found == self.after else "new"}:
            bad.append(f"again: {states}")
        if state(office) != self.after:
            bad.append("the same merge did not succeed afterwards")
        names = {path.name for path in town.folder().archive.iterdir()}
        if any(name.endswith(".part") for name in names):
            bad.append("a half file stayed in the archive")
        town.close()
        return bad


def test_a_merge_killed_at_every_statement_is_all_or_nothing(towns, figure):
    merge = Merge(towns)
    swept = children.killed_at_every_moment(
        merge.fresh, merge.story, merge.check, at_each_statement
    )
    figure(f"{swept.kills} kills at statements of a merge, {len(swept.bad)} bad")
    assert swept.bad == []
    assert swept.kills > 60


def test_a_merge_killed_at_every_call_is_all_or_nothing(towns, figure):
    merge = Merge(towns)
    swept = children.killed_at_every_moment(
        merge.fresh, merge.story, merge.check, moments.everywhere, stride=STRIDE
    )
    figure(f"{swept.kills} kills at statements, file and system calls, {len(swept.bad)} bad")
    assert swept.bad == []
    assert swept.moments > 200


def test_a_merge_struck_at_random_moments_is_all_or_nothing(towns, figure):
    merge = Merge(towns)
    started = time.perf_counter()
    assert children.told(lambda: merge.story(merge.fresh())) == 0
    longest = time.perf_counter() - started
    swept = children.struck_at_random(
        merge.fresh, merge.story, merge.check, BLOWS, (0.001, longest)
    )
    figure(f"{swept.kills} blows, {swept.finished} too late, {len(swept.bad)} bad")
    assert swept.bad == []
    assert swept.kills > BLOWS / 4


def test_a_merge_without_a_transaction_would_be_caught(towns, monkeypatch):
    """The wrong variant: every statement is its own transaction."""
    merge = Merge(towns)
    without_transactions(monkeypatch)
    swept = children.killed_at_every_moment(
        merge.fresh, merge.story, merge.check, at_each_statement, stride=9
    )
    assert any("neither nothing nor everything" in text for text in swept.bad)


def without_transactions(monkeypatch):
    """Every statement is committed at once; BEGIN and COMMIT do nothing."""

    class Careless(sqlite3.Connection):
        def cursor(self, *_args):
            return super().cursor(CarelessCursor)

    class CarelessCursor(sqlite3.Cursor):
        def execute(self, sql, *args):
            return super().execute("SELECT 1" if sql.startswith("BEGIN") else sql, *args)

    connect = partial(sqlite3.connect, factory=Careless)
    monkeypatch.setattr(sqlite3.dbapi2, "connect", connect)


class Export:
    """One submission: killed, the stick holds the whole file under its name, or no such file."""

    def __init__(self, towns):
        self.start = towns()
        store = self.start.pc()
        Recording(store).add([activity(d) for d in (1, 8, 15)])
        Closing(store).close(OCTOBER)
        self.state = state(store)
        self.start.close()
        self.place = beside(self.start, "killed")

    def fresh(self):
        shutil.rmtree(self.place, ignore_errors=True)
        town = self.start.copy(self.place)
        (town.root / "stick").mkdir()
        return town

    def story(self, town):
        sending_to(town)

    def check(self, town):
        stick = town.root / "stick"
        bad = [f"check: {text}" for text in Keeping(town.pc()).check()]
        if state(town.pc()) != self.state:
            bad.append("the records changed")
        seen = [self._read(town, path) for path in stick.glob("*.kssz")]
        again = sending_to(town)
        last = self._read(town, again.file)
        if any(one is None or one.header.sender.seq >= last.header.sender.seq for one in seen):
            bad.append("half a file under its final name, or a number used twice")
        if again.restored:
            bad.append("a kill was taken for a restored copy")
        if any(path.name.endswith(".part") for path in stick.iterdir()):
            bad.append("something half written stayed on the stick")
        outcome = town.intake().take_in(sorted(stick.glob("*.kssz")))
        if not outcome.all_in or sum(f.new for f in outcome.files) != 4:
            bad.append("the files did not come in at the office")
        town.close()
        return bad

    def _read(self, town, path):
        try:
            expect = reader.Expect(office=town.office_id, kind="submission")
            return reader.read(path.read_bytes(), [town.keys.receiving], expect)
        except AppError:
            return None


def sending_to(town):
    return Submitting(town.pc()).submit(OCTOBER, town.root / "stick")


def test_an_export_killed_at_every_moment_leaves_the_whole_file_or_none(towns, figure):
    export = Export(towns)
    swept = children.killed_at_every_moment(
        export.fresh, export.story, export.check, moments.everywhere, stride=1 if FULL else 2
    )
    figure(f"{swept.kills} kills during an export, {len(swept.bad)} bad")
    assert swept.bad == []
    assert swept.moments > 100


def test_an_export_that_writes_under_its_final_name_would_be_caught(towns, monkeypatch):
    """The wrong variant: the file grows under the name that people trust."""

    def careless(data, path, _verify):
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
            file.write(data[: len(data) // 2])
            file.flush()
            os.write(file.fileno(), data[len(data) // 2 :])

    export = Export(towns)
    monkeypatch.setattr(sending.place, "save_verified", careless)
    swept = children.killed_at_every_moment(
        export.fresh, export.story, export.check, moments.at_file_calls
    )
    assert any("half a file" in text for text in swept.bad)


class Saves:
    """A promoter who saves without pause; every save that was confirmed is written on a pipe."""

    def __init__(self, towns):
        self.town = towns()
        self.town.close()
        self.acknowledged = []
        self.journals = 0

    def killed(self, seconds):
        """Save until the blow comes; returns how many confirmed saves are lost afterwards."""
        reading, writing = os.pipe()
        offset = len(self.acknowledged)

        def saving():
            recording = Recording(self.town.pc())
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, seconds)
            for n in range(10_000):
                ids = recording.add([activity(1 + n % 28, title=f"{offset}の{n}回目")])
                os.write(writing, json.dumps(ids).encode() + b"\n")

        code = children.told(saving)
        os.close(writing)
        with os.fdopen(reading) as told:
            self.acknowledged += [i for line in told for i in json.loads(line)]
        assert code == children.STRUCK
        journal = self.town.folder("P001").root / "store.db-journal"
        self.journals += journal.exists() and journal.stat().st_size > 0
        with closing(self.town.pc()) as store:
            held = {a.id for a in Recording(store).records()}
            assert Keeping(store).check() == []
        return len(set(self.acknowledged) - held)


def test_a_confirmed_save_survives_every_kill(towns, figure):
    saves, rng = Saves(towns), random.Random(2)
    lost = sum(saves.killed(rng.uniform(0.03, 0.12)) for _ in range(SAVE_KILLS))
    figure(
        f"{SAVE_KILLS} kills, {len(saves.acknowledged)} saves confirmed, "
        f"{saves.journals} hot journals met, {lost} lost"
    )
    assert lost == 0
    assert saves.acknowledged


def test_a_save_confirmed_before_its_commit_would_be_caught(towns, monkeypatch):
    """The wrong variant: five saves share one transaction, for the sake of speed."""
    saves, rng = Saves(towns), random.Random(3)
    real = database.Database.write
    held = []

    @contextmanager
    def seldom(self, confirm=None):
        if not held:
            whole = real(self, confirm)
            held.extend([whole, whole.__enter__(), 0])
        yield held[1]
        held[2] += 1
        if held[2] == 5:
            held[0].__exit__(None, None, None)
            held.clear()

    monkeypatch.setattr(database.Database, "write", seldom)
    assert any(saves.killed(rng.uniform(0.03, 0.08)) for _ in range(30))


def test_a_save_is_one_commit(town):
    """A record without its step to undo is never there."""
    store = town.pc()
    with moments.at_statements(Trap(only="COMMIT")) as seen:
        Recording(store).add([activity(), activity(2)])
    assert seen.count == 1
    register = Registering(store)
    register.keep_draft("d", {"name": "えんがわ"})
    with moments.at_statements(Trap(only="COMMIT")) as seen:
        done = register.put({"kind": "gathering", "name": "えんがわ"}, Source(draft="d"))
        register.confirm(done.id)
    assert seen.count == 2
    assert register.drafts() == []


def test_a_store_killed_inside_a_commit_opens_again(towns):
    """A hot journal is rolled back by whoever opens the store next, its version check too."""
    start = towns()
    place = beside(start, "killed")
    hot = 0

    def fresh():
        shutil.rmtree(place, ignore_errors=True)
        return start.copy(place)

    def story(town):
        Recording(town.pc()).add([activity()])

    def check(town):
        nonlocal hot
        journal = town.folder("P001").root / "store.db-journal"
        hot += journal.exists() and journal.read_bytes()[:8] == JOURNAL_MAGIC
        count = len(Recording(town.pc()).records())
        problems = Keeping(town.pc()).check()
        town.close()
        return [*problems, *([] if count in (0, 1) else [f"{count} records"])]

    swept = children.killed_at_every_moment(fresh, story, check, moments.at_sqlite_calls)
    assert swept.bad == []
    assert hot > 5
