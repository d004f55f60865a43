"""Reading community resources: few enough to be read from their heads, without an own table."""

from sqlalchemy import Connection, select

from kashiwa_desktop.domain import resource as rules
from kashiwa_desktop.domain.resource import Resource
from kashiwa_desktop.storage.revisions import read_line
from kashiwa_desktop.storage.tables import head, revision

TYPE = "resource"
_SHOWN = (
    select(revision.c.line, head.c.versions, head.c.conflict)
    .select_from(head.join(revision, revision.c.id == head.c.revision))
    .where(head.c.type == TYPE, head.c.shown == 1, head.c.deleted == 0)
)


def shown(tx: Connection, promoter: str | None = None) -> dict[Resource, str]:
    """Return the shown, live resources with the role of who wrote that version last, in order."""
    query = _SHOWN if promoter is None else _SHOWN.where(head.c.promoter == promoter)
    found: dict[Resource, str] = {}
    for line, versions, conflict in tx.execute(query):
        r = read_line(line)
        whose = r.key.promoter or ""
        one = rules.read(r.body, r.key.id, whose, version=versions, conflict=bool(conflict))
        found[one] = r.by.role
    return {one: found[one] for one in rules.in_order(found)}


def first_days(tx: Connection) -> dict[str, str]:
    """Return the day on which each record was first written, as its lines tell it.

    What was taken over began with the record it continues.
    """
    found: dict[str, str] = {}
    before: dict[str, str] = {}
    for line in tx.scalars(select(revision.c.line).where(revision.c.type == TYPE)):
        r = read_line(line)
        found[r.key.id] = min(found.get(r.key.id, r.at[:10]), r.at[:10])
        before[r.key.id] = r.body.get("succeeds", "") or before.get(r.key.id, "")
    return {record: min(found[one] for one in _line(record, before, found)) for record in found}


def _line(record: str, before: dict[str, str], held: dict[str, str]) -> list[str]:
    """Return a record and those it continues, as far as they are held; a circle ends."""
    found = [record]
    while (last := before[found[-1]]) in held and last not in found:
        found.append(last)
    return found
