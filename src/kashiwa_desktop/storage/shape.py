"""What tables, indexes and triggers a store must have, to the letter: nothing more, nothing less.

RELIABILITY.md §3, R22: a trigger, a view or a rule that somebody put into a store would act as soon
as the store is used. So its description is compared before anything else is asked of it, at every
opening: one read of ``sqlite_master``.
"""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import damage, engines
from kashiwa_desktop.storage.complaints import DAMAGED, sentence

KNOWN = {
    1: "a6f9ffda89656e26505e75f634bf1420c40e2e2a9e2032d2a3720b7f7dc67f47",
    3: "6df4faa1dc7678cf15bcb77bad6c223bd438506915c7935b754c78a5d215da15",
    4: "542bd4e14e6502fb5b42f19ff8659ff93caf692ba1a3a3c1c8f838963897298e",
    5: "542bd4e14e6502fb5b42f19ff8659ff93caf692ba1a3a3c1c8f838963897298e",
}
"""Of every schema that stores were ever made with; a test makes the present one and compares."""
_DESCRIPTION = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"


def is_ours(path: Path, version: int) -> bool:
    """Whether a file of this schema holds exactly our tables; StoreError where it is in use."""
    try:
        with closing(engines.connect(path)) as file:
            found = _digest(file.execute(_DESCRIPTION).fetchall())
    except sqlite3.Error as error:
        said = damage.judged(sentence(error) or StoreError(DAMAGED, code="damaged"), path)
        if said.code != "damaged":
            raise said from error
        return False
    except UnicodeDecodeError:  # the driver cannot read what was made of a name
        return False
    return found == KNOWN.get(version)


def of(tx: Connection) -> str:
    """Return the digest of the description of all tables, indexes, views and triggers."""
    return _digest([tuple(row) for row in tx.exec_driver_sql(_DESCRIPTION)])


def _digest(rows: list[tuple[str, ...]]) -> str:
    lines = sorted("|".join(" ".join(part.split()) for part in row) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
