"""Decisions about months: approved, taken back, paid without activity; bound to what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from kashiwa_desktop.domain import ruling
from kashiwa_desktop.domain.closing import report_key
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Content
from kashiwa_desktop.domain.wording import clean
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.review import (
    TWICE_APPOINTED,
    Review,
    expected,
    review_desk,
    review_of,
)
from kashiwa_desktop.services.months.approvals import Left, in_force
from kashiwa_desktop.services.store import Store, note, replace_shown, save
from kashiwa_desktop.storage.database import Tx

NOT_HERE = "まだ締めた月が届いていません。"
OWN_ENTRY = "ご自分で入力した記録があります。ほかの職員が承認してください。"
OPEN_CONFLICT = "ちがいのある記録が残っています。先にお決めください。"
RULING_MISSING = "活動がなかった月です。先に支払判断をお書きください。"
NEWER = "見ているあいだに新しい版が届きました。もう一度ご確認ください。"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision on several months did."""

    done: tuple[str, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """How an approval is meant: what was seen, and whether open conflicts may stay open.

    ``report`` and ``heads`` are what the person had before him, None where he did not look.
    """

    report: str | None = None
    heads: frozenset[str] | None = None
    despite_conflicts: bool = False

    @classmethod
    def seen(cls, review: Review, *, despite_conflicts: bool = False) -> "Terms":
        report = review.report.id if review.report else None
        return cls(report, frozenset(review.heads), despite_conflicts)

    def fits(self, found: Review) -> bool:
        """Whether what is there now is still what the person saw."""
        report = found.report.id if found.report else None
        same_heads = self.heads is None or self.heads == frozenset(found.heads)
        return self.report in (None, report) and same_heads


def approve(
    store: Store,
    month: Month,
    wanted: Sequence[tuple[str, Terms]] | None,
    *,
    clean_only: bool = False,
) -> Outcome:
    """Approve the months of these promoters, each on its terms; None means all expected.

    With ``clean_only`` a month with anything to look at is left alone.
    """
    done, left = [], []
    with store.db.write() as tx:
        desk = review_desk(tx)
        everyone = [(promoter, Terms()) for promoter in expected(desk.people, month)]
        for promoter, terms in everyone if wanted is None else wanted:
            found = review_of(desk, promoter, month)
            reason = why_not(found, store.staff, terms, clean_only=clean_only)
            if reason is None and not terms.fits(found):
                reason = NEWER
            if reason is not None:
                left.append(Left(promoter, reason))
                continue
            _decide(store, tx, found, "approved", "")
            done.append(promoter)
    return Outcome(tuple(done), tuple(left))


def unapprove(store: Store, month: Month, promoter: str, reason: str) -> Outcome:
    """Take an approval back, with its reason; both stay on record."""
    if not reason.strip():
        raise RefusedError("取り消す理由をお書きください。", code="reason_missing")
    with store.db.write() as tx:
        found = review_of(review_desk(tx), promoter, month)
        if in_force(tx, promoter, month) is None:
            return Outcome((), (Left(promoter, "承認していません。"),))
        _decide(store, tx, found, "withdrawn", reason)
    return Outcome((promoter,), ())


def rule_payment(store: Store, month: Month, promoter: str, text: str) -> None:
    """支払判断: write down why a month without activity is paid; it comes before the approval."""
    if not text.strip():
        raise RefusedError("支払判断の理由をお書きください。", code="reason_missing")
    with store.db.write() as tx:
        desk = review_desk(tx)
        found = review_of(desk, promoter, month)
        if found.report is None or not found.is_paid_without_activity:
            text = f"{promoter} の{month.short()}は、支払判断の要る月ではありません。"
            raise RefusedError(text, code="no_ruling_wanted")
        body = {
            "kind": ruling.PAYMENT,
            "text": clean(text),
            "report": found.report.id,
            "yen": found.yen,
        }
        content = Content(ruling.payment_key(promoter, month), str(month), body)
        save(store, tx, [replace_shown(tx, content)])
        note(store, tx, "rule_payment", promoter=promoter, month=str(month), yen=found.yen)


def approve_ruled(store: Store, month: Month, promoter: str, text: str, terms: Terms) -> Outcome:
    """Write the 支払判断 and approve; where something else is in the way, write neither."""
    with store.db.read() as tx:
        reason = why_not(review_of(review_desk(tx), promoter, month), store.staff, terms)
    if reason not in (None, RULING_MISSING):
        return Outcome((), (Left(promoter, str(reason)),))
    rule_payment(store, month, promoter, text)
    return approve(store, month, [(promoter, terms)])


def why_not(found: Review, staff: str, terms: Terms, *, clean_only: bool = False) -> str | None:
    """Return why this month cannot be approved now, None where it can."""
    state = found.cell.state
    if state in ("missing", "open"):
        return NOT_HERE
    if state == "approved":
        return "もう承認してあります。"
    twice = [p.text for p in found.findings if p.code == TWICE_APPOINTED]
    if twice:
        return twice[0]
    if staff in found.entered_by:
        return OWN_ENTRY
    if found.cell.conflicts and not _may_stay_open(found, terms):
        return OPEN_CONFLICT
    if clean_only and not found.is_clean:
        return found.findings[0].text if found.findings else "確認事項があります。"
    return RULING_MISSING if found.wants_ruling else None


def _may_stay_open(found: Review, terms: Terms) -> bool:
    """Two closings can never both be approved; records may differ if the person says so."""
    codes = {p.code for p in found.findings}
    return terms.despite_conflicts and "report_conflict" not in codes


def _decide(store: Store, tx: Tx, found: Review, state: str, reason: str) -> None:
    body = {
        "state": state,
        "report": found.report.id if found.report else None,
        "heads": sorted(found.heads),
        "honorarium": [line.approved_body() for line in found.honorarium],
        "reason": clean(reason),
    }
    key = report_key(found.promoter, found.month, "approval")
    save(store, tx, [replace_shown(tx, Content(key, str(found.month), body))])
    note(
        store,
        tx,
        state,
        promoter=found.promoter,
        month=str(found.month),
        conflicts=found.cell.conflicts,
    )
