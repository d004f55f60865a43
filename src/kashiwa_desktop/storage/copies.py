"""予備の写し: always a file of SQLite, and only real once opened again and compared.

A file is copied by SQLite's backup API, a shared database row by row in one view of it.
"""

import hashlib
import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import LargeBinary, Table, select

from kashiwa_desktop import disk
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import checks, engines, meta, projections, revisions, shape, transfer
from kashiwa_desktop.storage.database import Database, Tx, sentence
from kashiwa_desktop.storage.upgrade import SCHEMA, open_store, schema_of

DAMAGED = "この予備の写しはこわれています。ほかの予備の写しをお選びください。"
NOT_WRITTEN = "予備の写しを書き込めません。空きと場所を確かめて、もう一度お試しください。"
SOURCE_DAMAGED = "記録のファイルがこわれています。予備の写しから戻してください。"

_FOLLOWS = frozenset({"revision", "edge", "bundle_revision", "audit", "meta"})
"""Tables of which the state digest and the others say enough."""


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What a copy holds: whose it is, how many revisions, and their digest S."""

    office: str
    promoter: str
    revisions: int
    digest: str
    schema: int


def copy(source: Path | Database, target: Path) -> CopyFacts:
    """Copy the store while it is open, verify the copy, and only then give it its name."""
    part = target.with_name(target.name + ".part")
    try:
        disk.remove(part)
        _copy_all(source, part)
        part.chmod(0o600)
        facts = _verified(part, DAMAGED if isinstance(source, Path) else SOURCE_DAMAGED)
        disk.flush(part)
        disk.replace(part, target)
    except sqlite3.Error as error:
        disk.forget(part)
        raise sentence(error) or StoreError(DAMAGED, code="damaged") from error
    except OSError as error:
        disk.forget(part)
        raise StoreError(NOT_WRITTEN, code="cannot_write") from error
    except BaseException:
        disk.forget(part)
        raise
    return facts


def _copy_all(source: Path | Database, part: Path) -> None:
    path = source if isinstance(source, Path) else source.path
    if path is not None:
        with closing(engines.connect(path)) as old, closing(sqlite3.connect(part)) as new:
            new.execute("PRAGMA synchronous = OFF")  # ``copy`` flushes it once, as a whole
            old.backup(new)
    elif isinstance(source, Database):
        new_store = open_store(part)
        try:
            with source.read() as old_rows, new_store.write() as tx:
                transfer.copy_rows(old_rows, tx)
        finally:
            new_store.close()


def try_out(copied: Path, beside: Path) -> CopyFacts:
    """Go back to a copy in ``beside`` instead of the store, and return what is there then."""
    copy(copied, beside)
    open_store(beside).close()
    return verify(beside)


def verify(path: Path) -> CopyFacts:
    """Open a copy and compare everything in it; StoreError where anything is wrong."""
    version = schema_of(path)
    if version > SCHEMA:
        text = "この予備の写しは新しい版で作られています。このソフトを更新してください。"
        raise StoreError(text, code="too_new")
    if not shape.is_ours(path, version):
        raise StoreError(DAMAGED, code="damaged")
    database = Database(path)
    try:
        with database.read() as tx:
            if version == SCHEMA and checks.problems(tx):
                raise StoreError(DAMAGED, code="damaged")
            return CopyFacts(
                office=meta.get(tx, "office"),
                promoter=meta.get(tx, "promoter"),
                revisions=revisions.count(tx),
                digest=projections.state(tx),
                schema=version,
            )
    finally:
        database.close()


def _verified(path: Path, damaged: str) -> CopyFacts:
    """Verify with another sentence for damage: it may be the store itself that is damaged."""
    try:
        return verify(path)
    except StoreError as error:
        if error.code != "damaged":
            raise
        raise StoreError(damaged, code="damaged") from error


def same(store: Path, copied: Path) -> bool:
    """Whether two files hold the same revisions, drafts, notes, files beside records and sheets."""
    return schema_of(copied) == SCHEMA and _kept(store) == _kept(copied)


def _kept(path: Path) -> dict[str, list[str]]:
    """Return every row that can be lost; the log and what a start writes say nothing of it."""
    database = Database(path)
    try:
        with database.read() as tx:
            found = {t.name: _rows(tx, t) for t in transfer.CARRIED if t.name not in _FOLLOWS}
            return {**found, "state": [projections.state(tx)]}
    finally:
        database.close()


def _rows(tx: Tx, table: Table) -> list[str]:
    columns = [c for c in table.c if not isinstance(c.type, LargeBinary)]
    return sorted(repr(tuple(row)) for row in tx.execute(select(*columns)))


def holds_any(path: Path, ids: Collection[str]) -> bool:
    """Whether a copy still holds one of these revisions."""
    database = Database(path)
    try:
        with database.read() as tx:
            return bool(revisions.held(tx, ids))
    finally:
        database.close()


def file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
