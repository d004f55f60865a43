"""What changed in a month: since a sheet was issued, since an approval, since the last version."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain import revision
from kashiwa_desktop.domain.closing import OPEN, changed_records, read_report, report_key
from kashiwa_desktop.domain.day import as_day
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.revision import RecordKey, Revision
from kashiwa_desktop.reports.correction_report import Change
from kashiwa_desktop.services import record_words
from kashiwa_desktop.services.months.closing import month_heads
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that is not as it was: of a record, or (None) of the month as a whole."""

    record: str | None
    day: date | None
    title: str
    what: str
    before: str
    after: str


def of_area(
    tx: Tx, people: Roster, area: str, before: Sequence[str], approved: Sequence[str]
) -> list[Change]:
    """Return what differs between the heads of an earlier sheet and those approved now.

    Only records of ``area`` are looked at; erased ones cannot be shown any more.
    """
    old, new = revisions.load(tx, before), revisions.load(tx, approved)
    mine = [
        key for key in sorted(changed_records(old, new))
        if area in (_area(old, key), _area(new, key))
    ]  # fmt: skip
    found = [c for key in mine for c in _of_record(_said(old, key), _said(new, key), people)]
    shown = [Change(c.day, c.what, c.before, c.after) for c in found if c.day is not None]
    return sorted(shown, key=lambda change: change.day)


def since_version(tx: Tx, people: Roster, promoter: str, month: Month) -> list[Changed]:
    """Return what differs from the version of the month that came before the one shown."""
    reports = revisions.of_record(tx, report_key(promoter, month))
    heads = revision.heads(reports)
    if not heads:
        return []
    now = read_report(revision.shown(heads))
    earlier = [
        r for r in reports
        if r.body["state"] != OPEN and r.body["version"] < now.version
    ]  # fmt: skip
    if not earlier:
        return []
    last = max(earlier, key=lambda r: (r.body["version"], r.at, r.id))
    old = revisions.load(tx, last.body["heads"])
    new = month_heads(tx, promoter, month)
    return [*_of_month(last, revision.shown(heads), people), *between(old, new, people)]


def since_approval(tx: Tx, people: Roster, approval: Revision) -> list[Changed]:
    """Return what differs from what an approval named: its report and its heads."""
    promoter, month = approval.key.promoter or "", Month.parse(approval.month or "")
    old = revisions.load(tx, approval.body["heads"])
    found = between(old, month_heads(tx, promoter, month), people)
    seen = revisions.load(tx, [approval.body["report"]] if approval.body["report"] else [])
    heads = revisions.heads_of_record(tx, report_key(promoter, month))
    if seen and heads:
        found = [*_of_month(seen[0], revision.shown(heads), people), *found]
    return found


def between(old: Sequence[Revision], new: Sequence[Revision], people: Roster) -> list[Changed]:
    """Return what differs between two sets of heads, by day."""
    found = [
        one
        for key in sorted(changed_records(old, new))
        for one in _of_record(_said(old, key), _said(new, key), people)
    ]
    return sorted(found, key=lambda one: one.day or date.min)


def _of_month(old: Revision, new: Revision, people: Roster) -> Iterator[Changed]:
    """Yield what the closing itself says otherwise; its list of records is shown by record."""
    aside = ("版", "記録の数", "記録のまとまり")
    for label, texts in record_words.differences([old, new], people) if _differ(old, new) else ():
        if label not in (*aside, record_words.ELSEWHERE):
            yield Changed(None, None, "", label, *texts)


def _differ(old: Revision, new: Revision) -> bool:
    return old.value != new.value


def _of_record(old: Revision | None, new: Revision | None, people: Roster) -> Iterator[Changed]:
    either = new or old
    if either is None:
        return
    where = (either.key.id, as_day(either.body["date"]), str(either.body["title"]))
    if old is None or new is None:
        yield Changed(*where, "記録", _whole(old, people), _whole(new, people))
        return
    for label, texts in record_words.differences([old, new], people):
        yield Changed(*where, label, *texts)


def _said(heads: Iterable[Revision], key: RecordKey) -> Revision | None:
    of_record = [r for r in heads if r.key == key]
    shown = revision.shown(of_record) if of_record else None
    return None if shown is None or shown.deleted else shown


def _area(heads: Iterable[Revision], key: RecordKey) -> str | None:
    said = _said(heads, key)
    return None if said is None else said.body["area"]


def _whole(said: Revision | None, people: Roster) -> str:
    return f"{record_words.kind(said.body, people)} {said.body['title']}" if said else ""
