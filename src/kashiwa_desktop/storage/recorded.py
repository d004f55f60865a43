"""Which months of a promoter hold records."""

from sqlalchemy import Connection, select

from kashiwa_desktop.storage.tables import activity


def months(tx: Connection, promoter: str) -> list[str]:
    """Return the months with at least one live record, ``2026-10``, the oldest first."""
    column = activity.c.month
    query = select(column).where(activity.c.promoter == promoter).distinct().order_by(column)
    return list(tx.scalars(query))
