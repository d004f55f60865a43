"""年間のまとめ: a fiscal year on paper, its counts and every yen of it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kashiwa_desktop.domain.code_list import SEED
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.resource import FORMS, GATHERING, KINDS
from kashiwa_desktop.domain.wareki import era_year
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports import year_summary
from kashiwa_desktop.reports.year_summary import CountLine, MoneyLine, PersonLine, YearSummary
from kashiwa_desktop.services.counting.reporting import Reporting, Totals
from kashiwa_desktop.services.money.payments_paper import name_of
from kashiwa_desktop.services.papers.report_paper import decided
from kashiwa_desktop.services.printed import NOT_TRUE, Printed, offer, sender_of
from kashiwa_desktop.services.records.registered import YearCounts, count, not_continued
from kashiwa_desktop.services.store import Facts, Store, facts, office_facts, roster
from kashiwa_desktop.storage import activities, payments, resources, sheets
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.payments import Paid
from kashiwa_desktop.storage.sheets import Sheet

__all__ = ["MoneyLine", "PersonLine", "YearMoney", "YearPapers"]


@dataclass(frozen=True, slots=True)
class YearMoney:
    """The money of one fiscal year, in yen: by month of service and by person.

    ``across`` is what was paid only after the year's last day.
    """

    year: int
    by_month: tuple[MoneyLine, ...]
    people: tuple[PersonLine, ...]
    across: int

    @property
    def gross(self) -> int:
        return sum(line.gross for line in self.by_month)

    @property
    def calendar_name(self) -> str:
        return era_year(Month(self.year, 12).last)


class YearPapers:
    """A fiscal year (``year`` is its first calendar year) on paper."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def money(self, year: int) -> YearMoney:
        """年度のまとめ (screen 42): sheets by month, people by 年度 and by 暦年 of payment."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return _money(tx, roster(tx), year)

    def summary(self, year: int, out: Path | None) -> Printed:
        """年間のまとめ: counts by month and area; in the office also the money."""
        with self._store.db.read() as tx:
            who, people, sender = facts(tx), roster(tx), sender_of(self._store, tx)
            money = _money(tx, people, year) if who.is_office else None
            wanted = Wanted(who.promoter or None, *span_of(year), category="council")
            meetings = _meetings(tx, people, wanted)
            held = _resources(tx, who, year, self._store.clock.today())
        value = replace(_counts(Reporting(self._store), people, year), meetings=meetings)
        value = replace(value, resources=_resource_lines(held), resources_on=held.day)
        if money is not None:
            value = replace(value, money=money.by_month, people=money.people, across=money.across)
        if not value.total.total and not any(line.number for line in value.money):
            raise RefusedError(f"{value.name}の記録がありません。", code="nothing_to_print")
        buffer = io.BytesIO()
        made = year_summary.render(value, sender, buffer)
        if not year_summary.says(buffer.getvalue(), value):
            raise RefusedError(NOT_TRUE, code="not_true")
        return offer(self._store, out, buffer.getvalue(), made)


def span_of(year: int) -> tuple[Month, Month]:
    """Return the first and the last month of a fiscal year."""
    return Month(year, 4), Month(year + 1, 3)


def _money(tx: Tx, people: Roster, year: int) -> YearMoney:
    first, last = span_of(year)
    live = [s for s in sheets.of_months(tx, str(first), str(last)) if s.is_payable]
    paid = payments.every(tx)
    by_month = []
    for month in months(first, last):
        mine = [s for s in live if s.month == str(month)]
        done = [paid[s.number] for s in mine if s.number in paid]
        sums = (sum(s.gross for s in mine), sum(s.kept_back for s in mine))
        days = _days(done)
        by_month.append(MoneyLine(month.label(), len(mine), *sums, sum(p.net for p in done), days))
    late = [s for s in live if s.number in paid and paid[s.number].paid_on > str(last.last)]
    persons = _persons(tx, people, live, year)
    return YearMoney(year, tuple(by_month), persons, sum(s.net for s in late))


def _days(done: Sequence[Paid]) -> str:
    """Return on which days a month was paid, 「2027.4.20」 where that is only in the next year."""
    days = sorted({date.fromisoformat(p.paid_on) for p in done})
    return "、".join(f"{day.year}.{day.month}.{day.day}" for day in days)


def _persons(tx: Tx, people: Roster, live: Sequence[Sheet], year: int) -> tuple[PersonLine, ...]:
    """Return a line for everybody with money of this fiscal or this calendar year."""
    in_year = payments.between(tx, f"{year}-01-01", f"{year}-12-31")
    kept = {s.number: s for s in sheets.every(tx)}
    fiscal: dict[str, int] = {}
    for sheet in live:
        fiscal[sheet.promoter] = fiscal.get(sheet.promoter, 0) + sheet.gross
    everybody = dict.fromkeys([*fiscal, *(p.promoter for p in in_year)])
    found = []
    for promoter in sorted(everybody):
        mine = [kept[p.number] for p in in_year if p.promoter == promoter]
        areas = dict.fromkeys(people.area(a.area).name for a in people.of_promoter(promoter))
        found.append(
            PersonLine(
                name_of(people, promoter),
                "・".join(areas),
                fiscal.get(promoter, 0),
                sum(s.gross for s in mine),
                sum(s.kept_back for s in mine),
            )
        )
    return tuple(found)


def _counts(reporting: Reporting, people: Roster, year: int) -> YearSummary:
    first, last = span_of(year)
    by_month = _lines(reporting, first, last, "month")
    by_area = _lines(reporting, first, last, "area")
    whole = reporting.totals(first, last, ("category",))
    return YearSummary(
        year=year,
        by_month=[replace(by_month[str(m)], label=m.label()) for m in months(first, last)
                  if str(m) in by_month],
        total=_line("年度計", whole, whole),
        by_area=[replace(by_area[a.code], label=a.name) for a in people.areas if a.code in by_area],
        words=people.codes.on(last.last),
    )  # fmt: skip


def _lines(reporting: Reporting, first: Month, last: Month, by: str) -> dict[str, CountLine]:
    """Return rows of counts by one group; days and people are those of all four categories."""
    both = reporting.totals(first, last, (by, "category"))
    whole = {row.group[0]: row for row in reporting.totals(first, last, (by,)).rows}
    counted: dict[str, dict[str, int]] = {}
    for row in both.rows:
        counted.setdefault(row.group[0], {})[row.group[1]] = row.count
    return {
        name: CountLine(
            name,
            [counted.get(name, {}).get(code, 0) for code in SEED.codes("category")],
            row.days,
            row.attendees,
        )
        for name, row in whole.items()
    }


def _line(label: str, by_category: Totals, whole: Totals) -> CountLine:
    counted = {row.group[0]: row.count for row in by_category.rows}
    numbers = [counted.get(code, 0) for code in SEED.codes("category")]
    return CountLine(label, numbers, whole.total.days, whole.total.attendees)


def _resources(tx: Tx, who: Facts, year: int, today: date) -> YearCounts:
    """Count the resources at the year's end: the city's in the office, else one's own."""
    held = not_continued(resources.shown(tx))
    mine = [one for one in held if who.is_office or one.promoter == who.promoter]
    return count(mine, resources.first_days(tx), year, today)


def _resource_lines(held: YearCounts) -> list[tuple[str, str, str]]:
    """Return kind, number, and of the 通いの場 how many of each form; nothing where none are."""
    forms = [f"{FORMS[form]} {n}件" for form, n in held.forms.items() if n]
    lines = [
        (KINDS[kind], f"{n}", "、".join(forms) if kind == GATHERING else "")
        for kind, n in held.kinds.items()
        if n
    ]
    return [*lines, ("計", f"{held.total}", "")] if lines else []


_CITY = "市域(第1層)"


def _meetings(tx: Tx, people: Roster, wanted: Wanted) -> list[tuple[str, str, str]]:
    held: dict[str, list[str]] = {}
    for a in activities.find(tx, wanted):
        if a.counted or (a.status == "held" and not a.promoter):
            held.setdefault(a.area, []).append(decided(a))
    named = [("", _CITY), *((area.code, area.name) for area in people.areas)]
    return [
        (name, f"{len(held[code])}", "\n".join(t for t in held[code] if t))
        for code, name in named
        if code in held
    ]
