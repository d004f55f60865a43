"""集計 over ten years of the district, beside the same question in raw SQL.

Ours answers with the rows, the total, and what 代理 did; the floor is the rows alone. A table of
the screen asks four such questions, because none of its sums is made of others.
"""

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import partial

from benchmarks.intake import connect, insert
from benchmarks.measure import Line, compare, once
from benchmarks.world import World, opened
from kashiwa_desktop.domain.category import CATEGORIES, TAGS
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.counting.reporting import Reporting
from kashiwa_desktop.services.counting.tabulating import Asked, Tabulating

ACTIVITIES = 100_000
FIRST, LAST = Month(2016, 4), Month(2026, 3)
YEAR = Month(2025, 4)
_MEASURES = (
    "count(*), count(DISTINCT a.promoter || '/' || a.date), sum(a.minutes), sum(a.attendees)"
)
_AREAS = "JOIN activity_area g ON g.promoter = a.promoter AND g.record = a.record"
_TAGS = "JOIN activity_tag g ON g.promoter = a.promoter AND g.record = a.record"
ASKED: Sequence[tuple[str, Month, tuple[str, ...], str, str]] = (
    ("ten years by category", FIRST, ("category",), "a.category", ""),
    ("ten years by area and category", FIRST, ("area", "category"), "g.area, a.category", _AREAS),
    ("ten years by tag", FIRST, ("tag",), "g.tag", _TAGS),
    ("a year by area and month", YEAR, ("area", "month"), "g.area, a.month", _AREAS),
    ("a month by area and category", LAST, ("area", "category"), "g.area, a.category", _AREAS),
)

_YEARS = "a.category, a.type, substr(a.month, 1, 4)"
TABLES: Sequence[tuple[str, Asked, Month, str, str]] = (
    ("areas by month", Asked(YEAR.fiscal_year), YEAR, "g.area, a.month", _AREAS),
    ("types by year", Asked(YEAR.fiscal_year, "type", "year"), FIRST, _YEARS, ""),
)


def lines(world: World, repeat: int) -> list[Line]:
    n = max(1_000, ACTIVITIES * world.areas // 21)
    folder = world.copy("office")
    with closing(connect(folder.store)) as database:
        _fill(database, n)
        with opened(folder) as store:
            service = Reporting(store)
            found = []
            for what, first, by, groups, join in ASKED:
                ours = partial(once, partial(service.totals, first, LAST, by))
                floor = partial(once, partial(_all, database, _raw(first, groups, join)))
                found.append(compare(f"totals of {n:,}: {what}", ours, floor, repeat))
            tabulating = Tabulating(store)
            for what, asked, first, groups, join in TABLES:
                ours = partial(once, partial(tabulating.table, asked))
                floor = partial(once, partial(_all, database, _raw(first, groups, join)))
                found.append(compare(f"table of {n:,}: {what}", ours, floor, repeat))
    return found


def _all(database: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    return database.execute(query).fetchall()


def _raw(first: Month, groups: str, join: str) -> str:
    where = f"a.counted = 1 AND a.month >= '{first}' AND a.month <= '{LAST}'"
    return f"SELECT {groups}, {_MEASURES} FROM activity a {join} WHERE {where} GROUP BY {groups}"


def _fill(database: sqlite3.Connection, n: int) -> None:
    """Put ``n`` activities of ten years into the projections alone: only they are asked."""
    rng, kinds = random.Random(1), [(c, t) for c, k in CATEGORIES.items() for t in k.types]
    rows: dict[str, list[tuple[object, ...]]] = {
        "activity": [], "activity_area": [], "activity_tag": [],
    }  # fmt: skip
    for i in range(n):
        day = FIRST.first + timedelta(days=rng.randrange(3_650))
        number, (category, kind) = rng.randrange(1, 22), rng.choice(kinds)
        rows["activity"].append(_row(f"b{i}", day, number, category, kind))
        rows["activity_area"].append((f"P{number:03d}", f"b{i}", f"{number:02d}"))
        rows["activity_tag"].append((f"P{number:03d}", f"b{i}", rng.choice(list(TAGS))))
    database.execute("BEGIN")
    insert(database, rows)
    database.execute("COMMIT")


def _row(record: str, day: date, number: int, category: str, kind: str) -> tuple[object, ...]:
    month, text = str(Month.of(day)), "通いの場の運営について相談し、次回の日程を決めた。" * 4
    named = (f"P{number:03d}", record, month, day.isoformat(), f"{number:02d}", category, kind)
    return (*named, "held", 1, 0, 90, 5, 0, text)
