"""Moving a whole store from one kind of database to the other, and proving that both are equal.

Projections are not carried: they are made again on the other side, and must come out the same.
"""

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, Table, func, select, text

from kashiwa_desktop.storage import projections, witness
from kashiwa_desktop.storage.tables import PROJECTIONS, audit, metadata

CARRIED = tuple(t for t in metadata.sorted_tables if t not in PROJECTIONS)
_MANY = 1_000


def is_empty(tx: Connection) -> bool:
    """Whether nothing was ever written there."""
    return not any(tx.scalar(select(func.count()).select_from(table)) for table in CARRIED)


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
    keep_log(target, whole=False)
    witness.look_away(target)
    for table in reversed(CARRIED):
        target.execute(table.delete())
    copy_rows(source, target)
    keep_log(target, whole=True)


def keep_log(tx: Connection, *, whole: bool) -> None:
    """Let the log be replaced by that of a copy, or hold it again (PostgreSQL only)."""
    what = "ENABLE" if whole else "DISABLE"
    tx.execute(text(f"ALTER TABLE {audit.name} {what} TRIGGER audit_keeps"))


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


def _rows(tx: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    query = select(table).order_by(*table.primary_key.columns)
    result = tx.execute(query, execution_options={"yield_per": _MANY})
    for part in result.mappings().partitions(_MANY):
        yield [dict(row) for row in part]
