"""Whose return is due, and what each of them says, in words."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.services.travel.return_letters import ReturnLetter
from kashiwa_desktop.ui.widgets.state_mark import StateMark
from kashiwa_desktop.ui.widgets.table.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable

Words = Callable[[ReturnLetter], str]


class ReturnTable(WholeTable[ReturnLetter]):
    """One line a promoter; what is new stands last and takes the room that is left."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.rows = TableModel[ReturnLetter](
            [
                Column("返事", _state, mark=_mark),
                Column("地域と推進員", _who),
                Column("前に渡した日", _last),
                Column("新しく入ること", _news, tip=_news),
            ]
        )
        super().__init__(self.rows, name, parent=parent)


def _state(one: ReturnLetter) -> str:
    return _mark(one).word


def _mark(one: ReturnLetter) -> StateMark:
    if not one.has_pc:
        return StateMark("shape_cross", "作れません", "danger")
    if one.is_due:
        return StateMark("shape_triangle", "新しいことあり", "notice")
    if not one.last_made:
        return StateMark("shape_dash", "新しいことなし", "muted")
    return StateMark("shape_circle", "作りました", "ok")


def _who(one: ReturnLetter) -> str:
    return f"{one.areas} {one.name}"


def _last(one: ReturnLetter) -> str:
    if not one.last_made:
        return "まだ"
    day = datetime.fromisoformat(one.last_made).date()
    return wareki.long_date(day, weekday=False)


def _news(one: ReturnLetter) -> str:
    if not one.has_pc:
        return "パソコンをまだ知りません(先に提出用を受け取ります)"
    return "・".join(one.news) or "ありません"
