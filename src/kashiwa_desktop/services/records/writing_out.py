"""Putting what a page shows on paper or into a spreadsheet; nothing is written but that file."""

import io
from collections.abc import Sequence
from pathlib import Path

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.category import STATUSES, TAGS, category_label, type_label
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.excel.writer import Cell, Column, Table
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.reports import record_list
from kashiwa_desktop.reports.record_list import RecordList
from kashiwa_desktop.services import workbooks
from kashiwa_desktop.services.printed import Printed, offer
from kashiwa_desktop.services.store import Store, promoter_facts, roster

PREVIEW = "preview.pdf"

_COLUMNS = (
    Column("日付(西暦)", 12), Column("日付(和暦)", 22), Column("始まり", 8), Column("終わり", 8),
    Column("時間(分)", 8), Column("地域", 14), Column("区分", 20), Column("種別", 18),
    Column("状態", 8), Column("内容(ひとこと)", 32), Column("内容", 40), Column("成果・気づき", 32),
    Column("次にすること", 24), Column("場所", 18), Column("相手先", 24),
    Column("参加人数(人)", 10), Column("活動のねらい", 20), Column("代理", 12),
)  # fmt: skip


class WritingOut:
    """Lists on paper and in spreadsheets."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record_list(
        self, records: Sequence[Activity], title: str, progress: Progress | None = None
    ) -> Printed:
        """Make the paper of a list of records; ``title`` says which they are."""
        (progress or Progress()).step("紙の形にしています", 0, 0)
        name, areas = self._who()
        values = RecordList(
            title=title,
            name=name,
            area="・".join(areas.values()),
            made_on=self._store.clock.today(),
            records=records,
            trial=self._store.is_trial,
        )
        data = io.BytesIO()
        made = record_list.render(values, data)
        return offer(self._store, None, data.getvalue(), made)

    def record_sheet(
        self, records: Sequence[Activity], title: str, out: Path, progress: Progress | None = None
    ) -> Path:
        """Write a list of records as .xlsx: one row a record, units in the headings."""
        (progress or Progress()).step("Excelの形にしています", 0, 0)
        _, areas = self._who()
        rows = [_row(a, areas.get(a.area, a.area)) for a in records]
        workbooks.write(self._store, [Table(title, _COLUMNS, rows)], out)
        return out

    def _who(self) -> tuple[str, dict[str, str]]:
        """Return the promoter's name, and the names of the areas by code."""
        with self._store.db.read() as tx:
            who, people = promoter_facts(tx), roster(tx)
        person = people.person(who.promoter)
        codes = dict.fromkeys(a.area for a in people.of_promoter(who.promoter))
        areas = {code: people.area(code).name for code in codes}
        return (person.name if person else who.promoter), areas


def _row(a: Activity, area: str) -> list[Cell]:
    return [
        a.date.isoformat(),
        long_date(a.date),
        a.start,
        a.end,
        a.minutes,
        area,
        category_label(a.category),
        type_label(a.category, a.type),
        STATUSES.get(a.status, a.status),
        a.title,
        a.content,
        a.findings,
        a.next,
        a.place,
        "、".join(a.counterparts),
        a.attendees,
        "、".join(TAGS.get(tag, tag) for tag in a.tags),
        a.by_proxy,
    ]
