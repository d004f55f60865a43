"""Which files lie beside which record on this PC (添付). The files themselves are not in here."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from kashiwa_desktop.domain.attachment import Attachment
from kashiwa_desktop.storage.tables import attachment


def of_record(tx: Connection, record: str) -> list[Attachment]:
    """Return the files of a record in their order."""
    query = select(attachment).where(attachment.c.record == record).order_by(attachment.c.place)
    return [Attachment(row.id, row.name, row.bytes) for row in tx.execute(query)]


def put(tx: Connection, record: str, files: Sequence[Attachment]) -> None:
    """Let exactly these files lie beside a record."""
    forget(tx, [record])
    for place, one in enumerate(files):
        values = {"record": record, "place": place, "id": one.id}
        tx.execute(attachment.insert().values(**values, name=one.name, bytes=one.bytes))


def forget(tx: Connection, records: Collection[str]) -> None:
    """Let nothing lie beside these records any more."""
    for record in records:
        tx.execute(attachment.delete().where(attachment.c.record == record))


def all_places(tx: Connection) -> dict[str, list[str]]:
    """Return every record that has files, with their ids."""
    found: dict[str, list[str]] = {}
    for row in tx.execute(select(attachment.c.record, attachment.c.id)):
        found.setdefault(row.record, []).append(row.id)
    return found
