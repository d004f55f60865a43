"""Reading activities from the projections."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select

from kashiwa_desktop.domain import activity as rules
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.storage import code_lists
from kashiwa_desktop.storage.revisions import read_line
from kashiwa_desktop.storage.tables import activity, head, revision


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which activities are meant; None leaves a side open.

    ``text`` is a folded search key, ``months`` are (promoter, month) pairs.
    """

    promoter: str | None = None
    first: Month | None = None
    last: Month | None = None
    category: str | None = None
    text: str = ""
    months: Collection[tuple[str, str]] | None = None
    day: date | None = None


_SHOWN = (
    (head.c.promoter == activity.c.promoter)
    & (head.c.type == "activity")
    & (head.c.record == activity.c.record)
    & (head.c.shown == 1)
)
_QUERY = select(revision.c.line, head.c.versions, head.c.conflict).select_from(
    activity.join(head, _SHOWN).join(revision, revision.c.id == head.c.revision)
)


def find(tx: Connection, wanted: Wanted) -> list[Activity]:
    """Return the shown, live activities, by date and time."""
    return _read(tx, _QUERY.where(*where(wanted)))


def newest(tx: Connection, wanted: Wanted, most: int) -> list[Activity]:
    """Return at most ``most`` of the shown, live activities, the newest first."""
    query = _QUERY.where(*where(wanted)).order_by(activity.c.date.desc(), activity.c.record.desc())
    return _read(tx, query.limit(most))[::-1]


def days(tx: Connection, wanted: Wanted) -> frozenset[date]:
    """Return the days of the live activities that are meant, without reading what they say."""
    found = tx.scalars(select(activity.c.date).where(*where(wanted)).distinct())
    return frozenset(map(date.fromisoformat, found))


def count(tx: Connection, wanted: Wanted) -> int:
    """Return how many live activities are meant."""
    query = select(func.count()).select_from(activity).where(*where(wanted))
    return tx.scalar(query) or 0


def of_keys(tx: Connection, keys: FromClause) -> list[Activity]:
    """Return the activities whose (promoter, record) stand in ``keys``, by date and time."""
    same = (keys.c.promoter == activity.c.promoter) & (keys.c.record == activity.c.record)
    return _read(tx, _QUERY.join(keys, same))


def count_counterparts(tx: Connection, wanted: Wanted) -> Counter[str]:
    """Count in how many activities that count each 相手先 stands; nothing else stays in memory."""
    found: Counter[str] = Counter()
    counted = activity.c.counted == 1
    for line, _, _ in tx.execute(_QUERY.where(counted, *where(wanted))):
        found.update(dict.fromkeys(read_line(line).body.get("counterparts", ()), 1))
    return found


def _read(tx: Connection, query: Select[str, int, int]) -> list[Activity]:
    found, codes = [], code_lists.held(tx)
    for line, versions, conflict in tx.execute(query):
        r = read_line(line)
        a = rules.read(
            r.body,
            r.key.id,
            r.key.promoter or "",
            version=versions,
            conflict=bool(conflict),
            codes=codes,
        )
        found.append(a)
    return sorted(found, key=lambda a: (a.date, a.start or "99", a.id))


def where(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions on ``activity`` that ``wanted`` asks for."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.promoter is not None:
        conditions.append(activity.c.promoter == wanted.promoter)
    conditions += _span(wanted)
    if wanted.day is not None:
        conditions.append(activity.c.date == wanted.day.isoformat())
    if wanted.category is not None:
        conditions.append(activity.c.category == wanted.category)
    if wanted.text:
        conditions.append(activity.c.search.contains(wanted.text, autoescape=True))
    if wanted.months is not None:
        pairs = sorted(f"{promoter}/{month}" for promoter, month in wanted.months)
        conditions.append((activity.c.promoter + "/" + activity.c.month).in_(pairs))
    return conditions


def _span(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions on the months; one month as such, so that its index is used."""
    if wanted.first is not None and wanted.first == wanted.last:
        return [activity.c.month == str(wanted.first)]
    found = []
    if wanted.first is not None:
        found.append(activity.c.month >= str(wanted.first))
    if wanted.last is not None:
        found.append(activity.c.month <= str(wanted.last))
    return found


def first_month(tx: Connection) -> str | None:
    """Return the first month that has an activity, ``2015-04``."""
    found = tx.scalar(select(func.min(activity.c.month)))
    return None if found is None else str(found)


def of_others(tx: Connection, promoter: str) -> list[Activity]:
    """Return the shown, live activities of everybody else, by date and time."""
    return _read(tx, _QUERY.where(activity.c.promoter != promoter))


def any_of_others(tx: Connection, promoter: str) -> bool:
    """Whether there is an activity of anybody else."""
    query = select(activity.c.record).where(activity.c.promoter != promoter)
    return tx.scalar(query.limit(1)) is not None
