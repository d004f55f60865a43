"""R22: a copy with anything but our tables in it is refused before it is asked anything else."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.storage import checks, copies, engines, shape, upgrade, witness
from kashiwa_desktop.storage.database import Database
from kashiwa_desktop.storage.upgrade import SCHEMA, make_tables, open_store, schema_of
from office_world import activity

DATABASES = Path(__file__).parents[1] / "data" / "databases"
HOSTILE = {
    "a trigger on what is saved": "CREATE TRIGGER t AFTER INSERT ON revision "
    "BEGIN INSERT INTO meta VALUES ('stolen', NEW.line); END",
    "a trigger on what is deleted": "CREATE TRIGGER t BEFORE DELETE ON draft "
    "BEGIN DELETE FROM revision; END",
    "a trigger that says nothing": "CREATE TRIGGER t AFTER UPDATE ON meta BEGIN SELECT 1; END",
    "a view in place of a table": "ALTER TABLE sheet RENAME TO kept; "
    "CREATE VIEW sheet AS SELECT * FROM kept WHERE yen > 0",
    "another view": "CREATE VIEW v AS SELECT * FROM revision",
    "a virtual table": "CREATE VIRTUAL TABLE v USING fts5(x)",
    "another table": "CREATE TABLE v (x)",
    "another index": "CREATE INDEX v ON meta (value)",
    "an index on a function": "CREATE INDEX v ON meta (lower(value))",
    "a column that computes": "ALTER TABLE meta ADD COLUMN v TEXT AS (upper(value))",
    "a column more": "ALTER TABLE draft ADD COLUMN v TEXT",
    "the log unguarded": "DROP TRIGGER audit_keeps_UPDATE",
    "a missing table": "DROP TABLE draft",
    "a missing index": "DROP INDEX edge_of_child",
    "a rule gone": "PRAGMA writable_schema = ON; UPDATE sqlite_master "
    "SET sql = replace(sql, 'yen >= 0', 'yen >= -9') WHERE name = 'sheet'",
    "a rule with a function": "PRAGMA writable_schema = ON; UPDATE sqlite_master "
    "SET sql = replace(sql, 'yen >= 0', 'load_extension(number)') WHERE name = 'sheet'",
}  # fmt: skip


@pytest.fixture(scope="module")
def kept(towns):
    """A promoter's PC and a copy of it, without a fingerprint, as if it came from elsewhere."""
    town = towns()
    Recording(town.pc()).add([activity(3)])
    copy = Keeping(town.pc()).back_up().file
    copy.with_suffix(".sha256").unlink()
    yield town, copy
    town.close()


def spoiled(copy, script):
    bad = copy.with_name("2026-10-31_180000.db")
    shutil.copy(copy, bad)
    with closing(sqlite3.connect(bad)) as file:
        file.executescript(script)
        file.commit()
    return bad


def test_r22_no_hostile_copy_is_taken(kept, figure):
    town, copy = kept
    store = town.pc()
    before = store.folder.store.read_bytes()
    taken = []
    for name, script in HOSTILE.items():
        bad = spoiled(copy, script)
        with pytest.raises(StoreError) as told:
            Keeping(store).look(bad)
        with pytest.raises(StoreError):
            Keeping(store).restore(bad)
        if told.value.code != "damaged" or bad in [c.file for c in Keeping(store).all_copies()]:
            taken.append(name)
        bad.unlink()
    figure(f"R22: {len(HOSTILE)} hostile descriptions, {len(taken)} accepted")
    assert taken == []
    assert store.folder.store.read_bytes() == before
    assert Keeping(store).look(copy)


def test_r22_without_the_description_hostile_copies_would_pass(kept, monkeypatch):
    """The wrong variant: what SQLite and all the other checks say about them is "whole"."""
    town, copy = kept
    monkeypatch.setattr(shape, "is_ours", lambda _path, _version: True)
    monkeypatch.setattr(shape, "of", lambda _tx: shape.KNOWN[SCHEMA])
    passed = []
    for script in list(HOSTILE.values())[:3]:
        bad = spoiled(copy, script)
        passed.append(Keeping(town.pc()).look(bad).revisions)
        bad.unlink()
    assert passed == [Keeping(town.pc()).look(copy).revisions] * 3


@pytest.mark.parametrize("script", HOSTILE.values(), ids=list(HOSTILE))
def test_a_store_with_anything_that_is_not_ours_is_not_opened(kept, script):
    town, _ = kept
    other = town.copy(town.root.with_name(f"{town.root.name}-hostile"))
    path = other.folder("P001").store
    try:
        with closing(sqlite3.connect(path)) as file:
            file.executescript(script)
            file.commit()
        before = path.read_bytes()
        with pytest.raises(StoreError, match="このソフトが作ったのではない") as told:
            other.pc()
        assert (told.value.code, path.read_bytes()) == ("damaged", before)
    finally:
        shutil.rmtree(other.root)


def test_an_old_store_with_a_trigger_is_not_lifted(tmp_path):
    path = Path(shutil.copy(DATABASES / "v01.db", tmp_path / "store.db"))
    with closing(sqlite3.connect(path)) as file:
        file.executescript(HOSTILE["a trigger on what is saved"])
    before = path.read_bytes()
    with pytest.raises(StoreError, match="このソフトが作ったのではない"):
        open_store(path)
    assert path.read_bytes() == before


def test_a_trigger_that_deletes_what_is_saved_would_be_caught(kept, monkeypatch):
    """The wrong variant: nobody looks at opening, and the save is told as done."""
    town, _ = kept
    monkeypatch.setattr(shape, "is_ours", lambda _path, _version: True)
    other = town.copy(town.root.with_name(f"{town.root.name}-eaten"))
    with closing(sqlite3.connect(other.folder("P001").store)) as file:
        file.executescript("CREATE TRIGGER t AFTER INSERT ON activity BEGIN "
                           "DELETE FROM activity WHERE record = NEW.record; END")  # fmt: skip
    recording = Recording(other.pc())
    before = len(recording.records())
    recording.add([activity(9)])
    assert len(recording.records()) == before
    other.close()


def test_the_present_shape_is_known():
    """A new schema needs its line in ``KNOWN``: the digest that this test shows."""
    made = engines.of_file(Path(":memory:"), {})
    with made.writer.begin() as tx:
        make_tables(tx)
        assert shape.of(tx) == shape.KNOWN[SCHEMA]


def test_a_copy_of_a_newer_version_says_so_whatever_it_holds(kept):
    _, copy = kept
    for newer in (SCHEMA + 1, SCHEMA + 2):
        bad = spoiled(copy, f"PRAGMA user_version = {newer}")
        with pytest.raises(StoreError, match="新しい版") as told:
            copies.verify(bad)
        assert told.value.code == "too_new"
        bad.unlink()


@pytest.mark.parametrize("path", sorted(DATABASES.glob("v*.db")), ids=lambda path: path.stem)
def test_r22_an_old_copy_is_looked_at_as_closely(path, tmp_path):
    copied = Path(shutil.copy(path, tmp_path / "copy.db"))
    assert copies.verify(copied).schema == schema_of(copied)
    with closing(sqlite3.connect(copied)) as file:
        file.executescript(HOSTILE["a trigger that says nothing"])
    with pytest.raises(StoreError):
        copies.verify(copied)


@pytest.mark.parametrize("path", sorted(DATABASES.glob("v*.db")), ids=lambda path: path.stem)
def test_every_kept_database_and_what_it_is_lifted_to_has_our_shape(path, tmp_path):
    copied = Path(shutil.copy(path, tmp_path / "store.db"))
    assert shape.is_ours(copied, schema_of(copied))
    open_store(copied).close()
    assert shape.is_ours(copied, SCHEMA)
    assert not shape.is_ours(copied, 2)


SHARED = {
    "a trigger on what is saved": "CREATE TRIGGER t BEFORE INSERT ON revision FOR EACH ROW "
    "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "a trigger whose function lies elsewhere": "CREATE SCHEMA other; "
    "CREATE FUNCTION other.f() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN DELETE FROM payment; RETURN NEW; END $$; "
    "CREATE TRIGGER t AFTER INSERT ON meta FOR EACH ROW EXECUTE FUNCTION other.f()",
    "a function alone": "CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql AS 'SELECT $1'",
    "a rule": "CREATE RULE r AS ON DELETE TO draft DO INSTEAD NOTHING",
    "a view in place of a table": "ALTER TABLE sheet RENAME TO kept; "
    "CREATE VIEW sheet AS SELECT * FROM kept WHERE yen > 0",
    "another view": "CREATE VIEW v AS SELECT * FROM revision",
    "a kept view": "CREATE MATERIALIZED VIEW v AS SELECT * FROM revision",
    "another table": "CREATE TABLE v (x int)",
    "a table of heirs": "CREATE SCHEMA other; CREATE TABLE other.v () INHERITS (payment)",
    "a policy": "ALTER TABLE payment ENABLE ROW LEVEL SECURITY",
    "an index on a function": "CREATE INDEX v ON meta (lower(value))",
    "a column that computes": "ALTER TABLE meta ADD COLUMN v text "
    "GENERATED ALWAYS AS (upper(value)) STORED",
    "a column more": "ALTER TABLE draft ADD COLUMN v text",
    "a rule of values": "ALTER TABLE meta ADD CHECK (length(value) < 10000)",
    "the log unguarded": "DROP TRIGGER audit_keeps ON audit",
    "the log's guard asleep": "ALTER TABLE audit DISABLE TRIGGER USER",
    "another guard of the log": "CREATE OR REPLACE FUNCTION audit_keeps() RETURNS trigger "
    "LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
    "a missing table": "DROP TABLE attachment",
    "a missing index": "DROP INDEX edge_of_child",
}  # fmt: skip


@pytest.mark.parametrize("script", SHARED.values(), ids=list(SHARED))
def test_a_shared_database_with_anything_that_is_not_ours_is_not_opened(postgres, script):
    place = postgres.fresh()
    try:
        opened = open_store(place)
        name = make_url(place).database
        with postgres.connect(name) as hand:
            hand.execute(script)
        with pytest.raises(StoreError, match="このソフトが作ったのではない") as told:
            open_store(place)
        assert told.value.code == "damaged"
        with opened.read() as tx:  # who had it open before is told by the check
            assert not shape.is_ours_shared(tx, SCHEMA)
        opened.close()
    finally:
        postgres.drop(place)


def test_a_shared_database_as_we_made_it_is_whole_and_what_the_server_brings_is_its_own(postgres):
    place = postgres.fresh()
    store = open_store(place)
    with postgres.connect(make_url(place).database) as hand:
        hand.execute("CREATE SCHEMA other; CREATE TABLE other.v (x int)")
        hand.execute("CREATE EXTENSION IF NOT EXISTS plpgsql")
    again = open_store(place)
    with again.read() as tx:
        assert shape.is_ours_shared(tx, SCHEMA)
        assert checks.problems(tx) == []
    for one in (store, again):
        one.close()
    postgres.drop(place)


def test_an_older_shared_database_with_a_trigger_is_not_lifted(postgres):
    place = postgres.fresh()
    database = Database(place)
    with database.write(lambda _tx: True) as tx:
        witness.look_away(tx)
        upgrade._run_steps(tx, "v01")
    with postgres.connect(make_url(place).database) as hand:
        hand.execute(SHARED["a trigger whose function lies elsewhere"])
        with pytest.raises(StoreError, match="このソフトが作ったのではない"):
            open_store(place)
        assert hand.execute("SELECT version_num FROM alembic_version").fetchone() == ("v01",)
        hand.execute("DROP TRIGGER t ON meta")
    open_store(place).close()
    database.close()
    postgres.drop(place)


def test_what_came_into_a_shared_database_since_is_told_by_the_check(postgres):
    place = postgres.fresh()
    store = open_store(place)
    with postgres.connect(make_url(place).database) as hand:
        hand.execute(SHARED["another view"])
    with store.read() as tx:
        assert [one.text for one in checks.problems(tx)] == [
            "共有のデータベースに、このソフトが作ったのではないものがあります。"
        ]
    store.close()
    postgres.drop(place)
