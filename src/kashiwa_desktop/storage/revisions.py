"""Revisions in and out of the store: only ever added, never changed (BUNDLE.md §3, §4)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, Executable, Select, Table, bindparam, func, select
from sqlalchemy.dialects import sqlite

from kashiwa_desktop.domain.revision import RecordKey, Revision, from_fields
from kashiwa_desktop.domain.settings_schema import OFFICE_ONLY
from kashiwa_desktop.storage import erased
from kashiwa_desktop.storage.tables import bundle, bundle_revision, edge, head, revision

CHUNK = 500
_HEADS = (
    select(revision.c.line)
    .select_from(head.join(revision, revision.c.id == head.c.revision))
    .order_by(head.c.revision)
)
_HEADS_OF_RECORD = _HEADS.where(
    head.c.promoter == bindparam("promoter"),
    head.c.type == bindparam("type"),
    head.c.record == bindparam("record"),
)
_SHOWN = _HEADS.where(head.c.type == bindparam("type"), head.c.shown == 1, head.c.deleted == 0)
_COUNT = select(func.count()).select_from(revision)


def add_rows(tx: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    """``INSERT … ON CONFLICT DO NOTHING``, the same on SQLite and PostgreSQL."""
    if rows:
        tx.execute(_adding(tx, table), rows)


def _adding(tx: Connection, table: Table) -> Executable:
    if tx.dialect.name != "postgresql":
        return sqlite.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import postgresql  # most programs never meet a server

    return postgresql.insert(table).on_conflict_do_nothing()


class Added(NamedTuple):
    """What an addition changed: the ids that are new, and the records that were touched."""

    ids: frozenset[str]
    touched: set[RecordKey]


def add(tx: Connection, revisions: Sequence[Revision], *, made_here: bool) -> Added:
    """Take ``revisions`` into the set; what an erase among them or before them named stays out.

    An erase itself never does, in whatever order it and one that names it arrive. Inside a write
    transaction, whose lock is taken at its start: nobody comes in between.
    """
    ids = [r.id for r in revisions]
    erasing = erased.named_by(revisions)
    erases = {r.id for r in revisions if r.key.type == "erase"}
    skip = held(tx, ids) | ((erased.known(tx, ids) | erasing) - erases)
    new = [r for r in revisions if r.id not in skip]
    add_rows(tx, revision, [_row(r, made_here=made_here) for r in new])
    add_rows(tx, edge, [{"parent": p, "child": r.id} for r in new for p in r.parents])
    gone = [name for name, key in keys_of(tx, erasing).items() if key.type != "erase"]
    emptied = remove(tx, gone) if gone else set()
    return Added(frozenset(r.id for r in new), emptied | {r.key for r in new})


def _row(r: Revision, *, made_here: bool) -> dict[str, object]:
    return {
        "id": r.id,
        "promoter": r.key.promoter or "",
        "type": r.key.type,
        "record": r.key.id,
        "month": r.month or "",
        "role": r.by.role,
        "made_here": int(made_here),
        "line": r.line.decode(),
    }


def held(tx: Connection, ids: Collection[str]) -> set[str]:
    """Return those of ``ids`` that the store holds."""
    found: set[str] = set()
    for part in chunks(sorted(ids)):
        found.update(tx.scalars(select(revision.c.id).where(revision.c.id.in_(part))))
    return found


def chunks(items: Sequence[str]) -> Iterable[Sequence[str]]:
    """Cut a long list for ``IN (…)``."""
    return (items[i : i + CHUNK] for i in range(0, len(items), CHUNK))


def read_line(line: str) -> Revision:
    """Read a stored line, which was checked when it came in; its id is computed afresh."""
    stored = line.encode()
    return from_fields(stored, msgspec.json.decode(stored))


def load(tx: Connection, ids: Collection[str]) -> list[Revision]:
    """Return the revisions of these ids that are held, ordered by id."""
    found: list[Revision] = []
    for part in chunks(sorted(set(ids))):
        query = select(revision.c.line).where(revision.c.id.in_(part)).order_by(revision.c.id)
        found.extend(map(read_line, tx.scalars(query)))
    return found


def of_record(tx: Connection, key: RecordKey) -> list[Revision]:
    """Return every revision of one record, ordered by id."""
    query = (
        select(revision.c.line)
        .where(
            revision.c.promoter == (key.promoter or ""),
            revision.c.type == key.type,
            revision.c.record == key.id,
        )
        .order_by(revision.c.id)
    )
    return [read_line(line) for line in tx.scalars(query)]


def heads_of_record(tx: Connection, key: RecordKey) -> list[Revision]:
    """Return the heads of one record, ordered by id."""
    wanted = {"promoter": key.promoter or "", "type": key.type, "record": key.id}
    return [read_line(line) for line in tx.scalars(_HEADS_OF_RECORD, wanted)]


def heads_of_month(
    tx: Connection, kind: str, month: str | None = None, promoter: str | None = None
) -> list[Revision]:
    """Return the heads of one type, of a month and a promoter where given, ordered by id."""
    query = _HEADS.where(head.c.type == kind)
    if month is not None:
        query = query.where(head.c.month == month)
    if promoter is not None:
        query = query.where(head.c.promoter == promoter)
    return _lines(tx, query)


def head_ids(tx: Connection, kind: str) -> dict[RecordKey, set[str]]:
    """Return the ids of the heads of every record of one type, without reading their lines."""
    c = head.c
    query = select(c.promoter, c.record, c.revision).where(c.type == kind)
    found: dict[RecordKey, set[str]] = {}
    for promoter, record, revision_id in tx.execute(query):
        found.setdefault(RecordKey(promoter or None, kind, record), set()).add(revision_id)
    return found


def head_ids_by_month(
    tx: Connection, kind: str, month: str | None = None
) -> dict[tuple[str, str], set[str]]:
    """Return the ids of the heads of one type by (promoter, month)."""
    c = head.c
    query = select(c.promoter, c.month, c.revision).where(c.type == kind)
    if month is not None:
        query = query.where(c.month == month)
    found: dict[tuple[str, str], set[str]] = {}
    for promoter, of_month, revision_id in tx.execute(query):
        found.setdefault((promoter, of_month), set()).add(revision_id)
    return found


def count_conflicts(tx: Connection, keys: Collection[RecordKey]) -> int:
    """Return how many of these records are in conflict."""
    by_kind: dict[tuple[str, str], set[str]] = {}
    for key in keys:
        by_kind.setdefault((key.promoter or "", key.type), set()).add(key.id)
    found, c = 0, head.c
    for (promoter, kind), records in by_kind.items():
        for part in chunks(sorted(records)):
            same = (c.promoter == promoter, c.type == kind, c.record.in_(part), c.conflict == 1)
            found += tx.scalar(select(func.count(c.record.distinct())).where(*same)) or 0
    return found


def heads_in_conflict(tx: Connection, kind: str) -> list[Revision]:
    """Return all heads of one type whose records are in conflict, ordered by id."""
    return _lines(tx, _HEADS.where(head.c.type == kind, head.c.conflict == 1))


def shown(tx: Connection, kind: str, promoter: str | None = None) -> list[Revision]:
    """Return the shown, live head of every record of one type, ordered by id."""
    return [read_line(line) for line in shown_lines(tx, kind, promoter)]


def shown_lines(tx: Connection, kind: str, promoter: str | None = None) -> list[str]:
    """Return the same as stored: equal lines say the same, so they need not be read twice."""
    query = _SHOWN if promoter is None else _SHOWN.where(head.c.promoter == promoter)
    return list(tx.scalars(query, {"type": kind}))


def _lines(tx: Connection, query: Select[str]) -> list[Revision]:
    return [read_line(line) for line in tx.scalars(query)]


def all_ids(tx: Connection) -> list[str]:
    """Return every revision id held, in the order of bytes: what the state digest S is made of."""
    return list(tx.scalars(select(revision.c.id).order_by(revision.c.id)))


def all_held(tx: Connection) -> Iterator[Revision]:
    """Yield every revision held, ordered by id."""
    for line in tx.scalars(select(revision.c.line).order_by(revision.c.id)):
        yield read_line(line)


def count(tx: Connection) -> int:
    """Return how many revisions are held."""
    return tx.scalar(_COUNT) or 0


def lines_of_promoter(tx: Connection, promoter: str, role: str | None = None) -> list[bytes]:
    """Return all revisions of one promoter, of one role (submission) or of both (return)."""
    query = select(revision.c.line).where(revision.c.promoter == promoter).order_by(revision.c.id)
    if role is not None:
        query = query.where(revision.c.role == role)
    return [line.encode() for line in tx.scalars(query)]


def ids_of_promoter(tx: Connection, promoter: str, role: str) -> set[str]:
    """Return the ids of one promoter's revisions of one role, without reading their lines."""
    query = select(revision.c.id).where(revision.c.promoter == promoter, revision.c.role == role)
    return set(tx.scalars(query))


def not_sent(tx: Connection) -> list[bytes]:
    """Return the office's revisions that no file made here carries yet: what a journal is for."""
    sent = (
        select(bundle.c.id)
        .join(bundle_revision, bundle.c.id == bundle_revision.c.bundle)
        .where(bundle.c.direction == "out", bundle_revision.c.revision == revision.c.id)
        .exists()
    )
    query = select(revision.c.line).where(revision.c.role == "office", ~sent)
    query = query.order_by(revision.c.id)
    return [line.encode() for line in tx.scalars(query)]


def not_returned(tx: Connection, promoter: str) -> list[Revision]:
    """Return a promoter's revisions that no 事務局からの返事 carries yet, ordered by id."""
    returned = (
        select(bundle.c.id)
        .join(bundle_revision, bundle.c.id == bundle_revision.c.bundle)
        .where(bundle.c.direction == "out", bundle.c.kind == "return")
        .where(bundle_revision.c.revision == revision.c.id)
        .exists()
    )
    query = select(revision.c.line).where(revision.c.promoter == promoter, ~returned)
    return [read_line(line) for line in tx.scalars(query.order_by(revision.c.id))]


def claim(tx: Connection) -> None:
    """The office's revisions that came back from its own archive count as made here."""
    tx.execute(revision.update().where(revision.c.role == "office").values(made_here=1))


def shared_lines(tx: Connection) -> list[bytes]:
    """Return the office's settings and keys that name no single promoter: what a setup carries.

    Accounts of staff and closed years stay in the office.
    """
    query = (
        select(revision.c.line)
        .where(revision.c.promoter == "", revision.c.type.in_(("settings", "keys")))
        .order_by(revision.c.id)
    )
    lines = list(tx.scalars(query))
    return [line.encode() for line in lines if read_line(line).body.get("kind") not in OFFICE_ONLY]


def keys_of(tx: Connection, ids: Collection[str]) -> dict[str, RecordKey]:
    """Return to which records those of ``ids`` belong that are held."""
    found: dict[str, RecordKey] = {}
    c = revision.c
    for part in chunks(sorted(set(ids))):
        query = select(c.id, c.promoter, c.type, c.record).where(c.id.in_(part))
        for row in tx.execute(query):
            found[row.id] = RecordKey(row.promoter or None, row.type, row.record)
    return found


def built_on(tx: Connection, ids: Collection[str]) -> bool:
    """Whether a revision made here rests on one of ``ids``: as its parent, or named in its body."""
    for r in map(read_line, tx.scalars(select(revision.c.line).where(revision.c.made_here == 1))):
        named = {*r.parents, *r.body.get("heads", ()), r.body.get("report")}
        if not named.isdisjoint(ids):
            return True
    return False


def remove(tx: Connection, ids: Collection[str]) -> set[RecordKey]:
    """Take revisions out again (undo of an intake only); returns the records they belonged to."""
    touched = {r.key for r in load(tx, ids)}
    for part in chunks(sorted(ids)):
        tx.execute(edge.delete().where(edge.c.child.in_(part)))
        tx.execute(revision.delete().where(revision.c.id.in_(part)))
    return touched
