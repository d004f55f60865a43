"""The records of a month beside those of the month before, and the remark of the promoter."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.domain.activity import FIELDS, Activity, as_body
from kashiwa_desktop.domain.field import said
from kashiwa_desktop.services.checking.review_queue import InQueue
from kashiwa_desktop.services.checking.reviewing import Review
from kashiwa_desktop.ui.widgets.layout.labelled_lines import LabelledLines
from kashiwa_desktop.ui.widgets.layout.section_card import SectionCard
from kashiwa_desktop.ui.widgets.layout.showing import show_when
from kashiwa_desktop.ui.widgets.layout.side_by_side import SideBySide
from kashiwa_desktop.ui.widgets.state_mark import StateMark
from kashiwa_desktop.ui.widgets.table.table_model import Column, TableModel
from kashiwa_desktop.ui.widgets.table.whole_table import WholeTable
from kashiwa_desktop.ui.widgets.text_label import TextLabel


# The records of one month as a short table, every line in view.
class MonthRecords(WholeTable[Activity]):
    """Day, words, category; a record with a 確認事項 carries a triangle."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._marked: Collection[str] = ()
        self._records = TableModel[Activity](
            [
                Column("日", _day, mark=self._mark),
                Column("内容(ひとこと)", _title, tip=_content),
                Column("区分", _category),
            ]
        )
        super().__init__(self._records, name, parent=parent)

    def show_records(self, records: Sequence[Activity], marked: Collection[str] = ()) -> None:
        """Replace the records; ``marked`` are ids of those to look at."""
        self._marked = marked
        self._records.show_rows(records)

    def choose_record(self, record: str) -> None:
        """Put the keyboard on a record."""
        for number, row in enumerate(self._records.rows):
            if row.id == record:
                self.choose(number)
                self.setFocus()

    def _mark(self, a: Activity) -> StateMark | None:
        if a.id in self._marked:
            return StateMark("shape_triangle", "確認事項", "notice")
        return None


def _day(a: Activity) -> str:
    return f"{a.date.day}日"


def _title(a: Activity) -> str:
    if a.status == "held":
        return a.title
    return f"{a.title}({a.status_label})"


def _content(a: Activity) -> str:
    return a.content


def _category(a: Activity) -> str:
    return a.category_label


class RecordsCard(SectionCard):
    """``chosen`` gives the record the keyboard came to, ``opened`` the one to ask about."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._now, self._now_table = _side("今月の記録")
        self._before, self._before_table = _side("先月の記録")
        self._remark = TextLabel()
        self._hint = TextLabel(
            "今月の記録を開くと(Enter)、その記録について確認のお願いが書けます。", "muted"
        )
        self._lines = LabelledLines()
        self._area_names: Mapping[str, str] = {}
        self.add(SideBySide(self._now, self._before, least_em=40), self._hint, self._remark)
        self.body.addLayout(self._lines)
        self._now_table.chosen.connect(self._tell_chosen)
        self._now_table.opened.connect(self._tell_opened)

    def show_review(self, one: InQueue) -> None:
        review, self._area_names = one.review, one.area_names
        marked = {p.record for p in review.findings if p.record}
        self._now_table.show_records(review.activities, marked)
        self._now.set_title(self._heading("今月", review))
        self._before_table.show_records(one.before.activities)
        self._before.set_title(self._heading("先月", one.before))
        remark = review.report.remark if review.report else ""
        self._remark.setText(f"成果・課題・提案: {remark}")
        show_when(self._remark, wanted=bool(remark))
        show_when(self._hint, wanted=bool(review.activities))

    def choose_record(self, record: str) -> None:
        """Put the keyboard on a record of this month."""
        self._now_table.choose_record(record)

    def _heading(self, word: str, review: Review) -> str:
        count = sum(a.counted for a in review.activities)
        return f"{word}({review.month.short()}) {count}回"

    def _tell_chosen(self, a: Activity) -> None:
        names = self._area_names
        told = said(FIELDS, as_body(a), lambda code: names.get(code, code), a.words)
        self._lines.show_lines(told)
        self.chosen.emit(a.id)

    def _tell_opened(self, a: Activity) -> None:
        self.opened.emit(a.id)


def _side(title: str) -> tuple[SectionCard, MonthRecords]:
    card = SectionCard(title)
    card.setProperty("panel", "plain")
    card.body.setContentsMargins(0, 0, 0, 0)
    table = MonthRecords(title)
    card.add(table)
    card.body.addStretch(1)
    return card, table
