"""Going back to a 予備の写し: every good one is reached (R25), no bad one (R24), or nothing (R26).

Full form: two years of copies, 500 bad ones, every failing call. CI: a month, 120, some.
"""

import hashlib
import random
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import date, timedelta
from itertools import count
from statistics import median
from time import perf_counter
from unittest import mock

import pytest

from conftest import FULL
from faults import bits, moments, trap
from faults.trap import Trap
from kashiwa_desktop.errors import AppError, StoreError
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.copying import Copying
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.looking_into import named_copies
from kashiwa_desktop.storage import copies, swapping
from kashiwa_desktop.storage.upgrade import SCHEMA
from office_world import activity

DAYS = 730 if FULL else 30
BAD = 500 if FULL else 120
KINDS = (trap.FULL, trap.BROKEN, trap.READ_ONLY, trap.FORBIDDEN) if FULL else (trap.FULL,)
STRIDES = (1, 1) if FULL else (67, 9)
"""Between the failing calls of SQLite, and between our own file calls."""
FIRST = date(2026, 11, 1)


def sha(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rotated(town):
    """Work some days of two years, the program opened and closed; returns {copy: its digest}."""
    digests = {}
    for n in range(DAYS):
        day = FIRST + timedelta(days=n)
        store = town.pc(at=f"{day}T09:00")
        Copying(store).at_start()
        digests[named_copies(store.folder)[0].file.name] = Keeping(store).digest()
        if n % 3 == 0:
            Recording(store).add([activity(1 + n % 28, title=day.isoformat())])
            digests[Copying(store).at_close().file.name] = Keeping(store).digest()
        town.close()
    return digests


def test_r25_every_copy_of_a_rotation_can_be_gone_back_to(town, figure):
    digests = rotated(town)
    held = named_copies(town.folder("P001"))
    took, after = [], FIRST + timedelta(days=DAYS)
    for n, one in enumerate(held):
        store = town.pc(at=f"{after}T{9 + n // 60:02d}:{n % 60:02d}")
        now = Keeping(store).digest()
        began = perf_counter()
        wanted, before = Keeping(store).restore(one.file)
        took.append(perf_counter() - began)
        assert (wanted.digest, wanted.revisions) == digests[one.file.name]
        assert Keeping(town.pc()).digest() == digests[one.file.name]
        assert (before.digest, before.revisions) == now
        assert Keeping(town.pc()).check() == []
        Copying(store).at_close()
        town.close()
    left = {one.file for one in named_copies(town.folder("P001"))}
    assert {one.file for one in held} <= left, "thinned out before anybody said that all is well"
    said = f"R25: {len(held)} of {len(held)} copies of {DAYS} days gone back to, digests equal"
    figure(f"{said}; {median(took):.2f} s, at most {max(took):.2f} s")


def no_rows(monkeypatch, _store):
    """The content of the copy never comes in."""
    monkeypatch.setattr(swapping.transfer, "replace_rows", lambda _from, _to: None)


def no_commit(monkeypatch, store):
    """Everything is done, and taken back at the end, as where something puts the old back."""

    @contextmanager
    def forgetful(confirm=None):
        with store.db._engines.writer.connect() as tx, tx.begin() as transaction:
            yield tx
            transaction.rollback()

    monkeypatch.setattr(store.db, "write", forgetful)


@pytest.mark.parametrize("wrong", [no_rows, no_commit])
def test_r25_a_going_back_that_did_not_happen_is_not_told(town, monkeypatch, wrong):
    """The wrong variants: nothing was gone back to."""
    store = town.pc()
    made = Keeping(store).back_up()
    Recording(store).add([activity(3)])
    now = Keeping(store).digest()
    wrong(monkeypatch, store)
    with pytest.raises(StoreError):
        Keeping(store).restore(made.file)
    assert Keeping(town.pc()).digest() == now


def every_row(path):
    """All that a file holds, table by table; '' where it cannot be read."""
    with closing(sqlite3.connect(path)) as file, suppress(sqlite3.Error):
        names = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: sorted(map(repr, file.execute(f"SELECT * FROM {name}"))) for (name,) in names}
    return ""


def bad_copies(town, good):
    """(name, bytes) of files that no program may go back to."""
    data, rng = good.read_bytes(), random.Random(24)
    other, newer = town.out() / "other.db", town.out() / "newer.db"
    copies.copy(town.pc("P002").db, other)
    copies.copy(town.pc().db, newer)
    with closing(sqlite3.connect(newer)) as file:
        file.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    foreign = town.out() / "foreign.db"
    with closing(sqlite3.connect(foreign)) as file:
        file.execute("CREATE TABLE t (x)")
        file.commit()
    yield "another person", other.read_bytes()
    yield "a newer version", newer.read_bytes()
    yield "another program", foreign.read_bytes()
    yield "the office", town.office().folder.store.read_bytes()
    yield "nothing", b""
    yield "zeros", bytes(len(data))
    yield "a picture", b"\xff\xd8\xff\xe0" + data[4:]
    for n in range(BAD // 3):
        yield f"cut {n}", data[: rng.randrange(len(data))]
    for n in range(BAD // 3):
        at = rng.randrange(0, len(data), 4096)
        yield f"a page of zeros {n}", data[:at] + bytes(4096) + data[at + 4096 :]
    yield from ((f"flip {n}", one) for n, one in enumerate(bits.random_flips(data, BAD // 3)))


def taken(town, good, *, fingerprint):
    """Offer every bad copy; returns (offered, those accepted that hold something else)."""
    store, accepted, offered = town.pc(), [], 0
    place, beside = (
        good.with_name("2026-10-31_235959.db"),
        good.with_name("2026-10-31_235959.sha256"),
    )
    live = sha(store.folder.store)
    whole = every_row(good)
    for name, data in bad_copies(town, good):
        offered += 1
        place.write_bytes(data)
        if fingerprint:
            shutil.copy(good.with_suffix(".sha256"), beside)
        with suppress(AppError):
            Keeping(store).look(place)
            if fingerprint or every_row(place) != whole:
                accepted.append(name)
    place.unlink()
    beside.unlink(missing_ok=True)
    assert sha(store.folder.store) == live
    return offered, accepted


@pytest.mark.parametrize("fingerprint", [True, False])
def test_r24_no_bad_copy_is_accepted(town, figure, fingerprint):
    Recording(town.pc()).add([activity(3), activity(4)])
    good = Keeping(town.pc()).back_up().file
    offered, accepted = taken(town, good, fingerprint=fingerprint)
    beside = "with" if fingerprint else "without"
    figure(f"R24: {offered} bad copies {beside} a fingerprint, {len(accepted)} accepted")
    assert accepted == []


def test_r24_a_look_that_asks_sqlite_only_would_be_caught(town, monkeypatch):
    """The wrong variant: what SQLite calls whole is taken."""
    Recording(town.pc()).add([activity(3), activity(4)])
    good = Keeping(town.pc()).back_up().file
    monkeypatch.setattr(copies.checks, "problems", lambda _tx: [])
    assert taken(town, good, fingerprint=False)[1]


def test_r24_a_bad_copy_changes_nothing_when_it_is_gone_back_to(town):
    store = town.pc()
    Recording(store).add([activity(3)])
    good = Keeping(store).back_up().file
    bad = good.with_name("2026-10-31_235959.db")
    bad.write_bytes(bits.flipped(good.read_bytes(), 8 * 40_000))
    shutil.copy(good.with_suffix(".sha256"), bad.with_suffix(".sha256"))
    before = sha(store.folder.store)
    with pytest.raises(AppError):
        Keeping(store).restore(bad)
    assert sha(store.folder.store) == before
    assert not list(store.folder.root.glob("store.db.*"))


def swept(start, watch, spot, stride):
    """Fail each call of a going back, once and from then on; returns (tries, what was wrong)."""
    tries, wrong = 0, []
    for kind in KINDS:
        for onwards in (False, True):
            for at in count(1, stride):
                shutil.rmtree(spot, ignore_errors=True)
                town = start.copy(spot)
                sick = Trap(at, kind, onwards=onwards)
                wrong += [f"{at} {sick.names[at - 1 : at]} {kind()}: {w}"
                          for w in gone_back(town, watch, sick)]  # fmt: skip
                tries += 1
                if not sick.sprang:
                    break
    return tries, wrong


def gone_back(town, watch, sick):
    store = town.pc()
    keeping = Keeping(store)
    now, file = keeping.digest(), named_copies(store.folder)[0].file
    then = keeping.look(file).digest
    said = None
    try:
        with watch(sick):
            keeping.restore(file)
    except AppError as error:
        said = error.text
    after = Keeping(town.pc()).digest()
    bad = list(Keeping(town.pc()).check())
    if said is None and after[0] != then:
        bad.append("said to be done, and it is not")
    if said is not None and after != now:
        bad.append(f"refused ({said}), and yet it was done")
    if said is not None and said.isascii():
        bad.append(said)
    town.close()
    return bad


@pytest.fixture
def two_states(towns):
    """A PC that wrote something after its copy was made."""
    town = towns()
    Recording(town.pc()).add([activity(3)])
    Keeping(town.pc()).back_up()
    Recording(town.pc()).add([activity(4)])
    town.close()
    return town


@pytest.mark.parametrize(
    ("watch", "stride"),
    [(moments.at_sqlite_calls, STRIDES[0]), (moments.at_file_calls, STRIDES[1])],
)
@pytest.mark.posix("needs a door between SQLite and the disk")
def test_r26_whatever_fails_the_store_of_before_is_still_the_live_one(
    two_states, watch, stride, figure, monkeypatch
):
    monkeypatch.setattr(moments, "FILE_CALLS", [c for c in moments.FILE_CALLS if c != "chmod"])
    spot = two_states.root.with_name(f"{two_states.root.name}-sick")
    tries, wrong = swept(two_states, watch, spot, stride)
    kind = watch.__name__.removeprefix("at_").replace("_", " ")
    figure(f"R26: {tries} failing {kind} of a going back, {len(wrong)} bad")
    assert wrong == []


def test_r26_a_going_back_that_cannot_be_proved_is_taken_back(two_states, monkeypatch):
    """What S says nothing of is compared before the commit too: here 書きかけ are left out."""
    store = two_states.pc()
    Recording(store).keep_draft("d", {"title": "書きかけ"})
    file = Keeping(store).back_up().file
    now = Keeping(store).digest()
    carried = [table for table in swapping.transfer.CARRIED if table.name != "draft"]
    real = swapping.transfer.copy_rows

    def lossy(source, target):
        with mock.patch.object(swapping.transfer, "CARRIED", carried):
            real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(swapping.transfer, "copy_rows", lossy)
        with pytest.raises(StoreError, match="いまの記録はそのまま"):
            Keeping(store).restore(file)
    assert Keeping(two_states.pc()).digest() == now
    assert [draft.id for draft in Recording(two_states.pc()).drafts()] == ["d"]
    two_states.close()


def test_r26_a_swap_before_the_comparing_would_be_caught(two_states, monkeypatch):
    """The wrong variant: the file is put in place first, and looked at afterwards."""

    def hasty(copied, store, keep, finish):
        store.close()
        with store.read() as tx:
            kept = keep(tx)
        copied.replace(store.path)
        with store.write() as tx:
            finish(tx)
        return kept

    monkeypatch.setattr(swapping, "put_back", hasty)
    spot = two_states.root.with_name(f"{two_states.root.name}-sick")
    _, wrong = swept(two_states, moments.at_sqlite_calls, spot, 17)
    assert any("and yet it was done" in text for text in wrong)
