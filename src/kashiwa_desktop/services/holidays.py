"""Which days the office is open: weekends, national holidays by name, and its own closures."""

from datetime import date, timedelta
from functools import cache

from kashiwa_desktop.domain import honorarium
from kashiwa_desktop.domain import month as months
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office


@cache
def holiday_name(day: date) -> str | None:
    """Return 「勤労感謝の日」 or None; the table is jpholiday's, pinned in constraints.txt."""
    import jpholiday

    name: str | None = jpholiday.is_holiday_name(day)
    return name


def is_open(day: date, office: Office) -> bool:
    """Whether the office is open on ``day``."""
    if day.weekday() >= 5 or f"{day.month:02d}-{day.day:02d}" in office.closures:
        return False
    return holiday_name(day) is None


def deadline(month: Month, office: Office) -> date:
    """Return the last day on which ``month`` is handed over in time."""
    due, moves = office.due(month)
    if not moves:
        return due
    return months.deadline(month, due.day, lambda day: is_open(day, office))


def payday(month: Month, office: Office) -> date:
    """Return the planned day of payment for ``month``; before a closed day the last open one."""
    day = honorarium.pay_day(month, office.pay_day)
    while not is_open(day, office):
        day -= timedelta(days=1)
    return day


def planned_payday(month: Month, office: Office, today: date) -> date | None:
    """Return the planned day of payment where it is still to come; None once it is past.

    Money approved later goes out on a day that only the office can name.
    """
    day = payday(month, office)
    return day if day >= today else None


def bank_is_open(day: date, office: Office) -> bool:
    """Whether banks do business on ``day``: 銀行法15条, 同施行令5条 (土日, 祝日, 12/31 to 1/3).

    A closed day that the office added itself counts too: it may be a holiday that the table here
    does not know yet.
    """
    added = set(office.closures) - set(Office().closures)
    text = f"{day.month:02d}-{day.day:02d}"
    if day.weekday() >= 5 or text in {"12-31", "01-01", "01-02", "01-03", *added}:
        return False
    return holiday_name(day) is None
