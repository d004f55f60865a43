"""監査綴り: every sheet of a fiscal year with all it rests on, as one PDF that needs no program.

Claim and statement are the kept sheet itself; before it stands a page with payment, approvals and
records, after it the 月報 of the closing it names, made of exactly the records that were approved.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from kashiwa_desktop.domain import activity as activity_rules
from kashiwa_desktop.domain.activity import as_day
from kashiwa_desktop.domain.category import category_label, type_label
from kashiwa_desktop.domain.closing import read_report, report_key
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.reports import activity_report, audit_binder, binding
from kashiwa_desktop.reports.activity_report import ActivityReport
from kashiwa_desktop.reports.audit_binder import Entry, Proof, Record, Step
from kashiwa_desktop.reports.binding import Bound
from kashiwa_desktop.reports.heading import Sender
from kashiwa_desktop.reports.page import Made
from kashiwa_desktop.reports.rereading import is_as_written, page_count, sheet_sums
from kashiwa_desktop.services import report_paper
from kashiwa_desktop.services.blank_papers import sender_of
from kashiwa_desktop.services.payments_paper import name_of
from kashiwa_desktop.services.printed import NOT_TRUE, Printed, offer
from kashiwa_desktop.services.store import Store, office_facts, office_settings, roster
from kashiwa_desktop.services.year_papers import span_of
from kashiwa_desktop.storage import payments, raw_lines, revisions, sheets
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.payments import Paid
from kashiwa_desktop.storage.sheets import CORRECTION, REFUND, Sheet

_DECIDED = {"approved": "承認", "withdrawn": "承認の取り消し"}


@dataclass(frozen=True, slots=True)
class _Year:
    """Everything that goes into the binder, read in one transaction."""

    year: int
    sender: Sender
    held: Sequence[Sheet]
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
        progress.step("監査綴りを作っています", 0, 0)
        with self._store.db.read() as tx:
            office_facts(tx)
            found = _read(self._store, tx, year)
        if not found.proof.holds:
            raise RefusedError(NOT_TRUE, code="not_true")
        parts, missing = _bound(found, progress)
        data = binding.bind(parts, f"監査綴り {year}年度", numbered="監査綴り")
        if not binding.holds(data, parts):
            raise RefusedError(NOT_TRUE, code="not_true")
        return offer(self._store, out, data, Made(page_count(data), missing))


def _read(store: Store, tx: Tx, year: int) -> _Year:
    sender, people, office = sender_of(store, tx), roster(tx), office_settings(tx)
    first, last = span_of(year)
    held = sheets.of_months(tx, str(first), str(last))
    if not held:
        raise RefusedError(f"{year}年度には発行した書類がありません。", code="nothing_to_print")
    paid = payments.every(tx)
    named = {name for s in held for name in _named(s)}
    loaded = {r.id: r for r in revisions.load(tx, sorted(named))}
    files = raw_lines.bundles_of(tx, named)
    entries = []
    for sheet in held:
        entry = _whole_entry(people, sheet, paid.get(sheet.number), loaded, files)
        entries.append(replace(entry, steps=_steps(tx, sheet)))
    reports = {
        said: replace(_report(tx, people, office, sheet, loaded), trial=store.is_trial)
        for said, sheet in {_report_of(s): s for s in held}.items()
        if said in loaded
    }
    return _Year(year, sender, held, entries, reports, _proof(held, entries, paid))


def _report(
    tx: Tx, people: Roster, office: Office, sheet: Sheet, loaded: Mapping[str, Revision]
) -> ActivityReport:
    """Return the 月報 that a sheet rests on: of the records it names, not of later ones."""
    report = read_report(loaded[_report_of(sheet)])
    named = [loaded[n] for n in json.loads(sheet.sources)["heads"] if n in loaded]
    found = [activity_rules.read(r.body, r.key.id, sheet.promoter) for r in named if not r.deleted]
    found.sort(key=lambda a: (a.date, a.start or "99", a.id))
    return report_paper.values(tx, people, office, sheet.promoter, report, found)


def _steps(tx: Tx, sheet: Sheet) -> list[Step]:
    """Return who approved or took back an approval of this month, when and why."""
    key = report_key(sheet.promoter, Month.parse(sheet.month), "approval")
    said = sorted(revisions.of_record(tx, key), key=lambda r: (r.at, r.id))
    return [
        Step(_moment(r.at), r.by.who, _DECIDED.get(r.body["state"], r.body["state"]),
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


def _bound(found: _Year, progress: Progress) -> tuple[list[Bound], tuple[str, ...]]:
    """Return all parts in order; what names a page is made twice, once pages are counted."""
    lost: dict[str, None] = {}
    inner: list[tuple[Entry, Bound, Bound | None]] = []
    bound: set[str] = set()
    for n, (entry, sheet) in enumerate(zip(found.entries, found.held, strict=True), 1):
        progress.step("監査綴りを作っています", n, len(found.entries))
        lost.update(dict.fromkeys(json.loads(sheet.sources).get("missing", ())))
        report = None
        if entry.report in found.reports and entry.report not in bound:
            bound.add(entry.report)
            report = Bound(_month_report(found.reports[entry.report], lost))
        inner.append((entry, Bound(sheet.pdf, void=sheet.is_void), report))
    front, _ = _front(found, found.entries)
    entries = _paged(found.sender, inner, page_count(front) + 1)
    front, missing = _front(found, entries)
    lost.update(dict.fromkeys(missing))
    parts = [Bound(front)]
    for n, (entry, (_, sheet_pdf, report)) in enumerate(zip(entries, inner, strict=True), 1):
        page, missing = _entry_page(entry, n, found.sender)
        lost.update(dict.fromkeys(missing))
        parts += [Bound(page), sheet_pdf, *([report] if report else [])]
    return parts, tuple(lost)


def _paged(
    sender: Sender, inner: Sequence[tuple[Entry, Bound, Bound | None]], at: int
) -> list[Entry]:
    """Say of every entry on which page it begins, and where its 月報 stands."""
    where: dict[str, int] = {}
    paged = []
    for n, (entry, sheet, report) in enumerate(inner, 1):
        begins = at
        page = audit_binder.compose_entry(replace(entry, report_page=at), n, sender)
        at += len(page.pages) + page_count(sheet.pdf)
        if report is not None:
            where[entry.report] = at
            at += page_count(report.pdf)
        paged.append(replace(entry, page=begins, report_page=where.get(entry.report, 0)))
    return paged


def _month_report(value: ActivityReport, lost: dict[str, None]) -> bytes:
    buffer = io.BytesIO()
    made = activity_report.render([value], buffer)
    lost.update(dict.fromkeys(made.missing))
    return _true(buffer, made)


def _entry_page(entry: Entry, n: int, sender: Sender) -> tuple[bytes, tuple[str, ...]]:
    buffer = io.BytesIO()
    made = audit_binder.render_entry(entry, n, sender, buffer)
    return _true(buffer, made), made.missing


def _front(found: _Year, entries: Sequence[Entry]) -> tuple[bytes, tuple[str, ...]]:
    buffer = io.BytesIO()
    made = audit_binder.render_front(found.year, entries, found.proof, found.sender, buffer)
    data = _true(buffer, made)
    if not audit_binder.says(data, entries):
        raise RefusedError(NOT_TRUE, code="not_true")
    return data, made.missing


def _true(buffer: io.BytesIO, made: Made) -> bytes:
    """Return a finished part that says, read again, what was written on it; RefusedError."""
    if not is_as_written(buffer.getvalue(), made):
        raise RefusedError(NOT_TRUE, code="not_true")
    return buffer.getvalue()
