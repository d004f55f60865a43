"""R22: a copy with anything but our tables in it is refused before it is asked anything else."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.storage import shape
from kashiwa_desktop.storage.upgrade import SCHEMA, open_store, schema_of
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
    monkeypatch.setattr(shape, "of", lambda _tx: shape.ours())
    passed = []
    for script in list(HOSTILE.values())[:3]:
        bad = spoiled(copy, script)
        passed.append(Keeping(town.pc()).look(bad).revisions)
        bad.unlink()
    assert passed == [Keeping(town.pc()).look(copy).revisions] * 3


def test_what_was_put_into_the_store_itself_is_noticed(kept):
    town, _ = kept
    other = town.copy(town.root.with_name(f"{town.root.name}-hostile"))
    assert Keeping(other.pc()).check() == []
    with closing(sqlite3.connect(other.folder("P001").store)) as file:
        file.executescript(HOSTILE["a trigger on what is saved"])
    assert any("このソフトが作ったのではない" in one.text for one in Keeping(other.pc()).check())
    other.close()


@pytest.mark.parametrize("path", sorted(DATABASES.glob("v*.db")), ids=lambda path: path.stem)
def test_every_kept_database_and_what_it_is_lifted_to_has_our_shape(path, tmp_path):
    copied = Path(shutil.copy(path, tmp_path / "store.db"))
    assert shape.is_ours(copied, schema_of(copied))
    open_store(copied).close()
    assert shape.is_ours(copied, SCHEMA)
    assert not shape.is_ours(copied, 2)
