"""RELIABILITY.md §6.7: one read that fails is no damage; it is told as that, and changes nothing.

Full form: every read of every story, with each of four faults. CI: some of them.
"""

import contextlib
import errno
import io
import os
import shutil
import sqlite3
from itertools import count
from unittest import mock

import pytest

from conftest import FULL
from faults import moments
from faults.trap import Trap, failing
from kashiwa_desktop.app import front_door
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.copying import Copying
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.recovering import ASIDE, Recovering
from kashiwa_desktop.storage import checks, complaints, damage, projections, salvage
from office_world import RECORDING, activity, moment

pytestmark = pytest.mark.posix("needs a door between SQLite and the disk")

KINDS = {name: failing(getattr(errno, name)) for name in ("EIO", "EACCES", "ENOSPC", "EMFILE")}
STRIDE = 1 if FULL else 61
DAMAGE = ("こわれ", "予備の写しから戻し", "見つかりません", "ではありません", "合いません")


class Reads(Trap):
    """Counts what opens or reads a file."""

    def step(self, name):
        return super().step(name) if "open" in name or "read" in name else 0


@contextlib.contextmanager
def at_reads(trap):
    """Every file that is opened, and everything that SQLite reads."""
    real = io.open

    def opening(file, mode="r", *args, **options):
        number = trap.step("open") if "r" in mode else 0
        if number:
            raise OSError(number, os.strerror(number))
        return real(file, mode, *args, **options)

    with moments.at_sqlite_calls(trap), mock.patch.object(io, "open", opening):
        yield trap


class Story:
    """What somebody does; ``wrong`` says what must not have come of it."""

    def __init__(self, towns):
        self.start = towns()
        Recording(self.start.pc()).add([activity(3)])
        self.file = Keeping(self.start.pc()).back_up().file.name
        Recording(self.start.pc()).add([activity(4)])
        self.then = Keeping(self.start.pc()).look(self.copy(self.start)).digest
        self.now = self.after = Keeping(self.start.pc()).digest()[0]
        self.start.close()
        self.place = self.start.root.with_name(f"{self.start.root.name}-once")

    def fresh(self):
        shutil.rmtree(self.place, ignore_errors=True)
        return self.start.copy(self.place)

    def copy(self, town):
        return town.folder("P001").copies / self.file

    def wrong(self, town, said, done):
        """Return what is wrong once ``said`` was said ('' and ``done`` where all went well)."""
        bad = [f"said: {said}"] if any(word in said for word in DAMAGE) or said.isascii() else []
        bad = bad if said else []
        if done == bool(said):
            bad.append("neither done nor told")
        if list(town.folder("P001").root.glob(f"{ASIDE}*")):
            bad.append("gone the way of recovery")
        if Keeping(town.pc()).digest()[0] != (self.after if done else self.now):
            bad.append("another state")
        return bad


class Restore(Story):
    """The command, from the first look at the folder to its answer."""

    def __init__(self, towns):
        super().__init__(towns)
        self.after = self.then

    def tell(self, town):
        words = ["--data-dir", town.folder("P001").root, "restore", self.copy(town)]
        said, complained = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
            status = front_door.main([str(word) for word in words])
        if status:
            raise AppError(complained.getvalue().strip())


class Look(Story):
    def tell(self, town):
        Keeping(town.pc()).look(self.copy(town))
        Keeping(town.pc()).all_copies()


class Check(Story):
    def tell(self, town):
        assert Keeping(town.pc()).check() == []
        Keeping(town.pc()).look_over()
        Keeping(town.pc()).prove()


class Start(Story):
    def tell(self, town):
        Copying(town.pc(at="2026-11-01T09:00")).at_start()


class Screen19(Story):
    """The list of whole copies: one that cannot be read is told of, and never left out unsaid."""

    def tell(self, town):
        found = Recovering(town.folder("P001"), Clock(moment(RECORDING))).whole_copies(
            3, Progress()
        )
        (one,) = found
        if one.unread:
            raise AppError(one.unread)


STORIES = [Restore, Look, Check, Start, Screen19]


def swept(story, *, first_wrong=False):
    """Fail each read once, with each fault; returns (how many, what was wrong)."""
    tries, wrong = 0, []
    for name, kind in KINDS.items():
        for at in count(1, STRIDE):
            town, trap, said, done = story.fresh(), Reads(at, kind), "", False
            try:
                with at_reads(trap):
                    story.tell(town)
                done = True
            except AppError as error:
                said = error.text
            town.close()
            if not trap.sprang:
                break
            tries += 1
            found = story.wrong(town, said, done)
            wrong += [f"{name} at {at} ({trap.names[at - 1]}): {text}" for text in found]
            town.close()
            if wrong and first_wrong:
                return tries, wrong
    return tries, wrong


@pytest.mark.parametrize("kind", STORIES)
def test_one_read_that_fails_is_told_as_that_and_changes_nothing(towns, kind, figure, monkeypatch):
    monkeypatch.setenv("KASHIWA_NOW", RECORDING)
    tries, wrong = swept(kind(towns))
    figure(f"§6.7: {tries} reads of {kind.__name__} failed once, {len(wrong)} told as damage or "
           "changed something")  # fmt: skip
    assert wrong == []
    assert tries > 4


def as_damage(_error):
    """The wrong variant: whatever SQLite cannot do at this moment is damage."""
    return complaints.StoreError(complaints.DAMAGED, code="damaged")


def test_a_failed_read_that_is_called_damage_would_be_caught(towns, monkeypatch):
    monkeypatch.setenv("KASHIWA_NOW", RECORDING)
    for room in ("database", "copies", "upgrade", "shape"):
        monkeypatch.setattr(f"kashiwa_desktop.storage.{room}.sentence", as_damage)
    _, wrong = swept(Restore(towns), first_wrong=True)
    assert any("gone the way of recovery" in text or "said" in text for text in wrong)


def test_what_sqlite_calls_malformed_is_looked_at_again(town, figure):
    """Each read of one look into a store: SQLite itself says "malformed" of some of them."""
    store, told = town.pc(), []
    for at in count(1):
        trap = Reads(at, KINDS["EIO"])
        try:
            with at_reads(trap), store.db.read() as tx:
                projections.state(tx)
        except AppError as error:
            told.append(error)
        if not trap.sprang:
            break
    called = [e.__cause__.orig.sqlite_errorcode == sqlite3.SQLITE_CORRUPT for e in told]
    figure(f"§6.7: {sum(called)} of {at - 1} reads that failed are malformed to SQLite")
    assert {(e.code, "読み取れませんでした" in e.text) for e in told} == {("io", True)}
    assert any(called)


def test_what_is_wrong_as_it_lies_stays_damage(town):
    path = town.folder("P001").store
    said = AppError(complaints.DAMAGED, code="damaged")
    assert damage.judged(said, path).code == "io"
    data = path.read_bytes()
    path.write_bytes(data[:4096] + bytes(4096) + data[8192:])
    assert damage.judged(said, path) is said
    path.write_bytes(b"no database")
    assert damage.judged(said, path) is said
    assert damage.judged(said, None) is said


# What SQLite says of it ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("*** in database main ***\nTree 5 page 7: unable to get the page. error code=266", "io"),
        ("*** in database main ***\nFreelist: failed to get page 12", "io"),
        ("*** in database main ***\nTree 5 page 7: unable to get the page. error code=11", ""),
        ("*** in database main ***\nPage 9: never used", ""),
    ],
)
def test_a_page_that_sqlite_could_not_read_is_no_damage(town, monkeypatch, said, code):
    """Its own check tells of both in one list."""

    class Answering:
        dialect = type("D", (), {"name": "sqlite"})

        def exec_driver_sql(self, _pragma):
            return self

        def scalars(self):
            return self

        def all(self):
            return [said]

    try:
        assert checks.pages_whole(Answering()) is False
        told = ""
    except AppError as error:
        told = error.code
    assert told == code


@pytest.mark.parametrize(
    ("number", "code", "word"),
    [
        (sqlite3.SQLITE_IOERR_READ, "io", "読み取れませんでした"),
        (sqlite3.SQLITE_IOERR_SHORT_READ, "io", "読み取れませんでした"),
        (sqlite3.SQLITE_IOERR_WRITE, "io", "空きを確かめて"),
        (sqlite3.SQLITE_IOERR_FSYNC, "io", "空きを確かめて"),
    ],
)
def test_reading_and_writing_have_sentences_of_their_own(number, code, word):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = number
    said = complaints.sentence(error)
    assert (said.code, word in said.text) == (code, True)


def test_a_salvage_whose_read_fails_is_told_and_not_cut_short(town):
    """Tried again it may bring this record too: nothing is left behind for one failed read."""
    Recording(town.pc()).add([activity(3)])
    damaged, store = town.folder("P001").store, town.pc("P002")
    with pytest.raises(AppError, match="読み取れませんでした"), store.db.write() as tx, at_reads(
        Reads(1, KINDS["EIO"])
    ):  # fmt: skip
        salvage.bring_over(damaged, tx)
    with store.db.write() as tx:
        assert salvage.bring_over(damaged, tx)
