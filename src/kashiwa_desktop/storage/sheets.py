"""Issued sheets: their number, what they were printed from, their PDF, and what became of them.

A row is never changed but for three things: that it was printed, that it was cancelled, and (in
``payments``) that it was paid. Its digest is over all the rest, the PDF included.
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select

from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import testimony
from kashiwa_desktop.storage.tables import sheet

HONORARIUM, ADDITIONAL, REFUND, CORRECTION = "honorarium", "additional", "refund", "correction"
AT_ONCE = 16
"""Sheets that are read together where many are wanted."""
_MOST = 100_000
"""Sheets of a month at most: a damaged number may name any."""
_DAMAGED = "保管してある書類の中身が印と合いません。予備の写しから戻してください。"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One issued sheet.

    ``yen`` is the sum before tax and ``withheld`` what is kept back, both in yen; a ``refund``
    (戻入) is owed by the promoter. ``approval`` is the revision it rests on, ``basis`` the same for
    a correction and '' for the first sheet, ``cites`` the number a correction names.
    """

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
    basis: str = ""
    cites: str = ""
    pay_on: str = ""
    digest: str = ""
    printed_at: str = ""
    voided_at: str = ""
    voided_by: str = ""
    void_reason: str = ""
    withheld: int = 0

    @property
    def gross(self) -> int:
        """Yen before tax, below zero for a 戻入."""
        return -self.yen if self.kind == REFUND else self.yen

    @property
    def kept_back(self) -> int:
        """Yen withheld, below zero for a 戻入."""
        return -self.withheld if self.kind == REFUND else self.withheld

    @property
    def net(self) -> int:
        """Yen that change hands: below zero where the promoter gives back."""
        return self.gross - self.kept_back

    @property
    def is_void(self) -> bool:
        return bool(self.voided_at)

    @property
    def is_payable(self) -> bool:
        return self.kind != CORRECTION and not self.is_void


def digest_of(value: Sheet) -> str:
    """Return the SHA-256, in hex, over everything of a sheet that may never change."""
    changing = {"digest", "printed_at", "voided_at", "voided_by", "void_reason", "pdf"}
    fields = [f"{name}={text}" for name, text in asdict(value).items() if name not in changing]
    fields.append(hashlib.sha256(value.pdf).hexdigest())
    return hashlib.sha256("\n".join(fields).encode()).hexdigest()


def find(tx: Connection, number: str) -> Sheet | None:
    """Return the sheet of that number."""
    return next(iter(_read(tx, sheet.c.number == number)), None)


def of_line(tx: Connection, appointment: str, month: str) -> list[Sheet]:
    """Return all sheets of one appointment and month, cancelled ones too, by number."""
    return _read(tx, sheet.c.appointment == appointment, sheet.c.month == month)


def of_month(tx: Connection, month: str) -> list[Sheet]:
    return _read(tx, sheet.c.month == month)


def of_months(tx: Connection, first: str, last: str) -> list[Sheet]:
    """Return all sheets of the months from ``first`` to ``last``, by month and number."""
    return _read(tx, sheet.c.month >= first, sheet.c.month <= last)


def each_of_months(tx: Connection, first: str, last: str) -> Iterator[Sheet]:
    """Return the same one by one, so that a year's PDFs are never in memory together.

    Their numbers are put in order first: a database would sort whole rows, PDFs and all.
    """
    within = (sheet.c.month >= first, sheet.c.month <= last)
    query = select(sheet.c.number).where(*within).order_by(sheet.c.month, sheet.c.number)
    numbers = tx.scalars(query).all()
    for at in range(0, len(numbers), AT_ONCE):
        yield from _read(tx, sheet.c.number.in_(numbers[at : at + AT_ONCE]))


def every(tx: Connection) -> list[Sheet]:
    return _read(tx)


def pdfs(tx: Connection, numbers: Collection[str]) -> dict[str, bytes]:
    """Return the PDFs of these sheets by number; ``AT_ONCE`` is a good many."""
    return {value.number: value.pdf for value in _read(tx, sheet.c.number.in_(numbers))}


def next_number(tx: Connection, prefix: str) -> str:
    """Return the next number of this kind and month, ``R8-10-001``: none twice, none left out.

    It comes after the highest that was ever given, also where a row is gone that had it.
    """
    held = tx.scalars(select(sheet.c.number).where(sheet.c.number.startswith(prefix)))
    highest = max((_place(number) for number in held), default=0)
    return f"{prefix}{max(highest, testimony.highest_number(tx, prefix)) + 1:03d}"


def left_out(tx: Connection) -> list[str]:
    """Return the numbers below the highest of their month that no sheet has."""
    places: dict[str, set[int]] = {}
    for number in tx.scalars(select(sheet.c.number)):
        places.setdefault(number[: number.rfind("-") + 1], set()).add(_place(number))
    return [
        f"{prefix}{n:03d}"
        for prefix, held in sorted(places.items())
        for n in range(1, min(max(held), _MOST))
        if n not in held
    ]


def _place(number: str) -> int:
    """Return which of its month a number is, 0 where a foreign hand wrote it."""
    end = number[number.rfind("-") + 1 :]
    return int(end) if end.isascii() and end.isdecimal() else 0


def add(tx: Connection, value: Sheet) -> None:
    tx.execute(sheet.insert().values(**asdict(value) | {"digest": digest_of(value)}))


def void(tx: Connection, number: str, at: str, who: str, reason: str) -> None:
    """Cancel a sheet; its row and its PDF stay."""
    said = {"voided_at": at, "voided_by": who, "void_reason": reason}
    tx.execute(sheet.update().where(sheet.c.number == number).values(**said))


def mark_printed(tx: Connection, number: str, at: str) -> None:
    """Remember when a sheet first came out on paper."""
    first = (sheet.c.number == number) & (sheet.c.printed_at == "")
    tx.execute(sheet.update().where(first).values(printed_at=at))


def damaged(tx: Connection) -> list[Sheet]:
    """Return the kept sheets that are not what they were when they were issued."""
    found = [Sheet(**row) for row in tx.execute(select(sheet).order_by(sheet.c.number)).mappings()]
    return [value for value in found if value.digest and value.digest != digest_of(value)]


def nets(tx: Connection) -> dict[str, int]:
    """Return the yen of every sheet that change hands, by its number; no PDF is read."""
    columns = [column for column in sheet.c if column.name != "pdf"]
    return {row["number"]: Sheet(**row).net for row in tx.execute(select(*columns)).mappings()}


def _read(tx: Connection, *where: object) -> list[Sheet]:
    query = select(sheet).where(*where).order_by(sheet.c.month, sheet.c.number)  # type: ignore[arg-type]
    found = [Sheet(**row) for row in tx.execute(query).mappings()]
    if any(value.digest and value.digest != digest_of(value) for value in found):
        raise StoreError(_DAMAGED, code="damaged")
    return found
