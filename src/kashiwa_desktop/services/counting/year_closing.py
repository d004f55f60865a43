"""年度確定: a fiscal year's figures as they were reported, and what was corrected since.

The figures are kept with who froze them and when; they never change. What comes in later changes
the running sums only, and the difference is shown as 確定後の訂正.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kashiwa_desktop.domain import closing
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.totals import Sum
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.counting.reporting import Totals, summed
from kashiwa_desktop.services.office.settings_changes import shared_change
from kashiwa_desktop.services.store import Store, note, office_facts, save
from kashiwa_desktop.services.undoing import changed
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx

TABLES: tuple[tuple[str, ...], ...] = (
    (),
    ("category", "type"),
    ("month", "category"),
    ("area", "category"),
    ("zone", "category"),
    ("promoter",),
)
"""What is frozen, each with 回数, 活動日数, 時間 and 参加人数."""


@dataclass(frozen=True, slots=True)
class Correction:
    """確定後の訂正: one figure that now differs from the one that was reported."""

    by: tuple[str, ...]
    group: tuple[str, ...]
    reported: Sum
    now: Sum


@dataclass(frozen=True, slots=True)
class ClosedYear:
    """A fiscal year as it was reported; ``version`` counts how often, 1 for the first time.

    ``changed`` are the (promoter, month) pairs whose records are not those of that day.
    """

    year: int
    at: str
    who: str
    version: int
    approved: bool
    tables: dict[tuple[str, ...], tuple[Sum, ...]]
    corrections: tuple[Correction, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()

    @property
    def total(self) -> Sum:
        """Return the city's figures as reported."""
        found = self.tables.get((), ())
        return found[0] if found else Sum(())


class YearClosing:
    """Freezing the figures of a fiscal year, and comparing them with those of today."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def close(self, year: int, *, approved: bool = False) -> ClosedYear:
        """Freeze fiscal ``year`` (its first calendar year); RefusedError before its end.

        A year that was frozen before is frozen again only where something differs; both stay.
        """
        if Month(year + 1, 3).last >= self._store.clock.today():
            raise RefusedError(f"{year}年度はまだ終わっていません。", code="not_over")
        with self._store.db.write() as tx:
            office_facts(tx)
            known = _read(tx, year)
            tables, months = _tables(tx, year, approved=approved), _months(tx, year)
            body = _body(self._store, tables, months) | {"year": year, "approved": approved}
            if known is not None and _same(known[0], body):
                raise RefusedError(f"{year}年度はもう確定してあります。", code="closed")
            made = save(self._store, tx, [shared_change(tx, body, str(year))])
            note(self._store, tx, "close_year", year=year, changes=changed(made))
            return _compared(tx, year)

    def show(self, year: int) -> ClosedYear | None:
        """Return the year as reported with what was corrected since; None before its closing."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return _compared(tx, year) if _read(tx, year) else None

    def closed(self) -> list[int]:
        """Return the fiscal years that were frozen."""
        with self._store.db.read() as tx:
            return sorted(b["year"] for b in _bodies(tx))


def _bodies(tx: Tx) -> list[dict[str, Any]]:
    shown = (r.body for r in revisions.shown(tx, "settings"))
    return [body for body in shown if body.get("kind") == "year"]


def _read(tx: Tx, year: int) -> tuple[dict[str, Any], int] | None:
    """Return (what was frozen, how often), None where it was not."""
    for shown in revisions.shown(tx, "settings"):
        if shown.body.get("kind") == "year" and shown.body["year"] == year:
            return shown.body, len(revisions.of_record(tx, shown.key))
    return None


def _body(
    store: Store, tables: Mapping[tuple[str, ...], Sequence[Sum]], months: dict[str, str]
) -> dict[str, Any]:
    named = {
        ",".join(by): [[*row.group, *row.measures()] for row in rows] for by, rows in tables.items()
    }
    when = {"at": store.clock.text(), "who": store.staff}
    return {"kind": "year", "tables": named, "months": months, **when}


def _same(known: dict[str, Any], body: dict[str, Any]) -> bool:
    names = ("tables", "months", "approved")
    return all(known[name] == body[name] for name in names)


def _tables(tx: Tx, year: int, *, approved: bool) -> dict[tuple[str, ...], tuple[Sum, ...]]:
    found = {}
    for by in TABLES:
        asked = Totals(Month(year, 4), Month(year + 1, 3), by, (), Sum(()), approved=approved)
        said = summed(tx, asked)
        found[by] = said.rows if by else (said.total,)
    return found


def _months(tx: Tx, year: int) -> dict[str, str]:
    """Return a digest of the records of every promoter's month, so that changes are found."""
    first, last = str(Month(year, 4)), str(Month(year + 1, 3))
    heads = revisions.head_ids_by_month(tx, "activity")
    return {
        f"{promoter}/{month}": closing.digest(ids)
        for (promoter, month), ids in sorted(heads.items())
        if first <= month <= last
    }


def _compared(tx: Tx, year: int) -> ClosedYear:
    known = _read(tx, year)
    if known is None:
        raise RefusedError(f"{year}年度はまだ確定していません。", code="not_closed")
    body, version = known
    reported = {_by(name): _sums(_by(name), rows) for name, rows in body["tables"].items()}
    now = _tables(tx, year, approved=body["approved"])
    corrections = [c for by in reported for c in _differences(by, reported[by], now.get(by, ()))]
    before, after = body["months"], _months(tx, year)
    changed_months = sorted(m for m in {*before, *after} if before.get(m) != after.get(m))
    return ClosedYear(
        year=year,
        at=body["at"],
        who=body["who"],
        version=version,
        approved=body["approved"],
        tables=reported,
        corrections=tuple(corrections),
        changed=tuple((m.rpartition("/")[0], m.rpartition("/")[2]) for m in changed_months),
    )


def _by(name: str) -> tuple[str, ...]:
    return tuple(name.split(",")) if name else ()


def _sums(by: tuple[str, ...], rows: list[list[Any]]) -> tuple[Sum, ...]:
    n = len(by)
    return tuple(Sum(tuple(row[:n]), *row[n:]) for row in rows)


def _differences(
    by: tuple[str, ...], reported: Sequence[Sum], now: Sequence[Sum]
) -> list[Correction]:
    before, after = ({row.group: row for row in rows} for rows in (reported, now))
    found = []
    for group in dict.fromkeys([*before, *after]):
        then, today = before.get(group, Sum(group)), after.get(group, Sum(group))
        if then.measures() != today.measures():
            found.append(Correction(by, group, then, today))
    return found
