"""How many days before or after the deadline months came in; said of months, never of people."""

from collections.abc import Sequence
from datetime import date

from kashiwa_desktop.domain import closing
from kashiwa_desktop.domain.closing import report_key
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.revision import RecordKey
from kashiwa_desktop.services.holidays import deadline
from kashiwa_desktop.storage import bundles, revisions
from kashiwa_desktop.storage.database import Tx

SPANS: Sequence[tuple[str, int, int]] = (
    ("締切の8日以上前", -9_999, -8),
    ("7日前から4日前", -7, -4),
    ("3日前から前の日", -3, -1),
    ("締切の日", 0, 0),
    ("1日あとから3日あと", 1, 3),
    ("4日あとから7日あと", 4, 7),
    ("8日以上あと", 8, 9_999),
)
NOT_YET = "まだ届いていない"


def days_after(tx: Tx, office: Office, promoter: str, month: Month) -> int | None:
    """Return how many days after the deadline a month first came in closed; before it: below 0.

    None while it has not. A sheet on paper came in on the day that staff wrote down.
    """
    day = first_day(tx, report_key(promoter, month))
    return (day - deadline(month, office)).days if day else None


def first_day(tx: Tx, key: RecordKey) -> date | None:
    """Return the day on which a month first came in closed, None while it has not."""
    closings = [r for r in revisions.of_record(tx, key) if r.body["state"] != closing.OPEN]
    days = [r.body.get("received_on") or bundles.first_received(tx, r.id) for r in closings]
    received = [day for day in days if day]
    return date.fromisoformat(min(received)[:10]) if received else None


def counted_days(
    tx: Tx, people: Roster, office: Office, wanted: Sequence[Month], today: date
) -> list[tuple[str, int]]:
    """Return how many months came in at what distance from the deadline, by SPANS.

    A month that is still to come is not counted, one whose deadline is over stands as NOT_YET.
    """
    found = dict.fromkeys([*(name for name, _, _ in SPANS), NOT_YET], 0)
    for month in wanted:
        mine = [a for a in people.active(month) if not a.suspended_in(month)]
        for promoter in dict.fromkeys(a.promoter for a in mine):
            days = days_after(tx, office, promoter, month)
            if days is not None:
                found[next(name for name, low, high in SPANS if low <= days <= high)] += 1
            elif deadline(month, office) < today:
                found[NOT_YET] += 1
    return list(found.items())
