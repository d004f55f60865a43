"""Why something cannot be recorded, in words: the field by its label, and what would be right.

The bounds themselves are read from the schema, so a sentence can never name others than it has.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
import msgspec.inspect as about
from msgspec import Struct

from kashiwa_desktop.domain import bounds, canonical
from kashiwa_desktop.domain.canonical import NotCanonicalError
from kashiwa_desktop.domain.schema import Envelope, SchemaError, body_shape

LABELS = {
    "account_title": "勘定科目", "accounts": "職員の登録", "activity": "活動費の税区分",
    "activity_parts": "活動費の部分", "address": "住所", "adjustments": "調整", "agenda": "議題",
    "agrees": "お返事", "amount_style": "金額の書き方", "amounts": "月額", "appointment": "委嘱",
    "approval_boxes": "決裁欄", "approved": "承認", "area": "地域", "at": "日時",
    "at_least": "下の額", "attachments": "添付の数", "attendance": "出席者数",
    "attendees": "参加人数", "audience": "対象", "below": "上の額", "body": "内容",
    "bundle": "ファイルの番号", "by": "書いた人", "by_proxy": "代理",
    "category": "区分", "certified": "認定者数", "chain": "かぎのつながり", "chair": "会長",
    "chairs": "会長", "checked": "確認", "chosen": "選んだ内容", "claim": "請求書",
    "claim_form": "様式番号", "claim_title": "請求書の名前", "closed_for": "職員が締めるわけ",
    "closures": "お休みの日", "code": "番号",
    "codes": "分類と種類のことば", "conclusion": "結論", "contact": "連絡先",
    "contact_method": "連絡方法", "content": "内容", "council": "支えあい会議", "count": "回数",
    "counterparts": "相手先", "counts": "回数", "date": "日付", "day": "曜日・時間",
    "day_yen": "1日の額", "days": "日数", "deadline_day": "締切の日",
    "deadline_march": "3月の締切の日", "deadline_rule": "締切の決め方",
    "decisions": "決まったこと", "deleted": "消したしるし", "device": "パソコンの番号",
    "digest": "月の要約", "disaster_group": "自主防災組織", "done": "済み", "due": "期限",
    "end": "終わりの時刻", "end_reason": "終わりのわけ", "ended": "終わった日",
    "examples": "区分の見分け方", "file": "ファイルの名前", "findings": "成果・気づき",
    "form": "形", "formula": "計算",
    "from": "始まりの日", "group": "団体", "guideline": "回数のめやす",
    "header": "ファイルの見出し", "heads": "記録の並び", "held_on": "会議の日", "homework": "宿題",
    "honorarium": "委託金", "host": "主催", "id": "記録の番号", "inquiry": "伺番号",
    "issuer": "発行者", "items": "内訳", "joint_areas": "合同の地域", "kana": "フリガナ",
    "keep_years": "保存の年数", "kept": "残す記録", "key": "かぎ", "keys": "かぎ", "kind": "種類",
    "label": "ことば", "lead_area": "主催の地域", "lecturer": "講師", "list": "分類",
    "materials": "資料", "meeting": "会議",
    "meeting_rules": "定例会の日", "meetings": "定例会の日", "minutes": "時間(分)",
    "month": "年月", "months": "月", "n": "記録の数", "name": "名前", "needs": "地域の困りごと",
    "network_results": "連携の成果", "next": "次にすること", "next_date": "次回の日付",
    "note": "ひとこと", "notes": "新しくなったこと", "noticing": "気になること",
    "nth": "第何", "number": "番号",
    "numbers": "伺番号・伝票番号", "of": "受け持ち", "office": "事務局の番号", "officer": "担当者",
    "on": "いつの数か", "opening": "繰越", "order": "並び順", "otsu": "乙欄の税額表",
    "over": "選ばなかった内容", "over_65": "65歳以上の人数", "over_75": "75歳以上の人数",
    "owner": "担当", "pair": "記録の組", "parents": "前の版", "pay_day": "支払日",
    "payee": "支払先", "percent": "割合", "phone": "電話", "phone_hours": "電話の受付時間",
    "place": "場所", "population": "人口",
    "profile": "銀行の決まり", "promoter": "推進員の番号", "prorating": "日割の決まり",
    "purpose": "使いみち", "question": "質問の番号", "rate": "税率", "rates": "月額",
    "reason": "わけ", "received_on": "受け取った日", "recipient": "あて先のかぎ", "record": "記録",
    "recorder": "記録者", "records": "記録", "recovery_key": "予備のかぎ",
    "recovery_recipient": "予備のかぎのあて先", "relation": "続柄", "remark": "成果・課題・提案",
    "report": "締めた月", "requirements": "条件", "resolves": "決めたこと",
    "revisions": "記録の並び", "reward": "報償費の税区分", "role": "役割", "rounding": "端数",
    "rows": "表の行", "rule": "決まり", "salt": "記録のしるし", "same": "同じかどうか",
    "seal": "印の欄", "settled": "済み", "sha256": "指紋", "sheet_boxes": "確認欄",
    "signature": "署名", "size": "大きさ",
    "staff_present": "職員の出席", "stage": "段階", "standing": "立場", "start": "始まりの時刻",
    "state": "状態", "status": "状態", "subsidy": "補助", "succeeds": "引き継いだ記録",
    "summary": "要点", "support_targets": "支援対象", "suspended": "休止", "tables": "表",
    "tags": "活動のねらい", "text": "文", "tier": "層", "title": "ひとこと", "to": "終わりの日",
    "transfers": "全銀のファイル", "type": "種別", "under_15": "15歳未満の人数",
    "under_5": "5歳未満の人数", "until": "いつまで", "v": "版", "version": "版",
    "voucher": "伝票番号", "weekday": "曜日", "who": "名前", "withholding": "源泉徴収",
    "words": "言葉", "year": "年度", "yen": "金額(円)", "zone": "圏域", "zones": "圏域",
}  # fmt: skip
"""Every name of the schema in the words of the forms; a test reads the whole schema for them."""

_OF = {
    ("settings", "person", "name"): "氏名",
    ("settings", "person", "promoter"): "番号",
    ("settings", "area", "name"): "地域の名前",
    ("settings", "area", "code"): "地域の番号",
    ("settings", "proxy", "name"): "代理の方の氏名",
    ("settings", "staff", "name"): "職員の氏名",
    ("settings", "office", "name"): "事務局の名前",
    ("settings", "place", "place"): "種類",
    ("settings", "examples", "type"): "種別",
}
"""Where one word means something else in another kind: (type, kind, name)."""

_FORMS = {
    "month": "年月(例: 2026-10)にしてください",
    "date": "日付(例: 2026-10-05)にしてください",
    "time": "時刻(例: 09:30)にしてください",
}
_BY_PATTERN = {
    r"\A(19[3-9]\d|2[01]\d\d)-(0[1-9]|1[0-2])\Z": "month",
    r"\A\d{4}-(0[1-9]|1[0-2])\Z": "month",
    r"\A\d{4}-\d{2}-\d{2}\Z": "date",
    r"\A([01]\d|2[0-3]):[0-5]\d\Z": "time",
}
_TOO_LONG = "文字が多すぎます。1つの欄は20,000字までです。短くしてから、もう一度お試しください。"
_LIMITS = {
    "line too long": "1件の記録が長すぎます。文を短くするか、2件に分けてください。",
    "too many parents": "同じ記録の版が多すぎます。先に「ちがい」をお決めください。",
    "too deep": "記録の形が入り組みすぎています。中身を減らしてください。",
    "integer out of range": "数が大きすぎます。桁をご確認ください。",
    "text too long": _TOO_LONG,
}
_AT = re.compile(r" at `\$?(?P<path>[^`]*)`")
_MISSING = re.compile(r"missing required field `(?P<name>\w+)`")
_STEP = re.compile(r"\.(\w+)|\[[^\]]*\]")


class Refusal(NamedTuple):
    """What keeps a revision from being recorded: its code, where it stands, its sentence."""

    code: str
    path: bounds.Path
    text: str

    @property
    def field(self) -> str:
        """The name of the field itself, '' where it is no single one."""
        return next((name for name in reversed(self.path) if name != bounds.MEMBER), "")


def explain(error: SchemaError | NotCanonicalError, kind: str, body: Mapping[str, Any]) -> Refusal:
    """Say of a revision of type ``kind`` which field is in the way and what would be right."""
    if isinstance(error, NotCanonicalError):
        return _beyond(error, kind, body)
    path = _path(str(error))
    found = bounds.at(error.shape, path) if error.shape is not None and path else None
    if not path:
        return Refusal("field", (), "中身の形が、決まりと合いません。")
    of = {} if error.shape is Envelope else body
    named = label(kind, of, path)
    return Refusal("field", path, f"「{named}」は、{rule(found)}。")


def label(kind: str, body: Mapping[str, Any], path: bounds.Path) -> str:
    """Return how a field is called on the forms: 「調整のわけ」 inside another field."""
    names = [name for name in path if name != bounds.MEMBER]
    last = names[-1]
    word = _OF.get((kind, str(body.get("kind")), last), LABELS.get(last, "内容"))
    outer = LABELS.get(names[-2], "") if len(names) > 1 else ""
    return f"{outer}の{word}" if outer else word


def rule(found: about.Type | None) -> str:
    """Return what a field takes, as the end of a sentence."""
    if isinstance(found, about.StrType):
        return _of_text(found)
    if isinstance(found, about.IntType):
        return _of_number(found)
    if isinstance(found, about.ListType):
        return _of_list(found)
    if isinstance(found, about.DateType):
        return _FORMS["date"]
    if isinstance(found, about.BoolType):
        return "はい(true)か、いいえ(false)にしてください"
    return "決まった形で書いてください"


def _of_text(found: about.StrType) -> str:
    if found.pattern is not None:
        return _FORMS.get(_BY_PATTERN.get(found.pattern, ""), "決まった書き方にしてください")
    top = canonical.MAX_TEXT if found.max_length is None else found.max_length
    if found.min_length:
        return f"{found.min_length}字以上{top:,}字以内で書いてください"
    return f"{top:,}字以内で書いてください"


def _of_number(found: about.IntType) -> str:
    least, top = found.ge, found.le
    if least is not None and top is not None:
        return f"{least:,}から{top:,}までの数にしてください"
    return f"{least:,}以上の数にしてください" if least is not None else "数にしてください"


def _of_list(found: about.ListType) -> str:
    if found.max_length is None:
        return "決まった形で書いてください"
    if found.min_length:
        return f"{found.min_length}件以上{found.max_length:,}件以内にしてください"
    return f"{found.max_length:,}件以内にしてください"


def _beyond(error: NotCanonicalError, kind: str, body: Mapping[str, Any]) -> Refusal:
    """Say which limit of every file is passed, and by which field where one alone does it."""
    text = _LIMITS.get(str(error), "書けない文字か値があります。書き直してください。")
    path = _at_fault(body, ())
    if path is None or set(path) == {bounds.MEMBER}:
        return Refusal("too_long", (), text)
    return Refusal("too_long", path, f"「{label(kind, body, path)}」の{text}")


def _at_fault(value: Any, path: bounds.Path) -> bounds.Path | None:
    """Return where a value stands that no file can hold, None where none does by itself."""
    if isinstance(value, Mapping):
        inner = [(n if n in LABELS else bounds.MEMBER, member) for n, member in value.items()]
    elif isinstance(value, list | tuple):
        inner = [(bounds.MEMBER, member) for member in value]
    else:
        try:
            canonical.check(value)
        except NotCanonicalError:
            return path or None
        return None
    found = (_at_fault(member, (*path, name)) for name, member in inner)
    return next((one for one in found if one is not None), None)


def _path(text: str) -> bounds.Path:
    """Return where msgspec says that a value does not fit."""
    at = _AT.search(text)
    steps = tuple(m[1] or bounds.MEMBER for m in _STEP.finditer(at["path"] if at else ""))
    missing = _MISSING.search(text)
    return (*steps, missing["name"]) if missing else steps


UNKNOWN = "(要確認)"
"""What stands for a name that nobody wrote."""

_KINDS = {
    "activity": "活動の記録", "resource": "地域の資源", "month_report": "締めた月",
    "approval": "承認", "question": "確認のお願い", "answer": "お返事", "decision": "決めたこと",
    "homework": "宿題", "keys": "かぎの一覧", "erase": "廃棄", "area": "地域", "person": "推進員",
    "appointment": "委嘱", "terms": "委嘱の条件", "contact": "連絡先", "device": "パソコン",
    "proxy": "代理", "place": "圏域・包括・センター", "office": "事務局の設定",
    "category_examples": "区分の見分け方", "area_statistics": "地域の人口など",
    "ceilings": "補助の上限", "staff": "職員の登録", "year": "年度の数", "payments": "支払の設定",
    "received": "受け取った日", "release": "配る版",
}  # fmt: skip
_IDENTITY = frozenset(
    {"promoter", "appointment", "area", "code", "device", "on", "bundle", "place"}
)
"""What says which record it is: another value would be another record."""


def named(kind: str, body: Mapping[str, Any]) -> str:
    """Return what a record is, and which one where it says: 「地域 30 架空町」."""
    word = _KINDS.get(str(body.get("kind")) if kind == "settings" else kind, "記録")
    said = (body.get(name) for name in ("code", "promoter", "date", "name", "title"))
    words = [text[:20] for text in said if isinstance(text, str) and text]
    return " ".join([word, *words])


def mended(
    kind: str, body: Mapping[str, Any], before: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """Return the body with every field as the schema wants it; None where that cannot be known.

    A field takes what the newest right version (``before``, newest first) said; else a number or a
    text comes as near as its bounds let it, and what need not be said is left out.
    """
    shape, found = body_shape(kind, body), dict(body)
    if shape is None:
        return found
    for _ in range(len(found) + 1):
        try:
            msgspec.convert(found, shape, strict=True)
        except msgspec.ValidationError as error:
            path = _path(str(error))
            if not path or path[0] in _IDENTITY or not _mend(found, path, shape, before):
                return None
            continue
        return found
    return None


def _mend(
    found: dict[str, Any],
    path: bounds.Path,
    shape: type[Struct],
    before: Sequence[Mapping[str, Any]],
) -> bool:
    """Put one field right in place; whether that was possible."""
    name, value = path[0], found.get(path[0])
    for said in before:
        if name in said and said[name] != value:
            found[name] = said[name]
            return True
    near = _nearest(value, bounds.at(shape, (name,)))
    if near is not None and near != value:
        found[name] = near
        return True
    return name in found and found.pop(name) is not None and not bounds.is_needed(shape, name)


def _nearest(value: Any, found: about.Type | None) -> Any:
    """Return the value nearest to this one within the bounds; None where nothing is near."""
    if isinstance(found, about.IntType) and isinstance(value, int):
        low = value if found.ge is None else max(value, found.ge)
        return low if found.le is None else min(low, found.le)
    if isinstance(found, about.StrType) and isinstance(value, str) and found.pattern is None:
        return value[: found.max_length] if value else UNKNOWN
    if isinstance(found, about.ListType) and isinstance(value, list) and found.max_length:
        return value[: found.max_length]
    return None
