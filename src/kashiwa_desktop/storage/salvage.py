"""What can still be read of a damaged store, and proves by itself that it is whole.

A revision carries its own proof, its id is the hash of its line. So every one that can be read and
fits goes into the copy that takes the place of the damaged file: a union of sets, as any merging
(BUNDLE.md §3). What has no proof, a private note above all, comes from the copy alone.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from kashiwa_desktop.domain.canonical import NotCanonicalError
from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.domain.schema import SchemaError, read_revision
from kashiwa_desktop.storage import drafts, projections, revisions
from kashiwa_desktop.storage.complaints import unread
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.drafts import Draft
from kashiwa_desktop.storage.tables import draft

_ROWS = "SELECT id, made_here, line FROM revision WHERE rowid = ?"
_LAST = "SELECT max(rowid) FROM revision"
_DRAFTS = "SELECT id, at, body FROM draft"
_MOST = 1_000_000
"""Rows that are asked for one by one at most: a damaged file may name any number."""
_UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""SQLite's complaint quotes a damaged description of a table, and Python cannot decode it."""


def bring_over(damaged: Path, tx: Tx) -> int:
    """Add what is whole in ``damaged`` and not here yet; returns how many revisions were new.

    The file is read first, as it lies there: a journal beside it is not played back, and what could
    not be read at this moment is told as that, not taken for one damaged place more.
    """
    found: dict[bool, list[Revision]] = {True: [], False: []}
    data = _all_of(damaged)
    if not data:
        return 0
    try:
        with closing(sqlite3.connect(":memory:")) as file:
            file.deserialize(data)
            file.text_factory = bytes
            for made_here, one in _whole(file):
                found[made_here].append(one)
            _bring_drafts(file, tx)
    except _UNREADABLE:  # nothing more can be read
        pass
    new = 0
    for made_here, held in found.items():
        added = revisions.add(tx, held, made_here=made_here)
        projections.refresh(tx, added.touched)
        new += len(added.ids)
    return new


def _whole(file: sqlite3.Connection) -> Iterator[tuple[bool, Revision]]:
    """Give every revision that can be read and is what its id says, row by row."""
    for number in range(1, min(file.execute(_LAST).fetchone()[0] or 0, _MOST) + 1):
        try:
            row = file.execute(_ROWS, (number,)).fetchone()
            if row and hashlib.sha256(row[2]).hexdigest().encode() == row[0]:
                yield row[1] == 1, read_revision(row[2])
        except (*_UNREADABLE, TypeError, NotCanonicalError, SchemaError):
            continue


def _all_of(damaged: Path) -> bytes:
    try:
        return damaged.read_bytes()
    except OSError as error:
        raise unread() from error


def _bring_drafts(file: sqlite3.Connection, tx: Tx) -> None:
    """Keep 書きかけ: a person looks at it before it becomes a record."""
    known = set(tx.scalars(select(draft.c.id)))
    for row in file.execute(_DRAFTS):
        try:
            name, at, body = (value.decode() for value in row)
            fields = json.loads(body)
        except (AttributeError, ValueError):
            continue
        if name not in known and isinstance(fields, dict):
            drafts.put(tx, Draft(name, at, fields))
