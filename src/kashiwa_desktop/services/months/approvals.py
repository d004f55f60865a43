"""Approvals: whether one is in force, whether it still holds, and the state of a month from it.

A state is never stored, it follows from the set of revisions (BUNDLE.md §8).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain import asking, revision
from kashiwa_desktop.domain import closing as closing_rules
from kashiwa_desktop.domain.asking import Question
from kashiwa_desktop.domain.board import Cell
from kashiwa_desktop.domain.closing import MonthReport, report_key
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import overlaps
from kashiwa_desktop.domain.problem import Problem
from kashiwa_desktop.domain.revision import Revision
from kashiwa_desktop.services.holidays import planned_payday
from kashiwa_desktop.services.months.closing import changed_after, month_heads, names
from kashiwa_desktop.services.months.handing_in import days_after
from kashiwa_desktop.services.store import roster
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx

CONFLICTS = ("conflict", "report_conflict")
"""Codes of findings that are open conflicts."""


@dataclass(frozen=True, slots=True)
class Left:
    """One promoter whose month was left as it was, and why."""

    promoter: str
    reason: str


@dataclass(frozen=True, slots=True)
class MonthHeld:
    """What the office holds of one promoter's month: reports, activities, questions."""

    promoter: str
    month: Month
    reports: list[Revision]
    heads: list[Revision]
    questions: list[Question]

    @property
    def report(self) -> MonthReport | None:
        """The report that is shown, None where the month was never closed."""
        return closing_rules.read_report(revision.shown(self.reports)) if self.reports else None


def state_of(tx: Tx, office: Office, held: MonthHeld, findings: Sequence[Problem]) -> Cell:
    """Return the month's cell of the board; ``findings`` are what there is to look at."""
    report, heads = held.report, held.heads
    conflicts = sum(p.code in CONFLICTS for p in findings)
    if report is None or not report.is_closed:
        arrived = bool(heads or held.reports)
        return Cell("open" if arrived else "missing", conflicts=conflicts)
    approval = in_force(tx, held.promoter, held.month)
    changed = 0
    if approval is not None:
        changed = changed_after(tx, approval.body["heads"], heads)
        changed += not names(tx, approval, revision.shown(held.reports))
    state = "question" if findings or approval else "received"
    if asking.returned(held.questions, report.id):
        state = "returned"
    if approval is not None and not changed and len(held.reports) == 1:
        state = "approved"
    return Cell(
        state=state,
        empty=report.state == closing_rules.EMPTY,
        late=_is_late(tx, office, held.promoter, held.month),
        changed_after_close=changed_after(tx, report.heads, heads),
        changed_after_approval=changed,
        conflicts=conflicts,
        code=report.code if set(report.heads) <= revisions.held(tx, report.heads) else None,
    )


def in_force(tx: Tx, promoter: str, month: Month) -> Revision | None:
    """Return the approval in force, None where there is none or it was taken back."""
    heads = revisions.heads_of_record(tx, report_key(promoter, month, "approval"))
    if not heads:
        return None
    shown = revision.shown(heads)
    return shown if shown.body["state"] == "approved" and pays_once(tx, shown) else None


def pays_once(tx: Tx, said: Revision) -> bool:
    """Whether an approval pays nobody twice for one area: else it does not hold.

    Versions before this one approved two appointments that held on the same days.
    """
    areas = [line["area"] for line in said.body["honorarium"] if line["yen"]]
    if len(set(areas)) == len(areas):
        return True
    paid = {line["appointment"] for line in said.body["honorarium"] if line["yen"]}
    mine = [a for a in roster(tx).of_promoter(said.key.promoter or "") if a.id in paid]
    return not overlaps(mine)


def approved_months(tx: Tx, only: Month | None = None) -> set[tuple[str, str]]:
    """Return the (promoter, month) pairs whose approval holds (BUNDLE.md §8)."""
    found = set()
    asked = str(only) if only else None
    reports = revisions.head_ids(tx, "month_report")
    heads = revisions.head_ids_by_month(tx, "activity", asked)
    for said in revisions.shown(tx, "approval"):
        if said.body["state"] != "approved" or asked not in (None, said.month):
            continue
        if not pays_once(tx, said):
            continue
        promoter, month = said.key.promoter or "", Month.parse(said.month or "")
        if not _is_approved(tx, said, reports.get(report_key(promoter, month), set())):
            continue
        listed = said.body["heads"]
        same = heads.get((promoter, str(month)), set()) == set(listed)
        if same or not changed_after(tx, listed, month_heads(tx, promoter, month)):
            found.add((promoter, str(month)))
    return found


def _is_approved(tx: Tx, approval: Revision, reports: set[str]) -> bool:
    """Whether it is about the only report there is; most name it by its id."""
    if reports == {approval.body["report"]}:
        return True
    return len(reports) == 1 and names(tx, approval, revisions.load(tx, reports)[0])


def _is_late(tx: Tx, office: Office, promoter: str, month: Month) -> bool:
    """Whether the first closing of this month came in after the deadline."""
    days = days_after(tx, office, promoter, month)
    return days is not None and days > 0


def promised_payday(tx: Tx, promoter: str, month: Month, office: Office) -> date | None:
    """Return the planned day of payment of an approved month; None where approval came after it.

    Money approved later goes out on a day that only the office can name.
    """
    approval = in_force(tx, promoter, month)
    if approval is None:
        return None
    return planned_payday(month, office, date.fromisoformat(approval.at[:10]))
