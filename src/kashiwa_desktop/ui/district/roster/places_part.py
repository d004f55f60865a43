"""地域・圏域・包括・近隣センター, each with the days on which it holds."""

from dataclasses import replace
from typing import Any

from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.domain.places import BEGINNING, KINDS, Place
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.list_part import Action, Listing, ListPart
from kashiwa_desktop.ui.district.roster.people_part import said
from kashiwa_desktop.ui.widgets.entry.value_entry import Spec
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column

Values = dict[str, Any]


class _AreaRow:
    """One area, its zone of today, and whether anybody has confirmed it."""

    def __init__(self, book: Book, area: Area) -> None:
        self.area, self.zone = area, area.zone_on(book.today)
        self.mark = "初期値(要確認)" if area.code in book.unchecked else ""


def make_areas(desk: RosterDesk, book: Book) -> ListPart:
    """地域(コミュニティエリア): the old ones stay, with their last day."""
    listing = Listing(
        "地域",
        "地域の名前と圏域は、日付ごとに残ります。なくなった地域は消さず、終わりの日を書きます。",
        [
            Column("番号", lambda r: r.area.code, align=RIGHT),
            Column("地域", lambda r: r.area.name),
            Column("フリガナ", lambda r: r.area.kana),
            Column("圏域", lambda r: r.zone),
            Column("終わり", lambda r: said(r.area.last)),
            Column("確かめ", lambda r: r.mark),
        ],
        lambda book: [_AreaRow(book, area) for area in book.people.areas],
        lambda r: r.area.code,
        lambda _book, r: r.area.name,
    )
    return ListPart(listing, (_edit_area(desk), _move_area(desk), _new_area(desk)), book)


_AREA_ROWS = (
    (Spec("name", "地域の名前", required=True), Spec("kana", "フリガナ")),
    (Spec("first", "始まりの日", "day"), Spec("last", "終わりの日(なくなるとき)", "day")),
    (Spec("order", "並び順", "number"),),
)


def _edit_area(desk: RosterDesk) -> Action:
    def save(v: Values, row: _AreaRow) -> str:
        named = {"name": v["name"], "kana": v["kana"], "last": v["last"]}
        first, order = v["first"] or BEGINNING, v["order"] or row.area.order
        desk.roster.put_area(replace(row.area, first=first, order=order, **named))
        return f"地域『{v['name']}』を保存しました。"

    def fields(_book: Book, row: _AreaRow | None) -> Values:
        return _area_fields(row.area) if row else {}

    return Action("edit", "直す・確かめる", "この内容で保存する", _AREA_ROWS, save, fields)


def _area_fields(a: Area) -> Values:
    return {"name": a.name, "kana": a.kana, "first": a.first, "last": a.last, "order": a.order}


def _move_area(desk: RosterDesk) -> Action:
    def save(v: Values, row: _AreaRow) -> str:
        spans = row.area.zones or ((row.area.first, row.area.zone),)
        kept = [span for span in spans if span[0] != v["first"]]
        zones = tuple(sorted([*kept, (v["first"], v["zone"])]))
        desk.roster.put_area(replace(row.area, zone=zones[-1][1], zones=zones))
        return f"地域『{row.area.name}』の圏域を決めました。"

    return Action(
        "zone", "圏域を決める", "圏域を保存する",
        [[
            Spec("zone", "圏域の名前", required=True),
            Spec("first", "いつから", "day", required=True),
        ]],
        save,
        note="前の圏域はその日まで残るので、昔の集計は変わりません。",
    )  # fmt: skip


def _new_area(desk: RosterDesk) -> Action:
    def save(v: Values, _row: object) -> str:
        known = {a.code for a in desk.roster.roster().areas}
        if v["code"] in known:
            raise RefusedError("その番号の地域はもうあります。", code="number_used")
        area = Area(
            v["code"], v["name"], v["kana"], v["zone"], v["order"] or len(known) + 1,
            v["first"] or BEGINNING, v["last"],
        )  # fmt: skip
        desk.roster.put_area(area)
        return f"地域『{area.name}』を加えました。"

    rows = [[Spec("code", "番号", required=True), Spec("zone", "圏域")], *_AREA_ROWS]
    return Action("new", "新しい地域", "地域を加える", rows, save, needs_row=False)


_PLACE_ROWS = (
    (Spec("kind", "種類", "choice", choices=tuple(KINDS.items()), required=True),
     Spec("code", "番号", required=True)),
    (Spec("name", "名前", required=True), Spec("kana", "フリガナ")),
    (
        Spec("of", "受け持つ地域・圏域", "lines", hint="1行に1つ、名前か番号で"),
        Spec("phone", "電話"),
    ),
    (
        Spec("first", "始まりの日", "day"), Spec("last", "終わりの日", "day"),
        Spec("order", "並び順", "number"),
    ),
)  # fmt: skip


def make_places(desk: RosterDesk, book: Book) -> ListPart:
    """圏域・地域包括支援センター・近隣センター."""
    listing = Listing(
        "圏域・包括・近隣センター",
        "公表された一覧が見つからないため、はじめは空です。事務局の一覧から入れてください。",
        [
            Column("種類", lambda p: KINDS.get(p.kind, p.kind)),
            Column("名前", lambda p: p.name),
            Column("受け持ち", lambda p: "・".join(p.of)),
            Column("電話", lambda p: p.phone),
            Column("終わり", lambda p: said(p.last)),
        ],
        lambda book: book.people.places,
        lambda p: (p.kind, p.code),
        lambda _book, p: p.name,
    )

    def save(v: Values, _row: object) -> str:
        place = Place(
            v["kind"], v["code"], v["name"], v["kana"], v["order"] or 0, tuple(v["of"]),
            v["phone"], v["first"] or BEGINNING, v["last"],
        )  # fmt: skip
        desk.roster.put_place(place)
        return f"『{place.name}』を保存しました。"

    def fields(_book: Book, p: Place | None) -> Values:
        if p is None:
            return {}
        body = {name: getattr(p, name) for name in ("kind", "code", "name", "kana", "phone")}
        return {**body, "of": p.of, "first": p.first, "last": p.last, "order": p.order}

    new = Action(
        "new", "新しく書く", "加える", _PLACE_ROWS, save,
        lambda _book, _row: {"kind": "zone"}, needs_row=False,
    )  # fmt: skip
    edit = Action("edit", "直す", "この内容で保存する", _PLACE_ROWS, save, fields)
    return ListPart(listing, (new, edit), book)
