"""年度の確定: what was reported of a fiscal year, by whom and when, and what differs since."""

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.wareki import fiscal_year_name, long_date
from kashiwa_desktop.services.counting.group_names import name_of
from kashiwa_desktop.services.counting.tabulating import span_of
from kashiwa_desktop.services.counting.year_closing import ClosedYear, Correction
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.table.table_model import RIGHT, Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel

_MEASURES = ("回数(回)", "活動日数(日)", "時間(分)", "参加人数(人)")


@dataclass(frozen=True, slots=True)
class YearState:
    """A fiscal year: whether it is over, and as what it was reported; None: not yet."""

    year: int
    is_over: bool
    closed: ClosedYear | None


@dataclass(frozen=True, slots=True)
class _Changed:
    """One figure that is no longer as it was reported."""

    what: str
    measure: str
    before: int
    now: int


class YearCard(SectionCard):
    """``close_wanted`` comes when the figures are to be frozen, for the first time or again."""

    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("年度の確定", parent)
        self._text = TextLabel()
        self._more = TextLabel(role="muted")
        self._rows = TableModel[_Changed](
            [
                Column("もの", _measure),
                Column("確定した数", _before, align=RIGHT),
                Column("いまの数", _now, align=RIGHT),
                Column("差", _difference, align=RIGHT),
                Column("どこ", _what),
            ]
        )
        self._table = WholeTable(self._rows, "確定後の訂正", most=200)
        self._close = BigButton("この年度の数字を確定する", "stamp")
        self._close.clicked.connect(self.close_wanted)
        self.add(self._text, self._more, self._table)
        self.add_row(self._close)

    def show_state(self, state: YearState, people: Roster) -> None:
        """Show what is known of a year."""
        closed = state.closed
        rows = changes(closed, people) if closed else []
        self._text.setText(sentence(state))
        self._more.setText(self._explain(state))
        self._rows.show_rows(rows)
        show_when(self._table, wanted=bool(rows))
        may = state.is_over and (closed is None or bool(rows) or bool(closed.changed))
        show_when(self._close, wanted=may)
        again = "いまの数字でもう一度確定する"
        self._close.set_word(again if closed else "この年度の数字を確定する")

    def _explain(self, state: YearState) -> str:
        if not state.is_over:
            return "確定できるのは、3月が終わってからです。前の年度は「集計」でもどれます。"
        if state.closed is None:
            return (
                "確定すると、報告したときの数字がそのまま残ります。"
                "あとから届いた記録は「確定後の訂正」として、差が出ます。"
            )
        if not state.closed.corrections:
            return "確定したときから、数字は変わっていません。"
        return (
            "確定したあとに届いた記録や直しで、つぎの数字が変わりました。"
            "確定した数字は、そのまま残っています。"
        )


def sentence(state: YearState) -> str:
    """Say in a sentence where a year stands."""
    name, closed = fiscal_year_name(state.year), state.closed
    if closed is None:
        return f"{name}は、まだ{'確定していません' if state.is_over else '終わっていません'}。"
    at = datetime.fromisoformat(closed.at)
    which = "承認済みの月だけの" if closed.approved else ""
    again = f"(第{closed.version}版)" if closed.version > 1 else ""
    said = f"{name}は、{long_date(at.date())}に{closed.who}が{which}数字を確定しました{again}。"
    if closed.corrections:
        said += f"確定後の訂正が{len(closed.corrections)}か所あります。"
    return said


def is_over(year: int, today: date) -> bool:
    """Whether a fiscal year has ended."""
    return Month(year + 1, 3).last < today


def changes(closed: ClosedYear, people: Roster) -> list[_Changed]:
    """Return every figure that changed, one line each."""
    found = []
    for correction in closed.corrections:
        pairs = zip(
            _MEASURES,
            correction.reported.measures(),
            correction.now.measures(),
            strict=True,
        )
        what = _place(correction, closed.year, people)
        found += [_Changed(what, name, old, new) for name, old, new in pairs if old != new]
    return found


def _place(c: Correction, year: int, people: Roster) -> str:
    """Return which figure: 計, 10月 ネットワークづくり, 田中 地域活動."""
    span = span_of(year)
    if not c.by:
        return "市全体の計"
    if "type" in c.by:
        return name_of(people, c.by, c.group, span)
    named = zip(c.by, c.group, strict=True)
    return " ".join(name_of(people, (by,), (key,), span) for by, key in named)


def _measure(row: _Changed) -> str:
    return row.measure


def _what(row: _Changed) -> str:
    return row.what


def _before(row: _Changed) -> str:
    return f"{row.before:,}"


def _now(row: _Changed) -> str:
    return f"{row.now:,}"


def _difference(row: _Changed) -> str:
    return f"{row.now - row.before:+,}"
