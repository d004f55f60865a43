"""Every database ever released opens and is lifted whole; the old file stays beside it."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kashiwa_desktop.storage import activities, checks, projections
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.upgrade import SCHEMA, open_store, schema_of

DATABASES = Path(__file__).parents[1] / "data" / "databases"
HISTORY = Path(__file__).parents[2] / "docs" / "database-history.md"
ROW = re.compile(r"^\| (\d+) \|.*\| ([^|]*) \|$", re.MULTILINE)
KEPT = sorted(DATABASES.glob("v*.db"))


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def old(request, tmp_path):
    """A copy of an old database to open, and what must be found in it."""
    path = shutil.copy(request.param, tmp_path / "store.db")
    return path, json.loads(request.param.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.fixture
def opened(old):
    database = open_store(old[0])
    yield database
    database.close()


def rows_of(path, names):
    with closing(sqlite3.connect(path)) as file:
        count = "SELECT count(*) FROM {}"
        return {name: file.execute(count.format(name)).fetchone()[0] for name in names}


def test_the_kept_files_are_of_the_schema_their_name_says():
    assert KEPT
    for path in KEPT:
        assert f"v{schema_of(path):02d}" == path.stem[:3]


def test_the_history_names_every_schema_and_every_kept_file():
    rows = ROW.findall(HISTORY.read_text(encoding="utf-8"))
    assert [int(schema) for schema, _ in rows] == list(range(1, SCHEMA + 1))
    named = [name for _, files in rows for name in re.findall(r"`(.+?)`", files)]
    assert named == [path.name for path in sorted(KEPT, key=lambda path: path.stem)]


def test_the_state_is_the_same_after_lifting(old, opened):
    with opened.read() as tx:
        assert projections.state(tx) == old[1]["digest"]
    assert schema_of(old[0]) == SCHEMA


def test_the_projections_agree_with_the_revisions(opened):
    with opened.read() as tx:
        assert projections.differences(tx) == []
        assert checks.problems(tx) == []
        assert activities.find(tx, Wanted())


def test_no_row_is_lost(old, opened):
    path, told = old
    assert rows_of(path, told["rows"]) == told["rows"]


def test_a_lifted_database_keeps_the_old_one_beside_it(old):
    path, told = old
    before = every_line(path)
    open_store(path).close()
    kept = path.with_name(f"store.db.v{told['schema']}")
    assert kept.exists() == (told["schema"] < SCHEMA)
    if kept.exists():
        assert every_line(kept) == before
        assert schema_of(kept) == told["schema"]


def every_line(path):
    with closing(sqlite3.connect(path)) as file:
        return list(file.iterdump())


def test_a_changed_line_would_be_noticed(old, opened):
    """The wrong variant: what these tests look at does turn red."""
    path, told = old
    with closing(sqlite3.connect(path)) as file:
        file.execute("DELETE FROM activity WHERE rowid IN (SELECT min(rowid) FROM activity)")
        file.execute("DELETE FROM meta WHERE name = 'role'")
        file.commit()
    with opened.read() as tx:
        assert "activity" in projections.differences(tx)
    assert rows_of(path, told["rows"]) != told["rows"]
