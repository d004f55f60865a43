"""Erased revisions: their bytes and edges are gone, their ids are skipped wherever they turn up.

BUNDLE.md §6: an ``erase`` revision names them; the order in which it and they arrive does not
matter, and an erase cannot be erased.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.storage.tables import bundle, bundle_revision, erased, revision


def named_by(revisions: Sequence[Revision]) -> set[str]:
    """Return the ids that erase revisions among these name."""
    erases = (r for r in revisions if r.key.type == "erase")
    return {name for r in erases for name in r.body.get("revisions", ())}


def known(tx: Connection, ids: Collection[str]) -> set[str]:
    """Return those of ``ids`` that were erased here; what is held although named is an erase."""
    found: set[str] = set()
    wanted = sorted(ids)
    for i in range(0, len(wanted), 500):
        query = select(erased.c.id).where(erased.c.id.in_(wanted[i : i + 500]))
        found.update(tx.scalars(query.where(erased.c.id.not_in(select(revision.c.id)))))
    return found


def all_ids(tx: Connection) -> set[str]:
    """Return the ids of everything that was ever erased here."""
    return set(tx.scalars(select(erased.c.id).where(erased.c.id.not_in(select(revision.c.id)))))


def archived_with(tx: Connection, ids: Collection[str], direction: str) -> list[str]:
    """Return the names of archive files of this direction that carry one of ``ids``."""
    joined = bundle.join(bundle_revision, bundle_revision.c.bundle == bundle.c.id)
    query = (
        select(bundle.c.file)
        .select_from(joined)
        .where(bundle.c.direction == direction, bundle_revision.c.revision.in_(sorted(ids)))
        .distinct()
        .order_by(bundle.c.file)
    )
    return list(tx.scalars(query))


def moved(tx: Connection, old: Collection[str], new: str) -> None:
    """Files of the archive were replaced by one of their other lines."""
    tx.execute(bundle.update().where(bundle.c.file.in_(sorted(old))).values(file=new))
