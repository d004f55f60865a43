"""Bank data, sealed: this room keeps bytes that only the office's keys can open."""

from sqlalchemy import Connection, select

from kashiwa_desktop.storage.tables import bank_account


def put(tx: Connection, promoter: str, sealed: bytes, at: str, who: str) -> None:
    """Keep the account of a promoter (or of the office) in the place of an earlier one."""
    tx.execute(bank_account.delete().where(bank_account.c.promoter == promoter))
    tx.execute(bank_account.insert().values(promoter=promoter, at=at, who=who, sealed=sealed))


def seal_again(tx: Connection, promoter: str, sealed: bytes) -> None:
    """Keep the same account under another seal."""
    same = bank_account.c.promoter == promoter
    tx.execute(bank_account.update().where(same).values(sealed=sealed))


def every(tx: Connection) -> dict[str, bytes]:
    """Return the sealed accounts by promoter."""
    rows = tx.execute(select(bank_account.c.promoter, bank_account.c.sealed))
    return {row.promoter: bytes(row.sealed) for row in rows}
