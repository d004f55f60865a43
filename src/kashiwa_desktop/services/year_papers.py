"""年間のまとめ and 監査綴り: a fiscal year on paper, its counts and every yen of it."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from kashiwa_desktop.domain.activity import as_day
from kashiwa_desktop.domain.category import CATEGORIES, category_label, type_label
from kashiwa_desktop.domain.closing import read_report
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.domain.wareki import era_year
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.reports import audit_binder, binding, year_summary
from kashiwa_desktop.reports.audit_binder import Entry, Proof, Record
from kashiwa_desktop.reports.heading import Sender
from kashiwa_desktop.reports.page import Made
from kashiwa_desktop.reports.rereading import page_count, sheet_sums
from kashiwa_desktop.reports.year_summary import CountLine, MoneyLine, PersonLine, YearSummary
from kashiwa_desktop.services.blank_papers import sender_of
from kashiwa_desktop.services.payments_paper import name_of
from kashiwa_desktop.services.printed import NOT_TRUE, Printed, offer
from kashiwa_desktop.services.report_paper import decided
from kashiwa_desktop.services.reporting import Reporting, Totals
from kashiwa_desktop.services.store import Store, facts, office_facts, roster
from kashiwa_desktop.storage import activities, payments, raw_lines, revisions, sheets
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.payments import Paid
from kashiwa_desktop.storage.sheets import CORRECTION, REFUND, Sheet

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
            wanted = Wanted(who.promoter or None, *_span(year), category="council")
            meetings = _meetings(tx, people, wanted)
        value = replace(_counts(Reporting(self._store), people, year), meetings=meetings)
        if money is not None:
            value = replace(value, money=money.by_month, people=money.people, across=money.across)
        if not value.total.total and not any(line.number for line in value.money):
            raise RefusedError(f"{value.name}の記録がありません。", code="nothing_to_print")
        buffer = io.BytesIO()
        made = year_summary.render(value, sender, buffer)
        if not year_summary.says(buffer.getvalue(), value):
            raise RefusedError(NOT_TRUE, code="not_true")
        return offer(self._store, out, buffer.getvalue(), made)

    def binder(self, year: int, out: Path | None, progress: Progress | None = None) -> Printed:
        """監査綴り: cover, index, and every sheet of the year with what it rests on.

        RefusedError where the totals of list, papers and payments are not the same yen.
        """
        progress = progress or Progress()
        with self._store.db.read() as tx:
            office_facts(tx)
            sender, people = sender_of(self._store, tx), roster(tx)
            first, last = _span(year)
            held = sheets.of_months(tx, str(first), str(last))
            if not held:
                text = f"{year}年度には発行した書類がありません。"
                raise RefusedError(text, code="nothing_to_print")
            entries, paid = _entries(tx, people, held), payments.every(tx)
        proof = _proof(held, entries, paid)
        if not proof.holds:
            raise RefusedError(NOT_TRUE, code="not_true")
        parts = _bound(year, entries, proof, held, sender, progress)
        data = binding.bind(parts, f"監査綴り {year}年度")
        if not binding.holds(data, parts):
            raise RefusedError(NOT_TRUE, code="not_true")
        return offer(self._store, out, data, Made(page_count(data), ()))


def _span(year: int) -> tuple[Month, Month]:
    return Month(year, 4), Month(year + 1, 3)


def _money(tx: Tx, people: Roster, year: int) -> YearMoney:
    first, last = _span(year)
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
    first, last = _span(year)
    by_month = _lines(reporting, first, last, "month")
    by_area = _lines(reporting, first, last, "area")
    whole = reporting.totals(first, last, ("category",))
    return YearSummary(
        year=year,
        by_month=[replace(by_month[str(m)], label=m.label()) for m in months(first, last)
                  if str(m) in by_month],
        total=_line("年度計", whole, whole),
        by_area=[replace(by_area[a.code], label=a.name) for a in people.areas if a.code in by_area],
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
            [counted.get(name, {}).get(code, 0) for code in CATEGORIES],
            row.days,
            row.attendees,
        )
        for name, row in whole.items()
    }


def _line(label: str, by_category: Totals, whole: Totals) -> CountLine:
    counted = {row.group[0]: row.count for row in by_category.rows}
    numbers = [counted.get(code, 0) for code in CATEGORIES]
    return CountLine(label, numbers, whole.total.days, whole.total.attendees)


def _meetings(tx: Tx, people: Roster, wanted: Wanted) -> list[tuple[str, str, str]]:
    held: dict[str, list[str]] = {}
    for a in activities.find(tx, wanted):
        if a.counted:
            held.setdefault(a.area, []).append(decided(a))
    return [
        (area.name, f"{len(held[area.code])}", "\n".join(t for t in held[area.code] if t))
        for area in people.areas
        if area.code in held
    ]


def _entries(tx: Tx, people: Roster, held: Sequence[Sheet]) -> list[Entry]:
    """Return a page's facts for every sheet, in the order of their numbers."""
    paid = payments.every(tx)
    named = {name for s in held for name in _named(s)}
    loaded = {r.id: r for r in revisions.load(tx, sorted(named))}
    files = raw_lines.bundles_of(tx, named)
    return [_whole_entry(people, s, paid.get(s.number), loaded, files) for s in held]


def _whole_entry(
    people: Roster,
    sheet: Sheet,
    paid: Paid | None,
    loaded: Mapping[str, Revision],
    files: Mapping[str, Sequence[str]],
) -> Entry:
    """Return a sheet with its approval, its report and the records it names."""
    said = json.loads(sheet.sources)
    approval, report = loaded.get(sheet.approval), loaded.get(said["report"])
    named = [loaded[name] for name in said["heads"] if name in loaded]
    records = [_record(r, files.get(r.id, ("(事務局で入力)",))[0]) for r in named if not r.deleted]
    return replace(
        _entry(people, sheet, paid),
        approver=approval.by.who if approval else "",
        approved_at=_moment(approval.at) if approval else "",
        version=read_report(report).version if report else 0,
        report=said["report"],
        records=sorted(records, key=lambda r: (r.day, r.revision)),
    )


def _record(r: Revision, file: str) -> Record:
    kind = type_label(r.body["category"], r.body["type"])
    what = f"{category_label(r.body['category'])}・{kind}"
    return Record(as_day(r.body["date"]), what, r.body["title"], r.id[:24], file[:24])


def _named(sheet: Sheet) -> set[str]:
    sources = json.loads(sheet.sources)
    return {*sources["heads"], sources["report"], sheet.approval}


def _entry(people: Roster, sheet: Sheet, paid: Paid | None) -> Entry:
    state = "取消" if sheet.is_void else ("支払済み" if paid else "未払い")
    void = f"{_moment(sheet.voided_at)} {sheet.voided_by} {sheet.void_reason}"
    return Entry(
        number=sheet.number,
        kind=sheet.kind,
        month=Month.parse(sheet.month),
        area=people.area(sheet.area).name,
        name=name_of(people, sheet.promoter),
        gross=sheet.gross,
        withheld=sheet.kept_back,
        net=sheet.net,
        state="－" if sheet.kind == CORRECTION else state,
        paid_on=date.fromisoformat(paid.paid_on) if paid else None,
        method=paid.method if paid else "",
        voucher=paid.voucher if paid else "",
        paid_by=paid.who if paid else "",
        issued=f"{_moment(sheet.issued_at)} {sheet.issued_by}",
        approver="",
        approved_at="",
        approval=sheet.approval,
        report="",
        version=0,
        code=sheet.code,
        cites=sheet.cites,
        void=void if sheet.is_void else "",
    )


def _moment(text: str) -> str:
    return f"{datetime.fromisoformat(text):%Y.%m.%d %H:%M}" if text else ""


def _proof(held: Sequence[Sheet], entries: Sequence[Entry], paid: Mapping[str, Paid]) -> Proof:
    """Reckon what was paid three ways: from the list, from the papers, from the payments."""
    done = [s for s in held if s.number in paid]
    listed = sum(e.net for e in entries if e.paid_on is not None)
    printed = 0
    for sheet in done:
        net = sheet_sums(sheet.pdf).net
        printed += -net if sheet.kind == REFUND else net
    return Proof(listed, printed, sum(paid[s.number].net for s in done))


def _bound(
    year: int,
    entries: Sequence[Entry],
    proof: Proof,
    held: Sequence[Sheet],
    sender: Sender,
    progress: Progress,
) -> list[binding.Bound]:
    """Return all parts in order; the index is made twice, so that it knows its own length."""
    inner = []
    for n, (entry, sheet) in enumerate(zip(entries, held, strict=True), 1):
        progress.step("監査綴りを作っています", n, len(entries))
        buffer = io.BytesIO()
        audit_binder.render_entry(entry, n, sender, buffer)
        inner += [binding.Bound(buffer.getvalue()), binding.Bound(sheet.pdf)]
    pages = [page_count(part.pdf) for part in inner]
    front = _front(year, entries, proof, sender)
    at = page_count(front) + 1
    paged = []
    for n, entry in enumerate(entries):
        paged.append(replace(entry, page=at))
        at += pages[2 * n] + pages[2 * n + 1]
    return [binding.Bound(_front(year, paged, proof, sender)), *inner]


def _front(year: int, entries: Sequence[Entry], proof: Proof, sender: Sender) -> bytes:
    buffer = io.BytesIO()
    audit_binder.render_front(year, entries, proof, sender, buffer)
    return buffer.getvalue()
