"""分類と種類のことば: what the codes of a record are called, from which day, and until when."""

from datetime import date
from typing import Any

from kashiwa_desktop.domain import code_list
from kashiwa_desktop.domain.code_list import FIXED, LISTS, Code, CodeLists
from kashiwa_desktop.services.office.office_book import Book
from kashiwa_desktop.ui.district.roster.desk import RosterDesk
from kashiwa_desktop.ui.district.roster.list_part import NEW, Action, Listing, ListPart
from kashiwa_desktop.ui.district.roster.people_part import said
from kashiwa_desktop.ui.widgets.entry.value_entry import Spec
from kashiwa_desktop.ui.widgets.table.table_model import Column

Values = dict[str, Any]
_NOTE = (
    "書いた日からの記録は、新しいことばで出ます。それより前の記録は、前のことばのままです。"
    "設定ファイルと返事で、推進員のパソコンにも伝わります。"
)
_ALWAYS = "はじめから"


def make_codes(desk: RosterDesk, book: Book) -> ListPart:
    """Return the list of all codes; each may be named otherwise, one may be added or ended."""
    listing = Listing(
        "分類と種類のことば", _NOTE,
        [
            Column("分類", lambda row: row.place),
            Column("ことば", lambda row: row.code.label),
            Column("いつから", lambda row: _from(row.code)),
            Column("いつまで", lambda row: "" if row.code.last is None else said(row.code.last)),
            Column("番号", lambda row: row.code.code),
        ],
        _rows, lambda row: (row.code.key, row.code.first),
        lambda _book, row: f"{row.place} 「{row.code.label}」",
    )  # fmt: skip
    return ListPart(listing, (_rename(desk), _add(desk), _end(desk)), book)


class _Row:
    """One row of the table: a code as it is called from a day on."""

    def __init__(self, code: Code, place: str) -> None:
        self.code, self.place = code, place


def _rows(book: Book) -> list[_Row]:
    codes, words = book.people.codes, book.people.codes.on(book.today)
    found = []
    for name in LISTS:
        for of in codes.codes("category") if name == "type" else ("",):
            place = f"{LISTS[name]}({words.category(of)})" if of else LISTS[name]
            for code in codes.codes(name, of):
                found += [_Row(one, place) for one in codes.history(name, code, of)]
    return found


def _from(code: Code) -> str:
    return _ALWAYS if code.first == date.min else said(code.first)


def _rename(desk: RosterDesk) -> Action:
    def save(v: Values, row: _Row) -> str:
        desk.money.put_code(
            lambda now: code_list.renamed(now, row.code.key, v["label"], v["first"])
        )
        return f"「{v['label']}」にしました。"

    rows = [
        [Spec("label", "新しいことば", required=True),
         Spec("first", "いつから", "day", required=True)],
    ]  # fmt: skip
    return Action("rename", "ことばを変える", "ことばを保存する", rows, save,
                  lambda _book, row: {} if row is None else {"label": row.code.label})  # fmt: skip


def _add(desk: RosterDesk) -> Action:
    def save(v: Values, _row: object) -> str:
        name, _, of = v["place"].partition("/")

        def new(now: CodeLists) -> Code:
            return Code(name, code_list.new_code(now), v["label"], of, v["first"])

        desk.money.put_code(new)
        return f"「{v['label']}」を加えました。"

    rows = [
        [Spec("place", "どこに", "choice", required=True)],
        [Spec("label", "ことば", required=True), Spec("first", "いつから", "day", required=True)],
    ]
    return Action(NEW, "加える", "加える", rows, save, needs_row=False, choices=_places)


def _places(book: Book) -> dict[str, list[tuple[Any, str]]]:
    categories = book.people.codes.on(book.today).choices("category")
    types = [(f"type/{code}", f"種別({label})") for code, label in categories.items()]
    others = [(name, word) for name, word in LISTS.items() if name not in (*FIXED, "type")]
    return {"place": [*types, *others]}


def _end(desk: RosterDesk) -> Action:
    def save(v: Values, row: _Row) -> str:
        desk.money.put_code(lambda now: code_list.ended(now, row.code.key, v["last"]))
        if v["last"] is None:
            return f"「{row.code.label}」を、また使えるようにしました。"
        return f"「{row.code.label}」を{said(v['last'])}までにしました。"

    note = (
        "その日のあとの記録では選べなくなります。前の記録と回数は、そのまま残ります。"
        "空にすると、また使えます。"
    )
    return Action("end", "終わりにする", "終わりの日を保存する",
                  [[Spec("last", "いつまで", "day")]], save,
                  lambda _book, row: {} if row is None else {"last": row.code.last},
                  note=note)  # fmt: skip
