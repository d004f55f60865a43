"""Whether a file is damaged, or could only not be read at one moment (RELIABILITY.md §6.7).

SQLite calls a page "malformed" also where the system refused one read of it (EIO). So before
anybody is sent back to a copy, the file is looked at again: page by page, as a copy of it is made,
because on that way SQLite says which of both it was.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import engines
from kashiwa_desktop.storage.complaints import unread

_WRONG = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def judged(said: StoreError, path: Path | None) -> StoreError:
    """Return what is to be said: that the file could not be read, unless it is wrong as it lies."""
    if said.code != "damaged" or path is None or is_wrong(path):
        return said
    return unread()


def of(tx: Connection) -> Path | None:
    """Return the file that a transaction works on, None of a server."""
    name = tx.engine.url.database
    return Path(name) if tx.dialect.name == "sqlite" and name else None


def is_wrong(path: Path) -> bool:
    """Whether all of a file can be read and SQLite finds it out of order."""
    try:
        with closing(engines.connect(path)) as file, closing(sqlite3.connect(":memory:")) as copy:
            file.backup(copy, progress=_nobody_waits)
            found: tuple[str] = copy.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        return primary(error) in _WRONG
    except UnicodeDecodeError:  # the driver cannot read what SQLite quotes of the damage
        return True
    return found != ("ok",)


def primary(error: sqlite3.Error) -> int:
    """Return SQLite's code without what it says besides."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _nobody_waits(status: int, _left: int, _all: int) -> None:
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise sqlite3.OperationalError("database is locked")
