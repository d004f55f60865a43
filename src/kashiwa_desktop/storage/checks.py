"""Whether the store is whole: SQLite's own checks notice little, so every hash is made again.

RELIABILITY.md §1.1: of single-bit flips that changed data, SQLite's checks missed nine of ten.
"""

import hashlib
import re
import sqlite3
from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, exc, select

from kashiwa_desktop.domain.canonical import NotCanonicalError
from kashiwa_desktop.domain.revision import Revision, parse
from kashiwa_desktop.domain.schema import SchemaError, read_revision
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import audit, damage, payments, projections, shape, sheets, testimony
from kashiwa_desktop.storage.complaints import sentence, unread
from kashiwa_desktop.storage.database import Database
from kashiwa_desktop.storage.tables import bundle, bundle_revision, edge, erased, revision
from kashiwa_desktop.storage.testimony import Wrong

_BROKEN = "記録のファイルがこわれています。"

_UNREAD_PAGE = re.compile(r"failed to get page|unable to get the page\. error code=(\d+)")


def problems(tx: Connection) -> list[Wrong]:
    """Return what is wrong with the store, in plain words; empty where it is whole."""
    try:
        return list(_problems(tx))
    except exc.DBAPIError as error:
        if "no such" in str(error.orig):  # a flipped bit in the description of the tables
            return [Wrong(_BROKEN)]
        said = sentence(error.orig)
        if said is None or said.code != "damaged":
            raise
        said = damage.judged(said, damage.of(tx))
        if said.code != "damaged":
            raise said from error
        return [Wrong(said.text)]


def _problems(tx: Connection) -> Iterator[Wrong]:
    yield from map(Wrong, _of_database(tx))
    held, wrong = _revisions(tx)
    yield from wrong
    if not wrong:
        yield from map(Wrong, _of_edges(tx, held))
        for name in projections.differences(tx):
            yield Wrong(f"一覧({name})が記録と合いません。")
    yield from _of_papers(tx)
    yield from _of_log(tx)
    known = {r.id for r in held}
    gone = set(tx.scalars(select(erased.c.id)))
    lost = set(tx.scalars(select(bundle_revision.c.revision))) - known - gone
    if lost and not wrong:
        yield Wrong(f"受け取った記録が{len(lost)}件なくなっています。")


def _of_papers(tx: Connection) -> Iterator[Wrong]:
    broken = sheets.damaged(tx)
    for one in broken:
        text = f"発行した書類 {one.number} が印と合いません。"
        yield Wrong(text, one.promoter, one.month, one.number)
    if not broken:
        for paid in payments.strangers(tx):
            text = f"支払 {paid.number} が書類と合いません。"
            yield Wrong(text, paid.promoter, paid.month, paid.number)
    for number in sheets.left_out(tx):
        text = f"書類 {number} がありません(番号がとんでいます)。"
        yield Wrong(text, number=number)


def _of_log(tx: Connection) -> Iterator[Wrong]:
    """Rows are compared with a log that is whole: one that is not witnesses nothing."""
    if audit.is_whole(tx):
        yield from testimony.differences(tx)
    else:
        yield Wrong("操作の記録が書きかえられています。")


def log_head(database: Database, known: Collection[tuple[int, str]] = ()) -> tuple[int, str] | None:
    """Return how long the log is and how it ends, (0, '') for an empty one.

    None where that cannot be read, or where the log does not hold the earlier heads ``known``.
    """
    try:
        with database.read() as tx:
            same = all(audit.hash_at(tx, n) == digest for n, digest in known)
            return audit.end(tx) if same else None
    except (StoreError, exc.DBAPIError):
        return None


def pages_whole(tx: Connection) -> bool:
    """Whether SQLite finds its pages in order (0.14 s at ten years); its hashes are not made."""
    if tx.dialect.name != "sqlite":
        return True
    return _whole(tx, "PRAGMA quick_check(1)")


def archived_names(tx: Connection) -> list[str]:
    """Return the names that files taken in must have in ``archive/``."""
    query = select(bundle.c.file).where(bundle.c.direction == "in", bundle.c.intake != "")
    return list(tx.scalars(query.order_by(bundle.c.file)))


def kept_names(tx: Connection) -> list[str]:
    """Return the names of all files that were made or taken in, whether still in ``archive/``."""
    query = select(bundle.c.file).where(bundle.c.direction != "making").distinct()
    return list(tx.scalars(query.order_by(bundle.c.file)))


def _of_database(tx: Connection) -> Iterator[str]:
    if tx.dialect.name != "sqlite":
        if not shape.is_ours_shared(tx, max(shape.SHARED)):
            yield "共有のデータベースに、このソフトが作ったのではないものがあります。"
        return
    if not _whole(tx, "PRAGMA integrity_check"):
        yield _BROKEN
    if tx.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        yield "記録のファイルの中のつながりがこわれています。"
    version = tx.exec_driver_sql("PRAGMA user_version").scalar() or 0
    if shape.of(tx) != shape.KNOWN.get(version):
        yield "記録のファイルに、このソフトが作ったのではないものがあります。"


def _whole(tx: Connection, pragma: str) -> bool:
    """Ask SQLite; it tells of a page that could not be read as it tells of damage."""
    said = tx.exec_driver_sql(pragma).scalars().all()
    for code in _UNREAD_PAGE.findall("\n".join(said)):
        if not code or int(code) & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise unread()
    return said == ["ok"]


def _revisions(tx: Connection) -> tuple[list[Revision], list[Wrong]]:
    """Return (revisions that are what their id says, what is to be said of the others)."""
    held, wrong = [], []
    c = revision.c
    query = select(c.id, c.promoter, c.type, c.record, c.month, c.role, c.line).order_by(c.id)
    for row in tx.execute(query):
        one = _read(row.id, row.line.encode())
        if one is not None:
            held.append(one)
        if one is None or _columns(one) != tuple(row)[1:6]:
            text = f"記録 {row.id[:12]} の中身が印と合いません。"
            wrong.append(Wrong(text, row.promoter, row.month))
    return held, wrong


def _read(name: str, line: bytes) -> Revision | None:
    """Return the revision of a line, None where it is not what its id says.

    A line that is ``unfit`` is what was written, and no damage.
    """
    try:
        return _as_stored(line) if hashlib.sha256(line).hexdigest() == name else None
    except NotCanonicalError:
        return None


def _columns(r: Revision) -> tuple[str, ...]:
    return (r.key.promoter or "", r.key.type, r.key.id, r.month or "", r.by.role)


def _as_stored(line: bytes) -> Revision:
    try:
        return read_revision(line)
    except SchemaError:
        return parse(line)


class Unfit(NamedTuple):
    """A revision that every reader refuses, so that no file can hold it, and what is wrong."""

    revision: Revision
    why: SchemaError


def unfit(tx: Connection) -> list[Unfit]:
    """Return what an older version let in though no file can hold it (``services.safety.healing``).

    A line that is not what its id says is damage, and ``problems`` tells of it.
    """
    found = []
    for line in tx.scalars(select(revision.c.line).order_by(revision.c.id)):
        try:
            read_revision(line.encode())
        except SchemaError as error:
            found.append(Unfit(parse(line.encode()), error))
        except NotCanonicalError:
            continue
    return found


def _of_edges(tx: Connection, held: list[Revision]) -> list[str]:
    stored = {(row.parent, row.child) for row in tx.execute(select(edge))}
    if stored != {(parent, r.id) for r in held for parent in r.parents}:
        return ["記録のつながりが記録と合いません。"]
    return []
