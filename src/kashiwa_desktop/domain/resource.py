"""A community resource (地域の資源): a place, group or service of an area, as people there know it.

DOMAIN.md §9: 通いの場 in three forms, たすけあい with its stage of support, 見守り, and what the
地域元気情報 lists besides. A resource belongs to no month; what ended stays, with its last day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from kashiwa_desktop.domain.day import as_day, is_day
from kashiwa_desktop.domain.field import Field, Table
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.domain.wording import mobile_hint, personal_hints, search_key

STALE_DAYS = 180
"""After so many days what is known may be old: half a year (DOMAIN.md §6, old information)."""

GATHERING, MUTUAL_AID, NEIGHBOURHOOD = "gathering", "mutual_aid", "neighbourhood"
KINDS = {
    "salon": "サロン",
    GATHERING: "通いの場",
    "exercise": "体操・運動",
    MUTUAL_AID: "たすけあい",
    "circle": "サークル",
    "watching": "見守り",
    NEIGHBOURHOOD: "町会・自治会・区等",
}
FORMS = {"monthly": "月1型", "weekly": "週1型", "standing": "常設型"}
NO_SUBSIDY, OPENING = "none", "opening"
SUBSIDIES = {
    NO_SUBSIDY: "なし",
    "district": "地区社協助成",
    "group": "団体補助金",
    "standing": "常設型(運営費・家賃)",
    OPENING: "開設準備補助",
}
STAGES = {"starting": "立ち上げ", "continuing": "活動継続", "linking": "つながり"}
REQUIREMENTS = {
    "council": "支えあい会議への参画",
    "eligible_costs": "補助対象経費であること",
    "prevention": "定期的に介護予防を行う",
    "open_to_all": "幅広く参加者受入が可能",
}

FIELDS: Table = (
    Field("kind", "種類", "code", KINDS),
    Field("form", "型", "code", FORMS, of=GATHERING, width=10),
    Field("name", "名称", personal=True, width=26),
    Field("area", "地域", "area", width=14),
    Field("day", "いつ", personal=True, width=20),
    Field("place", "どこで", personal=True, width=22),
    Field("contact", "問合せ先", personal=True, width=20),
    Field("checked", "確かめた日", "date", width=12),
    Field("disaster_group", "自主防災", "flag", told="自主防災の組がある", of=NEIGHBOURHOOD),
    Field("subsidy", "受けている補助", "code", SUBSIDIES, width=18, unsaid="分からない"),
    Field("stage", "支援の段階", "code", STAGES, of=MUTUAL_AID, width=12, unsaid="分からない"),
    Field("requirements", "補助の要件", "codes", REQUIREMENTS, of=GATHERING, width=30,
          hint="あてはまるものに印をつけてください"),
    Field("note", "ひとこと", "text", personal=True, width=30,
          hint="事務局と後任の方が読みます。配る一覧には出ません"),
    Field("ended", "終わった日", "date", width=12),
    Field("succeeds", "引継ぎ", told="前任者の記録から"),
)  # fmt: skip
"""Every field of a resource, in the order in which it is told."""
ONLY_FOR = {field.name: field.of for field in FIELDS if field.of}
"""Fields that say something of one kind only; a body of another kind leaves them out."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource as shown; ``area`` a code, ``promoter`` '' where the office keeps it itself.

    ``day`` (いつ) is free text, ``checked`` the last day on which somebody made sure, ``ended`` the
    day from which it is no more, ``succeeds`` the predecessor's record that this one continues.
    """

    id: str
    promoter: str
    area: str
    kind: str
    name: str
    form: str = ""
    day: str = ""
    place: str = ""
    contact: str = ""
    checked: date | None = None
    subsidy: str = ""
    stage: str = ""
    requirements: tuple[str, ...] = ()
    disaster_group: bool = False
    note: str = ""
    ended: date | None = None
    succeeds: str = ""
    version: int = 1
    conflict: bool = False

    def age(self, today: date) -> int | None:
        """Return how many days ago it was made sure of; None where that never happened."""
        return None if self.checked is None else max((today - self.checked).days, 0)

    def is_stale(self, today: date, days: int = STALE_DAYS) -> bool:
        """Whether nobody made sure of it for more than ``days`` days, or ever."""
        age = self.age(today)
        return age is None or age > days

    def lasts_on(self, day: date) -> bool:
        """Whether it is still there on ``day``."""
        return self.ended is None or self.ended > day

    @property
    def label(self) -> str:
        """「通いの場(週1型)」; a kind that this version does not know is shown by its code."""
        kind = KINDS.get(self.kind, self.kind)
        form = FORMS.get(self.form, self.form) if self.kind == GATHERING else ""
        return f"{kind}({form})" if form else kind


BESIDE = ("id", "promoter", "version", "conflict")
"""What a value knows of its record that does not stand in its body."""
_BODY_FIELDS = tuple(f.name for f in fields(Resource) if f.name not in BESIDE)
_DATES = tuple(f.name for f in FIELDS if f.kind == "date")


def as_body(r: Resource) -> dict[str, Any]:
    """Return what a resource says as its body would, for the functions of ``field``."""
    body = {name: getattr(r, name) for name in _BODY_FIELDS}
    days = {name: body[name] and body[name].isoformat() for name in _DATES}
    return {**body, **days, "requirements": list(r.requirements)}


def read(
    body: Mapping[str, Any], record: str, promoter: str, *, version: int = 1, conflict: bool = False
) -> Resource:
    """Read the body of a revision; fields this version does not know are left where they are."""
    known = {name: body[name] for name in _BODY_FIELDS if name in body}
    for name in _DATES:
        known[name] = as_day(known[name]) if known.get(name) else None
    known["requirements"] = tuple(known.get("requirements", ()))
    for name in ("area", "kind", "name"):
        known.setdefault(name, "")
    return Resource(id=record, promoter=promoter, version=version, conflict=conflict, **known)


def in_order(resources: Iterable[Resource]) -> list[Resource]:
    """Return resources by kind, as the 地域元気情報 lists them, then by name."""
    order = {kind: n for n, kind in enumerate(KINDS)}
    return sorted(
        resources,
        key=lambda r: (order.get(r.kind, len(order)), r.kind, search_key(r.name), r.id),
    )


def missing(body: Mapping[str, Any], today: date) -> list[Problem]:
    """Return what blocks a resource: kind or name missing, a day unknown or yet to come.

    The last day (``ended``) may lie ahead: an end that was announced.
    """
    found = []
    if not body.get("kind"):
        found.append(Problem("kind_missing", "種類をお選びください。", "kind", blocking=True))
    if not str(body.get("name") or "").strip():
        text = "ここをご記入ください。名称をお書きください。"
        found.append(Problem("name_missing", text, "name", blocking=True))
    for field in _DATES:
        if body.get(field) and not is_day(body[field]):
            text = "日付をご確認ください。暦にない日付です。"
            found.append(Problem("date_unknown", text, field, blocking=True))
    checked = body.get("checked")
    if checked and is_day(checked) and date.fromisoformat(checked) > today:
        text = "日付をご確認ください。これから先の日付です。"
        found.append(Problem("date_future", text, "checked", blocking=True))
    return found


def doubts(resource: Resource, others: Iterable[Resource], today: date) -> list[Problem]:
    """Return what is worth a second look and blocks nothing; the list is handed out to residents.

    ``others`` are the other resources of that register. A public telephone number belongs here.
    """
    found = [("personal", _personal(field, hint), field) for field, hint in _hints(resource)]
    if resource.checked is not None and resource.is_stale(today):
        found.append(("stale", "確かめた日から半年以上たっています。", "checked"))
    if any(_alike(resource, other, today) for other in others):
        found.append(("twice", "同じ地域に、同じ種類・同じ名称のものがあります。", "name"))
    return [
        Problem(code, f"念のためご確認ください。{text}", field, resource.id)
        for code, text, field in found
    ]


_TOLD = {
    "name": ("個人のお宅",),
    "place": ("個人のお宅",),
    "contact": ("個人のお宅", "住所"),
    "note": ("個人のお宅", "住所", "電話番号"),
}
"""What is personal where: a 町会 is named after its 丁目, and a public contact has a number."""


def _hints(resource: Resource) -> Iterable[tuple[str, str]]:
    """Yield (field, what looks personal in it)."""
    for field, told in _TOLD.items():
        for hint in personal_hints(getattr(resource, field)):
            if hint in told:
                yield field, hint
    if mobile_hint(resource.contact):
        yield "contact", "携帯電話の番号"


def _personal(field: str, hint: str) -> str:
    if field == "note":
        return f"{hint}のようです。書かなくてもよいことではありませんか。"
    return f"{hint}のようです。一覧は配られます。公開してよいか、本人にご確認ください。"


def _alike(resource: Resource, other: Resource, today: date) -> bool:
    if other.id in (resource.id, resource.succeeds) or not other.lasts_on(today):
        return False
    same = (other.area, other.kind) == (resource.area, resource.kind)
    return same and search_key(other.name) == search_key(resource.name)
