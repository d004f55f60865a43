"""Lines exactly as they came, for who reckons for himself (second opinion, 監査綴り)."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from kashiwa_desktop.storage.tables import bundle, bundle_revision, revision


def of_month(tx: Connection, month: str) -> list[bytes]:
    """Return all settings, and all revisions of that month, as received, by id."""
    c = revision.c
    query = select(c.line).where((c.type == "settings") | (c.month == month)).order_by(c.id)
    return [line.encode() for line in tx.scalars(query)]


def bundles_of(tx: Connection, ids: Collection[str]) -> dict[str, list[str]]:
    """Return by revision id the files that brought it; nothing for those made here."""
    found: dict[str, list[str]] = {}
    names = sorted(ids)
    for i in range(0, len(names), 400):
        part = names[i : i + 400]
        joined = bundle_revision.join(bundle, bundle.c.id == bundle_revision.c.bundle)
        query = (
            select(bundle_revision.c.revision, bundle.c.id)
            .select_from(joined)
            .where(bundle.c.direction == "in", bundle_revision.c.revision.in_(part))
            .order_by(bundle.c.at, bundle.c.id)
        )
        for row in tx.execute(query):
            found.setdefault(row.revision, []).append(row.id)
    return found
