"""Reading activities and their sums from the projections."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    case,
    cast,
    distinct,
    func,
    literal,
    select,
    tuple_,
)

from kashiwa_desktop.domain import activity as rules
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.storage.revisions import read_line
from kashiwa_desktop.storage.tables import activity, activity_area, head, revision


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


@dataclass(frozen=True, slots=True)
class Sum:
    """One row of totals: its group (by the names asked for) and its sums; minutes in minutes."""

    group: tuple[str, ...]
    count: int
    days: int
    minutes: int
    attendees: int


def find(tx: Connection, wanted: Wanted) -> list[Activity]:
    """Return the shown, live activities, by date and time."""
    query = _join(select(revision.c.line, head.c.versions, head.c.conflict)).where(*_where(wanted))
    found = []
    for line, versions, conflict in tx.execute(query):
        r = read_line(line)
        a = rules.read(
            r.body, r.key.id, r.key.promoter or "", version=versions, conflict=bool(conflict)
        )
        found.append(a)
    return sorted(found, key=lambda a: (a.date, a.start or "99", a.id))


def _join(query: Select[str, int, int]) -> Select[str, int, int]:
    same_record = (
        (head.c.promoter == activity.c.promoter)
        & (head.c.type == "activity")
        & (head.c.record == activity.c.record)
        & (head.c.shown == 1)
    )
    joined = activity.join(head, same_record).join(revision, revision.c.id == head.c.revision)
    return query.select_from(joined)


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.promoter is not None:
        conditions.append(activity.c.promoter == wanted.promoter)
    if wanted.first is not None:
        conditions.append(activity.c.month >= str(wanted.first))
    if wanted.last is not None:
        conditions.append(activity.c.month <= str(wanted.last))
    if wanted.category is not None:
        conditions.append(activity.c.category == wanted.category)
    if wanted.text:
        conditions.append(activity.c.search.contains(wanted.text, autoescape=True))
    if wanted.months is not None:
        pair = tuple_(activity.c.promoter, activity.c.month)
        conditions.append(pair.in_(sorted(wanted.months)))
    return conditions


def first_month(tx: Connection) -> str | None:
    """Return the first month that has an activity, ``2015-04``."""
    found = tx.scalar(select(func.min(activity.c.month)))
    return None if found is None else str(found)


def sums(
    tx: Connection, wanted: Wanted, by: Sequence[str], zones: Mapping[str, str] | None = None
) -> list[Sum]:
    """Return the sums of what counts, one row a group, in the order of the groups' keys.

    ``by`` takes ``category``, ``type``, ``promoter``, ``month``, ``year`` (the fiscal year's first
    calendar year), ``area`` and ``zone`` (``zones`` maps areas to them). By area a joint meeting
    counts one 回 for each of its areas, by zone once for each of its zones, else once.
    """
    columns = [_column(name, zones or {}).label(f"g{i}") for i, name in enumerate(by)]
    a = activity.c
    query = select(*columns, a.promoter, a.record, a.date, a.minutes, a.attendees).distinct()
    if {"area", "zone"} & set(by):
        same = (activity_area.c.promoter == a.promoter) & (activity_area.c.record == a.record)
        query = query.select_from(activity.join(activity_area, same))
    each = query.where(a.counted == 1, *_where(wanted)).subquery()
    groups = [each.c[f"g{i}"] for i in range(len(by))]
    summed = select(
        *groups,
        func.count(),
        func.count(distinct(each.c.promoter + "/" + each.c.date)),
        func.coalesce(func.sum(each.c.minutes), 0),
        func.coalesce(func.sum(each.c.attendees), 0),
    )
    n = len(by)
    rows = [tuple(row) for row in tx.execute(summed.group_by(*groups).order_by(*groups))]
    return [Sum(tuple(map(str, row[:n])), *row[n:]) for row in rows if row[n]]


def _column(name: str, zones: Mapping[str, str]) -> ColumnElement[str]:
    if name == "year":
        year = cast(func.substr(activity.c.month, 1, 4), Integer)
        early = func.substr(activity.c.month, 6, 2) < "04"
        return cast(case((early, year - 1), else_=year), Text)
    if name == "zone":
        return case(zones, value=activity_area.c.area, else_="") if zones else literal("")
    if name == "area":
        return activity_area.c.area
    return activity.c[name]
