"""What is approved, and so due: read from the approvals that hold, in the order of areas."""

from collections.abc import Sequence
from dataclasses import dataclass

from kashiwa_desktop.domain import revision
from kashiwa_desktop.domain.closing import MonthReport, read_report, report_key
from kashiwa_desktop.domain.honorarium import HonorariumLine
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.reviewing import approved_months
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Due:
    """One approved month of one appointment: what will be paid, and on what it rests."""

    promoter: str
    line: HonorariumLine
    report: MonthReport
    approval: str
    approved_at: str
    approver: str = ""
    heads: tuple[str, ...] = ()


def all_due(tx: Tx, people: Roster, month: Month) -> list[Due]:
    """Return every approved line of the month, in the order of areas."""
    holds = approved_months(tx, month)
    approved = {p: _lines(tx, p, month) for p, m in sorted(holds) if m == str(month)}
    return [
        due
        for appointment in people.active(month)
        for due in approved.get(appointment.promoter, ())
        if due.line.appointment == appointment.id
    ]


def chosen_due(tx: Tx, people: Roster, month: Month, promoters: Sequence[str] | None) -> list[Due]:
    """Return what is due to these promoters (None: to all); RefusedError where there is nothing."""
    due = all_due(tx, people, month)
    for promoter in promoters or ():
        if not any(d.promoter == promoter for d in due):
            text = f"{promoter} の{month.short()}はまだ承認されていません。"
            raise RefusedError(text, code="not_approved")
    if promoters is not None:
        due = [d for d in due if d.promoter in promoters]
    if not due:
        text = f"{month.short()}には承認された月がまだありません。"
        raise RefusedError(text, code="nothing_to_print")
    return due


def _lines(tx: Tx, promoter: str, month: Month) -> list[Due]:
    said = revision.shown(revisions.heads_of_record(tx, report_key(promoter, month, "approval")))
    report = read_report(revisions.load(tx, [said.body["report"]])[0])
    heads = tuple(said.body["heads"])
    return [
        Due(promoter, HonorariumLine.read(line), report, said.id, said.at, said.by.who, heads)
        for line in said.body["honorarium"]
    ]
