"""What this store is: small facts by name (role, office, promoter, own PC)."""

from sqlalchemy import Connection, select

from kashiwa_desktop.storage.tables import meta

_ALL = select(meta.c.name, meta.c.value)


def get(tx: Connection, name: str, default: str = "") -> str:
    found = tx.scalar(select(meta.c.value).where(meta.c.name == name))
    return default if found is None else found


def all_values(tx: Connection) -> dict[str, str]:
    """Return every fact by its name, in one question."""
    return {row.name: row.value for row in tx.execute(_ALL)}


def put(tx: Connection, name: str, value: str) -> None:
    tx.execute(meta.delete().where(meta.c.name == name))
    tx.execute(meta.insert().values(name=name, value=value))
