"""Papers of the district staff: 提出状況一覧, 集計 and 受領票."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kashiwa_desktop.domain.board import MISSING
from kashiwa_desktop.domain.closing import report_key
from kashiwa_desktop.domain.code_list import Words
from kashiwa_desktop.domain.month import Month, fiscal_year_start
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports import board_list, slips, totals_list
from kashiwa_desktop.reports.board_list import BoardLine, BoardList
from kashiwa_desktop.reports.parts.heading import NONE
from kashiwa_desktop.reports.slips import Slip
from kashiwa_desktop.reports.totals_list import AreaLine, TotalsList, TypeLine
from kashiwa_desktop.services.checking.board import Row
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.counting.reporting import Reporting, Sum, Totals
from kashiwa_desktop.services.papers.blank_papers import slip_of
from kashiwa_desktop.services.printed import Printed, offer, sender_of
from kashiwa_desktop.services.store import Store, office_facts, office_settings, roster
from kashiwa_desktop.storage import bundles, revisions
from kashiwa_desktop.storage.database import Tx

Key = tuple[str, ...]


class OfficePapers:
    """What the office prints about what came in."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def board(self, month: Month, out: Path | None) -> Printed:
        """提出状況一覧 of ``month``, with the months before it in its fiscal year."""
        found = Reviewing(self._store).board(fiscal_year_start(month), month)
        rows = [row for row in found.rows if row.area.valid_in(month)]
        lines = [_board_line(row, rows, month) for row in rows]
        missing = [
            f"{row.area.name} {row.name}" for row in rows
            if row.promoter and row.cells[month].state in MISSING
        ]  # fmt: skip
        value = BoardList(month, found.months, lines, found.summary, missing)
        with self._store.db.read() as tx:
            sender = sender_of(self._store, tx)
        buffer = io.BytesIO()
        made = board_list.render(value, sender, buffer)
        return offer(self._store, out, buffer.getvalue(), made)

    def totals(self, month: Month, out: Path | None, *, approved: bool = False) -> Printed:
        """集計 of a month and of its fiscal year so far."""
        with self._store.db.read() as tx:
            office_facts(tx)
            sender, people = sender_of(self._store, tx), roster(tx)
        areas = [(a.code, a.name) for a in people.areas if a.valid_in(month)]
        value = _totals(
            Reporting(self._store), month, areas, people.codes.on(month.last), approved=approved
        )
        buffer = io.BytesIO()
        made = totals_list.render(value, sender, buffer)
        return offer(self._store, out, buffer.getvalue(), made)

    def received(
        self,
        month: Month,
        promoters: Sequence[str] | None,
        out: Path | None,
        *,
        duplex: bool = False,
    ) -> Printed:
        """受領票 of what was received of ``month``: one page for each promoter.

        With ``duplex`` nobody's slip is on the back of somebody else's.
        """
        with self._store.db.read() as tx:
            office_facts(tx)
            sender, people = sender_of(self._store, tx), roster(tx)
            wanted = promoters or list(dict.fromkeys(a.promoter for a in people.active(month)))
            held = [_received(tx, slip_of(tx, people, p, month), p, month) for p in wanted]
            office = office_settings(tx)
        values = [
            replace(slip, to=f"{slip.name} 様", note=f"{office.full_name()} 担当 {office.officer}")
            for slip in held
            if slip is not None
        ]
        if not values:
            text = f"{month.short()}はまだどなたからも受け取っていません。"
            raise RefusedError(text, code="nothing_to_print")
        buffer = io.BytesIO()
        made = slips.render(values, sender, buffer, duplex=duplex)
        return offer(self._store, out, buffer.getvalue(), made)


def _board_line(row: Row, rows: Sequence[Row], month: Month) -> BoardLine:
    """Leave the months open that another row of the same area tells of."""
    held = {
        m for other in rows if other.area.code == row.area.code
        for m, cell in other.cells.items() if cell.state != "vacant"
    }  # fmt: skip
    cells = [None if c.state == "vacant" and m in held else c for m, c in row.cells.items()]
    return BoardLine(row.area.name, row.name or NONE, cells, row.area.zone_on(month.last))


def _received(tx: Tx, slip: Slip | None, promoter: str, month: Month) -> Slip | None:
    if slip is None:
        return None
    shown = revisions.heads_of_record(tx, report_key(promoter, month))
    times = [at for head in shown if (at := bundles.first_received(tx, head.id))]
    if not times:
        return None
    return replace(slip, kind="receipt", day=datetime.fromisoformat(min(times)).date())


def _totals(
    reporting: Reporting,
    month: Month,
    areas: Sequence[tuple[str, str]],
    words: Words,
    *,
    approved: bool,
) -> TotalsList:
    def found(first: Month, last: Month, *by: str) -> Totals:
        return reporting.totals(first, last, by, approved=approved)

    start, before = fiscal_year_start(month), month.year_before()
    spans = ((month, month), (start, month), (before, before))
    by_type = [_counts(found(*span, "category", "type")) for span in spans]
    whole = [found(*span, "category") for span in spans]
    by_category = [_counts(one) for one in whole]
    by_area = _counts(found(month, month, "area", "category"))
    area_year = _counts(found(start, month, "area"))
    sums = {row.group[0]: row for row in found(month, month, "area").rows}
    types = []
    for code, category in words.choices("category").items():
        types.append(_type_line(category, [c.get((code,), 0) for c in by_category]))
        counted = [kind for one in by_type for of, kind in one if of == code]
        for name, label in words.shown("type", counted, code).items():
            numbers = [c.get((code, name), 0) for c in by_type]
            types.append(_type_line(f"　{label}", numbers, strong=False))
    lines = [
        _area_line(area, by_area, area_year, sums.get(area[0]), words.choices("category"))
        for area in areas
    ]
    total = _type_line("計", [one.total.count for one in whole])
    if not whole[-1].rows:
        types, total = [_without_last_year(t) for t in types], _without_last_year(total)
    return TotalsList(
        month, types, total, lines, whole[0].total.days, whole[0].total.attendees, approved, words
    )


def _counts(found: Totals) -> dict[Key, int]:
    return {tuple(row.group): row.count for row in found.rows}


def _type_line(label: str, numbers: Sequence[int], *, strong: bool = True) -> TypeLine:
    month, year, before = numbers
    return TypeLine(label, month, year, before, strong)


def _without_last_year(line: TypeLine) -> TypeLine:
    """Say that nothing is known of that month, which is not the same as none."""
    return replace(line, last_year=None)


def _area_line(
    area: tuple[str, str],
    by_area: dict[Key, int],
    year: dict[Key, int],
    month: Sum | None,
    categories: Iterable[str],
) -> AreaLine:
    code, name = area
    counts = [by_area.get((code, category), 0) for category in categories]
    days, attendees = (month.days, month.attendees) if month else (0, 0)
    return AreaLine(name, counts, year.get((code,), 0), days, attendees)
