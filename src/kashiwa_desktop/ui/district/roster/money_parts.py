"""源泉徴収・日割・活動費の分・金額の書き方: off by default, each by date."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kashiwa_desktop.domain.office import Prorating
from kashiwa_desktop.domain.withholding import CLASSES, OtsuRow
from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.ui.district.roster import people_part, rule_parts
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.list_part import Action, Listing, ListPart
from kashiwa_desktop.ui.district.roster.office_part import OfficeForm, OfficePart
from kashiwa_desktop.ui.district.roster.people_part import said
from kashiwa_desktop.ui.widgets.entry.value_entry import Spec
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column

Values = dict[str, Any]

RULES = {
    "full": "月の途中でも全額",
    "months": "就任の月は全額、退任の月はなし(末日なら全額)",
    "days": "暦の日数で割る",
    "activity_days": "活動した日数 × 1日の額",
}
ROUNDING = {"daily": "1日の額を切り捨ててから掛ける", "last": "最後に切り捨てる"}
STYLES = {
    "arabic": "金40,000円",
    "daiji": "金四万円(壱弐参拾だけ大字)",
    "full": "金肆萬円也(すべて大字)",
}


def make_withholding(desk: RosterDesk, book: Book) -> ListPart:
    """源泉徴収 of one appointment, by the day of payment."""

    def save(v: Values, row: Any) -> str:
        terms = desk.money.terms(row.promoter, row.area)
        day = v["first"].isoformat()
        kept = [one for one in terms.get("withholding", []) if one["from"] != day]
        last = v["last"].isoformat() if v["last"] else None
        new = {"from": day, "to": last, "activity": v["activity"], "reward": v["reward"]}
        listed = sorted([*kept, new], key=lambda one: one["from"])
        desk.money.change_terms(row.promoter, row.area, {"withholding": listed})
        return f"{row.name!s}さんの源泉徴収を決めました。"

    def fields(_book: Book, row: Any) -> Values:
        held = row.held.withholding if row else ()
        if not held:
            return {"activity": "none", "reward": "none"}
        t = held[-1]
        return {"first": t.first, "last": t.last, "activity": t.activity, "reward": t.reward}

    classes = tuple(CLASSES.items())
    rows = [
        [Spec("first", "支払日がいつから", "day", required=True),
         Spec("last", "いつまで(決まっていれば)", "day")],
        [Spec("reward", "報償費・調整", "choice", choices=classes),
         Spec("activity", "活動費", "choice", choices=classes)],
    ]  # fmt: skip
    action = Action("tax", "源泉徴収", "源泉徴収を保存する", rows, save, fields)
    plain = people_part.listing()
    columns = [*plain.columns[:3], Column("源泉徴収", _tax_words)]
    note = "どの区分になるかは、事務局と税理士が決めます。ソフトは計算するだけです。"
    listing = Listing("源泉徴収", note, columns, plain.rows, plain.key, plain.name)
    return ListPart(listing, (action,), book)


def _tax_words(row: Any) -> str:
    if not row.held.withholding:
        return CLASSES["none"]
    newest = row.held.withholding[-1]
    return f"{said(newest.first)}〜 {CLASSES[newest.reward]}"


def make_otsu(desk: RosterDesk, book: Book) -> ListPart:
    """The 乙欄 table, by date."""
    listing = Listing(
        "乙欄の表",
        "給与(乙欄)で源泉徴収するときの率です。税額表が変わったら、新しい日付で加えます。",
        [
            Column("いつから", lambda r: said(r.first)),
            Column("いくらから(円)", lambda r: f"{r.at_least:,}", align=RIGHT),
            Column("いくら未満(円)", lambda r: f"{r.below:,}" if r.below else "", align=RIGHT),
            Column("率(%)", lambda r: f"{r.rate / 1000:g}", align=RIGHT),
        ],
        lambda book: book.office.otsu, lambda r: (r.first, r.at_least),
        lambda _book, r: f"{said(r.first)} {r.at_least:,}円〜",
    )  # fmt: skip

    def put(v: Values, _row: object) -> str:
        new = OtsuRow(v["first"], v["at_least"], v["below"], v["rate"])
        kept = [r for r in desk.book.look().office.otsu if _otsu_key(r) != _otsu_key(new)]
        desk.money.change_office(
            {"otsu": [_otsu_body(r) for r in sorted([*kept, new], key=_otsu_key)]}
        )
        return "乙欄の表を保存しました。"

    def drop(_v: Values, row: OtsuRow) -> str:
        kept = [r for r in desk.book.look().office.otsu if r != row]
        desk.money.change_office({"otsu": [_otsu_body(r) for r in kept]})
        return "乙欄の表の1行を消しました。"

    rows = [
        [Spec("first", "いつから", "day", required=True),
         Spec("at_least", "いくらから(円)", "yen", required=True),
         Spec("below", "いくら未満(円)", "yen"),
         Spec("rate", "率(千分の1%。3.063%は3063)", "number", required=True)],
    ]  # fmt: skip
    return ListPart(
        listing,
        (
            Action("put", "加える・直す", "保存する", rows, put, _otsu_fields, needs_row=False),
            Action("drop", "1行を消す", "この行を消す", [], drop),
        ),
        book,
    )


def _otsu_key(r: OtsuRow) -> tuple[date, int]:
    return r.first, r.at_least


def _otsu_fields(_book: Book, r: OtsuRow | None) -> Values:
    if r is None:
        return {}
    return {"first": r.first, "at_least": r.at_least, "below": r.below, "rate": r.rate}


def _otsu_body(r: OtsuRow) -> Values:
    return {"from": r.first.isoformat(), "at_least": r.at_least, "below": r.below, "rate": r.rate}


def make_prorating(desk: RosterDesk, book: Book) -> ListPart:
    """日割, by date, with the order of rounding."""
    listing = Listing(
        "月の途中の委嘱(日割)",
        "書かなければ、月の途中で始まっても終わっても全額です。",
        [
            Column("いつから", lambda one: said(one[0])),
            Column("決め方", lambda one: _prorating_words(one[1])),
        ],
        lambda book: sorted(book.office.prorating), lambda one: one[0],
        lambda _book, one: said(one[0]),
    )  # fmt: skip

    def put(v: Values, _row: object) -> str:
        new = (v["first"], Prorating(v["rule"], v["rounding"], v["day_yen"] or 0))
        kept = [one for one in desk.book.look().office.prorating if one[0] != v["first"]]
        desk.money.change_office(
            {"prorating": [_prorating_body(one) for one in sorted([*kept, new])]}
        )
        return "日割の決め方を保存しました。"

    def drop(_v: Values, row: Any) -> str:
        kept = [one for one in desk.book.look().office.prorating if one[0] != row[0]]
        desk.money.change_office({"prorating": [_prorating_body(one) for one in kept]})
        return "日割の決め方を1つ消しました。"

    rows = [
        [Spec("first", "いつから", "day", required=True)],
        [Spec("rule", "決め方", "choice", choices=tuple(RULES.items()))],
        [Spec("rounding", "切り捨ての順(日数で割るとき)", "choice",
              choices=tuple(ROUNDING.items()))],
        [Spec("day_yen", "1日の額(活動した日数のとき)", "yen")],
    ]  # fmt: skip
    return ListPart(
        listing,
        (
            Action("put", "加える・直す", "保存する", rows, put, _prorating_fields,
                   needs_row=False),
            Action("drop", "1つ消す", "これを消す", [], drop),
        ),
        book,
    )  # fmt: skip


def _prorating_words(rule: Prorating) -> str:
    text = RULES.get(rule.rule, rule.rule)
    if rule.rule == "days":
        text += f"、{ROUNDING[rule.rounding]}"
    return f"{text} {rule.day_yen:,}円" if rule.rule == "activity_days" else text


def _prorating_fields(_book: Book, one: Any) -> Values:
    if one is None:
        return {"rule": "full", "rounding": "daily"}
    day, held = one
    return {"first": day, "rule": held.rule, "rounding": held.rounding, "day_yen": held.day_yen}


def _prorating_body(one: tuple[date, Prorating]) -> Values:
    day, held = one
    return {
        "from": day.isoformat(), "rule": held.rule, "rounding": held.rounding,
        "day_yen": held.day_yen,
    }  # fmt: skip


def make_parts(desk: RosterDesk, book: Book) -> ListPart:
    """活動費 and 報償費 as two lines."""
    spec = Spec("yen", "月額のうち活動費(円)", "yen", required=True)
    note = "書くと、支払明細書が活動費と報償費の2行になります。合計は変わりません。"
    return rule_parts.dated_part(desk, book, "activity_parts", spec, ("活動費の分", note))


def make_style(desk: RosterDesk, book: Book) -> OfficePart:
    """大字 and seal boxes."""
    form = OfficeForm(
        "金額の書き方と押印欄",
        "押印欄を使わないときは、発行責任者・担当者・連絡先を「書類」で書いておきます。",
        [
            [Spec("amount_style", "金額の書き方", "choice", choices=tuple(STYLES.items()))],
            [Spec("seal", "押印欄を付ける", "switch")],
        ],
        lambda book: {n: getattr(book.office, n) for n in ("amount_style", "seal")},
        lambda v: v,
        rule_parts.change_office(desk, "金額の書き方と押印欄"),
    )
    return OfficePart(form, book)


def make_switches(desk: RosterDesk, _book: Book) -> OfficePart:
    """気になること and the transfer file: what a 管理者 switches on."""

    def save(v: Mapping[str, Any]) -> str:
        desk.payments.show_noticing(wanted=v["noticing"])
        desk.payments.use_transfers(wanted=v["transfers"], profile=v["profile"] or "standard")
        return "気になることと振込の使い方を保存しました。"

    form = OfficeForm(
        "気になること・振込のファイル",
        "気になることは、多くても5つを言葉で出します。人の順位はつけません。",
        [
            [Spec("noticing", "気になることを見る(管理者の画面)", "switch")],
            [Spec("transfers", "振込のファイル(全銀)を使う", "switch")],
            [Spec("profile", "銀行の決まり", hint="ふつうは standard のままにします")],
        ],
        lambda book: {
            "noticing": book.payments.noticing,
            "transfers": book.payments.transfers,
            "profile": book.payments.profile,
        },
        lambda v: v,
        save,
        marks=False,
    )
    return OfficePart(form, _book)
