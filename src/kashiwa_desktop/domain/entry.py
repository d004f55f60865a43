"""Times, lengths and numbers as people type them, read forgivingly (DOMAIN.md §5, 全角/半角)."""

import re
import unicodedata
from datetime import date, timedelta

from kashiwa_desktop.domain import wareki

LARGEST_COUNT = 9_999
LONGEST_MINUTES = 24 * 60

_HALF = re.compile(r"(?P<part>午前|午後|ごぜん|ごご|am|pm)?(?P<rest>.+)")
_TIMES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<h>\d{1,2})[:.時](?P<m>\d{2})分?",
        r"(?P<h>\d{1,2})時(?P<m>\d{1,2}|半)分?",
        r"(?P<h>\d{1,2})時?",
        r"(?P<h>\d{1,2})(?P<m>\d{2})",
    )
)
_LENGTHS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<h>\d{1,2})時間(?:(?P<m>\d{1,2}|半)分?)?",
        r"(?P<h>\d{1,2}):(?P<m>\d{2})",
        r"(?P<h>\d{1,2})\.(?P<tenths>\d)時間",
        r"(?P<m>\d{1,4})分?",
    )
)


def parse_time(text: str) -> str | None:
    """Read ``930``, ``9:30``, ``９時半`` or ``午後2時`` as HH:MM; None where it is no time.

    午前12時 and 午後12時 are both noon: nobody records an activity at midnight.
    """
    plain = _plain(text)
    if plain == "正午":
        return "12:00"
    half = _HALF.fullmatch(plain)
    if half is None:
        return None
    match = _first_match(_TIMES, half["rest"])
    if match is None:
        return None
    hours, minutes = int(match["h"]), _minutes(match.groupdict().get("m"))
    if half["part"] in ("午後", "ごご", "pm") and hours < 12:
        hours += 12
    return f"{hours:02d}:{minutes:02d}" if hours < 24 and minutes < 60 else None


def parse_length(text: str) -> int | None:
    """Read ``90``, ``90分``, ``1時間半``, ``1.5時間`` or ``1:30`` as minutes; else None."""
    match = _first_match(_LENGTHS, _plain(text))
    if match is None:
        return None
    parts = match.groupdict()
    minutes = 60 * int(parts.get("h") or 0) + _minutes(parts.get("m"))
    minutes += 6 * int(parts.get("tenths") or 0)
    return minutes if 0 < minutes <= LONGEST_MINUTES else None


def parse_count(text: str) -> int | None:
    """Read ``12``, ``１２``, ``約12人`` or ``1,200名`` as a number; else None."""
    match = re.fullmatch(r"約?(\d{1,3}(?:,\d{3})*|\d{1,4})[人名回件]?", _plain(text))
    if match is None:
        return None
    number = int(match[1].replace(",", ""))
    return number if number <= LARGEST_COUNT else None


def length_text(minutes: int) -> str:
    """1時間30分, 45分, 2時間."""
    hours, rest = divmod(minutes, 60)
    return (f"{hours}時間" if hours else "") + (f"{rest}分" if rest or not hours else "")


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _first_match(patterns: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    return next((m for m in (p.fullmatch(text) for p in patterns) if m), None)


def _minutes(text: str | None) -> int:
    return 30 if text == "半" else int(text or 0)


def parse_due(text: str, today: date) -> date | None:
    """Read a date that lies ahead: ``2/10`` is the next 10 February, ``23`` the next 23rd."""
    found = wareki.parse_date(text, today)
    if found is None or found >= today:
        return found
    plain = _plain(text)
    if re.fullmatch(r"\d{1,2}日?", plain):
        days = (today + timedelta(days=n) for n in range(62))
        return next(day for day in days if day.day == found.day)
    if not re.search(r"\d", plain):
        return found
    return wareki.parse_date(text, today + timedelta(days=334))
