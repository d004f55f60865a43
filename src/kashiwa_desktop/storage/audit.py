"""The log of what was done: append-only, each line holding the hash of the one before it.

It keeps who, when and what in codes and numbers (操作の記録), never the text of a record.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from kashiwa_desktop.storage import meta
from kashiwa_desktop.storage.tables import audit

_END = "log_end"
"""How many lines there are, and the hash of the last: a log that was cut off would seem whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    n: int
    at: str
    who: str
    event: str
    detail: dict[str, Any]


def write(tx: Connection, at: str, who: str, event: str, **detail: Any) -> None:
    """Add one line to the log."""
    last, previous = end(tx)
    n = last + 1
    text = json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    row = {"n": n, "at": at, "who": who, "event": event, "detail": text, "previous": previous}
    own = _hash(row)
    tx.execute(audit.insert().values(**row, hash=own))
    meta.put(tx, _END, f"{n} {own}")


def end(tx: Connection) -> tuple[int, str]:
    """Return the number and the hash of the last line, (0, '') of an empty log."""
    last = tx.execute(select(audit.c.n, audit.c.hash).order_by(audit.c.n.desc()).limit(1)).first()
    return (last.n, last.hash) if last else (0, "")


def goes_on_from(tx: Connection, n: int, own: str) -> bool:
    """Whether line ``n`` of this log has that hash: then all before it is the same too."""
    if not n:
        return end(tx) == (0, "")
    return tx.scalar(select(audit.c.hash).where(audit.c.n == n)) == own


def entries(tx: Connection, event: str | None = None) -> list[Entry]:
    """Return the log, oldest first."""
    query = select(audit).order_by(audit.c.n)
    if event is not None:
        query = query.where(audit.c.event == event)
    return [
        Entry(row.n, row.at, row.who, row.event, json.loads(row.detail))
        for row in tx.execute(query)
    ]


def is_whole(tx: Connection) -> bool:
    """Whether no line of the log was changed, left out or put in, the last ones too."""
    previous = ""
    for n, row in enumerate(tx.execute(select(audit).order_by(audit.c.n)).mappings(), start=1):
        if row["n"] != n or row["previous"] != previous or row["hash"] != _hash(dict(row)):
            return False
        previous = row["hash"]
    told = meta.get(tx, _END)
    return not told or told == f"{length(tx)} {previous}"


def length(tx: Connection) -> int:
    return tx.scalar(select(func.count()).select_from(audit)) or 0


def _hash(row: dict[str, Any]) -> str:
    names = ("n", "at", "who", "event", "detail", "previous")
    return hashlib.sha256("\n".join(str(row[name]) for name in names).encode()).hexdigest()
