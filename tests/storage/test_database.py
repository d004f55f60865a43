import contextlib
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import exc
from sqlalchemy.engine.default import DefaultDialect

from faults import moments, trap
from faults.trap import Trap
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import meta
from kashiwa_desktop.storage.database import PRAGMAS, Database
from kashiwa_desktop.storage.upgrade import open_store


@pytest.fixture
def database(tmp_path):
    found = open_store(tmp_path / "store.db")
    yield found
    found.close()


def pragmas_of(tx):
    return {name: tx.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}


def test_the_settings_are_those_of_the_policy():
    """RELIABILITY.md §5.1, measured by power cuts; a change there is a decision, not a detail."""
    assert PRAGMAS == {
        "journal_mode": "truncate", "synchronous": 3, "foreign_keys": 1, "busy_timeout": 10_000,
        "trusted_schema": 0, "cell_size_check": 1, "mmap_size": 0, "secure_delete": 1,
        "temp_store": 2,
    }  # fmt: skip


def test_every_connection_has_them(database):
    for way in (database.read, database.write, database.read, database.write):
        with way() as tx:
            assert pragmas_of(tx) == PRAGMAS


def test_they_are_not_what_sqlite_does_by_itself(tmp_path):
    """The wrong variant: a connection that was not prepared."""
    plain = Database(tmp_path / "plain.db", pragmas={})
    with plain.write() as tx:
        assert pragmas_of(tx) != PRAGMAS
    plain.close()


def half_done(database):
    with database.write() as tx:
        meta.put(tx, "b", "2")
        raise KeyError


def test_what_was_written_is_there_and_what_failed_is_not(database):
    with database.write() as tx:
        meta.put(tx, "a", "1")
    with pytest.raises(KeyError):
        half_done(database)
    with database.read() as tx:
        assert (meta.get(tx, "a"), meta.get(tx, "b", "-")) == ("1", "-")


def test_a_writer_takes_the_lock_at_once(database):
    with database.write(), closing(sqlite3.connect(database.path, timeout=0)) as other:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert other.execute("SELECT count(*) FROM meta").fetchone() == (0,)


def test_who_comes_second_is_told_in_words(database):
    impatient = Database(database.path, pragmas={**PRAGMAS, "busy_timeout": 1})
    with database.write(), pytest.raises(StoreError) as told, impatient.write():
        pass
    impatient.close()
    assert told.value.code == "busy"
    assert "少し待って" in told.value.text


def test_a_reader_sees_one_moment(database):
    with database.read() as tx:
        assert meta.get(tx, "a") == ""
    with database.write() as tx:
        meta.put(tx, "a", "1")
        assert meta.get(tx, "a") == "1"


def write_with_a_commit_that_complains(database, monkeypatch, confirm):
    """The data is on disk, and the driver says that it is not (RELIABILITY.md §1.4)."""
    real = DefaultDialect.do_commit

    def complain(self, connection):
        real(self, connection)
        patch.undo()
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(DefaultDialect, "do_commit", complain)
        with database.write(confirm) as tx:
            meta.put(tx, "a", "1")


def test_an_error_of_commit_is_confirmed_by_reading_again(database, monkeypatch):
    write_with_a_commit_that_complains(database, monkeypatch, lambda tx: meta.get(tx, "a") == "1")
    with database.read() as tx:
        assert meta.get(tx, "a") == "1"


def test_a_transaction_leaves_its_own_mark(database, monkeypatch):
    write_with_a_commit_that_complains(database, monkeypatch, None)
    with database.read() as tx:
        assert meta.get(tx, "a") == "1"


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("strangers", [1, 60])
def test_what_others_wrote_meanwhile_is_not_taken_for_ours(database, monkeypatch, kept, strangers):
    """A count of commits would say "saved" of what SQLite took back, once others wrote too."""
    real = DefaultDialect.do_commit
    other = Database(database.path)

    def complain(self, connection):
        patch.undo()
        (real if kept else DefaultDialect.do_rollback)(self, connection)
        for n in range(strangers):
            with other.write() as tx:
                meta.put(tx, "b", str(n))
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(DefaultDialect, "do_commit", complain)
        told = contextlib.nullcontext() if kept else pytest.raises(StoreError)
        with told, database.write() as tx:
            meta.put(tx, "a", "1")
    other.close()
    with database.read() as tx:
        assert meta.get(tx, "a") == ("1" if kept else "")


def test_without_confirmation_the_error_is_told(database, monkeypatch):
    with pytest.raises(StoreError) as told:
        write_with_a_commit_that_complains(database, monkeypatch, lambda _tx: False)
    assert told.value.code == "io"


@pytest.mark.posix("needs a door between SQLite and the disk")
def test_a_commit_that_really_failed_is_told(database):
    """Confirming looks at what is there, so it never turns a loss into a success."""
    with (
        pytest.raises(StoreError),
        moments.at_sqlite_calls(Trap(1, trap.FULL, onwards=True, only="write")),
        database.write(lambda tx: meta.get(tx, "a") == "1") as tx,
    ):
        meta.put(tx, "a", "1")
    with database.read() as tx:
        assert meta.get(tx, "a") == ""


def test_what_is_nobodys_fault_stays_a_bug(database):
    with pytest.raises(exc.OperationalError, match="no such table"), database.read() as tx:
        tx.exec_driver_sql("SELECT * FROM nowhere")


def test_an_error_never_shows_what_was_typed(database):
    insert = "INSERT INTO meta VALUES ('name', ?)"
    with database.write() as tx:
        tx.exec_driver_sql(insert, ("柏 花子",))
    with pytest.raises(exc.IntegrityError) as told, database.write() as tx:
        tx.exec_driver_sql(insert, ("柏 花子",))
    assert "花子" not in str(told.value)
