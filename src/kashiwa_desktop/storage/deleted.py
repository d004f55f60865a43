"""Reading what was deleted: the shown heads that say that their record is gone."""

from sqlalchemy import Connection, select

from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.storage.revisions import read_line
from kashiwa_desktop.storage.tables import head, revision


def heads(tx: Connection, kind: str, promoter: str) -> list[Revision]:
    """Return the shown heads of one promoter's deleted records of a type, ordered by id."""
    joined = head.join(revision, revision.c.id == head.c.revision)
    query = (
        select(revision.c.line)
        .select_from(joined)
        .where(
            head.c.type == kind,
            head.c.promoter == promoter,
            head.c.shown == 1,
            head.c.deleted == 1,
        )
        .order_by(head.c.revision)
    )
    return [read_line(line) for line in tx.scalars(query)]
