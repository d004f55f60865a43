"""What never leaves this PC: drafts (書きかけ), private notes (自分用メモ), and steps to undo."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from kashiwa_desktop.domain import attachment
from kashiwa_desktop.domain.attachment import Attachment
from kashiwa_desktop.storage.tables import draft, private_note, undo_step

REGISTER = "register"
"""The field of a draft that says whose register of resources it is for."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was not yet saved, as it stood at ``at``."""

    id: str
    at: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One change of records: ``changes`` are (record id, revision written) pairs.

    ``notes`` are the private notes that stood before, ``files`` the files that lay beside a record
    before, where the change touched them.
    """

    n: int
    at: str
    text: str
    changes: list[tuple[str, str]]
    notes: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[Attachment]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Beside:
    """What lay beside a record before a change: its private note and its files."""

    note: str
    files: Sequence[Attachment] = ()


def put(tx: Connection, value: Draft) -> None:
    remove(tx, value.id)
    text = json.dumps(value.fields, ensure_ascii=False)
    tx.execute(draft.insert().values(id=value.id, at=value.at, body=text))


def remove(tx: Connection, draft_id: str) -> None:
    tx.execute(draft.delete().where(draft.c.id == draft_id))


def all_drafts(tx: Connection) -> list[Draft]:
    """Return the drafts, newest first."""
    rows = tx.execute(select(draft).order_by(draft.c.at.desc(), draft.c.id))
    return [Draft(row.id, row.at, json.loads(row.body)) for row in rows]


def of_activities(tx: Connection) -> list[Draft]:
    """Return the drafts of activities: one of a resource never pours into their form."""
    return [d for d in all_drafts(tx) if REGISTER not in d.fields]


def private_text(tx: Connection, record: str) -> str:
    found = tx.scalar(select(private_note.c.text).where(private_note.c.record == record))
    return found or ""


def private_texts(tx: Connection) -> dict[str, str]:
    """Return every private note by its record."""
    return {row.record: row.text for row in tx.execute(select(private_note))}


def put_private_text(tx: Connection, record: str, text: str) -> None:
    tx.execute(private_note.delete().where(private_note.c.record == record))
    if text:
        tx.execute(private_note.insert().values(record=record, text=text))


def add_step(
    tx: Connection,
    at: str,
    text: str,
    changes: list[tuple[str, str]],
    beside: Mapping[str, Beside] | None = None,
) -> None:
    """Remember a change, and what lay beside its records before where that may have changed."""
    kept = beside or {}
    rows = [[r, w, *_kept(kept[r])] if r in kept else [r, w] for r, w in changes]
    n = (tx.scalar(select(func.max(undo_step.c.n))) or 0) + 1
    tx.execute(undo_step.insert().values(n=n, at=at, text=text, changes=json.dumps(rows), undone=0))


def last_step(tx: Connection) -> UndoStep | None:
    """Return the newest change that was not undone."""
    query = select(undo_step).where(undo_step.c.undone == 0).order_by(undo_step.c.n.desc())
    row = tx.execute(query).first()
    return None if row is None else _read(row.n, row.at, row.text, json.loads(row.changes))


def open_steps(tx: Connection, since: str) -> list[UndoStep]:
    """Return the changes since a time that were not undone."""
    query = select(undo_step).where(undo_step.c.undone == 0, undo_step.c.at >= since)
    rows = tx.execute(query).all()
    return [_read(row.n, row.at, row.text, json.loads(row.changes)) for row in rows]


def _kept(beside: Beside) -> list[Any]:
    files = [one.row() for one in beside.files]
    return [beside.note, files] if files else [beside.note]


def _read(n: int, at: str, text: str, rows: list[Any]) -> UndoStep:
    """Read a step: [record, revision], then the note and the files where they were kept."""
    notes = {kept[0]: kept[2] for kept in rows if len(kept) > 2}
    files = {kept[0]: attachment.read_all(kept[3]) for kept in rows if len(kept) > 3}
    files = {record: files.get(record, []) for record in notes}
    return UndoStep(n, at, text, [(kept[0], kept[1]) for kept in rows], notes, files)


def mark_undone(tx: Connection, n: int) -> None:
    tx.execute(undo_step.update().where(undo_step.c.n == n).values(undone=1))


def forget_steps(tx: Connection, revisions: Collection[str]) -> None:
    """Drop the steps that would bring back erased text, and the words they kept of it."""
    for row in tx.execute(select(undo_step.c.n, undo_step.c.changes)).all():
        if any(kept[1] in revisions for kept in json.loads(row.changes)):
            tx.execute(undo_step.delete().where(undo_step.c.n == row.n))
