"""The log of what was done: append-only, each line holding the hash of the one before it.

It keeps who, when and what in codes and numbers (操作の記録), never the text of a record. Inside a
transaction that is watched (``witness``) the last line is kept back until its end, because it is to
name the rows that changed.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select

from kashiwa_desktop.storage import meta
from kashiwa_desktop.storage.tables import audit

END = "log_end"
"""How many lines there are, and the hash of the last: a log that was cut off would seem whole."""
ROWS = "witness"
"""In a line: the rows that its transaction changed. Alone it is a line that no person reads."""
_HELD = "log_held"


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
    line = {"at": at, "who": who, "event": event, "detail": detail}
    if _HELD not in tx.info:
        _add(tx, line)
        return
    _let_go(tx)
    tx.info[_HELD] = line


def hold(tx: Connection) -> None:
    """From here on the last line written is kept back, to the end of the transaction."""
    tx.info[_HELD] = None


def drop(tx: Connection) -> None:
    """Let go of the line kept back: its transaction was rolled back."""
    tx.info.pop(_HELD, None)


def is_held(tx: Connection) -> bool:
    """Whether a line of this transaction is kept back."""
    return bool(tx.info.get(_HELD))


def settle(tx: Connection, rows: dict[str, list[list[Any]]]) -> None:
    """Write the line kept back, and in it the rows that changed; else a line of their own."""
    line = tx.info.pop(_HELD, None)
    if rows:
        line = line or {"at": "", "who": "", "event": ROWS, "detail": {}}
        line["detail"] = line["detail"] | {ROWS: rows}
    if line:
        _add(tx, line)


def _let_go(tx: Connection) -> None:
    """Write the line kept back now: another one comes, or somebody reads the log."""
    line = tx.info.get(_HELD)
    if line:
        tx.info[_HELD] = None
        _add(tx, line)


def _add(tx: Connection, line: dict[str, Any]) -> None:
    n, previous = _last(tx)
    text = json.dumps(line["detail"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    row = {**line, "n": n + 1, "detail": text, "previous": previous}
    tx.execute(audit.insert().values(**row, hash=_hash(row)))
    meta.put(tx, END, f"{n + 1} {_hash(row)}")


def end(tx: Connection) -> tuple[int, str]:
    """Return the number and the hash of the last line, (0, '') of an empty log."""
    _let_go(tx)
    return _last(tx)


def _last(tx: Connection) -> tuple[int, str]:
    last = tx.execute(select(audit.c.n, audit.c.hash).order_by(audit.c.n.desc()).limit(1)).first()
    return (last.n, last.hash) if last else (0, "")


def goes_on_from(tx: Connection, n: int, own: str) -> bool:
    """Whether line ``n`` of this log has that hash: then all before it is the same too."""
    return hash_at(tx, n) == own if n else end(tx) == (0, "")


def hash_at(tx: Connection, n: int) -> str:
    """Return the hash of one line, '' where the log has none of that number."""
    return tx.scalar(select(audit.c.hash).where(audit.c.n == n)) or ""


def entries(tx: Connection, event: str | None = None) -> list[Entry]:
    """Return the log as people read it, oldest first: without the rows that its lines name."""
    _let_go(tx)
    query = select(audit).where(audit.c.event != ROWS).order_by(audit.c.n)
    if event is not None:
        query = query.where(audit.c.event == event)
    found = [
        Entry(row.n, row.at, row.who, row.event, json.loads(row.detail))
        for row in tx.execute(query)
    ]
    for entry in found:
        entry.detail.pop(ROWS, None)
    return found


def tells_of_rows(tx: Connection) -> bool:
    """Whether any line names rows."""
    return tx.scalar(_naming("").limit(1)) is not None


class _Naming(msgspec.Struct):
    witness: dict[str, list[list[str]]] = {}


def rows_told(tx: Connection, *about: str) -> Iterator[tuple[int, dict[str, list[list[str]]]]]:
    """Give the rows that lines name, oldest first; only lines that hold all of these texts.

    What cannot be read names none: ``is_whole`` speaks of it.
    """
    _let_go(tx)
    for row in tx.execute(_naming(*about).order_by(audit.c.n)):
        with contextlib.suppress(msgspec.DecodeError, UnicodeEncodeError):
            yield row.n, msgspec.json.decode(row.detail, type=_Naming).witness


def _naming(*about: str) -> Select[tuple[int, str]]:
    query = select(audit.c.n, audit.c.detail)
    for text in (f'"{ROWS}":', *about):
        query = query.where(audit.c.detail.contains(text, autoescape=True))
    return query


def is_whole(tx: Connection) -> bool:
    """Whether no line of the log was changed, left out or put in, the last ones too."""
    _let_go(tx)
    previous = ""
    for n, row in enumerate(tx.execute(select(audit).order_by(audit.c.n)).mappings(), start=1):
        if row["n"] != n or row["previous"] != previous or row["hash"] != _hash(dict(row)):
            return False
        previous = row["hash"]
    told = meta.get(tx, END)
    if not told:
        return not tells_of_rows(tx)
    return told == f"{length(tx)} {previous}"


def length(tx: Connection) -> int:
    _let_go(tx)
    return tx.scalar(select(func.count()).select_from(audit)) or 0


def _hash(row: dict[str, Any]) -> str:
    names = ("n", "at", "who", "event", "detail", "previous")
    return hashlib.sha256("\n".join(str(row[name]) for name in names).encode()).hexdigest()
