"""監査綴り: every sheet of a fiscal year with all it rests on, as one PDF that needs no program.

Claim and statement are the kept sheet itself; before it stands a page with payment, approvals and
records, after it the 月報 of the closing it names, made of exactly the records that were approved.
"""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from kashiwa_desktop.domain import activity as activity_rules
from kashiwa_desktop.domain.closing import read_report, report_key
from kashiwa_desktop.domain.day import as_day
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.domain.wareki import fiscal_year_name, short_date
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.reports import activity_report, audit_binder
from kashiwa_desktop.reports.activity_report import ActivityReport
from kashiwa_desktop.reports.audit_binder import Entry, Proof, Record, SheetStep
from kashiwa_desktop.reports.finished.binding import Bound
from kashiwa_desktop.reports.finished.rereading import is_as_written, page_count, sheet_sums
from kashiwa_desktop.reports.paper import pages_of
from kashiwa_desktop.reports.parts.heading import Sender
from kashiwa_desktop.reports.parts.page import Made
from kashiwa_desktop.services.money.payments_paper import name_of
from kashiwa_desktop.services.papers import report_paper
from kashiwa_desktop.services.papers.year_papers import span_of
from kashiwa_desktop.services.printed import NOT_TRUE, Printed, kept_pdfs, offer_bound, sender_of
from kashiwa_desktop.services.store import Store, office_facts, office_settings, roster
from kashiwa_desktop.storage import payments, raw_lines, revisions, sheets
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.payments import Paid
from kashiwa_desktop.storage.sheets import CORRECTION, REFUND, Sheet

_MAKING = "監査綴りを作っています"
_DECIDED = {"approved": "承認", "withdrawn": "承認の取り消し"}


@dataclass(frozen=True, slots=True)
class _Held:
    """A kept sheet without its PDF, and what that says: its pages, and its yen where paid."""

    sheet: Sheet
    pages: int
    printed: int


@dataclass(frozen=True, slots=True)
class _Year:
    """Everything that goes into the binder, read in one transaction, but the sheets' PDFs."""

    year: int
    sender: Sender
    held: Sequence[_Held]
    entries: Sequence[Entry]
    reports: Mapping[str, ActivityReport]
    proof: Proof


class Binder:
    """Makes the 監査綴り of a fiscal year (``year`` is its first calendar year)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def make(self, year: int, out: Path | None, progress: Progress | None = None) -> Printed:
        """Cover, index, and every sheet of the year with what it rests on, pages numbered.

        RefusedError where the totals of list, papers and payments are not the same yen.
        """
        progress = progress or Progress()
        progress.step(_MAKING, 0, 0)
        with self._store.db.read() as tx:
            office_facts(tx)
            found = _read(self._store, tx, year)
        if not found.proof.holds:
            raise RefusedError(NOT_TRUE, code="not_true")
        lost: dict[str, None] = {}
        parts = self._parts(found, progress, lost)
        title = f"監査綴り {fiscal_year_name(year)}"
        made = offer_bound(self._store, out, parts, title, numbered="監査綴り")
        return replace(made, missing=tuple(lost))

    def _parts(self, found: _Year, progress: Progress, lost: dict[str, None]) -> Iterator[Bound]:
        """Return all parts in order, each made when it is bound; ``lost`` gets what is 〓."""
        entries = _paged(found, progress)
        yield Bound(_front(found, entries, lost))
        pdfs = kept_pdfs(self._store, [one.sheet.number for one in found.held])
        bound: set[str] = set()
        for n, (entry, one, pdf) in enumerate(zip(entries, found.held, pdfs, strict=True), 1):
            progress.step(_MAKING, n, len(entries))
            yield Bound(_entry_page(entry, n, found.sender, lost))
            lost.update(dict.fromkeys(json.loads(one.sheet.sources).get("missing", ())))
            yield Bound(pdf, void=one.sheet.is_void)
            if entry.report in found.reports and entry.report not in bound:
                bound.add(entry.report)
                yield Bound(_month_report(found.reports[entry.report], lost))


def _read(store: Store, tx: Tx, year: int) -> _Year:
    sender, people, office = sender_of(store, tx), roster(tx), office_settings(tx)
    first, last = span_of(year)
    paid = payments.every(tx)
    read = sheets.each_of_months(tx, str(first), str(last))
    held = [_held(sheet, paid) for sheet in read]
    if not held:
        text = f"{fiscal_year_name(year)}には発行した書類がありません。"
        raise RefusedError(text, code="nothing_to_print")
    named = {name for one in held for name in _named(one.sheet)}
    loaded = {r.id: r for r in revisions.load(tx, sorted(named))}
    files = raw_lines.bundles_of(tx, named)
    entries = []
    for sheet in (one.sheet for one in held):
        entry = _whole_entry(people, sheet, paid.get(sheet.number), loaded, files)
        entries.append(replace(entry, steps=_steps(tx, sheet)))
    reports = {
        said: replace(_report(tx, people, office, sheet, loaded), trial=store.is_trial)
        for said, sheet in {_report_of(one.sheet): one.sheet for one in held}.items()
        if said in loaded
    }
    return _Year(year, sender, held, entries, reports, _proof(held, entries, paid))


def _held(sheet: Sheet, paid: Mapping[str, Paid]) -> _Held:
    net = sheet_sums(sheet.pdf).net if sheet.number in paid else 0
    printed = -net if sheet.kind == REFUND else net
    return _Held(replace(sheet, pdf=b""), page_count(sheet.pdf), printed)


def _report(
    tx: Tx, people: Roster, office: Office, sheet: Sheet, loaded: Mapping[str, Revision]
) -> ActivityReport:
    """Return the 月報 that a sheet rests on: of the records it names, not of later ones."""
    report = read_report(loaded[_report_of(sheet)])
    named = [loaded[n] for n in json.loads(sheet.sources)["heads"] if n in loaded]
    found = [
        activity_rules.read(r.body, r.key.id, sheet.promoter, codes=people.codes)
        for r in named
        if not r.deleted
    ]
    found.sort(key=lambda a: (a.date, a.start or "99", a.id))
    return report_paper.values(tx, people, office, sheet.promoter, report, found)


def _steps(tx: Tx, sheet: Sheet) -> list[SheetStep]:
    """Return who approved or took back an approval of this month, when and why."""
    key = report_key(sheet.promoter, Month.parse(sheet.month), "approval")
    said = sorted(revisions.of_record(tx, key), key=lambda r: (r.at, r.id))
    return [
        SheetStep(_moment(r.at), r.by.who, _DECIDED.get(r.body["state"], r.body["state"]),
             r.body.get("reason", ""), r.id == sheet.approval)
        for r in said
    ]  # fmt: skip


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
    records = [
        _record(r, files.get(r.id, ("(事務局で入力)",))[0], people) for r in named if not r.deleted
    ]
    return replace(
        _entry(people, sheet, paid),
        approver=approval.by.who if approval else "",
        approved_at=_moment(approval.at) if approval else "",
        version=read_report(report).version if report else 0,
        report=said["report"],
        records=sorted(records, key=lambda r: (r.day, r.revision)),
    )


def _record(r: Revision, file: str, people: Roster) -> Record:
    day = as_day(r.body["date"])
    what = people.codes.on(day).kind(r.body["category"], r.body["type"])
    return Record(day, what, r.body["title"], r.id[:24], file[:24])


def _named(sheet: Sheet) -> set[str]:
    sources = json.loads(sheet.sources)
    return {*sources["heads"], sources["report"], sheet.approval}


def _report_of(sheet: Sheet) -> str:
    return str(json.loads(sheet.sources)["report"])


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
    if not text:
        return ""
    at = datetime.fromisoformat(text)
    return f"{short_date(at.date())} {at:%H:%M}"


def _proof(held: Sequence[_Held], entries: Sequence[Entry], paid: Mapping[str, Paid]) -> Proof:
    """Reckon what was paid three ways: from the list, from the papers, from the payments."""
    listed = sum(e.net for e in entries if e.paid_on is not None)
    settled = [paid[one.sheet.number].net for one in held if one.sheet.number in paid]
    return Proof(listed, sum(one.printed for one in held), sum(settled))


def _paged(found: _Year, progress: Progress) -> list[Entry]:
    """Say of every entry on which page it begins, and where its 月報 stands."""
    at = page_count(_front(found, found.entries, {})) + 1
    where: dict[str, int] = {}
    paged = []
    for n, (entry, one) in enumerate(zip(found.entries, found.held, strict=True), 1):
        progress.step(_MAKING, 0, len(found.entries))
        begins = at
        page = audit_binder.entry_paper(replace(entry, report_page=at), n, found.sender)
        at += pages_of(page) + one.pages
        if entry.report in found.reports and entry.report not in where:
            where[entry.report] = at
            at += activity_report.pages_of(found.reports[entry.report])
        paged.append(replace(entry, page=begins, report_page=where.get(entry.report, 0)))
    return paged


def _month_report(value: ActivityReport, lost: dict[str, None]) -> bytes:
    buffer = io.BytesIO()
    made = activity_report.render([value], buffer)
    lost.update(dict.fromkeys(made.missing))
    return _true(buffer, made)


def _entry_page(entry: Entry, n: int, sender: Sender, lost: dict[str, None]) -> bytes:
    buffer = io.BytesIO()
    made = audit_binder.render_entry(entry, n, sender, buffer)
    lost.update(dict.fromkeys(made.missing))
    return _true(buffer, made)


def _front(found: _Year, entries: Sequence[Entry], lost: dict[str, None]) -> bytes:
    buffer = io.BytesIO()
    made = audit_binder.render_front(found.year, entries, found.proof, found.sender, buffer)
    lost.update(dict.fromkeys(made.missing))
    data = _true(buffer, made)
    if not audit_binder.says(data, entries):
        raise RefusedError(NOT_TRUE, code="not_true")
    return data


def _true(buffer: io.BytesIO, made: Made) -> bytes:
    """Return a finished part that says, read again, what was written on it; RefusedError."""
    if not is_as_written(buffer.getvalue(), made):
        raise RefusedError(NOT_TRUE, code="not_true")
    return buffer.getvalue()
