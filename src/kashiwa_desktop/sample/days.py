"""On which days the invented world works: no Sunday, no Monday, no holiday, no New Year."""

from datetime import date, timedelta

from kashiwa_desktop.domain.month import Month

_TUESDAY, _WEDNESDAY, _SATURDAY = 1, 2, 5
_QUIET = frozenset(
    f"{month}-{day}"
    for month, days in {
        1: (1, 2, 3), 2: (11, 23), 3: (20, 21), 4: (29, 30), 5: (1, 2, 3, 4, 5, 6),
        7: (22, 23, 24), 8: (11, 13, 14, 15), 9: (22, 23), 10: (22,), 11: (3, 23),
        12: (23, 29, 30, 31),
    }.items()
    for day in days
)  # fmt: skip
"""Days that are or were holidays in some year since 2015; those that move are Mondays."""


def working_days(month: Month) -> list[date]:
    """Return the days of ``month`` on which somebody may be met, the 定例会's day left out."""
    meeting = regular_meeting_day(month)
    days = (month.first + timedelta(days=n) for n in range(month.days))
    return [
        day
        for day in days
        if _TUESDAY <= day.weekday() <= _SATURDAY
        and f"{day.month}-{day.day}" not in _QUIET
        and day != meeting
    ]


def regular_meeting_day(month: Month) -> date:
    """Return the day of the 推進員定例会: the third Wednesday, in March the second."""
    to_wednesday = (_WEDNESDAY - month.first.weekday()) % 7
    weeks = 1 if month.number == 3 else 2
    return month.first + timedelta(days=to_wednesday + 7 * weeks)
