"""One claim is paid once: what of a person's month and area was paid, and what is on its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.services.money.dues import Due
from kashiwa_desktop.storage import audit, payments, sheets
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.sheets import Sheet


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A transfer file that a sheet stands in: its name and the day of the transfer, as ISO text.

    Files of older versions are known only by the day on which they were made (``day`` '').
    """

    number: str
    file: str
    day: str
    made: str

    @property
    def words(self) -> str:
        """Name the file: 「振込_2026-10.txt」(振込の日 令和8年11月20日)."""
        if self.day:
            return f"「{self.file}」(振込の日 {_day(self.day)})"
        return f"{_day(self.made)}に作った振込のファイル"


def on_its_way(tx: Tx, numbers: Sequence[str]) -> list[OnItsWay]:
    """Return the transfer files that hold these sheets, the newest one of each, by number."""
    found: dict[str, OnItsWay] = {}
    for entry in audit.entries(tx, "zengin"):
        for number in set(entry.detail["numbers"]) & set(numbers):
            file, day = str(entry.detail.get("file", "")), str(entry.detail.get("day", ""))
            found[number] = OnItsWay(number, file, day, entry.at)
    return [found[number] for number in sorted(found)]


def beyond(tx: Tx, month: str, wanted: Sequence[Sheet], due: Sequence[Due]) -> list[Sheet]:
    """Return those of ``wanted`` that would pay a person's month and area more than is approved.

    Two sheets of two appointments may each be right and yet be one claim; what was paid and what
    is to be paid is summed up by person and area.
    """
    approved: dict[tuple[str, str], int] = {}
    for one in due:
        key = (one.promoter, one.line.area)
        approved[key] = approved.get(key, 0) + one.line.yen
    paid = payments.of_month(tx, month)
    sums: dict[tuple[str, str], int] = {}
    chosen = {sheet.number for sheet in wanted}
    for sheet in sheets.of_month(tx, month):
        if sheet.number in chosen or sheet.number in paid:
            key = (sheet.promoter, sheet.area)
            sums[key] = sums.get(key, 0) + sheet.gross
    return [
        s
        for s in wanted
        if s.gross > 0 and sums[s.promoter, s.area] > approved.get((s.promoter, s.area), 0)
    ]


def _day(text: str) -> str:
    return long_date(date.fromisoformat(text[:10]), weekday=False)
