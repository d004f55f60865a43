"""An activity: the record a promoter writes, its shape, and what is to be looked at in it.

Field names and codes are the public contract of PRODUCT.md §8. ``FIELDS`` describes each field
once: a new one is a row here, its value in ``Activity``, and its line in ``schema.ActivityBody``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any

from kashiwa_desktop.domain.code_list import SEED, CodeLists, Words
from kashiwa_desktop.domain.day import as_day, is_day
from kashiwa_desktop.domain.field import Field, Table
from kashiwa_desktop.domain.problem import Problem

LONG_MINUTES = 600
OLD_DAYS = 31

AGENDA: Table = (
    Field("kind", "議題の種類", "code", "agenda", line="題", joint=" ", default="report"),
    Field("title", "題", line="題", joint=" ", personal=True),
    Field("summary", "要旨", "text", personal=True),
    Field("conclusion", "結論", "text", personal=True),
)
HOMEWORK: Table = (
    Field("text", "宿題", "text", personal=True),
    Field("owner", "担当", personal=True),
    Field("due", "期限", "date", told="%sまで"),
    Field("done", "済み", "flag"),
)
COUNCIL: Table = (
    Field("tier", "会議の層", "number", told="第%s層", usual=2),
    Field("number", "第何回", "number", width=8, asked="第何回ですか", typed_em=6),
    Field("lead_area", "主催の地域", "area"),
    Field("joint_areas", "いっしょに開いた地域", "areas", width=18),
    Field("attendance", "出席者", "counts", "attendance", width=32),
    Field("chair", "司会", personal=True, named=True),
    Field("recorder", "記録した人", personal=True, named=True, rare=True),
    Field("lecturer", "講師", personal=True, named=True, rare=True),
    Field("materials", "配った資料", personal=True, rare=True, width=18),
    Field(
        "staff_present",
        "社協の職員",
        "flag",
        told="同席した",
        rare=True,
        asked="社協の職員が同席した",
    ),
    Field("agenda", "議題", "rows", parts=AGENDA, width=40),
    Field("needs", "出されたニーズ・資源", "text", personal=True, width=32),
    Field("decisions", "決まったこと", "text", personal=True, width=32),
    Field("homework", "宿題", "rows", parts=HOMEWORK, named=True, width=32),
    Field("next_date", "次回の予定", "day"),
)
"""The 支えあい会議 part of an activity."""

FIELDS: Table = (
    Field("date", "日付", "day", corrected=True, width=12),
    Field("start", "始まり", "time", line="時刻", corrected=True, width=8),
    Field("end", "終わり", "time", line="時刻", corrected=True, width=8),
    Field("minutes", "時間", "minutes", corrected=True, copied=True, width=8),
    Field("category", "区分", "code", "category", line="区分・種別", joint=" – ", corrected=True,
          copied=True, width=20),
    Field("type", "種別", "code", "type", line="区分・種別", joint=" – ", corrected=True,
          copied=True, width=18),
    Field("title", "内容(ひとこと)", personal=True, corrected=True, copied=True, width=32),
    Field("status", "状態", "code", "status", usual="held", corrected=True, width=8),
    Field("area", "地域", "area", copied=True),
    Field("counterparts", "相手先", "names", personal=True, corrected=True, copied=True, width=24),
    Field("place", "場所", personal=True, corrected=True, copied=True, width=18),
    Field("attendees", "参加人数", "people", corrected=True, width=10,
          asked="参加人数(推進員のほか)"),
    Field("content", "くわしい内容", "text", personal=True, corrected=True, copied=True, width=40,
          lines=3),
    Field("findings", "成果・気づき", "text", personal=True, corrected=True, width=32),
    Field("next", "次にすること", "text", personal=True, corrected=True, width=24),
    Field("tags", "活動のねらい", "codes", "tag", copied=True, width=20),
    Field("contact_method", "連絡方法", "code", "contact_method", copied=True, rare=True,
          of="network", width=10),
    Field("network_results", "連携の成果", "codes", "network_result", copied=True, rare=True,
          of="network", width=18),
    Field("host", "主催", personal=True, copied=True, rare=True, of="community", width=18),
    Field("audience", "対象", personal=True, copied=True, rare=True, of="community", width=18,
          hint="例: 高齢者、住民全体"),
    Field("group", "団体名", personal=True, copied=True, rare=True, of="community", width=18),
    Field("support_targets", "支援対象", "codes", "support_target", copied=True, rare=True,
          of="community", width=18),
    Field("by_proxy", "活動した人", told="代理(%s)", personal=True, named=True, width=16),
    Field("attachments", "添えてある資料の数", "number", usual=0, width=8),
    Field("council", "支えあい会議", "part", parts=COUNCIL),
)  # fmt: skip
"""Every field of a record, in the order in which it is told."""


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
    codes: CodeLists = field(default=SEED, compare=False, repr=False)

    @property
    def words(self) -> Words:
        """The words for its codes on its own day: an old year keeps its words."""
        return self.codes.on(self.date)

    @property
    def category_label(self) -> str:
        return self.words.category(self.category)

    @property
    def status_label(self) -> str:
        return self.words.label("status", self.status)

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


BESIDE = ("id", "promoter", "version", "conflict", "codes")
"""What a value knows of its record that does not stand in its body."""
_BODY_FIELDS = tuple(f.name for f in fields(Activity) if f.name not in BESIDE)
_LISTS = tuple(f.name for f in FIELDS if f.kind in ("names", "codes"))


def as_body(a: Activity) -> dict[str, Any]:
    """Return what an activity says as its body would, for the functions of ``field``."""
    body = {name: getattr(a, name) for name in _BODY_FIELDS}
    return {**body, "date": a.date.isoformat()} | {name: list(body[name]) for name in _LISTS}


def read(
    body: Mapping[str, Any],
    record: str,
    promoter: str,
    *,
    version: int = 1,
    conflict: bool = False,
    codes: CodeLists = SEED,
) -> Activity:
    """Read the body of a revision; fields this version does not know are left where they are."""
    known = {name: body[name] for name in _BODY_FIELDS if name in body}
    known["date"] = as_day(known["date"])
    for name in _LISTS:
        known[name] = tuple(known.get(name, ()))
    known |= {"version": version, "conflict": conflict, "codes": codes}
    return Activity(id=record, promoter=promoter, **known)


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
