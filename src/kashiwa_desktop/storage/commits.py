"""The mark of a transaction: whether it is in the store can be asked of the store afterwards.

An error from COMMIT says nothing (RELIABILITY.md §1.4), and a count of commits tells nobody whose
they were once another process writes too. So each transaction leaves a mark of its own beside the
last ones, written and looked for through SQLite or PostgreSQL and never by opening the file:
closing any descriptor of it would give away the locks of this process (§6.1, decision 0008).
"""

import secrets
from typing import Any

from sqlalchemy import Connection, text

from kashiwa_desktop.storage import meta

NAME = "commits"
"""Of the row in ``meta``; it says nothing of the office, and is never carried elsewhere."""
_LENGTH = 9
_KEPT = 64
"""Marks that are kept: so many others may write between an error and the look at the store."""
_PUT = text(
    "INSERT INTO meta (name, value) VALUES (:name, :mark) "
    "ON CONFLICT (name) DO UPDATE SET value = substr(:mark || meta.value, 1, :most)"
)


def mark(tx: Connection) -> str:
    """Leave the mark of this transaction, '' where it changed no row and has nothing to lose."""
    driver: Any = tx.connection.driver_connection
    if getattr(driver, "total_changes", 1) == 0:  # of SQLite, whose connections live as long as tx
        return ""
    made = secrets.token_hex(_LENGTH // 2) + " "
    tx.execute(_PUT, {"name": NAME, "mark": made, "most": _KEPT * _LENGTH})
    return made


def holds(mark: str, tx: Connection) -> bool:
    """Whether the transaction that left this mark is in the store."""
    found = meta.get(tx, NAME)
    return bool(mark) and mark in [found[n : n + _LENGTH] for n in range(0, len(found), _LENGTH)]
