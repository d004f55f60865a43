"""Whether the store is whole: SQLite's own checks notice little, so every hash is made again.

RELIABILITY.md §1.1: of single-bit flips that changed data, SQLite's checks missed nine of ten.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, exc, select

from kashiwa_desktop.domain.canonical import NotCanonicalError
from kashiwa_desktop.domain.revision import Revision, parse
from kashiwa_desktop.domain.schema import SchemaError, read_revision
from kashiwa_desktop.storage import audit, payments, projections, shape, sheets
from kashiwa_desktop.storage.complaints import sentence, unread
from kashiwa_desktop.storage.tables import bundle, bundle_revision, edge, erased, revision

_UNREAD_PAGE = re.compile(r"failed to get page|unable to get the page\. error code=(\d+)")


def problems(tx: Connection) -> list[str]:
    """Return what is wrong with the store, in plain words; empty where it is whole."""
    try:
        return _problems(tx)
    except exc.DBAPIError as error:
        if "no such" in str(error.orig):  # a flipped bit in the description of the tables
            return ["記録のファイルがこわれています。"]
        damage = sentence(error.orig)
        if damage is None or damage.code != "damaged":
            raise
        return [damage.text]


def _problems(tx: Connection) -> list[str]:
    found = list(_of_database(tx))
    held, wrong = _revisions(tx)
    found += [f"記録 {name[:12]} の中身が印と合いません。" for name in wrong]
    if wrong:
        return found
    found += _of_edges(tx, held)
    found += [f"一覧({name})が記録と合いません。" for name in projections.differences(tx)]
    broken = sheets.damaged(tx)
    found += [f"発行した書類 {name} が印と合いません。" for name in broken]
    if not broken:
        found += [f"支払 {number} が書類と合いません。" for number in payments.strangers(tx)]
    if not audit.is_whole(tx):
        found.append("操作の記録が書きかえられています。")
    known = {r.id for r in held}
    gone = set(tx.scalars(select(erased.c.id)))
    lost = set(tx.scalars(select(bundle_revision.c.revision))) - known - gone
    if lost:
        found.append(f"受け取った記録が{len(lost)}件なくなっています。")
    return found


def pages_whole(tx: Connection) -> bool:
    """Whether SQLite finds its pages in order (0.14 s at ten years); its hashes are not made."""
    if tx.dialect.name != "sqlite":
        return True
    return _whole(tx, "PRAGMA quick_check(1)")


def archived_names(tx: Connection) -> list[str]:
    """Return the names that files taken in must have in ``archive/``."""
    query = select(bundle.c.file).where(bundle.c.direction == "in", bundle.c.intake != "")
    return list(tx.scalars(query.order_by(bundle.c.file)))


def _of_database(tx: Connection) -> Iterator[str]:
    if tx.dialect.name != "sqlite":
        return
    if not _whole(tx, "PRAGMA integrity_check"):
        yield "記録のファイルがこわれています。"
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


def _revisions(tx: Connection) -> tuple[list[Revision], list[str]]:
    """Return (revisions that are what their id says, ids of those that are not)."""
    held, wrong = [], []
    c = revision.c
    query = select(c.id, c.promoter, c.type, c.record, c.month, c.role, c.line).order_by(c.id)
    for row in tx.execute(query):
        line = row.line.encode()
        if hashlib.sha256(line).hexdigest() != row.id:
            wrong.append(row.id)
            continue
        try:
            r = _as_stored(line)
        except NotCanonicalError:
            wrong.append(row.id)
            continue
        said = (r.key.promoter or "", r.key.type, r.key.id, r.month or "", r.by.role)
        if said != (row.promoter, row.type, row.record, row.month, row.role):
            wrong.append(row.id)
        held.append(r)
    return held, wrong


def _as_stored(line: bytes) -> Revision:
    """Read a line that may be ``unfit``: it is what was written, and no damage."""
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
