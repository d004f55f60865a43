"""職員の登録: who works here, in which role, and whether every name must be one of these."""

from typing import Any

from kashiwa_desktop.domain.staff import ROLES, Member
from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.list_part import Action, Listing, ListPart
from kashiwa_desktop.ui.district.roster.people_part import said
from kashiwa_desktop.ui.widgets.entry.value_entry import Spec
from kashiwa_desktop.ui.widgets.table.table_model import Column

Values = dict[str, Any]


def make(desk: RosterDesk, book: Book) -> ListPart:
    """Return the part: adding, ending, and the switch that makes the list count."""
    listing = Listing(
        "職員",
        ("地区担当は受け取りと確認、管理者は印刷と支払もできます。登録した名前は、はじめの画面で"
            "選べます。「登録した職員だけが使う」にすると、ほかの名前では何も書けません。"),
        [
            Column("名前", lambda m: m.name),
            Column("役割", lambda m: ROLES.get(m.role, m.role)),
            Column("いつから", lambda m: said(m.first)),
            Column("いつまで", lambda m: said(m.last)),
        ],
        lambda book: book.members, lambda m: m.name, lambda _book, m: m.name,
    )  # fmt: skip
    return ListPart(listing, (_add(desk), _end(desk), _switch(desk)), book)


def _add(desk: RosterDesk) -> Action:
    def save(v: Values, _row: object) -> str:
        desk.accounts.add(v["name"], v["role"], v["first"])
        return f"{v['name']}さんを登録しました。"

    return Action(
        "add", "加える・役割を替える", "登録する",
        [
            [Spec("name", "名前", required=True),
             Spec("role", "役割", "choice", choices=tuple(ROLES.items()), required=True)],
            [Spec("first", "いつから", "day")],
        ],
        save, lambda _book, m: {"name": m.name, "role": m.role} if m else {"role": "district"},
        needs_row=False,
    )  # fmt: skip


def _end(desk: RosterDesk) -> Action:
    def save(v: Values, row: Member) -> str:
        desk.accounts.end(row.name, v["last"])
        return f"{row.name}さんの登録を終えました。"

    return Action(
        "end", "登録を終える", "登録を終える",
        [[Spec("last", "最後の日(空けると、きのう)", "day")]], save,
    )  # fmt: skip


def _switch(desk: RosterDesk) -> Action:
    def save(v: Values, _row: object) -> str:
        desk.accounts.switch(on=v["on"])
        return "登録した職員だけが使うことにしました。" if v["on"] else "だれの名前でも使えます。"

    return Action(
        "switch", "登録した職員だけが使う", "この設定にする",
        [[Spec("on", "登録した職員だけが使う", "switch")]], save,
        lambda book, _row: {"on": book.office.accounts}, needs_row=False,
        note="先に管理者を1人登録してください。管理者がいなくなる変え方はできません。",
    )  # fmt: skip
