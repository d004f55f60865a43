"""Putting what a page shows on paper or into a spreadsheet; nothing is written but that file."""

import io
from collections.abc import Sequence
from pathlib import Path

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.excel.writer import Table
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.reports import record_list
from kashiwa_desktop.reports.record_list import RecordList
from kashiwa_desktop.services import workbooks
from kashiwa_desktop.services.printed import Printed, offer
from kashiwa_desktop.services.records import record_columns
from kashiwa_desktop.services.records.record_columns import COLUMNS
from kashiwa_desktop.services.store import Store, promoter_facts, roster

PREVIEW = "preview.pdf"

_OFFICE = frozenset({"zone", "joint", "promoter", "name", "kana", "counted"})
"""Columns that say nothing in one's own list."""
_COLUMNS = tuple(code for code in COLUMNS if code not in _OFFICE)


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
        with self._store.db.read() as tx:
            people = roster(tx)
        rows = [record_columns.row(a, people, _COLUMNS) for a in records]
        table = Table(title, record_columns.headings(_COLUMNS), rows)
        workbooks.write(self._store, [table], out)
        return out

    def _who(self) -> tuple[str, dict[str, str]]:
        """Return the promoter's name, and the names of the areas by code."""
        with self._store.db.read() as tx:
            who, people = promoter_facts(tx), roster(tx)
        person = people.person(who.promoter)
        codes = dict.fromkeys(a.area for a in people.of_promoter(who.promoter))
        areas = {code: people.area(code).name for code in codes}
        return (person.name if person else who.promoter), areas
