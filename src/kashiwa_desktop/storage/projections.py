"""Projections: heads and activities, made from the revisions, touched records only.

They are never the truth: ``rebuild`` makes them again from the set, ``differences`` says where
they do not agree with it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, Table, select

from kashiwa_desktop.domain import activity as activities
from kashiwa_desktop.domain import revision as rules
from kashiwa_desktop.domain.activity import FIELDS
from kashiwa_desktop.domain.field import personal_text
from kashiwa_desktop.domain.revision import RecordKey, Revision
from kashiwa_desktop.domain.wording import search_key
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.tables import PROJECTIONS, head, revision

Rows = dict[str, list[dict[str, object]]]
_OF_ONE_TYPE = {
    "activity": "activity",
    "activity_area": "activity",
    "activity_tag": "activity",
    "erased": "erase",
}
"""Tables without a column for the type: two types may use one id, and must not meet here."""
CODE = 200
"""Codes are cut here: a foreign file may hold a book where an index takes a word."""


def refresh(tx: Connection, keys: Collection[RecordKey]) -> None:
    """Make the projections of these records again."""
    for promoter, kind, records in _parts(keys):
        for table in PROJECTIONS:
            if _OF_ONE_TYPE.get(table.name, kind) == kind:
                tx.execute(table.delete().where(*_same(table, promoter, kind, records)))
        wanted = select(revision.c.line).where(*_same(revision, promoter, kind, records))
        lines = tx.scalars(wanted.order_by(revision.c.id))
        _insert(tx, rows_of(map(revisions.read_line, lines)))


def _parts(keys: Collection[RecordKey]) -> Iterator[tuple[str, str, Sequence[str]]]:
    by_kind: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key in keys:
        by_kind[key.promoter or "", key.type].add(key.id)
    for (promoter, kind), records in sorted(by_kind.items()):
        for part in revisions.chunks(sorted(records)):
            yield promoter, kind, part


def _same(
    table: Table, promoter: str, kind: str, records: Sequence[str]
) -> Iterator[ColumnElement[bool]]:
    """Name each side by itself: SQLite reads a whole table for a list of pairs."""
    yield table.c.promoter == promoter
    if table in (head, revision):
        yield table.c.type == kind
    yield table.c.record.in_(records)


def rebuild(tx: Connection) -> None:
    """Make all projections again from the revisions; readers keep the view they have."""
    for table in PROJECTIONS:
        tx.execute(table.delete())
    _insert(tx, _fresh(tx))


def remake(tx: Connection) -> None:
    """Make the tables themselves again, as they are now, and fill them: at an upgrade."""
    for table in PROJECTIONS:
        table.drop(tx, checkfirst=True)
        table.create(tx)
    _insert(tx, _fresh(tx))


def differences(tx: Connection) -> list[str]:
    """Return the names of projections that do not agree with the revisions."""
    fresh = _fresh(tx)
    return [
        table.name
        for table in PROJECTIONS
        if stored_rows(tx, table) != _sorted(table, fresh[table.name])
    ]


def stored_rows(tx: Connection, table: Table) -> list[tuple[object, ...]]:
    """Return the rows of a projection, ordered by their values and never by a collation."""
    return sorted((tuple(row) for row in tx.execute(select(table))), key=repr)


def state(tx: Connection) -> str:
    """S: the digest of all revisions held."""
    return rules.state_digest(revisions.all_ids(tx))


def _sorted(table: Table, rows: Iterable[dict[str, object]]) -> list[tuple[object, ...]]:
    names = [column.name for column in table.columns]
    return sorted((tuple(row[name] for name in names) for row in rows), key=repr)


def _fresh(tx: Connection) -> Rows:
    lines = tx.scalars(select(revision.c.line).order_by(revision.c.id))
    return rows_of(map(revisions.read_line, lines))


def _insert(tx: Connection, rows: Rows) -> None:
    for table in PROJECTIONS:
        if rows[table.name]:
            tx.execute(table.insert(), rows[table.name])


def rows_of(held: Iterable[Revision]) -> Rows:
    """Return the rows of every projection for whole records."""
    by_record: dict[RecordKey, list[Revision]] = defaultdict(list)
    for r in held:
        by_record[r.key].append(r)
    rows: Rows = {table.name: [] for table in PROJECTIONS}
    for key, of_record in by_record.items():
        heads = rules.heads(of_record)
        if not heads:
            continue
        rows["head"].extend(_head_rows(heads, len(of_record)))
        if key.type == "erase":
            rows["erased"].extend(_erased_rows(of_record))
        shown = rules.shown(heads)
        if key.type == "activity" and not shown.deleted:
            _add_activity(rows, shown, conflict=rules.in_conflict(heads))
    return rows


def _head_rows(heads: Sequence[Revision], versions: int) -> list[dict[str, object]]:
    shown, conflict = rules.shown(heads), rules.in_conflict(heads)
    return [
        {
            "revision": h.id,
            "promoter": h.key.promoter or "",
            "type": h.key.type,
            "record": h.key.id,
            "month": h.month or "",
            "deleted": int(h.deleted),
            "shown": int(h is shown),
            "conflict": int(conflict),
            "versions": versions,
        }
        for h in heads
    ]


def _erased_rows(of_record: Sequence[Revision]) -> list[dict[str, object]]:
    """Every id an erase ever named, whatever came after it: an erase cannot be erased."""
    named = {name: r.key for r in of_record for name in r.body.get("revisions", ())}
    return [
        {"id": name, "promoter": key.promoter or "", "record": key.id}
        for name, key in sorted(named.items())
    ]


def _add_activity(rows: Rows, shown: Revision, *, conflict: bool) -> None:
    promoter = shown.key.promoter or ""
    a = activities.read(shown.body, shown.key.id, promoter)
    rows["activity"].append(
        {
            "promoter": promoter,
            "record": a.id,
            "month": shown.month or "",
            "date": a.date.isoformat(),
            "area": a.area[:CODE],
            "category": a.category[:CODE],
            "type": a.type[:CODE],
            "status": a.status,
            "counted": int(a.counted),
            "proxy": int(a.is_proxy),
            "minutes": a.minutes,
            "attendees": a.attendees,
            "conflict": int(conflict),
            "search": search_key("\n".join(personal_text(FIELDS, shown.body))),
        }
    )
    for name, codes in (("area", a.areas), ("tag", a.tags)):
        rows[f"activity_{name}"].extend(
            {"promoter": promoter, "record": a.id, name: code}
            for code in dict.fromkeys(code[:CODE] for code in codes)
        )
