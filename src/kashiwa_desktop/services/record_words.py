"""What a revision says, in words: a label and its text for everything that stands in its body.

Cards and papers that show two versions beside each other show only the labels whose words differ.
"""

from collections.abc import Mapping, Sequence
from typing import Any

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
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.domain.wareki import long_date

Body = Mapping[str, Any]
Words = dict[str, str]

DELETED = "消した記録"
ELSEWHERE = "そのほか"
_PLAIN = {
    "title": "内容", "content": "くわしい内容", "place": "場所", "findings": "気づき",
    "next": "次にすること", "by_proxy": "代理", "host": "主催", "audience": "対象",
    "group": "団体",
}  # fmt: skip
_NUMBERS = {"minutes": "時間(分)", "attendees": "参加人数", "attachments": "添付の数"}
_LISTS: dict[str, tuple[str, Mapping[str, str]]] = {
    "counterparts": ("相手先", {}),
    "tags": ("活動のねらい", TAGS),
    "network_results": ("連携の成果", NETWORK_RESULTS),
    "support_targets": ("支援対象", SUPPORT_TARGETS),
}
_COUNCIL = {
    "chair": "進行", "needs": "地域の課題", "decisions": "決まったこと", "recorder": "記録者",
    "lecturer": "講師", "materials": "資料",
}  # fmt: skip
_ANSWERS = {True: "この直し方でよい", False: "事実とちがう"}
_MONTH_STATES = {
    "closed": "締めた", "closed-empty": "活動がなかった月として締めた", "open": "締めていない",
}  # fmt: skip
_APPROVALS = {"approved": "承認", "withdrawn": "承認の取り消し"}


def differences(sides: Sequence[Revision], people: Roster) -> list[tuple[str, tuple[str, ...]]]:
    """Return (label, what each side says) for everything that the sides do not say alike.

    A deleted side says only that it is deleted. Where no words differ, the one line says so.
    """
    if any(side.deleted for side in sides):
        whole = tuple(DELETED if side.deleted else in_one_line(side, people) for side in sides)
        return [("記録", whole)]
    said = [in_words(side, people) for side in sides]
    labels = list(dict.fromkeys(label for words in said for label in words))
    found = [(label, tuple(words.get(label, "") for words in said)) for label in labels]
    found = [(label, texts) for label, texts in found if len(set(texts)) > 1]
    return found or [(ELSEWHERE, tuple("新しい版の項目" for _ in sides))]


def in_one_line(said: Revision, people: Roster) -> str:
    """Return a revision as one line: its day and ひとこと where it has them."""
    if said.key.type == "activity":
        return f"{_day(said.body['date'])} {said.body['title']}"
    return " ".join(text for text in in_words(said, people).values() if text)


def in_words(said: Revision, people: Roster) -> Words:
    """Return label → text of everything a live revision says."""
    body = said.body
    match said.key.type:
        case "activity":
            return activity(body, people)
        case "month_report":
            return _report(body, people)
        case "answer":
            agrees = body.get("agrees")
            words = "" if agrees is None else _ANSWERS[bool(agrees)]
            return {"お返事": body.get("text", ""), "直し方": words}
        case "question":
            settled = "済み" if body.get("settled") else ""
            return {"確認のお願い": body.get("text", ""), "様子": settled}
        case "approval":
            return {"承認": _APPROVALS.get(body["state"], ""), "わけ": body.get("reason", "")}
        case _:
            return {name: str(body[name]) for name in sorted(body)}


def activity(body: Body, people: Roster) -> Words:
    """Return label → text of an activity."""
    words = {
        "日付": _day(body["date"]),
        "時刻": _times(body),
        "地域": people.area(body["area"]).name,
        "区分・種別": kind(body),
        "状態": STATUSES.get(body.get("status", "held"), str(body.get("status"))),
    }
    words |= {label: str(body.get(name) or "") for name, label in _PLAIN.items()}
    words |= {label: _number(body.get(name)) for name, label in _NUMBERS.items()}
    for name, (label, table) in _LISTS.items():
        words[label] = "、".join(table.get(code, code) for code in body.get(name) or ())
    method = body.get("contact_method") or ""
    words["連絡方法"] = CONTACT_METHODS.get(method, method)
    return words | _council(body.get("council") or {}, people)


def kind(body: Body) -> str:
    """Return 区分・種別 of an activity."""
    return f"{category_label(body['category'])}・{type_label(body['category'], body['type'])}"


def _council(council: Body, people: Roster) -> Words:
    if not council:
        return {}
    joint = [people.area(code).name for code in council.get("joint_areas", ())]
    lead = council.get("lead_area")
    tier = council.get("tier", 2)
    words = {
        "会議の層": f"第{tier}層" if tier else "",
        "会議の回": _number(council.get("number")),
        "合同の地域": "、".join(joint),
        "主催の地域": people.area(lead).name if lead else "",
        "出席者": _attendance(council.get("attendance", {})),
        "議題": "\n".join(map(_agenda, council.get("agenda", ()))),
        "宿題": "\n".join(map(_homework, council.get("homework", ()))),
        "次の会議": _day(council["next_date"]) if council.get("next_date") else "",
        "職員の出席": "あり" if council.get("staff_present") else "",
    }
    return words | {label: str(council.get(name) or "") for name, label in _COUNCIL.items()}


def _attendance(present: Mapping[str, int]) -> str:
    known = [(ATTENDANCE_KINDS.get(code, code), n) for code, n in sorted(present.items()) if n]
    return "、".join(f"{label} {n}人" for label, n in known)


def _agenda(point: Body) -> str:
    said = f"{AGENDA_KINDS.get(point.get('kind', ''), '')} {point['title']}".strip()
    return " / ".join(filter(None, (said, point.get("summary"), point.get("conclusion"))))


def _homework(task: Body) -> str:
    until = f"{_day(task['due'])}まで" if task.get("due") else ""
    done = "済み" if task.get("done") else ""
    return " ".join(filter(None, (task["text"], task.get("owner"), until, done)))


def _report(body: Body, people: Roster) -> Words:
    lines = [f"{people.area(h['area']).name} {h['yen']:,}円" for h in body["honorarium"]]
    return {
        "締め": _MONTH_STATES.get(body["state"], body["state"]),
        "版": f"第{body['version']}版",
        "記録の数": f"{body['n']}件",
        "記録のまとまり": body["digest"][:8],
        "委託金": "、".join(lines),
        "成果・課題・提案": body.get("remark", ""),
        "わけ": body.get("reason", ""),
    }


def _times(body: Body) -> str:
    start, end = body.get("start"), body.get("end")
    return f"{start or ''}～{end or ''}" if start or end else ""


def _number(value: Any) -> str:
    return "" if value is None else str(value)


def _day(text: str) -> str:
    return long_date(as_day(text))
