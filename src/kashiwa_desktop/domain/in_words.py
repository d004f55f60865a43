"""What a record says, field by field, in the words of its form: to show two versions together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kashiwa_desktop.domain import activity, field, resource
from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.field import Field

REPORT: field.Table = (
    Field("remark", "成果・課題・提案", "text", personal=True),
    Field("reason", "活動がなかったわけ", personal=True),
    Field("closed_for", "職員が締めた理由", personal=True),
)
QUESTION: field.Table = (Field("text", "確認のお願い", "text", personal=True),)
ANSWER: field.Table = (Field("text", "ことば", "text", personal=True),)
TAKEN: field.Table = (
    Field("text", "引き継いだ宿題", "text", personal=True),
    Field("owner", "担当", personal=True),
    Field("meeting", "会議", personal=True),
)
TABLES: Mapping[str, field.Table] = {
    "activity": activity.FIELDS, "resource": resource.FIELDS, "month_report": REPORT,
    "question": QUESTION, "answer": ANSWER, "homework": TAKEN,
}  # fmt: skip
"""What each kind of record says that a person typed: erasing and disposal empty it."""
MARKED = {"activity": "title", "resource": "name", "homework": "text"}
"""The field that says of a kind that its text is gone."""

Said = dict[str, str]
"""Label → text, in the order of the form; what is empty is left out."""

DELETED = "この記録は消す"
_REPORT_STATES = {"closed": "締めた", "closed-empty": "活動がなかった月", "open": "締める前"}


def said(
    kind: str,
    body: Mapping[str, Any],
    *,
    deleted: bool = False,
    area: Callable[[str], str] = str,
    words: Words = SEED_WORDS,
) -> Said:
    """Return what a revision of type ``kind`` says.

    ``area`` gives the name of an area's code, ``words`` those of an activity's codes on its day.
    """
    if deleted:
        return {"記録": DELETED}
    if kind == "activity":
        pairs: Iterable[tuple[str, object]] = field.said(activity.FIELDS, body, area, words)
    elif kind == "month_report":
        pairs = _report(body)
    elif kind == "answer":
        pairs = _answer(body)
    elif kind == "resource":
        pairs = field.said(resource.FIELDS, body, area)
    else:
        pairs = [("内容", "、".join(str(value) for value in body.values()))]
    return {label: str(text) for label, text in pairs if text not in ("", None)}


def differing(sides: Sequence[Said]) -> list[Said]:
    """Return of each side only what is not the same on all; 「(なし)」 where one says nothing."""
    labels = dict.fromkeys(label for side in sides for label in side)
    unlike = [label for label in labels if len({side.get(label) for side in sides}) > 1]
    return [{label: side.get(label, "(なし)") for label in unlike} for side in sides]


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
