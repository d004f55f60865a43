"""人と委嘱: who is appointed where, and everything that may become of an appointment."""

from datetime import date
from typing import Any

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.domain.people import Appointment, Proxy
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.services.office.roster import NewPromoter
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.list_part import Action, Listing, ListPart
from kashiwa_desktop.ui.widgets.entry.value_entry import Spec
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column

Values = dict[str, Any]


class _Row:
    """One appointment as it is listed: the newest of this person in this area."""

    def __init__(self, book: Book, held: Appointment) -> None:
        person = book.people.person(held.promoter)
        self.held = held
        self.promoter, self.area = held.promoter, held.area
        self.name = person.name if person else held.promoter
        self.kana = person.kana if person else ""
        self.where = book.people.area(held.area).name
        self.state = _state(held, book.today)
        rate = held.yen
        for first, yen in sorted(held.amounts):
            rate = yen if first <= book.today else rate
        self.yen = "共通の月額" if rate is None else f"{rate:,}円"


def listing() -> Listing:
    return Listing(
        title="人と委嘱",
        note="行を選んで、下のボタンを押してください。(1人が2地域を受け持つと2行です)",
        columns=[
            Column("地域", lambda r: r.where),
            Column("氏名", lambda r: r.name),
            Column("番号", lambda r: r.promoter),
            Column("始まり", lambda r: said(r.held.first)),
            Column("終わり", lambda r: said(r.held.last)),
            Column("月額", lambda r: r.yen, align=RIGHT),
            Column("いま", lambda r: r.state),
        ],
        rows=_rows,
        key=lambda r: r.held.id,
        name=lambda _book, r: f"{r.name}({r.where})",
    )


def make(desk: RosterDesk, book: Book) -> ListPart:
    """Return the part; the actions in the order in which they are needed."""
    actions = (
        _new(desk), _contact(desk), _amount(desk), _leave(desk), _resume(desk), _end(desk),
        _payee(desk), _proxy(desk), _adjust(desk), _rename(desk),
    )  # fmt: skip
    return ListPart(listing(), actions, book)


def said(day: date | None) -> str:
    """Return 「R8.4.1」, '' for none."""
    return f"{wareki.short_era_year(day)}.{day.month}.{day.day}" if day else ""


def areas(book: Book) -> list[tuple[Any, str]]:
    return [(a.code, a.name) for a in book.people.areas if a.last is None or a.last >= book.today]


def _rows(book: Book) -> list[_Row]:
    newest: dict[tuple[str, str], Appointment] = {}
    for held in sorted(book.people.appointments, key=lambda a: a.first):
        newest[held.promoter, held.area] = held
    order = {area.code: n for n, area in enumerate(book.people.areas)}
    over = [a for a in newest.values() if a.last is not None and a.last < book.today]
    going = [a for a in newest.values() if a not in over]
    placed = sorted(going, key=lambda a: (order.get(a.area, len(order)), a.promoter))
    return [_Row(book, a) for a in [*placed, *sorted(over, key=lambda a: a.promoter)]]


def _state(held: Appointment, today: date) -> str:
    if held.last is not None and held.last < today:
        return f"終わり({held.end_reason})" if held.end_reason else "終わり"
    if held.on_leave(today):
        return "休止"
    if held.first > today:
        return "これから"
    return "終わる予定" if held.last else "活動中"


def _new(desk: RosterDesk) -> Action:
    def save(v: Values, _row: object) -> str:
        known = desk.roster.roster().person(v["who"]) if v["who"] else None
        promoter = known.promoter if known else v["promoter"]
        name, kana = (known.name, known.kana) if known else (v["name"], v["kana"])
        if not (clean(promoter).strip() and clean(name).strip()):
            raise RefusedError("新しい人は、番号と氏名をお書きください。", code="name")
        new = NewPromoter(promoter, name, kana, v["area"], v["first"], v["yen"])
        desk.roster.add_promoter(new)
        return f"{name}さんの委嘱を加えました。"

    def fields(book: Book, _row: object) -> Values:
        return {"who": "", "promoter": _next_number(book), "first": None}

    return Action(
        "new", "新しい委嘱", "委嘱を加える",
        [
            [
                Spec("who", "前からの方", "choice"),
                Spec("area", "地域", "choice", required=True),
            ],
            [
                Spec("promoter", "番号(新しい人)"), Spec("name", "氏名(新しい人)"),
                Spec("kana", "フリガナ(新しい人)"),
            ],
            [
                Spec("first", "始まりの日", "day", required=True),
                Spec("yen", "この委嘱だけの月額(円)", "yen"),
            ],
        ],
        save, fields, needs_row=False,
        note="番号は、前の方の番号を使い回しません。月額は、共通と同じなら空けておきます。",
        choices=lambda book: {"who": _everybody(book), "area": areas(book)},
    )  # fmt: skip


def _everybody(book: Book) -> list[tuple[Any, str]]:
    known = [(p.promoter, f"{p.name} {p.promoter}") for p in book.people.people]
    return [("", "(新しい人)"), *known]


def _next_number(book: Book) -> str:
    """Return a number that nobody ever had, in the way the others are written."""
    taken = {p.promoter for p in book.people.people}
    numbers = [int(n[1:]) for n in taken if n[:1] == "P" and n[1:].isdigit()]
    return f"P{max(numbers, default=0) + 1:03d}"


def _contact(desk: RosterDesk) -> Action:
    def save(v: Values, row: _Row) -> str:
        desk.roster.set_contact(row.promoter, phone=v["phone"], address=v["address"])
        return f"{row.name}さんの連絡先を直しました。"

    def fields(book: Book, row: _Row | None) -> Values:
        held = book.people.contact(row.promoter) if row else None
        return {"phone": held.phone, "address": held.address} if held else {}

    return Action(
        "contact", "連絡先", "連絡先を保存する",
        [[Spec("phone", "電話"), Spec("address", "住所")]],
        save, fields,
        note="電話と住所は事務局だけに残り、設定ファイルには入りません。",
    )  # fmt: skip


def _amount(desk: RosterDesk) -> Action:
    def save(v: Values, row: _Row) -> str:
        terms = desk.money.terms(row.promoter, row.area)
        day = v["first"].isoformat()
        kept = [one for one in terms.get("amounts", []) if one["from"] != day]
        amounts = sorted([*kept, {"from": day, "yen": v["yen"]}], key=lambda one: one["from"])
        desk.money.change_terms(row.promoter, row.area, {"amounts": amounts})
        return f"{row.name}さんの月額を変えました。"

    return Action(
        "amount", "月額", "月額を保存する",
        [[
            Spec("first", "いつから", "day", required=True),
            Spec("yen", "この委嘱の月額(円)", "yen", required=True),
        ]],
        save,
        note="この方だけの金額です。共通の月額は「月額・締切」で変えます。",
    )  # fmt: skip


def _leave(desk: RosterDesk) -> Action:
    def save(v: Values, row: _Row) -> str:
        desk.roster.suspend(row.promoter, row.area, v["first"], v["last"], v["reason"])
        return f"{row.name}さんを休止にしました。"

    return Action(
        "leave", "休止", "休止にする",
        [
            [Spec("first", "休止の始まり", "day", required=True),
             Spec("last", "休止の終わり(決まっていれば)", "day")],
            [Spec("reason", "理由")],
        ],
        save,
        note="1か月すべて休止の月は、提出を待たず、支払いもありません。",
    )  # fmt: skip


def _resume(desk: RosterDesk) -> Action:
    def save(v: Values, row: _Row) -> str:
        desk.roster.resume(row.promoter, row.area, v["on"])
        return f"{row.name}さんの休止を終えました。"

    return Action(
        "resume", "休止を終える", "休止を終える",
        [[Spec("on", "また始める日", "day", required=True)]], save,
    )  # fmt: skip


def _end(desk: RosterDesk) -> Action:
    def save(v: Values, row: _Row) -> str:
        desk.roster.end(row.promoter, row.area, v["last"], v["reason"])
        return f"{row.name}さんの委嘱の終わりを書きました。"

    return Action(
        "end", "委嘱を終える", "終わりの日を保存する",
        [
            [Spec("last", "最後の日", "day", required=True)],
            [Spec("reason", "理由(退任・逝去など)", required=True)],
        ],
        save,
        note=("理由は事務局だけに残ります。最後の月をご本人が締められないときは、"
            "「職員による入力」で職員が締めます。支払先は「支払先」で決めます。"),
    )  # fmt: skip


def _payee(desk: RosterDesk) -> Action:
    names = ("name", "kana", "relation", "address", "phone")

    def save(v: Values, row: _Row) -> str:
        body = {name: clean(v[name]) for name in names} if v["name"] else None
        desk.money.change_terms(row.promoter, row.area, {"payee": body})
        words = "%sさんの支払先を決めました。" if body else "%sさんの支払先を本人に戻しました。"
        return words % row.name

    def fields(_book: Book, row: _Row | None) -> Values:
        held = row.held.payee if row else None
        return {name: getattr(held, name) for name in names} if held else {}

    return Action(
        "payee", "支払先", "支払先を保存する",
        [
            [
                Spec("name", "受け取る方の氏名"), Spec("kana", "フリガナ"),
                Spec("relation", "続柄"),
            ],
            [Spec("address", "住所"), Spec("phone", "電話")],
        ],
        save, fields,
        note="ご本人でない方に支払うときだけお書きください。空けると、ご本人に戻ります。",
    )  # fmt: skip


def _proxy(desk: RosterDesk) -> Action:
    def save(v: Values, row: _Row) -> str:
        proxy = Proxy(row.promoter, v["name"], v["standing"], v["first"], v["last"])
        desk.roster.add_proxy(proxy)
        return f"{row.name}さんの代理を書きました。"

    def fields(book: Book, row: _Row | None) -> Values:
        mine = [p for p in book.people.proxies if row and p.promoter == row.promoter]
        if not mine:
            return {}
        last = mine[-1]
        return {
            "name": last.name,
            "standing": last.standing,
            "first": last.first,
            "last": last.last,
        }

    return Action(
        "proxy", "代理", "代理を保存する",
        [
            [Spec("name", "代理の方の氏名", required=True), Spec("standing", "立場")],
            [
                Spec("first", "いつから", "day", required=True),
                Spec("last", "いつまで", "day"),
            ],
        ],
        save, fields,
    )  # fmt: skip


def _adjust(desk: RosterDesk) -> Action:
    def save(v: Values, row: _Row) -> str:
        desk.money.adjust(row.promoter, row.area, v["month"], v["yen"], v["reason"])
        return f"{row.name}さんの調整を加えました。"

    return Action(
        "adjust", "調整", "調整を加える",
        [
            [Spec("month", "何月分", "month", required=True),
             Spec("yen", "金額(円。減らすときは − を前に)", "yen", required=True)],
            [Spec("reason", "理由(書類に出ます)", required=True)],
        ],
        save,
    )  # fmt: skip


def _rename(desk: RosterDesk) -> Action:
    def save(v: Values, row: _Row) -> str:
        desk.roster.rename(row.promoter, v["name"], v["kana"])
        return "氏名を直しました。"

    def fields(_book: Book, row: _Row | None) -> Values:
        return {"name": row.name, "kana": row.kana} if row else {}

    return Action(
        "rename", "氏名を直す", "氏名を保存する",
        [[Spec("name", "氏名", required=True), Spec("kana", "フリガナ")]], save, fields,
    )  # fmt: skip
