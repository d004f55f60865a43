"""R20: whatever became of the store's file, it stays as it is, a copy comes in, and work goes on.

Full form: 2,000 damaged files. CI: 30.
"""

import hashlib
import os
import random
import shutil
import sqlite3
from contextlib import closing, suppress

import pytest

from conftest import FULL
from kashiwa_desktop.errors import AppError, StoreError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.copying import Copying
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.recovering import ASIDE, Recovering
from kashiwa_desktop.storage import salvage, swapping
from kashiwa_desktop.storage.upgrade import SCHEMA
from office_world import activity, moment
from storage.test_journals import cut_off

DAMAGES = 2_000 if FULL else 25
PAGE = 4096
LATER = "2026-11-02T09:00"
NO_HASH = {
    "draft", "private_note", "undo_step", "waiting", "bundle", "intake", "device", "meta",
    "attachment",
}  # fmt: skip
"""Tables whose rows have no hash of their own: there only what SQLite notices shows."""


def sha(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def worked(town):
    """A PC with records, a draft and a copy; two more records were written after the copy."""
    store = town.pc()
    Recording(store).add([activity(d, private_note="覚え") for d in (3, 4)])
    Keeping(store).back_up("close")
    Recording(store).add([activity(20), activity(21)])
    Recording(store).keep_draft("d", {"title": "書きかけ"})
    town.close()
    return town


def pages(data, rng):
    """Zeroed, swapped and doubled pages; cut at a page; a few bytes of a page gone wrong."""
    count = len(data) // PAGE
    at, other = rng.sample(range(count), 2)
    start, end = at * PAGE, (at + 1) * PAGE
    taken = data[other * PAGE : (other + 1) * PAGE]
    kind = rng.randrange(5)
    if kind == 0:
        return data[:start] + bytes(PAGE) + data[end:]
    if kind == 1:
        low, high = sorted((at, other))
        one, two = data[low * PAGE : (low + 1) * PAGE], data[high * PAGE : (high + 1) * PAGE]
        between = data[(low + 1) * PAGE : high * PAGE]
        return data[: low * PAGE] + two + between + one + data[(high + 1) * PAGE :]
    if kind == 2:
        return data[:start] + taken + data[end:]
    if kind == 3:
        return data[:start]
    spot = start + rng.randrange(PAGE - 8)
    return data[:spot] + rng.randbytes(8) + data[spot + 8 :]


def damages(data):
    """(name, bytes) of files that may lie where the store was."""
    rng = random.Random(20)
    yield "nothing in it", b""
    yield "a picture", b"\xff\xd8\xff\xe0" + rng.randbytes(9_000)
    yield "sealed by somebody", b"age-encryption.org/v1\n" + rng.randbytes(9_000)
    yield "noise", rng.randbytes(len(data))
    yield "text", "記録".encode() * 999
    for n in range(DAMAGES):
        yield f"page {n}", pages(data, rng)


def every_row(path):
    """All that the file holds, table by table; nothing where it cannot be read."""
    with closing(sqlite3.connect(path)) as file, suppress(sqlite3.Error):
        names = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        file.text_factory = bytes  # what is no text any more is still a row
        return {n: sorted(map(repr, file.execute(f"SELECT * FROM {n}"))) for (n,) in names}
    return {}


def opened(town):
    """Open the store as the window does; returns the refusal, None where all seems well."""
    try:
        store = town.pc(at=LATER)
        Keeping(store).look_over()
        Keeping(store).prove()
    except AppError as error:
        return error
    finally:
        town.close()
    return None


def after_damage(town, data, whole, copy):
    """Put ``data`` where the store was, and go the way back; returns what was wrong with it."""
    path = town.folder("P001").store
    path.write_bytes(data)
    error = opened(town)
    if error is None:
        found = every_row(path)
        return [f"not noticed: {n}" for n in whole if found.get(n) != whole[n]]
    if not isinstance(error, StoreError) or error.code != "damaged":
        return [f"said {error.code}: {error.text}"]
    store = town.pc
    recovering = Recovering(town.folder("P001"), store_clock(town))
    done = recovering.put_back(copy)
    wrong = [] if done.kept.read_bytes() == data else ["the damaged file is not as it was"]
    wrong += Keeping(store(at=LATER)).check()
    if len(Recording(store(at=LATER)).records()) not in (2, 3, 4):
        wrong.append("records of the copy are gone")
    town.close()
    done.kept.unlink()
    return wrong


def store_clock(_town):
    from kashiwa_desktop.services.clock import Clock

    return Clock(moment(LATER))


def swept(town):
    """Go back from every damage; returns (how many, changes without a hash, what was wrong)."""
    path = town.folder("P001").store
    data, whole = path.read_bytes(), every_row(path)
    copy = next(town.folder("P001").copies.glob("*.db"))
    tried, bare, wrong = 0, 0, []
    for name, spoiled in damages(data):
        tried += 1
        found = after_damage(town, spoiled, whole, copy)
        left = [w for w in found if w.removeprefix("not noticed: ") not in NO_HASH]
        bare += len(found) > len(left)
        wrong += [f"{name}: {w}" for w in left]
    return tried, bare, wrong


def test_r20_every_damaged_store_is_told_and_gone_back_from(worked, figure):
    tried, bare, wrong = swept(worked)
    said = f"R20: {tried} damaged stores, {len(wrong)} not noticed, not kept or not gone back from"
    figure(f"{said}; {bare} changed rows that have no hash of their own")
    assert wrong == []


def test_r20_a_start_that_asks_sqlite_only_would_be_caught(worked, monkeypatch):
    """The wrong variant: no hash is made again."""
    monkeypatch.setattr(Keeping, "prove", lambda _self: None)
    monkeypatch.setattr(Keeping, "look_over", lambda _self: None)
    assert any("not noticed" in text for text in swept(worked)[2])


def test_r20_a_newer_store_is_left_alone(worked):
    path = worked.folder("P001").store
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = path.read_bytes()
    assert opened(worked).code == "too_new"
    assert path.read_bytes() == before


def test_what_is_whole_in_the_damaged_file_comes_over(worked):
    """A page of an index is gone: every record and the draft are still there to be read."""
    path = worked.folder("P001").store
    before = len(Recording(worked.pc()).records())
    worked.close()
    spoil_line(path, "4日の打合せ")
    spoil_page_of(path, "revision_of_record")
    data = path.read_bytes()
    assert opened(worked).code == "damaged"
    copy = next(worked.folder("P001").copies.glob("*.db"))
    done = Recovering(worked.folder("P001"), store_clock(worked)).put_back(copy)
    assert (done.brought, done.is_office) == (2, False)
    assert done.kept.read_bytes() == data
    store = worked.pc(at=LATER)
    assert len(Recording(store).records()) == before == 4
    assert [draft.fields for draft in Recording(store).drafts()] == [{"title": "書きかけ"}]
    assert Keeping(store).check() == []


def spoil_line(path, text):
    """Change a record behind SQLite's back, where only its hash tells."""
    data = path.read_bytes()
    assert text.encode() in data
    path.write_bytes(data.replace(text.encode(), ("9" + text[1:]).encode()))


def spoil_page_of(path, name):
    with closing(sqlite3.connect(path)) as file:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = file.execute(query, (name,)).fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    path.write_bytes(bytes(data))


def test_a_record_that_was_tampered_with_never_comes_over(worked, monkeypatch):
    path = worked.folder("P001").store
    spoil_line(path, "20日の打合せ")
    copy = next(worked.folder("P001").copies.glob("*.db"))
    done = Recovering(worked.folder("P001"), store_clock(worked)).put_back(copy)
    assert done.brought == 1
    titles = {a.title for a in Recording(worked.pc(at=LATER)).records()}
    assert titles == {"3日の打合せ", "4日の打合せ", "21日の打合せ"}


def test_a_salvage_that_trusts_what_it_reads_would_be_caught(worked, monkeypatch):
    """The wrong variant: the hash is not made again."""

    class Trusting:
        def __init__(self, _line):
            pass

        def hexdigest(self):
            return self

        def encode(self):
            return self

        def __eq__(self, _other):
            return True

        __hash__ = None

    monkeypatch.setattr(salvage, "hashlib", type("H", (), {"sha256": Trusting}))
    spoil_line(worked.folder("P001").store, "20日の打合せ")
    copy = next(worked.folder("P001").copies.glob("*.db"))
    done = Recovering(worked.folder("P001"), store_clock(worked)).put_back(copy)
    assert done.brought == 2


def test_a_store_that_vanished_is_not_taken_for_a_new_one(worked):
    worked.folder("P001").store.unlink()
    error = opened(worked)
    assert (error.code, "見つかりません" in error.text) == ("damaged", True)
    copy = next(worked.folder("P001").copies.glob("*.db"))
    done = Recovering(worked.folder("P001"), store_clock(worked)).put_back(copy)
    assert done.kept is None
    assert len(Recording(worked.pc()).records()) == 2


def test_only_whole_copies_are_offered_and_the_newest_first(worked):
    for n, at in enumerate(("2026-11-03T09:00", "2026-11-04T09:00")):
        Recording(worked.pc(at=at)).add([activity(5 + n)])
        Copying(worked.pc(at=at)).at_start()
    worked.close()
    newest = max(worked.folder("P001").copies.glob("*.db"))
    newest.write_bytes(newest.read_bytes()[:-PAGE])
    found = Recovering(worked.folder("P001"), store_clock(worked)).whole_copies(9, Progress())
    assert [one.name.made_at.day for one in found] == [3, 31]
    assert (
        len(Recovering(worked.folder("P001"), store_clock(worked)).whole_copies(1, Progress())) == 1
    )


def test_without_a_copy_one_begins_anew_and_the_damaged_file_stays(worked):
    folder = worked.folder("P001")
    shutil.rmtree(folder.copies)
    folder.store.write_bytes(b"broken")
    assert opened(worked).code == "damaged"
    kept = Recovering(folder, store_clock(worked)).begin_anew()
    assert kept.read_bytes() == b"broken"
    assert Keeping(worked.pc()).digest()[1] == 0


def test_a_full_disk_leaves_the_damaged_file_where_it_is(worked, monkeypatch):
    folder = worked.folder("P001")
    folder.store.write_bytes(b"broken")

    real = swapping.disk.flush

    def full(path):
        if path.name.startswith(ASIDE):
            raise OSError(28, os.strerror(28))
        real(path)

    monkeypatch.setattr(swapping.disk, "flush", full)
    copy = next(folder.copies.glob("*.db"))
    with pytest.raises(StoreError, match="とっておく場所がありません"):
        Recovering(folder, store_clock(worked)).put_back(copy)
    assert folder.store.read_bytes() == b"broken"
    assert not list(folder.root.glob(f"{ASIDE}*"))


def test_a_damaged_file_that_could_not_be_kept_whole_stays(worked, monkeypatch):
    """The disk took half of it and said nothing."""
    folder = worked.folder("P001")
    folder.store.write_bytes(b"broken")
    copy = next(folder.copies.glob("*.db"))
    monkeypatch.setattr(swapping, "_copy", lambda _file, to: to.write_bytes(b"bro"))
    with pytest.raises(StoreError, match="とっておく場所がありません"):
        Recovering(folder, store_clock(worked)).put_back(copy)
    assert folder.store.read_bytes() == b"broken"


def test_the_journal_of_the_damaged_file_goes_with_it(worked):
    """R21: left where it was, SQLite would play it back into the copy."""
    folder = worked.folder("P001")
    swapping.journal_of(folder.store).write_bytes(b"left over" * 99)
    data = folder.store.read_bytes()
    copy = next(folder.copies.glob("*.db"))
    done = Recovering(folder, store_clock(worked)).put_back(copy)
    journal = swapping.journal_of(folder.store)
    assert not journal.exists() or not journal.stat().st_size
    assert swapping.journal_of(done.kept).read_bytes() == b"left over" * 99
    assert done.kept.read_bytes() == data


@pytest.mark.posix("kills a process in the middle of a save")
def test_r21_the_hot_journal_of_what_is_no_database_any_more_goes(worked):
    """It fits the store that was there: played back into the copy, it would spoil that."""
    assert any(cut_off(worked, at) for at in range(60, 13, -1))  # late: the journal is flushed
    folder = worked.folder("P001")
    folder.store.write_bytes(b"\xff\xd8\xff\xe0" + bytes(8_000))
    copy = next(folder.copies.glob("*.db"))
    done = Recovering(folder, store_clock(worked)).put_back(copy)
    assert swapping.journal_of(done.kept).stat().st_size
    assert len(Recording(worked.pc(at=LATER)).records()) == 2
    assert Keeping(worked.pc(at=LATER)).check() == []
