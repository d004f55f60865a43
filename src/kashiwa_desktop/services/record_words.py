"""What a revision says, in words: a label and its text for everything that stands in its body.

Cards and papers that show two versions beside each other show only the labels whose words differ.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from kashiwa_desktop.domain import in_words as form_words
from kashiwa_desktop.domain import resource
from kashiwa_desktop.domain.day import as_day
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.domain.wareki import long_date

Body = Mapping[str, Any]
Words = dict[str, str]

DELETED = "消した記録"
ELSEWHERE = "そのほか"
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
    if said.key.type == "resource":
        return f"{resource.KINDS.get(said.body['kind'], '')} {said.body['name']}".strip()
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
            return form_words.said("answer", body)
        case "resource":
            return form_words.said("resource", body, area=lambda code: people.area(code).name)
        case "question":
            settled = "済み" if body.get("settled") else ""
            return {"確認のお願い": body.get("text", ""), "様子": settled}
        case "approval":
            return {"承認": _APPROVALS.get(body["state"], ""), "理由": body.get("reason", "")}
        case _:
            return {name: str(body[name]) for name in sorted(body)}


def activity(body: Body, people: Roster) -> Words:
    """Return label → text of an activity, in the words of its form."""
    words = people.codes.on(as_day(body["date"]))
    return form_words.said("activity", body, area=lambda code: people.area(code).name, words=words)


def kind(body: Body, people: Roster) -> str:
    """Return 区分・種別 of an activity."""
    return people.codes.on(as_day(body["date"])).kind(body["category"], body["type"])


def _report(body: Body, people: Roster) -> Words:
    lines = [f"{people.area(h['area']).name} {h['yen']:,}円" for h in body["honorarium"]]
    return {
        "締め": _MONTH_STATES.get(body["state"], body["state"]),
        "版": f"第{body['version']}版",
        "記録の数": f"{body['n']}件",
        "記録のまとまり": body["digest"][:8],
        "委託金": "、".join(lines),
        "成果・課題・提案": body.get("remark", ""),
        "理由": body.get("reason", ""),
    }


def _day(text: str) -> str:
    return long_date(as_day(text))
