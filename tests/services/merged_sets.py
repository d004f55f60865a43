"""Merging decoded lines into a store that forgets them again, and pictures of what it holds."""

import contextlib
import hashlib
from dataclasses import replace

from kashiwa_desktop.bundle.reader import Expect, read
from kashiwa_desktop.services.travel.merging import merge
from kashiwa_desktop.storage import projections
from kashiwa_desktop.storage.tables import PROJECTIONS


class _ForgottenError(Exception):
    """Rolls everything back."""


@contextlib.contextmanager
def forgotten(store):
    """A transaction in which anything may be merged, and of which nothing stays."""
    with contextlib.suppress(_ForgottenError), store.db.write() as tx:
        yield tx
        raise _ForgottenError


def contents_of(town, path):
    expect = Expect(office=town.office_id, kind="submission")
    return read(path.read_bytes(), [town.keys.receiving], expect)


def part_of(contents, lines):
    """A file of the same sender with these revisions only."""
    lines = sorted(lines, key=lambda r: r.line)
    name = hashlib.sha256(b"".join(r.line for r in lines)).hexdigest()
    return replace(contents, bundle_id=name, revisions=lines)


def take(tx, contents):
    return merge(tx, contents, at="2026-11-05T10:00:00+09:00", intake="i", file="f")


def picture(tx):
    """S, and every projection as rows ordered by their bytes."""
    return projections.state(tx), [projections.stored_rows(tx, table) for table in PROJECTIONS]


def picture_after(store, files):
    with forgotten(store) as tx:
        for contents in files:
            take(tx, contents)
        return picture(tx)


def changes(tx):
    """How many rows this connection has changed so far, as SQLite counts them."""
    return tx.connection.dbapi_connection.total_changes


def everything(store):
    """All that a refused or failed file must leave as it was, but for the log."""
    with store.db.read() as tx:
        found = [picture(tx), tx.exec_driver_sql("SELECT * FROM bundle").all()]
        known = "SELECT * FROM meta WHERE name NOT IN ('log_end', 'commits')"
        found.append(sorted(tx.exec_driver_sql(known).all()))
        for table in ("bundle_revision", "intake", "device", "sheet"):
            found.append(sorted(tx.exec_driver_sql(f"SELECT * FROM {table}").all()))
    return found, sorted(path.name for path in store.folder.archive.iterdir())
