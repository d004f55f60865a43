"""The honorarium (委託金) of one month, per appointment, in whole yen.

Safe defaults of DOMAIN.md §3.3: the full monthly amount whatever the number of activities; a
month in which the appointment holds on any day counts whole; a month wholly on leave pays nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Appointment


@dataclass(frozen=True, slots=True)
class HonorariumLine:
    """What is due for one appointment in one month, in yen, and how it came about."""

    appointment: str
    area: str
    yen: int
    formula: str = ""

    def body(self) -> dict[str, str | int]:
        """Return the shape that travels in a month report and in an approval."""
        return {"appointment": self.appointment, "area": self.area, "yen": self.yen}


def lines(
    appointments: Iterable[Appointment], office: Office, month: Month
) -> list[HonorariumLine]:
    """Return a line for each appointment of ``month`` that is not on leave, in the given order."""
    return [
        HonorariumLine(
            a.id, a.area, amount(a, office, month), f"月額 {amount(a, office, month):,}円 × 1か月"
        )
        for a in appointments
        if a.active_in(month) and not a.suspended_in(month)
    ]


def amount(appointment: Appointment, office: Office, month: Month) -> int:
    """Return the monthly amount in yen: the appointment's own, else the rate by date."""
    return office.rate(month) if appointment.yen is None else appointment.yen
