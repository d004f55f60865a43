"""Days as bodies hold them: YYYY-MM-DD, read so that no foreign date can stop anybody."""

from datetime import date

from kashiwa_desktop.domain.month import FIRST_YEAR, LAST_YEAR, Month


def as_day(text: str) -> date:
    """Read a date of a foreign file; a day that does not exist becomes the last of its month.

    What is no month either, or lies centuries away, becomes 1970-01-01: plainly wrong, and shown.
    """
    try:
        month = Month.parse(text[:7])
    except ValueError:
        return date(1970, 1, 1)
    try:
        return date.fromisoformat(text)
    except ValueError:
        return month.last


def is_day(text: str) -> bool:
    """Whether ``text`` is a day as records hold it: YYYY-MM-DD, in the calendar, of our times."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and FIRST_YEAR <= day.year <= LAST_YEAR
