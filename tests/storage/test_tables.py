"""The tables refuse what cannot be counted, and are what the migrations make."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import create_engine

from kashiwa_desktop.storage.tables import metadata
from kashiwa_desktop.storage.upgrade import open_store


def schema_of(path):
    """Every table and index as SQLite describes them, in an order of its own."""
    with closing(sqlite3.connect(path)) as file:
        names = [row[0] for row in file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'alembic_version'"
            " AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )]  # fmt: skip
        strict = dict(file.execute("SELECT name, strict FROM pragma_table_list").fetchall())
        return {
            name: (
                strict[name],
                sorted(columns(file, name)),
                sorted(indexes(file, name)),
                sorted(checks_in(file, name)),
            )
            for name in names
        }


def columns(file, table):
    """Without their order and what stands in old rows: there the two may differ."""
    for _, name, kind, notnull, _, key in file.execute(
        f"SELECT * FROM pragma_table_info('{table}')"
    ):
        yield name, kind, notnull, bool(key)


def indexes(file, table):
    for _, name, unique, *_ in file.execute(f"SELECT * FROM pragma_index_list('{table}')"):
        parts = file.execute(f"SELECT name FROM pragma_index_info('{name}')").fetchall()
        yield name, unique, tuple(parts)


def checks_in(file, table):
    (text,) = file.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return [line.strip(" ,\n") for line in text.splitlines() if "CHECK" in line]


@pytest.fixture
def migrated(tmp_path):
    path = tmp_path / "migrated.db"
    open_store(path).close()
    return path


def test_migrations_make_the_tables_that_the_program_knows(migrated, tmp_path):
    made = tmp_path / "made.db"
    engine = create_engine(f"sqlite:///{made}")
    metadata.create_all(engine)
    engine.dispose()
    assert schema_of(migrated) == schema_of(made)


def test_a_table_that_drifted_would_be_seen(migrated, tmp_path):
    """The wrong variant: one column more, or one index less."""
    before = schema_of(migrated)
    for change in ("ALTER TABLE meta ADD COLUMN more TEXT", "DROP INDEX edge_of_child"):
        with closing(sqlite3.connect(migrated)) as file:
            file.execute(change)
            file.commit()
        assert schema_of(migrated) != before
        before = schema_of(migrated)


def test_every_table_is_strict(migrated):
    assert {strict for strict, *_ in schema_of(migrated).values()} == {1}


SHEET = dict.fromkeys(
    ("number", "kind", "promoter", "appointment", "area", "month", "code", "approval", "sources",
     "issued_at", "issued_by"), "x",
) | {"pdf": b""}  # fmt: skip


@pytest.mark.parametrize(
    "yen", ["40,000", "４００００", "四万", 40000.5, "40000.5", None, b"40000", "", "4e4円", -1]
)
def test_an_amount_is_a_whole_number_of_yen_or_refused(migrated, yen):
    with closing(sqlite3.connect(migrated)) as file, pytest.raises(sqlite3.IntegrityError):
        insert(file, "sheet", {**SHEET, "yen": yen})


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("head", "shown", 2), ("head", "deleted", None), ("activity", "counted", "はい"),
        ("activity", "minutes", "90分"), ("activity", "attendees", 1.5), ("revision", "id", None),
        ("revision", "line", b"x"), ("revision", "made_here", 7), ("bundle", "seq", "一"),
        ("audit", "n", "x"), ("intake", "undone", 2),
    ],
)  # fmt: skip
def test_what_does_not_fit_a_column_is_refused(migrated, table, column, value):
    with closing(sqlite3.connect(migrated)) as file:
        row = {
            name: {"INTEGER": 0, "BLOB": b""}.get(kind, "x")
            for name, kind, *_ in columns(file, table)
        }
        insert(file, table, row)
        file.rollback()
        with pytest.raises(sqlite3.IntegrityError):
            insert(file, table, {**row, column: value})


def insert(file, table, row):
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    file.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
