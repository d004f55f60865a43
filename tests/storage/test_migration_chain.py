"""R46 and R47: every road from an old schema keeps every row; a road that breaks off changes none.

Full form: a failure at every statement. CI: at every 3rd.
"""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from conftest import FULL
from kashiwa_desktop.domain.revision import Author, Content, RecordKey, make
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import checks, swapping, upgrade
from kashiwa_desktop.storage.database import APPLICATION_ID, Database
from kashiwa_desktop.storage.tables import PROJECTIONS
from kashiwa_desktop.storage.upgrade import SCHEMA, open_store, schema_of

DATABASES = Path(__file__).parents[1] / "data" / "databases"
OLD = sorted(DATABASES.glob("v*.db"))
AGAIN = {"alembic_version", *(table.name for table in PROJECTIONS)}
NASTY = (
    "=1+1", "Robert'); DROP TABLE revision;--", "<b>佐藤</b> & 𠮷田 髙﨑", "é e\u0301 が か\u3099",
    "👪🏽‍♀️", "\\N\\x00 %s {} ?", "あ" * 5_000, "１２，３４５", "\u2028line\u2028", "NULL", " ",
)  # fmt: skip
STRIDE = 1 if FULL else 3


@contextmanager
def opened(path):
    with closing(sqlite3.connect(path)) as file:
        yield file
        file.commit()


def made_nasty(path):
    """Put into an old store what people really type, in every table that takes text."""
    with opened(path) as file:
        (line,) = file.execute("SELECT line FROM revision WHERE type = 'activity'").fetchone()
        held = json.loads(line)
        for n, text in enumerate(NASTY):
            key = RecordKey("P001", "activity", f"01a190f9-0000-7cf1-b73f-{n:012x}")
            body = {**held["body"], "title": text, "content": text * 2, "place": text}
            first = write(file, key, body, [])
            write(file, key, {**body, "findings": text}, [first])
            file.execute("INSERT INTO draft VALUES (?, '2026-10-01', ?)", (f"d{n}", text))
            file.execute("INSERT INTO private_note VALUES (?, ?)", (key.id, text))
            file.execute("INSERT INTO undo_step VALUES (?, '', ?, '[]', 0)", (1_000 + n, text))
            waits = (f"w{n}", "", "damaged", text, "P001", "", "2026-10-01")
            file.execute("INSERT INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?)", waits)


def write(file, key, body, parents):
    device = "6a19a43e8df4fd037fa2daf61b71c2d0b4e8f24188aaf8df62a14be3dc759486"
    content = Content(key, "2026-10", body)
    by = Author(device, "promoter", "P001")
    r = make(content, parents, by, at="2026-10-31T17:00:00+09:00", salt="0" * 32)
    row = (r.id, "P001", "activity", key.id, "2026-10", "promoter", 1, r.line.decode())
    file.execute("INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    file.executemany("INSERT INTO edge VALUES (?, ?)", [(parent, r.id) for parent in parents])
    return r.id


def kept(path, columns=None):
    """{table: (rows, digest of the columns it had before)} of all that cannot be made again."""
    found = {}
    with opened(path) as file:
        names = [n for (n,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in sorted(set(names) - AGAIN):
            known = [row[1] for row in file.execute(f"PRAGMA table_info({name})")]
            wanted = known if columns is None else columns.get(name, [])
            if wanted:
                rows = file.execute(f"SELECT {', '.join(wanted)} FROM {name}").fetchall()
                digest = hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()
                found[name] = (len(rows), digest, wanted)
    return found


def columns_of(found):
    return {name: wanted for name, (_, _, wanted) in found.items()}


@pytest.fixture(params=OLD, ids=lambda path: path.stem)
def old(request, tmp_path):
    path = Path(shutil.copy(request.param, tmp_path / "store.db"))
    if schema_of(path) == 1:
        made_nasty(path)
    return path


def step_by_step(path):
    """Lift through every version, one at a time, as who never missed a release."""
    for version in range(schema_of(path), SCHEMA + 1):
        database = Database(path, pragmas={"foreign_keys": 0})
        with database.write(lambda _tx: False) as tx:
            upgrade._run_steps(tx, f"v{version:02d}")
            tx.exec_driver_sql(f"PRAGMA user_version = {version}")
        database.close()
    with opened(path) as file:
        assert file.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_r46_straight_and_step_by_step_keep_every_row(old, tmp_path, figure):
    before = kept(old)
    walked = Path(shutil.copy(old, tmp_path / "walked.db"))
    open_store(old).close()
    step_by_step(walked)
    database = Database(walked, pragmas={"foreign_keys": 0})
    with database.write(lambda _tx: False) as tx:
        upgrade.projections.remake(tx)
    database.close()
    for path in (old, walked):
        assert kept(path, columns_of(before)) == before
        database = open_store(path)
        with database.read() as tx:
            assert checks.problems(tx) == []
        database.close()
    assert kept(old) == kept(walked)
    rows = sum(count for count, _, _ in before.values())
    figure(f"R46: {old.name} to {SCHEMA}: {len(before)} tables, {rows} rows before and after")


@pytest.mark.parametrize(
    "loss",
    [
        "DELETE FROM revision WHERE id = (SELECT min(id) FROM revision)",
        "DELETE FROM draft",
        "DELETE FROM private_note WHERE rowid = 1",
        "DELETE FROM edge",
        "DROP TABLE waiting",
    ],
)
def test_r46_a_step_that_loses_a_row_of_any_table_is_refused(tmp_path, monkeypatch, loss):
    """The wrong variant: steps that let something go, as a cascade does while checks stay green."""
    path = Path(shutil.copy(OLD[0], tmp_path / "store.db"))
    made_nasty(path)
    before, real = path.read_bytes(), upgrade._run_steps

    def losing(tx):
        real(tx)
        tx.exec_driver_sql(loss)

    monkeypatch.setattr(upgrade, "_run_steps", losing)
    with pytest.raises(StoreError) as told:
        open_store(path)
    assert told.value.code == "migration"
    assert path.read_bytes() == before


@contextmanager
def failing_at(number, error):
    """The ``number``-th statement of any store fails; gives how many came."""
    seen = []

    def before(_connection, _cursor, statement, *_rest):
        seen.append(statement)
        if len(seen) == number:
            raise error

    event.listen(Engine, "before_cursor_execute", before)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", before)


def beside(path):
    """What lies beside a store; its own journal, empty, says nothing."""
    journal = swapping.journal_of(path)
    return [
        p.name for p in path.parent.iterdir() if p != path and (p != journal or p.stat().st_size)
    ]


def broken_off(path, error):
    """Break the lifting off at each statement; returns (tries, what was wrong)."""
    wrong, before = [], path.read_bytes()
    for tries, number in enumerate(count(1, STRIDE)):
        with failing_at(number, error) as seen:
            try:
                open_store(path).close()
                said = "nothing"
            except StoreError as told:
                said = told.text
            except Exception as bug:  # noqa: BLE001 - it is what the sweep looks for
                said = f"not in our words: {bug!r}"
        if len(seen) < number:
            return tries, wrong
        if path.read_bytes() != before or beside(path):
            wrong.append(f"statement {number}: not as it was")
        if said.isascii() or said.startswith("not in our"):
            wrong.append(f"statement {number}: {said}")
    return None


@pytest.mark.parametrize(
    "error", [sqlite3.OperationalError("disk I/O error"), RuntimeError("a bug of ours")], ids=repr
)
def test_r47_a_lift_that_fails_at_any_statement_leaves_the_old_bytes(tmp_path, figure, error):
    path = Path(shutil.copy(OLD[0], tmp_path / "store.db"))
    tries, wrong = broken_off(path, error)
    figure(f"R47: a lift broken off at {tries} statements ({error!r}), {len(wrong)} bad")
    assert wrong == []
    assert tries > 5
    assert schema_of(path) == SCHEMA


def test_r47_a_lift_in_place_would_be_caught(tmp_path, monkeypatch):
    """The wrong variant: the steps run on the file itself, in more than one transaction."""

    def in_place(path, version):
        database = Database(path, pragmas={"foreign_keys": 0})
        try:
            with database.write() as tx:
                upgrade.make_tables(tx, version)
                tx.exec_driver_sql("COMMIT")
                tx.exec_driver_sql("BEGIN")
                tx.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
        finally:
            database.close()

    monkeypatch.setattr(upgrade, "_lift", in_place)
    path = Path(shutil.copy(OLD[0], tmp_path / "store.db"))
    assert broken_off(path, RuntimeError("a bug of ours"))[1]


def test_r47_an_older_program_leaves_a_newer_file_alone(tmp_path):
    path = tmp_path / "store.db"
    open_store(path).close()
    with opened(path) as file:
        file.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreError) as told:
        open_store(path)
    assert told.value.code == "too_new"
    assert "更新してください" in told.value.text
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["store.db"]
