"""What was paid: one row for each appointment, month and kind, and no second one, ever."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select

from kashiwa_desktop.storage import sheets
from kashiwa_desktop.storage.sheets import Sheet
from kashiwa_desktop.storage.tables import payment


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment; ``net`` in yen (below zero: given back), ``paid_on`` an ISO date.

    ``basis`` tells corrections of one month apart: the approval they rest on, else ''.
    """

    appointment: str
    month: str
    kind: str
    basis: str
    number: str
    promoter: str
    paid_on: str
    method: str
    voucher: str
    at: str
    who: str
    net: int


def add(tx: Connection, value: Paid) -> None:
    """Remember a payment; the primary key refuses a second one."""
    tx.execute(payment.insert().values(**asdict(value)))


def of_number(tx: Connection, number: str) -> Paid | None:
    return next(iter(_read(tx, payment.c.number == number)), None)


def of_line(tx: Connection, value: Sheet) -> Paid | None:
    """Return the payment of what a sheet is about, whichever number it was paid under."""
    c = payment.c
    same = (c.appointment == value.appointment, c.month == value.month)
    return next(iter(_read(tx, *same, c.kind == value.kind, c.basis == value.basis)), None)


def of_month(tx: Connection, month: str) -> dict[str, Paid]:
    """Return the payments of one month of service, by the number of their sheet."""
    return {p.number: p for p in _read(tx, payment.c.month == month)}


def between(tx: Connection, first: str, last: str) -> list[Paid]:
    """Return what was paid from one ISO date to another, by date and number."""
    return _read(tx, payment.c.paid_on >= first, payment.c.paid_on <= last)


def every(tx: Connection) -> dict[str, Paid]:
    return {p.number: p for p in _read(tx)}


def strangers(tx: Connection) -> list[Paid]:
    """Return the payments that do not say what their sheet says."""
    issued = sheets.nets(tx)
    return [paid for number, paid in every(tx).items() if issued.get(number) != paid.net]


def _read(tx: Connection, *where: object) -> list[Paid]:
    query = select(payment).where(*where).order_by(payment.c.paid_on, payment.c.number)  # type: ignore[arg-type]
    return [Paid(**row) for row in tx.execute(query).mappings()]
