"""Sums of what counts, by any groups, and the very records behind each number.

Both are made from the same joins and conditions, so a number and its records cannot part: that is
how every number opens its records.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Text,
    case,
    cast,
    distinct,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy import Integer as Whole

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.code_list import ELSE_CATEGORY, ELSE_TYPE, SEED, CodeLists
from kashiwa_desktop.domain.totals import Sum
from kashiwa_desktop.storage import activities
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.tables import activity, activity_area, activity_tag

Zones = Sequence[tuple[str, str, str]]
"""(area, first day, zone), the later days of an area first; what comes before has no zone."""


@dataclass(frozen=True, slots=True)
class Counting:
    """What is to be summed: which activities, what counts of them, and how zones lie.

    ``proxy`` sums what 代理 did instead of what counts; ``months`` are the approved (promoter,
    month) pairs where only those are meant. A category or type that is in none of ``codes`` counts
    under その他.
    """

    wanted: Wanted = field(default_factory=Wanted)
    zones: Zones = ()
    proxy: bool = False
    codes: CodeLists = SEED


def sums(tx: Connection, counting: Counting, by: Sequence[str]) -> list[Sum]:
    """Return the sums of what counts, one row a group, in the order of the groups' keys.

    ``by`` takes ``category``, ``type``, ``tag``, ``promoter``, ``area``, ``zone``, ``month``,
    ``year`` (the fiscal year's first calendar year) and ``calendar`` (the calendar year). By area
    a joint meeting counts one 回 for each of its areas, by zone once for each of its zones, by tag
    an activity once for each of its tags, else everything counts once.
    """
    each = _each(counting, by).subquery()
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


def first_days(tx: Connection, counting: Counting, by: Sequence[str], at: int) -> list[Sum]:
    """Return 活動日数 alone, each day only in the earliest time group (at ``at``) it occurs in."""
    each = _each(counting, by).subquery()
    groups = [each.c[f"g{i}"] for i in range(len(by)) if i != at]
    days = select(*groups, func.min(each.c[f"g{at}"]).label("earliest"))
    days = days.group_by(*groups, each.c.promoter, each.c.date)
    found = days.subquery()
    columns = [found.c[group.key] for group in groups]
    columns.insert(at, found.c.earliest)
    rows = tx.execute(select(*columns, func.count()).group_by(*columns).order_by(*columns))
    return [Sum(tuple(map(str, row[:-1])), days=row[-1]) for row in rows]


def records(
    tx: Connection, counting: Counting, group: Mapping[str, str], most: int | None = None
) -> list[Activity]:
    """Return the activities behind one number: those that ``sums`` counted in this group.

    They come by date; with ``most`` only so many of them, the newest.
    """
    each = _each(counting, tuple(group)).subquery()
    same = [each.c[f"g{i}"] == value for i, value in enumerate(group.values())]
    keys = select(each.c.promoter, each.c.record, each.c.date).where(*same).distinct()
    if most is not None:
        keys = keys.order_by(each.c.date.desc(), each.c.promoter, each.c.record).limit(most)
    return activities.of_keys(tx, keys.subquery())


def recorded_months(tx: Connection) -> list[str]:
    """Return every month that has an activity, counted or not, in order."""
    month = activity.c.month
    return list(tx.scalars(select(month).distinct().order_by(month)))


def _each(counting: Counting, by: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """Return one row for every time that an activity counts, with its groups."""
    a = activity.c
    columns = [_column(name, counting).label(f"g{i}") for i, name in enumerate(by)]
    query = select(*columns, a.promoter, a.record, a.date, a.minutes, a.attendees)
    query = query.select_from(_joined(by))
    one: ColumnElement[int] = literal_column(
        "1"
    )  # written out, so that the small index of 代理 can serve
    counts = a.proxy == one if counting.proxy else a.counted == one
    query = query.where(counts, *activities.where(counting.wanted))
    twice = "zone" in by and "area" not in by  # two areas of a meeting may lie in one zone
    return query.distinct() if twice else query


def _joined(by: Sequence[str]) -> FromClause:
    found: FromClause = activity
    for table, names in ((activity_area, {"area", "zone"}), (activity_tag, {"tag"})):
        if names & set(by):
            same = (table.c.promoter == activity.c.promoter) & (table.c.record == activity.c.record)
            found = found.join(table, same)
    return found


def _column(name: str, counting: Counting) -> ColumnElement[str]:
    if name == "year":
        year = cast(func.substr(activity.c.month, 1, 4), Whole)
        early = func.substr(activity.c.month, 6, 2) < "04"
        return cast(case((early, year - 1), else_=year), Text)
    if name == "calendar":
        return func.substr(activity.c.month, 1, 4)
    if name == "zone":
        return _zone(counting.zones)
    if name == "area":
        return activity_area.c.area
    if name == "tag":
        return activity_tag.c.tag
    if name in ("category", "type"):
        return _known(name, counting.codes)
    column: ColumnElement[str] = activity.c[name]
    return column


def _known(name: str, codes: CodeLists) -> ColumnElement[str]:
    """The code under which a record counts: what nobody knows as その他, as ``counted_as`` says."""
    category, kind = activity.c.category, activity.c.type
    if name == "category":
        return case((category.in_(codes.codes("category")), category), else_=ELSE_CATEGORY)
    types = [(category == c) & kind.in_(codes.codes("type", c)) for c in codes.codes("category")]
    return case(*((known, kind) for known in types), else_=ELSE_TYPE)


def _zone(zones: Zones) -> ColumnElement[str]:
    """The zone in which the area lay on the record's date; '' where the office knows none."""
    if not zones:
        return literal("")
    area, day = activity_area.c.area, activity.c.date
    found = [((area == code) & (day >= first), zone) for code, first, zone in zones]
    return case(*found, else_="")
