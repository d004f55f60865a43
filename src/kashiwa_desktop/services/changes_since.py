"""What changed in a month's records since a sheet was issued: for the 訂正報告書."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kashiwa_desktop.domain import revision
from kashiwa_desktop.domain.activity import as_day
from kashiwa_desktop.domain.category import STATUSES, category_label, type_label
from kashiwa_desktop.domain.closing import changed_records
from kashiwa_desktop.domain.revision import RecordKey, Revision
from kashiwa_desktop.reports.correction_report import Change
from kashiwa_desktop.services.dues import Due
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx

_FIELDS = {
    "date": "日付", "start": "始まり", "end": "終わり", "minutes": "時間(分)", "status": "状態",
    "title": "内容", "content": "くわしい内容", "place": "場所", "attendees": "参加人数",
    "counterparts": "相手先", "findings": "気づき", "next": "次にすること", "by_proxy": "代理",
    "council": "支えあい会議", "tags": "活動のねらい", "attachments": "添付の数",
}  # fmt: skip


def of_area(tx: Tx, due: Due, before: Sequence[str]) -> list[Change]:
    """Return what differs between the heads of an earlier sheet and those approved now.

    Only records of the area of ``due`` are looked at; erased ones cannot be shown any more.
    """
    old, new = revisions.load(tx, before), revisions.load(tx, due.heads)
    keys = sorted(changed_records(old, new))
    found = [c for key in keys for c in _changes(_said(old, key), _said(new, key), due.line.area)]
    return sorted(found, key=lambda change: change.day)


def _said(heads: Iterable[Revision], key: RecordKey) -> Mapping[str, Any]:
    of_record = [r for r in heads if r.key == key]
    shown = revision.shown(of_record) if of_record else None
    return {} if shown is None or shown.deleted else shown.body


def _changes(old: Mapping[str, Any], new: Mapping[str, Any], area: str) -> Iterator[Change]:
    either = new or old
    if area not in (old.get("area"), new.get("area")):
        return
    day = as_day(either["date"])
    if not old or not new:
        yield Change(day, "記録", _whole(old), _whole(new))
        return
    if _kind(old) != _kind(new):
        yield Change(day, "区分・種別", _kind(old), _kind(new))
    for name, label in _FIELDS.items():
        if old.get(name) != new.get(name):
            yield Change(day, label, _text(name, old.get(name)), _text(name, new.get(name)))


def _whole(body: Mapping[str, Any]) -> str:
    return f"{_kind(body)} {body['title']}" if body else ""


def _kind(body: Mapping[str, Any]) -> str:
    return f"{category_label(body['category'])}・{type_label(body['category'], body['type'])}"


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "council":
        return str(value.get("decisions", "")) or "(会議の記録)"
    if name == "status":
        return STATUSES.get(value, str(value))
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value)
