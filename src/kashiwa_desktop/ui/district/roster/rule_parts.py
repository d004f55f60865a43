"""月額・締切・書類・宛名・区分の例・期首の回数: the office's own rules, each a form of its own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kashiwa_desktop.domain.category_hint import Example
from kashiwa_desktop.domain.code_list import SEED
from kashiwa_desktop.domain.meeting_rule import LAST, MeetingRule
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import WEEKDAYS
from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.list_part import Action, Listing, ListPart
from kashiwa_desktop.ui.district.roster.office_part import OfficeForm, OfficePart
from kashiwa_desktop.ui.district.roster.people_part import said
from kashiwa_desktop.ui.widgets.entry.value_entry import Spec
from kashiwa_desktop.ui.widgets.table.table_model import LEFT, RIGHT, Column

Values = dict[str, Any]
Dated = tuple[Any, ...]


def dated_part(
    desk: RosterDesk, book: Book, name: str, value: Spec, words: tuple[str, str]
) -> ListPart:
    """Return a list of values by the day from which they hold; ``words`` are title and note.

    ``name`` is the field of the settings, ``value`` the entry of one value.
    """

    def rows(book: Book) -> list[Dated]:
        mark = "" if name in book.said else "初期値(要確認)"
        return [(day, held, mark) for day, held in sorted(getattr(book.office, name))]

    def body(dated: list[tuple[date, Any]]) -> list[dict[str, Any]]:
        return [{"from": day.isoformat(), value.name: held} for day, held in sorted(dated)]

    def put(v: Values, _row: object) -> str:
        kept = [one for one in _now(desk, name) if one[0] != v["first"]]
        desk.money.change_office({name: body([*kept, (v["first"], v[value.name])])})
        return f"{words[0]}を保存しました。"

    def drop(_v: Values, row: Dated) -> str:
        left = [one for one in _now(desk, name) if one[0] != row[0]]
        desk.money.change_office({name: body(left)})
        return f"{words[0]}の1行を消しました。"

    side = RIGHT if value.kind == "yen" else LEFT
    listing = Listing(
        words[0], words[1],
        [
            Column("いつから", lambda one: said(one[0])),
            Column(value.label, lambda one: _told(value, one[1]), align=side),
            Column("確かめ", lambda one: one[2]),
        ],
        rows, lambda one: one[0],
        lambda _book, one: f"{said(one[0])} {_told(value, one[1])}",
    )  # fmt: skip
    entries = [[Spec("first", "いつから", "day", required=True), value]]
    return ListPart(
        listing,
        (
            Action("put", "加える・直す", "保存する", entries, put,
                   lambda _b, row: {"first": row[0], value.name: row[1]} if row else {},
                   needs_row=False),
            Action("drop", "1行を消す", "この行を消す", [], drop),
        ),
        book,
    )  # fmt: skip


def _now(desk: RosterDesk, name: str) -> list[tuple[date, Any]]:
    return list(getattr(desk.book.look().office, name))


def _told(spec: Spec, value: Any) -> str:
    return f"{value:,}円" if spec.kind == "yen" else str(value)


def make_rates(desk: RosterDesk, book: Book) -> ListPart:
    """月額 by date."""
    spec = Spec("yen", "月額(円)", "yen", required=True)
    words = ("月額", "共通の月額です。金額は設定ファイルには入りますが、口座は入りません。")
    return dated_part(desk, book, "rates", spec, words)


def make_chairs(desk: RosterDesk, book: Book) -> ListPart:
    """宛名: who is chair, by date."""
    spec = Spec("name", "会長の氏名", required=True)
    words = ("宛名(会長)", "書類の宛名は、その日の会長のお名前で印刷します。")
    return dated_part(desk, book, "chairs", spec, words)


def change_office(desk: RosterDesk, words: str) -> Any:
    """Return what saves some of the office's settings."""

    def save(changes: Mapping[str, Any]) -> str:
        desk.money.change_office(changes)
        return f"{words}を保存しました。"

    return save


def make_deadline(desk: RosterDesk, book: Book) -> OfficePart:
    """締切 and めやす."""
    rules = (("day", "翌月の決まった日"), ("meeting", "翌月の定例会の日"))
    form = OfficeForm(
        "締切",
        "締切は印を付けるだけです。遅れても、受け取れます。",
        [
            [Spec("deadline_rule", "締切の決め方", "choice", choices=rules),
             Spec("deadline_day", "翌月の何日", "number", required=True),
             Spec("deadline_march", "3月分だけ早い日(4月の何日)", "number")],
            [Spec("meetings", "その月だけの定例会の日", "days",
                  hint="1行に1日。「11/18」のように")],
            [Spec("closures", "閉所日(祝日のほか)", "lines",
                  hint="1行に1日。毎年の日は「12-29」、その年だけなら「2026-12-29」")],
            [Spec("guideline", "活動のめやす(月に何回)", "number", required=True)],
        ],
        _deadline_fields, _deadline_changes, change_office(desk, "締切"),
    )  # fmt: skip
    return OfficePart(form, book)


def _deadline_fields(book: Book) -> Values:
    names = ("deadline_rule", "deadline_day", "deadline_march", "meetings", "closures", "guideline")
    return {name: getattr(book.office, name) for name in names}


def _deadline_changes(v: Values) -> Values:
    return {**v, "meetings": [day.isoformat() for day in v["meetings"] or ()]}


_MEETING = {"none": "決めない", "nth": "第何週の何曜日", "days": "日にちを1回ずつ決める"}
_NTH = ((1, "第1"), (2, "第2"), (3, "第3"), (4, "第4"), (5, "第5"), (LAST, "最終"))


def make_meeting(desk: RosterDesk, book: Book) -> ListPart:
    """The day of the 定例会, by the date from which the rule holds."""
    listing = Listing(
        "定例会の日",
        "推進員の画面で、その日に定例会の記録をおすすめします。その月だけの変更は「締切」に書きます。",
        [
            Column("いつから", lambda one: said(one[0])),
            Column("決め方", lambda one: one[1].words()),
        ],
        lambda book: sorted(book.office.meeting_rules, key=lambda one: one[0]),
        lambda one: one[0],
        lambda _book, one: f"{said(one[0])} {one[1].words()}",
    )

    def put(v: Values, _row: object) -> str:
        rule = MeetingRule(v["rule"], v["nth"] or 1, v["weekday"] or 0)
        kept = [one for one in desk.book.look().office.meeting_rules if one[0] != v["first"]]
        _put_meeting(desk, [*kept, (v["first"], rule)])
        return "定例会の日を保存しました。"

    def drop(_v: Values, row: Dated) -> str:
        kept = [one for one in desk.book.look().office.meeting_rules if one[0] != row[0]]
        _put_meeting(desk, kept)
        return "定例会の日の決め方を1つ消しました。"

    days = [(n, f"{name}曜日") for n, name in enumerate(WEEKDAYS)]
    rows = [
        [Spec("first", "いつから", "day", required=True)],
        [Spec("rule", "決め方", "choice", choices=tuple(_MEETING.items()))],
        [Spec("nth", "第何週", "choice", choices=_NTH),
         Spec("weekday", "曜日", "choice", choices=days)],
    ]  # fmt: skip
    return ListPart(
        listing,
        (
            Action("put", "加える・直す", "保存する", rows, put, _meeting_fields,
                   needs_row=False),
            Action("drop", "1つ消す", "これを消す", [], drop),
        ),
        book,
    )  # fmt: skip


def _meeting_fields(_book: Book, one: Any) -> Values:
    if one is None:
        return {"rule": "nth", "nth": 1, "weekday": 0}
    return {"first": one[0], "rule": one[1].rule, "nth": one[1].nth, "weekday": one[1].weekday}


def _put_meeting(desk: RosterDesk, rules: list[Any]) -> None:
    dated = sorted(rules, key=lambda one: one[0])
    body = [{"from": day.isoformat(), **rule.body()} for day, rule in dated]
    desk.money.change_office({"meeting_rules": body})


_PAPER_NAMES = (
    "name", "claim", "claim_title", "claim_form", "approval_boxes", "sheet_boxes", "account_title",
    "issuer", "officer", "phone", "phone_hours", "pay_day",
)  # fmt: skip


def make_papers(desk: RosterDesk, book: Book) -> OfficePart:
    """書類: titles, approval boxes, who answers for them."""
    form = OfficeForm(
        "書類",
        "印刷する書類の題や欄です。",
        [
            [Spec("name", "団体の名前", required=True)],
            [Spec("claim", "請求書を付ける", "switch")],
            [Spec("claim_title", "請求書の題"), Spec("claim_form", "様式番号")],
            [Spec("approval_boxes", "決裁欄(左から順に)", "lines", hint="1行に1つ"),
             Spec("sheet_boxes", "請求書・明細書の確認欄", "lines", hint="空でもよい")],
            [Spec("account_title", "勘定科目"),
             Spec("pay_day", "支払予定日(翌月の何日)", "number")],
            [Spec("issuer", "発行責任者"), Spec("officer", "担当者"),
             Spec("phone", "連絡先の電話"),
             Spec("phone_hours", "電話の受付時間", hint="「平日 9時から17時」のように")],
        ],
        lambda book: {name: getattr(book.office, name) for name in _PAPER_NAMES},
        lambda v: {name: v[name] for name in _PAPER_NAMES},
        change_office(desk, "書類"),
    )  # fmt: skip
    return OfficePart(form, book)


def make_examples(desk: RosterDesk, book: Book) -> ListPart:
    """区分の見分け方."""
    listing = Listing(
        "区分の例(区分の見分け方)",
        "推進員の画面で、言葉から区分をおすすめする例です。おすすめするだけで、決めません。",
        [
            Column("したこと", lambda row: row[0].text),
            Column("区分・種別", lambda row: row[1]),
            Column("手がかりの言葉", lambda row: "・".join(row[0].words)),
        ],
        _told_examples, lambda row: row[0].text,
        lambda book, row: row[0].text + ("" if book.examples_said else " 初期値(要確認)"),
    )  # fmt: skip
    rows = [
        [Spec("text", "したこと", required=True)],
        [Spec("kind", "区分・種別", "choice", required=True)],
        [Spec("words", "手がかりの言葉", "lines", required=True,
              hint="1行に1つ。すべてあるときに、おすすめします")],
        [Spec("reason", "理由")],
    ]  # fmt: skip
    put = Action("put", "加える・直す", "例を保存する", rows, _put_example(desk),
                 _example_fields, needs_row=False, choices=_kinds)  # fmt: skip
    drop = Action("drop", "例を消す", "この例を消す", [], _drop_example(desk))
    return ListPart(listing, (put, drop), book)


def _told_examples(book: Book) -> list[tuple[Example, str]]:
    words = book.people.codes.on(book.today)
    return [(e, words.kind(e.category, e.type)) for e in book.examples]


def _kinds(book: Book) -> dict[str, list[tuple[Any, str]]]:
    words = book.people.codes.on(book.today)
    offered = [(of, kind) for of in words.choices("category") for kind in words.choices("type", of)]
    return {"kind": [(f"{of}/{kind}", words.kind(of, kind)) for of, kind in offered]}


def _example_fields(_book: Book, row: tuple[Example, str] | None) -> Values:
    if row is None:
        return {}
    e = row[0]
    return {"text": e.text, "kind": f"{e.category}/{e.type}", "words": e.words, "reason": e.reason}


def _put_example(desk: RosterDesk) -> Any:
    def save(v: Values, _row: object) -> str:
        category, _, kind = v["kind"].partition("/")
        made = Example(v["text"], tuple(v["words"]), category, kind, v["reason"])
        kept = [e for e in desk.book.look().examples if e.text != made.text]
        desk.roster.set_examples([_body(e) for e in (*kept, made)])
        return "区分の例を保存しました。"

    return save


def _drop_example(desk: RosterDesk) -> Any:
    def save(_v: Values, row: tuple[Example, str]) -> str:
        desk.roster.set_examples([_body(e) for e in desk.book.look().examples if e != row[0]])
        return "区分の例を1つ消しました。"

    return save


def _body(e: Example) -> dict[str, Any]:
    words = {"text": e.text, "words": list(e.words), "reason": e.reason}
    return {**words, "category": e.category, "type": e.type}


def make_opening(desk: RosterDesk, book: Book) -> OfficePart:
    """期首の回数 (繰越)."""
    categories = book.people.codes.on(book.today).choices("category")
    counts = [Spec(code, f"{label}(回)", "number") for code, label in categories.items()]
    form = OfficeForm(
        "期首の回数",
        ("この記録より前の回数です。記録のある月には足しません。年度や地域ごとの細かい表は、"
            "「表で入れる・出す」から入れてください。"),
        [[Spec("until", "何月分まで", "month", required=True)], counts],
        _opening_fields, _opening_changes, change_office(desk, "期首の回数"),
    )  # fmt: skip
    return OfficePart(form, book)


def _opening_fields(book: Book) -> Values:
    return {**book.office.opening, "until": book.office.opening_until or Month(2023, 3)}


def _opening_changes(v: Values) -> Values:
    counts = {code: v[code] or 0 for code in SEED.codes("category")}
    return {"opening": {"counts": counts, "until": str(v["until"])}}
