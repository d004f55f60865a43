"""気になること (screen 43): reads what the sentences of ``domain.noticing`` are made of."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.noticing import AreaFacts, MoneyFacts, Notice, notices
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.reviewing import Board, Reviewing, Row
from kashiwa_desktop.services.holidays import payday
from kashiwa_desktop.services.store import Store, office_facts, office_settings
from kashiwa_desktop.storage import activities, payments, sheets
from kashiwa_desktop.storage.activities import Wanted

BACK = 7
"""Months that are looked at, the one in question among them."""

_HERE = ("received", "question", "returned", "approved")


class Noticing:
    """Five sentences at most; nothing is kept and nothing is decided."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def look(self, month: Month, progress: Progress | None = None) -> tuple[Notice, ...]:
        """Return the sentences about ``month``, whether 気になること is switched on or not."""
        (progress or Progress()).step("記録を調べています", 0, 0)
        first = month
        for _ in range(BACK - 1):
            first = first.previous()
        span = list(months(first, month))
        board = Reviewing(self._store).board(first, month)
        with self._store.db.read() as tx:
            office_facts(tx)
            found = activities.find(tx, Wanted(None, first, month))
            paid, office = payments.every(tx), office_settings(tx)
            open_months = [
                Month.parse(s.month)
                for s in sheets.of_months(tx, str(first), str(month))
                if s.is_payable and s.number not in paid
            ]
            unpaid = [(payday(one, office), one) for one in open_months]
        over = sorted(one for one in unpaid if one[0] < self._store.clock.today())
        first_day, first_month = over[0] if over else (None, None)
        changed = [r.area.name for r in board.rows if r.cells[month].changed_after_approval]
        money = MoneyFacts(len(over), first_day, first_month, tuple(dict.fromkeys(changed)))
        return notices(_areas(board, found, span), money)


def _areas(board: Board, found: Iterable[Activity], span: Sequence[Month]) -> list[AreaFacts]:
    held: dict[str, list[Activity]] = {}
    for a in found:
        for code in a.areas:
            held.setdefault(code, []).append(a)
    by_area: dict[str, list[Row]] = {}
    for row in board.rows:
        if row.promoter is not None:
            by_area.setdefault(row.area.code, []).append(row)
    return [_facts(rows, held.get(code, ()), span) for code, rows in by_area.items()]


def _facts(rows: Sequence[Row], found: Iterable[Activity], span: Sequence[Month]) -> AreaFacts:
    counted = [a for a in found if a.counted]
    by_month = Counter(Month.of(a.date) for a in counted)
    return AreaFacts(
        rows[0].area.name,
        _counts(rows, by_month, span),
        max(_late(row, span) for row in rows),
        max(Counter(_said(a, span[-1]) for a in counted).values(), default=0),
        _no_council(rows, counted, span),
    )


def _counts(
    rows: Sequence[Row], by_month: Mapping[Month, int], span: Sequence[Month]
) -> tuple[int, ...]:
    """Return the counts of months that came in; the last stands where it is not here as usual."""
    here = [m for m in span if any(row.cells[m].state in _HERE for row in rows)]
    if span[-1] not in here:
        return ()
    return tuple(by_month.get(m, 0) for m in here)


def _late(row: Row, span: Sequence[Month]) -> int:
    """Return how many months up to the last one were late or missing, one after the other."""
    count = 0
    for month in reversed(span):
        cell = row.cells[month]
        if not (cell.late or cell.state in ("missing", "open")):
            break
        count += 1
    return count


def _said(a: Activity, month: Month) -> tuple[str, str]:
    """Return what makes a record the same as another of the month; others are all different."""
    if Month.of(a.date) == month and a.content:
        return (a.title, a.content)
    return (a.id, "")


def _no_council(rows: Sequence[Row], counted: Iterable[Activity], span: Sequence[Month]) -> int:
    """Return the months since the last 支えあい会議, 0 where the area is new in this time."""
    days = [Month.of(a.date) for a in counted if a.category == "council"]
    if days:
        return span.index(span[-1]) - span.index(max(days))
    expected = all(any(row.cells[m].state in _HERE for row in rows) for m in span)
    return len(span) if expected else 0
