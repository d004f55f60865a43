"""Which 予備の写し stay: 14 days, 8 weeks, 24 months, the last made by hand and before going back.

Of the last day all stay, of an older span the newest. The store as it was before a newer version
lifted it stays a year, and at most two of them.

Source: RELIABILITY.md §5.2, R27. The clock decides nothing: days are those on which copies were
made, so a PC that stood still, or whose clock jumped, loses none of its good copies.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

DAYS: Final = 14
WEEKS: Final = 8
MONTHS: Final = 24
BY_HAND: Final = 5
BEFORE: Final = 3
LIFTED: Final = 2
LIFTED_FOR: Final = timedelta(days=365)
SETTLING: Final = timedelta(days=7)
"""After going back to a copy nothing is thinned out for so long: it may have been the wrong one."""


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """A copy by its name: when it was made, and why (``start``, ``close``, ``before`` or '')."""

    name: str
    made_at: datetime
    why: str


def to_remove(copies: Iterable[KeptCopy], now: datetime) -> set[str]:
    """Return the names of copies that may go; none while the clock or a restoring is in doubt."""
    newest_first = sorted(copies, key=lambda one: (one.made_at, one.name), reverse=True)
    if not newest_first or _in_doubt(newest_first, now):
        return set()
    today = newest_first[0].made_at.date()
    kept = {one.name for one in newest_first if one.made_at.date() == today}
    kept |= _newest_of_each(newest_first, lambda at: at.strftime("%Y-%m-%d"), DAYS)
    kept |= _newest_of_each(newest_first, lambda at: str(at.isocalendar()[:2]), WEEKS)
    kept |= _newest_of_each(newest_first, lambda at: at.strftime("%Y-%m"), MONTHS)
    for why, most in (("", BY_HAND), ("before", BEFORE)):
        kept |= {one.name for one in [c for c in newest_first if c.why == why][:most]}
    return {one.name for one in newest_first} - kept


def lifted_to_remove(lifted: Iterable[KeptCopy], now: datetime) -> set[str]:
    """Return which stores from before a newer version may go: after a year, and all but two.

    ``made_at`` is when it was lifted; a clock that is behind one of them takes none away.
    """
    newest_first = sorted(lifted, key=lambda one: (one.made_at, one.name), reverse=True)
    if not newest_first or newest_first[0].made_at > now:
        return set()
    return {
        one.name
        for n, one in enumerate(newest_first)
        if n >= LIFTED or one.made_at < now - LIFTED_FOR
    }


def _in_doubt(newest_first: list[KeptCopy], now: datetime) -> bool:
    if newest_first[0].made_at > now:
        return True
    return any(one.why == "before" and one.made_at > now - SETTLING for one in newest_first)


def _newest_of_each(
    newest_first: list[KeptCopy], span: Callable[[datetime], str], most: int
) -> set[str]:
    found: dict[str, str] = {}
    for one in newest_first:
        found.setdefault(span(one.made_at), one.name)
    return set(list(found.values())[:most])
