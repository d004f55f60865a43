"""Issued sheets: their number, what they were printed from, and their PDF."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, func, select

from kashiwa_desktop.storage.tables import sheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """One issued sheet; ``yen`` in yen, ``approval`` the revision id it rests on."""

    number: str
    kind: str
    promoter: str
    appointment: str
    area: str
    month: str
    yen: int
    code: str
    approval: str
    sources: str
    issued_at: str
    issued_by: str
    pdf: bytes = b""


def find(tx: Connection, appointment: str, month: str, approval: str) -> Sheet | None:
    """Return the sheet already issued for this approval, if there is one."""
    query = select(sheet).where(
        sheet.c.appointment == appointment, sheet.c.month == month, sheet.c.approval == approval
    )
    row = tx.execute(query).mappings().first()
    return None if row is None else Sheet(**row)


def of_month(tx: Connection, month: str) -> list[Sheet]:
    query = select(sheet).where(sheet.c.month == month).order_by(sheet.c.number)
    return [Sheet(**row) for row in tx.execute(query).mappings()]


def next_number(tx: Connection, prefix: str) -> str:
    """Return the next number of this kind and month, ``R8-10-001``: none twice, none left out."""
    used = tx.scalar(
        select(func.count()).select_from(sheet).where(sheet.c.number.startswith(prefix))
    )
    return f"{prefix}{(used or 0) + 1:03d}"


def add(tx: Connection, value: Sheet) -> None:
    tx.execute(sheet.insert().values(**asdict(value)))
