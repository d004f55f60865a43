"""Closing a month, opening it again, and showing where it stands (BUNDLE.md §8)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kashiwa_desktop.domain import asking, honorarium, revision
from kashiwa_desktop.domain import closing as rules
from kashiwa_desktop.domain.activity import Activity, doubts
from kashiwa_desktop.domain.closing import MonthReport, report_key
from kashiwa_desktop.domain.code_list import SEED_WORDS, Words
from kashiwa_desktop.domain.honorarium import HonorariumLine
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.domain.revision import Content, Revision
from kashiwa_desktop.domain.totals import Counts, counts
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.store import (
    Facts,
    Store,
    code_lists,
    note,
    office_settings,
    promoter_facts,
    replace_shown,
    roster,
    save,
    staff_facts,
)
from kashiwa_desktop.services.undoing import changed
from kashiwa_desktop.storage import activities, bundles, erased, revisions
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month of one promoter as it is shown; ``honorarium`` pairs (name of area, yen).

    ``words`` are those of its last day.
    """

    month: Month
    state: str
    empty: bool
    version: int
    n: int
    counts: Counts
    code: str | None
    digest: str
    honorarium: tuple[tuple[str, int], ...]
    findings: tuple[Problem, ...]
    report: MonthReport | None = None
    changed_after_close: int = 0
    activities: tuple[Activity, ...] = field(default=())
    words: Words = SEED_WORDS

    @property
    def is_closed(self) -> bool:
        return self.state != "open"


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Why staff close a month for somebody, and when his sheet came in: that day is its day."""

    reason: str
    received_on: date | None = None

    def body(self) -> dict[str, str]:
        day = {"received_on": self.received_on.isoformat()} if self.received_on else {}
        return {"closed_for": clean(self.reason), **day}


class Closing:
    """The promoter's months; in the office those of the promoter whose sheet staff type in."""

    def __init__(self, store: Store, sheet_of: str | None = None) -> None:
        self._store, self._sheet_of = store, sheet_of

    def _who(self, tx: Tx) -> Facts:
        return promoter_facts(tx) if self._sheet_of is None else staff_facts(tx, self._sheet_of)

    def show(self, month: Month) -> MonthView:
        """Return where the month stands."""
        with self._store.db.read() as tx:
            return view(self._store, tx, self._who(tx), month)

    def close(
        self,
        month: Month,
        *,
        empty: bool = False,
        reason: str = "",
        remark: str | None = None,
        paper: OnPaper | None = None,
    ) -> MonthView:
        """Declare the month closed, or closed without activity (then ``reason`` says why).

        ``remark`` is 成果・課題・提案; None keeps what the last closing said. Staff say on which
        ``paper`` they do it: 職員が締める needs a reason.

        RefusedError where it has not begun, is closed already with nothing new, or does not fit.
        """
        with self._store.db.write() as tx:
            who = self._who(tx)
            before = view(self._store, tx, who, month)
            _refuse(before, self._store, empty=empty, reason=reason)
            _refuse_unexplained(who, paper)
            body = _body(tx, who, month, before)
            body |= {"state": rules.EMPTY if empty else rules.CLOSED}
            if remark is None:
                remark = before.report.remark if before.report is not None else ""
            body |= {"remark": clean(remark), "reason": clean(reason)}
            body |= paper.body() if paper else {}
            content = Content(report_key(who.promoter, month), str(month), body)
            made = save(self._store, tx, [replace_shown(tx, content)])
            codes = {"version": body["version"], "changes": changed(made)}
            _note(self._store, tx, "close", who, month, **codes)
            return view(self._store, tx, who, month)

    def reopen(self, month: Month) -> MonthView:
        """締める前に戻す: declare the month open again."""
        with self._store.db.write() as tx:
            who = self._who(tx)
            report = shown_report(tx, who.promoter, month)
            if report is None or not report.is_closed:
                raise RefusedError(f"{month.short()}はまだ締めていません。", code="not_closed")
            shown = revisions.load(tx, [report.id])[0]
            content = Content(shown.key, str(month), {**shown.body, "state": rules.OPEN})
            made = save(self._store, tx, [replace_shown(tx, content)])
            _note(self._store, tx, "reopen", who, month, changes=changed(made))
            return view(self._store, tx, who, month)


def _note(store: Store, tx: Tx, event: str, who: Facts, month: Month, **codes: object) -> None:
    for_whom = {"promoter": who.promoter} if who.is_office else {}
    note(store, tx, event, month=str(month), **for_whom, **codes)


def _refuse_unexplained(who: Facts, paper: OnPaper | None) -> None:
    if who.is_office and not (paper and paper.reason.strip()):
        text = "職員が締めるときは、理由をお書きください(紙で受け取った、など)。"
        raise RefusedError(text, code="reason_missing")


def _refuse(before: MonthView, store: Store, *, empty: bool, reason: str) -> None:
    month = before.month
    if month.first > store.clock.today():
        raise RefusedError(f"{month.short()}はまだ始まっていません。", code="not_begun")
    if before.is_closed and not before.changed_after_close:
        text = f"{month.short()}はもう締めてあります(照合番号 {before.code})。"
        raise RefusedError(text, code="already_closed")
    if empty and before.counts.count:
        text = f"{month.short()}には活動の記録が{before.counts.count}件あります。"
        raise RefusedError(f"{text}ふつうに締めてください。", code="not_empty")
    if empty and not reason.strip():
        text = "活動がなかった月として締めるには、わけをひとことお書きください。"
        raise RefusedError(text, code="reason_missing")
    if not empty and not before.n:
        text = f"{month.short()}の記録がありません。活動がなかった月として締めてください。"
        raise RefusedError(text, code="nothing_recorded")


def _body(tx: Tx, who: Facts, month: Month, before: MonthView) -> dict[str, Any]:
    heads = month_heads(tx, who.promoter, month)
    mine = roster(tx).active(month, who.promoter)
    days = honorarium.activity_days(before.activities)
    lines = honorarium.lines(mine, office_settings(tx), month, days)
    return {
        "version": before.version if not before.is_closed else _next(tx, before.report),
        "heads": sorted(h.id for h in heads),
        "digest": rules.digest(h.id for h in heads),
        "n": len(heads),
        "honorarium": [line.body() for line in lines],
    }


def month_heads(tx: Tx, promoter: str, month: Month) -> list[Revision]:
    """Return all heads of activities of that month, deleted ones and conflicting ones included."""
    return revisions.heads_of_month(tx, "activity", str(month), promoter)


def shown_report(tx: Tx, promoter: str, month: Month) -> MonthReport | None:
    """Return the shown head of the month report, None where the month was never closed."""
    heads = revisions.heads_of_record(tx, report_key(promoter, month))
    return rules.read_report(revision.shown(heads)) if heads else None


def _next(tx: Tx, report: MonthReport | None) -> int:
    return rules.next_version(report, [] if report is None else _saved_versions(tx, report))


def _saved_versions(tx: Tx, report: MonthReport) -> list[int]:
    """Return the versions that others may know: from a file out or in, or from an approval."""
    key = revisions.load(tx, [report.id])[0].key
    of_record = revisions.of_record(tx, key)
    ids = [r.id for r in of_record]
    known = bundles.carried(tx, ids, "out") | bundles.carried(tx, ids, "in")
    decided = revisions.of_record(tx, report_key(key.promoter or "", report.month, "approval"))
    known = known | {r.body["report"] for r in decided}
    return [r.body["version"] for r in of_record if r.id in known and r.body["state"] != rules.OPEN]


def view(store: Store, tx: Tx, who: Facts, month: Month) -> MonthView:
    """Return where the month stands, inside a transaction that is already open."""
    report = shown_report(tx, who.promoter, month)
    found = activities.find(tx, Wanted(who.promoter, month, month))
    heads = month_heads(tx, who.promoter, month)
    closed = report is not None and report.is_closed
    changed = 0
    if closed and report is not None:
        changed = changed_after(tx, report.heads, heads)
    return MonthView(
        month=month,
        state=_state(tx, who.promoter, report) if closed else "open",
        empty=report is not None and report.state == rules.EMPTY,
        version=report.version if closed and report is not None else _next(tx, report),
        n=report.n if closed and report is not None else len(heads),
        counts=counts(found),
        code=report.code if closed and report is not None else None,
        digest=report.digest
        if closed and report is not None
        else rules.digest(h.id for h in heads),
        honorarium=_honorarium(tx, who.promoter, month, report if closed else None, found),
        findings=tuple(_findings(store, tx, month, found)),
        report=report,
        changed_after_close=changed,
        activities=tuple(found),
        words=code_lists(tx).on(month.last),
    )


def changed_after(tx: Tx, listed: tuple[str, ...], heads: list[Revision]) -> int:
    """締めのあと変更: how many records differ from the heads a report (or an approval) listed.

    One whose text was disposed of since says of what it listed as much as is left: no change.
    """
    if set(listed) == {h.id for h in heads}:
        return 0
    gone = erased.known(tx, listed)
    now = [h for h in heads if not gone.intersection(h.parents)]
    return len(rules.changed_records(revisions.load(tx, listed), now))


def names(tx: Tx, approval: Revision, report: Revision) -> bool:
    """Whether an approval is about this report, be it that disposal emptied its text since."""
    named = approval.body["report"]
    if named == report.id:
        return True
    return named in report.parents and bool(erased.known(tx, [named]))


def _state(tx: Tx, promoter: str, report: MonthReport | None) -> str:
    if report is None:
        return "open"
    received = bundles.carried(tx, [report.id], "in")
    if received:
        return _answered(tx, promoter, report)
    saved = bundles.carried(tx, [report.id], "out")
    return "saved" if saved else "closed"


def _answered(tx: Tx, promoter: str, report: MonthReport) -> str:
    heads = revisions.heads_of_record(tx, report_key(promoter, report.month, "approval"))
    if heads:
        approval = revision.shown(heads)
        reports = revisions.load(tx, [report.id])
        if approval.body["state"] == "approved" and names(tx, approval, reports[0]):
            return "approved"
    asked = [r for r in revisions.shown(tx, "question", promoter) if r.month == str(report.month)]
    return "returned" if asking.returned(asking.read(asked, ()), report.id) else "received"


def _honorarium(
    tx: Tx, promoter: str, month: Month, report: MonthReport | None, found: list[Activity]
) -> tuple[tuple[str, int], ...]:
    people = roster(tx)
    lines: list[HonorariumLine] | tuple[HonorariumLine, ...]
    if report is not None:
        lines = report.honorarium
    else:
        mine = people.active(month, promoter)
        lines = honorarium.lines(mine, office_settings(tx), month, honorarium.activity_days(found))
    return tuple((people.area(line.area).name, line.yen) for line in lines)


def _findings(store: Store, tx: Tx, month: Month, found: list[Activity]) -> list[Problem]:
    running = month.last >= store.clock.today()
    problems = rules.findings(found, month, office_settings(tx).guideline, running=running)
    for i, a in enumerate(found):
        problems.extend(doubts(a, found[:i], None))
    return problems
