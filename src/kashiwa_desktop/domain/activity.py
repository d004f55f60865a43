"""An activity: the record a promoter writes, its shape, and what is to be looked at in it.

Field names and codes are the public contract of PRODUCT.md §8.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from kashiwa_desktop.domain.category import CATEGORIES
from kashiwa_desktop.domain.month import FIRST_YEAR, LAST_YEAR, Month
from kashiwa_desktop.domain.problem import Problem

LONG_MINUTES = 600
OLD_DAYS = 31


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity as shown; ``minutes`` in minutes, ``area`` a code, ``council`` its rich part."""

    id: str
    promoter: str
    date: date
    area: str
    category: str
    type: str
    title: str
    status: str = "held"
    start: str | None = None
    end: str | None = None
    minutes: int | None = None
    attendees: int | None = None
    content: str = ""
    findings: str = ""
    next: str = ""
    place: str = ""
    counterparts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    by_proxy: str | None = None
    attachments: int = 0
    contact_method: str = ""
    network_results: tuple[str, ...] = ()
    host: str = ""
    audience: str = ""
    support_targets: tuple[str, ...] = ()
    group: str = ""
    council: Mapping[str, Any] | None = None
    version: int = 1
    conflict: bool = False

    @property
    def counted(self) -> bool:
        """中止 and 延期 do not count, 代理 does not by default (DOMAIN.md, safe defaults).

        A meeting of the city itself (第1層) is nobody's 回: it has no promoter.
        """
        return self.status == "held" and self.by_proxy is None and bool(self.promoter)

    @property
    def is_proxy(self) -> bool:
        """Held by somebody else for the promoter (代理): summed apart, never in 回数."""
        return self.status == "held" and self.by_proxy is not None

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas for which this counts one 回 each: a joint meeting has several."""
        joint = (self.council or {}).get("joint_areas", [])
        return tuple(dict.fromkeys((self.area, *joint)))


_BODY_FIELDS = tuple(
    f.name for f in fields(Activity) if f.name not in ("id", "promoter", "version", "conflict")
)


def read(
    body: Mapping[str, Any], record: str, promoter: str, *, version: int = 1, conflict: bool = False
) -> Activity:
    """Read the body of a revision; fields this version does not know are left where they are."""
    known = {name: body[name] for name in _BODY_FIELDS if name in body}
    known["date"] = as_day(known["date"])
    for name in ("counterparts", "tags", "network_results", "support_targets"):
        known[name] = tuple(known.get(name, ()))
    return Activity(id=record, promoter=promoter, version=version, conflict=conflict, **known)


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


def missing(body: Mapping[str, Any], today: date) -> list[Problem]:
    """Return what blocks a record: date, category, type or ひとこと missing, a future date."""
    found = []
    if not body.get("date"):
        found.append(Problem("date_missing", "日付をご記入ください。", "date", blocking=True))
    elif not is_day(body["date"]):
        text = "日付をご確認ください。暦にない日付です。"
        found.append(Problem("date_unknown", text, "date", blocking=True))
    elif date.fromisoformat(body["date"]) > today:
        text = "日付をご確認ください。これから先の日付です。"
        found.append(Problem("date_future", text, "date", blocking=True))
    if not body.get("category"):
        found.append(
            Problem("category_missing", "区分をお選びください。", "category", blocking=True)
        )
    elif not body.get("type"):
        found.append(Problem("type_missing", "種別をお選びください。", "type", blocking=True))
    if not str(body.get("title") or "").strip():
        text = "ここをご記入ください。内容をひとことお書きください。"
        found.append(Problem("title_missing", text, "title", blocking=True))
    return found


def doubts(activity: Activity, others: Iterable[Activity], today: date | None) -> list[Problem]:
    """Return what is worth a second look and blocks nothing (PRODUCT.md screen 2).

    ``others`` are the other activities of that promoter on that day; ``today`` None leaves out
    the age of the record.
    """
    found = []
    if activity.minutes is not None and activity.minutes > LONG_MINUTES:
        found.append(("long", "活動の長さが10時間をこえています。", "minutes"))
    if activity.start and activity.end and activity.end <= activity.start:
        found.append(("end_before_start", "終わりの時刻が始まりより前です。", "end"))
    if today is not None and today - activity.date > timedelta(days=OLD_DAYS):
        found.append(("old", "31日より前の活動です。", "date"))
    for other in others:
        found.extend(_beside(activity, other))
    return [
        Problem(code, f"念のためご確認ください。{text}", field, activity.id)
        for code, text, field in dict.fromkeys(found)
    ]


def _beside(activity: Activity, other: Activity) -> list[tuple[str, str, str]]:
    if other.id == activity.id or other.date != activity.date:
        return []
    found = []
    if (other.category, other.title) == (activity.category, activity.title):
        found.append(("twice", "同じ日に同じ区分・同じ内容の記録があります。", "title"))
    if _overlap(activity, other):
        found.append(("overlap", "同じ時間にほかの活動の記録があります。", "start"))
    return found


def _overlap(one: Activity, two: Activity) -> bool:
    times = (one.start, one.end, two.start, two.end)
    if any(t is None for t in times) or one.status != "held" or two.status != "held":
        return False
    start_1, end_1, start_2, end_2 = map(str, times)
    return start_1 < end_2 and start_2 < end_1


def minutes_between(start: str, end: str) -> int | None:
    """Return the minutes from HH:MM to HH:MM of one day, None where the end is not later."""
    first, last = (int(t[:2]) * 60 + int(t[3:]) for t in (start, end))
    return last - first if last > first else None


def knows(category: str, kind: str) -> bool:
    """Whether ``kind`` is a type of ``category``."""
    return category in CATEGORIES and kind in CATEGORIES[category].types
