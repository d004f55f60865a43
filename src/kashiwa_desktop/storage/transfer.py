"""Moving a whole store from one kind of database to the other, and proving that both are equal.

Projections are not carried: they are made again on the other side, and must come out the same.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from kashiwa_desktop.storage import commits, projections, witness
from kashiwa_desktop.storage.tables import PROJECTIONS, meta, metadata

CARRIED = tuple(t for t in metadata.sorted_tables if t not in PROJECTIONS)
_MANY = 1_000


def is_empty(tx: Connection) -> bool:
    """Whether nothing was ever written there."""
    return all(tx.execute(_query(table).limit(1)).first() is None for table in CARRIED)


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of an emptied target, and make its projections again."""
    witness.look_away(target)
    for table in CARRIED:
        for rows in _rows(source, table):
            target.execute(table.insert(), rows)
    witness.look_again(target)
    projections.rebuild(target)


def replace_rows(source: Connection, target: Connection) -> None:
    """Put ``source`` in the place of all that ``target`` held; readers keep the view they have."""
    with _may_be_replaced(target):
        witness.look_away(target)
        for table in reversed(CARRIED):
            target.execute(table.delete())
        copy_rows(source, target)


@contextmanager
def _may_be_replaced(tx: Connection) -> Iterator[None]:
    """Let tables that only grow be replaced by those of a copy, and keep them again afterwards.

    It is a part of the transaction: where that is taken back, nothing was ever loosened.
    """
    keep_again = _loosened(tx) if tx.dialect.name == "sqlite" else _loosened_on_server(tx)
    yield
    for statement in keep_again:
        tx.exec_driver_sql(statement)


def _loosened(tx: Connection) -> list[str]:
    """Take the triggers away, and return what makes them again, to the letter."""
    found = tx.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, _ in found:
        tx.exec_driver_sql(f"DROP TRIGGER {_quoted(tx, name)}")
    return [sql for _, sql in found]


def _loosened_on_server(tx: Connection) -> list[str]:
    query = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    names = tx.exec_driver_sql(query).scalars().all()
    for name in names:
        tx.exec_driver_sql(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    return [f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in names]


def _quoted(tx: Connection, name: str) -> str:
    return tx.dialect.identifier_preparer.quote_identifier(name)


def digests(tx: Connection) -> dict[str, str]:
    """Return a digest of every table, in the order of its keys' bytes: the same on any database."""
    return {table.name: _digest(tx, table) for table in metadata.sorted_tables}


def summary(found: dict[str, str]) -> str:
    """Return one digest of all projections."""
    parts = "\n".join(f"{table.name} {found[table.name]}" for table in PROJECTIONS)
    return hashlib.sha256(parts.encode()).hexdigest()


def _digest(tx: Connection, table: Table) -> str:
    found = hashlib.sha256()
    for rows in _rows(tx, table):
        for row in rows:
            found.update(repr(sorted(row.items())).encode("utf-8", "surrogatepass") + b"\n")
    return found.hexdigest()


def _query(table: Table) -> Select[Any]:
    query = select(table).order_by(*table.primary_key.columns)
    if table is meta:  # whose transactions these were says nothing elsewhere
        query = query.where(meta.c.name != commits.NAME)
    return query


def _rows(tx: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    result = tx.execute(_query(table), execution_options={"yield_per": _MANY})
    for part in result.mappings().partitions(_MANY):
        yield [dict(row) for row in part]
