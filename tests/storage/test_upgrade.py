"""Making, opening and lifting a store: as old or as new, never in between (R04)."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from faults import children, moments
from kashiwa_desktop import disk
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.paths import is_private
from kashiwa_desktop.storage import checks, projections, upgrade
from kashiwa_desktop.storage.upgrade import SCHEMA, open_store, schema_of

OLD = Path(__file__).parents[1] / "data" / "databases" / "v01.db"


def test_a_new_store_is_made_private_and_empty(tmp_path):
    path = tmp_path / "store.db"
    database = open_store(path)
    with database.read() as tx:
        assert checks.problems(tx) == []
    database.close()
    assert schema_of(path) == SCHEMA
    assert is_private(path)
    assert [p.name for p in tmp_path.iterdir()] == ["store.db"]


def test_a_new_store_is_flushed_before_it_gets_its_name(tmp_path, monkeypatch):
    asked, flush, replace = [], upgrade.disk.flush, upgrade.disk.replace
    monkeypatch.setattr(upgrade.disk, "flush", lambda p: (asked.append("flush"), flush(p)))
    monkeypatch.setattr(
        upgrade.disk, "replace", lambda p, to: (asked.append("name"), replace(p, to))
    )
    open_store(tmp_path / "store.db").close()
    assert asked[:2] == ["flush", "name"]  # Windows flushes it under the new name once more


def test_a_store_is_opened_as_it_is(tmp_path):
    path = tmp_path / "store.db"
    open_store(path).close()
    before = path.read_bytes()
    open_store(path).close()
    assert path.read_bytes() == before


def held_open(path):
    """Whether this process has a file open, as Linux tells it."""
    return any(fd.exists() and fd.samefile(path) for fd in Path("/proc/self/fd").iterdir())


def windows(monkeypatch):
    """Let a file that is open stay, as Windows does."""
    real = Path.unlink

    def unlink(self, *, missing_ok=False):
        if self.exists() and held_open(self):
            raise PermissionError(13, "used by another process")
        real(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)


@pytest.mark.posix("asks Linux which files are open")
def test_on_windows_nothing_stays_beside_a_new_store(tmp_path, monkeypatch):
    windows(monkeypatch)
    monkeypatch.setattr(upgrade, "_OPEN_FILES_STAY", True)
    open_store(tmp_path / "store.db").close()
    assert [p.name for p in tmp_path.iterdir()] == ["store.db"]


@pytest.mark.posix("asks Linux which files are open")
def test_who_takes_the_lock_away_before_he_lets_it_go_would_be_caught(tmp_path, monkeypatch):
    """The wrong variant: the order of POSIX, on Windows."""
    windows(monkeypatch)
    monkeypatch.setattr(disk, "WAITS", ())
    open_store(tmp_path / "store.db").close()
    assert [p.name for p in tmp_path.glob("*.making")] == ["store.db.making"]


def scanner(monkeypatch, times):
    """Let a virus scanner hold the lock's file for so many tries at taking it away."""
    real, tries = Path.unlink, []

    def unlink(self, *, missing_ok=False):
        if self.name.endswith(".making") and len(tries) < times:
            tries.append(self)
            raise PermissionError(13, "used by another process")
        real(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    monkeypatch.setattr(disk, "WAITS", (0,) * len(disk.WAITS))


@pytest.mark.parametrize("times", [1, len(disk.WAITS)])
@pytest.mark.parametrize(
    "stay", [pytest.param(False, marks=pytest.mark.posix("takes open files away")), True]
)
def test_the_lock_is_taken_away_though_a_scanner_holds_it(tmp_path, monkeypatch, times, stay):
    monkeypatch.setattr(upgrade, "_OPEN_FILES_STAY", stay)
    scanner(monkeypatch, times)
    open_store(tmp_path / "store.db").close()
    assert [p.name for p in tmp_path.iterdir()] == ["store.db"]


def test_a_lock_that_stayed_is_no_store_and_goes_with_the_next_start(tmp_path, monkeypatch):
    path = tmp_path / "store.db"
    with monkeypatch.context() as held:
        scanner(held, 99)
        open_store(path).close()
    lock = tmp_path / "store.db.making"
    assert lock.stat().st_size == 0
    before = path.read_bytes()
    assert schema_of(path) == SCHEMA
    open_store(path).close()
    assert [p.name for p in tmp_path.iterdir()] == ["store.db"]
    assert path.read_bytes() == before


@pytest.mark.parametrize("held", [b"", b"torn", bytes(4096)])
def test_a_lock_that_a_cut_left_before_there_was_a_store_is_no_store(tmp_path, held):
    (tmp_path / "store.db.making").write_bytes(held[:0])
    (tmp_path / "store.db.part").write_bytes(held)
    assert schema_of(tmp_path / "store.db") == 0
    open_store(tmp_path / "store.db").close()
    assert [p.name for p in tmp_path.iterdir()] == ["store.db"]


def newer(path):
    open_store(path).close()
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"PRAGMA user_version = {SCHEMA + 1}")


def empty(path):
    path.touch()


def picture(path):
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(8000))


def foreign(path):
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE t (x)")
        file.execute("PRAGMA user_version = 1")


def cut(path):
    open_store(path).close()
    path.write_bytes(path.read_bytes()[:50])


@pytest.mark.parametrize(
    ("make", "code"),
    [(newer, "too_new"), (empty, "damaged"), (picture, "damaged"), (foreign, "damaged"),
     (cut, "damaged")],
)  # fmt: skip
def test_what_is_not_ours_or_too_new_is_refused_untouched(tmp_path, make, code):
    path = tmp_path / "store.db"
    make(path)
    before = path.read_bytes()
    with pytest.raises(StoreError) as told:
        open_store(path)
    assert told.value.code == code
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["store.db"]


def test_a_lift_that_would_change_the_records_is_refused(tmp_path, monkeypatch):
    path = Path(shutil.copy(OLD, tmp_path / "store.db"))
    before = path.read_bytes()
    real = upgrade._run_steps

    def losing(tx):
        real(tx)
        tx.exec_driver_sql("DELETE FROM revision WHERE id = (SELECT min(id) FROM revision)")

    monkeypatch.setattr(upgrade, "_run_steps", losing)
    with pytest.raises(StoreError) as told:
        open_store(path)
    assert told.value.code == "migration"
    assert path.read_bytes() == before


def killed_while_opening(tmp_path, make, stride):
    place, seen = tmp_path / "killed", set()

    def fresh():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        make(place / "store.db")
        return place / "store.db"

    def check(path):
        seen.add(schema_of(path))
        database = open_store(path)
        with database.read() as tx:
            bad = checks.problems(tx)
            seen.add(projections.state(tx))
        database.close()
        left = [p.name for p in path.parent.glob("*.making*")]
        return [*bad, *left, *([] if schema_of(path) == SCHEMA else ["not lifted"])]

    def story(path):
        open_store(path).close()

    return children.killed_at_every_moment(
        fresh, story, check, moments.everywhere, stride=stride
    ), seen


@pytest.mark.posix("forks a story and kills it")
def test_a_kill_while_a_store_is_made_never_stops_the_next_start(tmp_path, figure):
    swept, seen = killed_while_opening(tmp_path, lambda _: None, 7)
    figure(f"{swept.kills} kills while a store is made, {len(swept.bad)} bad")
    assert swept.bad == []
    assert seen - {0, SCHEMA} == {projections.rules.state_digest([])}


@pytest.mark.posix("forks a story and kills it")
def test_a_kill_while_a_store_is_lifted_leaves_the_old_or_the_new(tmp_path, figure):
    swept, seen = killed_while_opening(tmp_path, lambda path: shutil.copy(OLD, path), 17)
    figure(f"{swept.kills} kills while a store is lifted, {len(swept.bad)} bad")
    assert swept.bad == []
    assert {1, SCHEMA} <= seen
    assert len(seen - {1, SCHEMA}) == 1
