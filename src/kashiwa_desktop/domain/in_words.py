"""What a record says, field by field, in the words of its form: to show two versions together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kashiwa_desktop.domain import resource as resources
from kashiwa_desktop.domain.activity import as_day
from kashiwa_desktop.domain.category import (
    AGENDA_KINDS,
    ATTENDANCE_KINDS,
    CONTACT_METHODS,
    NETWORK_RESULTS,
    STATUSES,
    SUPPORT_TARGETS,
    TAGS,
    category_label,
    type_label,
)
from kashiwa_desktop.domain.wareki import long_date

Said = dict[str, str]
"""Label → text, in the order of the form; what is empty is left out."""

DELETED = "この記録は消す"
_REPORT_STATES = {"closed": "締めた", "closed-empty": "活動がなかった月", "open": "締める前"}


def said(
    kind: str, body: Mapping[str, Any], *, deleted: bool = False, area: Callable[[str], str] = str
) -> Said:
    """Return what a revision of type ``kind`` says; ``area`` gives the name of an area's code."""
    if deleted:
        return {"記録": DELETED}
    if kind == "activity":
        pairs: Iterable[tuple[str, object]] = _activity(body, area)
    elif kind == "month_report":
        pairs = _report(body)
    elif kind == "answer":
        pairs = _answer(body)
    elif kind == "resource":
        pairs = _resource(body, area)
    else:
        pairs = [("内容", "、".join(str(value) for value in body.values()))]
    return {label: str(text) for label, text in pairs if text not in ("", None)}


def differing(sides: Sequence[Said]) -> list[Said]:
    """Return of each side only what is not the same on all; 「(なし)」 where one says nothing."""
    labels = dict.fromkeys(label for side in sides for label in side)
    unlike = [label for label in labels if len({side.get(label) for side in sides}) > 1]
    return [{label: side.get(label, "(なし)") for label in unlike} for side in sides]


def _activity(body: Mapping[str, Any], area: Callable[[str], str]) -> Iterable[tuple[str, object]]:
    yield "日付", long_date(as_day(body["date"]))
    yield "時刻", "–".join(part for part in (body.get("start"), body.get("end")) if part)
    yield "時間", _counted(body.get("minutes"), "分")
    kind = f"{category_label(body['category'])} – {type_label(body['category'], body['type'])}"
    yield "区分・種別", kind
    yield "内容(ひとこと)", body["title"]
    status = body.get("status", "held")
    yield "状態", "" if status == "held" else STATUSES.get(status, status)
    yield "地域", area(body["area"])
    yield "相手先", "、".join(body.get("counterparts", ()))
    yield "場所", body.get("place")
    yield "参加人数", _counted(body.get("attendees"), "人")
    yield "くわしい内容", body.get("content")
    yield "成果・気づき", body.get("findings")
    yield "次にすること", body.get("next")
    yield "活動のねらい", _named(body.get("tags", ()), TAGS)
    yield from _more(body)
    proxy = body.get("by_proxy")
    yield "活動した人", "" if proxy is None else f"代理({proxy})"
    yield "添付の数", body.get("attachments") or ""
    yield from _council(body.get("council") or {}, area)


def _more(body: Mapping[str, Any]) -> Iterable[tuple[str, object]]:
    method = body.get("contact_method", "")
    yield "連絡方法", CONTACT_METHODS.get(method, method)
    yield "連携の成果", _named(body.get("network_results", ()), NETWORK_RESULTS)
    yield "主催", body.get("host")
    yield "対象", body.get("audience")
    yield "支援対象", _named(body.get("support_targets", ()), SUPPORT_TARGETS)
    yield "団体", body.get("group")


def _council(
    council: Mapping[str, Any], area: Callable[[str], str]
) -> Iterable[tuple[str, object]]:
    tier = council.get("tier", 2)
    yield "会議の層", "" if tier == 2 else f"第{tier}層"
    yield "第何回", council.get("number")
    lead = council.get("lead_area")
    yield "主催の地域", area(lead) if lead else ""
    yield "いっしょに開いた地域", "、".join(map(area, council.get("joint_areas", ())))
    people = council.get("attendance", {}).items()
    kinds = (f"{ATTENDANCE_KINDS.get(kind, kind)} {count}人" for kind, count in people)
    yield "出席者", "、".join(kinds)
    for name, label in (("chair", "司会"), ("recorder", "記録した人"), ("lecturer", "講師")):
        yield label, council.get(name)
    yield "配った資料", council.get("materials")
    yield "社協の職員", "同席した" if council.get("staff_present") else ""
    yield "議題", "\n".join(map(_agenda, council.get("agenda", ())))
    yield "出されたニーズ・資源", council.get("needs")
    yield "決まったこと", council.get("decisions")
    yield "宿題", "\n".join(map(_task, council.get("homework", ())))
    following = council.get("next_date")
    yield "次回の予定", long_date(as_day(following)) if following else ""


def _agenda(item: Mapping[str, Any]) -> str:
    kind = item.get("kind", "report")
    parts = (item.get("summary", ""), item.get("conclusion", ""))
    text = f"{AGENDA_KINDS.get(kind, kind)} {item['title']}"
    return " / ".join([text, *(part for part in parts if part)])


def _task(item: Mapping[str, Any]) -> str:
    due = item.get("due")
    parts = [item["text"], item.get("owner", "")]
    parts.append(f"{long_date(as_day(due), weekday=False)}まで" if due else "")
    parts.append("済み" if item.get("done") else "")
    return " / ".join(part for part in parts if part)


def _report(body: Mapping[str, Any]) -> Iterable[tuple[str, object]]:
    yield "月の締め", f"{_REPORT_STATES[body['state']]}(第{body['version']}版)"
    yield "記録の数", f"{body['n']}件"
    yield "活動がなかったわけ", body.get("reason")
    yield "成果・課題・提案", body.get("remark")
    yield "委託金(活動・報償費)", f"{sum(line['yen'] for line in body['honorarium']):,}円"


def _answer(body: Mapping[str, Any]) -> Iterable[tuple[str, object]]:
    words = {True: "この直し方でよい", False: "事実とちがう"}
    yield "お返事", words.get(body.get("agrees", ""), "")
    yield "ことば", body.get("text")


def _resource(body: Mapping[str, Any], area: Callable[[str], str]) -> Iterable[tuple[str, object]]:
    r = resources.read(body, "", "")
    yield "種類", resources.KINDS.get(r.kind, r.kind)
    yield "名称", r.name
    yield "地域", area(r.area)
    yield "型", resources.FORMS.get(r.form, r.form)
    yield "いつ", r.day
    yield "どこで", r.place
    yield "問合せ", r.contact
    yield "確かめた日", long_date(r.checked) if r.checked else ""
    yield "補助", resources.SUBSIDIES.get(r.subsidy, r.subsidy)
    yield "支援の段階", resources.STAGES.get(r.stage, r.stage)
    yield "補助の要件", _named(r.requirements, resources.REQUIREMENTS)
    yield "自主防災", "あり" if r.disaster_group else ""
    yield "ひとこと", r.note
    yield "終わった日", long_date(r.ended) if r.ended else ""
    yield "引き継ぎ", "前任者の記録から" if r.succeeds else ""


def _counted(count: int | None, unit: str) -> str:
    return "" if count is None else f"{count}{unit}"


def _named(codes: Iterable[str], names: Mapping[str, str]) -> str:
    return "、".join(names.get(code, code) for code in codes)
