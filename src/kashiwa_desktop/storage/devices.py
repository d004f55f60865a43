"""The PCs of promoters that the office knows: their keys, and whether they still count."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select

from kashiwa_desktop.storage.tables import device


@dataclass(frozen=True, slots=True)
class Device:
    """One PC; ``state`` is ``listed`` or ``lost``."""

    id: str
    promoter: str
    key: str
    recipient: str
    state: str
    at: str
    who: str


def get(tx: Connection, device_id: str) -> Device | None:
    row = tx.execute(select(device).where(device.c.id == device_id)).mappings().first()
    return None if row is None else Device(**row)


def put(tx: Connection, value: Device) -> None:
    tx.execute(device.delete().where(device.c.id == value.id))
    tx.execute(device.insert().values(**asdict(value)))


def all_known(tx: Connection) -> list[Device]:
    query = select(device).order_by(device.c.promoter, device.c.at, device.c.id)
    return [Device(**row) for row in tx.execute(query).mappings()]


def of_promoter(tx: Connection, promoter: str) -> list[Device]:
    query = select(device).where(device.c.promoter == promoter).order_by(device.c.at, device.c.id)
    return [Device(**row) for row in tx.execute(query).mappings()]


def keys(tx: Connection) -> list[str]:
    """Return the public signing keys of all PCs that count."""
    return list(tx.scalars(select(device.c.key).where(device.c.state == "listed")))
