"""What is approved, and so due: read from the approvals that hold, in the order of areas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kashiwa_desktop.domain import revision, ruling
from kashiwa_desktop.domain.closing import EMPTY, MonthReport, read_report, report_key
from kashiwa_desktop.domain.honorarium import HonorariumLine
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.revision import RecordKey, Revision
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.months.approvals import approved_months
from kashiwa_desktop.storage import payments, revisions
from kashiwa_desktop.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Due:
    """One approved month of one appointment: what will be paid, and on what it rests.

    ``ruling`` is the 支払判断 of a month without activity, ``conflicts`` how many records of what
    was approved still say two things: the person who approved said so, and the paper says so too.
    """

    promoter: str
    line: HonorariumLine
    report: MonthReport
    approval: str
    approved_at: str
    approver: str = ""
    heads: tuple[str, ...] = ()
    ruling: str = ""
    conflicts: int = 0

    @property
    def remarks(self) -> str:
        """What the papers say about this payment besides its numbers, '' for nothing."""
        found = [f"支払判断: {self.ruling}"] if self.ruling else []
        if self.conflicts:
            found.append(f"内容にちがいのある記録が{self.conflicts}件あります(確認中)")
        return "。".join(found)


def all_due(tx: Tx, people: Roster, month: Month) -> list[Due]:
    """Return every approved line of the month, in the order of areas.

    What was paid and is not approved any more is there too, with 0 yen.
    """
    holds = approved_months(tx, month)
    areas = {a.id: a.area for a in people.appointments}
    paid: dict[str, dict[str, str]] = {}
    for one in payments.of_month(tx, str(month)).values():
        paid.setdefault(one.promoter, {})[one.appointment] = areas.get(one.appointment, "")
    approved = {
        p: _lines(tx, p, month, paid.get(p, {})) for p, m in sorted(holds) if m == str(month)
    }
    return [
        due
        for appointment in people.in_order()
        for due in approved.get(appointment.promoter, ())
        if due.line.appointment == appointment.id
    ]


def chosen_due(tx: Tx, people: Roster, month: Month, promoters: Sequence[str] | None) -> list[Due]:
    """Return what is due to these promoters (None: to all); RefusedError where there is nothing."""
    due = all_due(tx, people, month)
    for promoter in promoters or ():
        if not any(d.promoter == promoter for d in due):
            raise _not_due(tx, promoter, month)
    if promoters is not None:
        due = [d for d in due if d.promoter in promoters]
    if not due:
        raise RefusedError(nothing_approved(month), code="nothing_to_print")
    return due


def nothing_approved(month: Month) -> str:
    return f"{month.short()}には承認された月がまだありません。"


def has_open_conflict(tx: Tx, promoter: str, month: Month) -> bool:
    """Whether a record of this month, or its closing, says two things (BUNDLE.md §5)."""
    if revision.in_conflict(revisions.heads_of_record(tx, report_key(promoter, month))):
        return True
    return _conflicts(revisions.heads_of_month(tx, "activity", str(month), promoter)) > 0


def _not_due(tx: Tx, promoter: str, month: Month) -> RefusedError:
    what = f"{promoter} の{month.short()}は"
    if has_open_conflict(tx, promoter, month):
        text = f"{what}、内容にちがいのある記録が残っています。先にどちらにするかお決めください。"
        return RefusedError(text, code="open_conflict")
    return RefusedError(f"{what}まだ承認されていません。", code="not_approved")


def _conflicts(heads: Sequence[Revision]) -> int:
    values: dict[RecordKey, set[tuple[bool, bytes]]] = {}
    for head in heads:
        values.setdefault(head.key, set()).add(head.value)
    return sum(len(said) > 1 for said in values.values())


def _ruling(tx: Tx, promoter: str, report: MonthReport) -> str:
    """Return the 支払判断 about this very report, '' where there is none."""
    said = revisions.heads_of_record(tx, ruling.payment_key(promoter, report.month))
    body = revision.shown(said).body if said else {}
    return str(body["text"]) if body.get("report") == report.id else ""


def _report_of(tx: Tx, approval: Revision) -> MonthReport:
    """Return the report an approval names; where its text was disposed of, what is left of it."""
    named = approval.body["report"]
    held = revisions.load(tx, [named])
    if held:
        return read_report(held[0])
    key = report_key(approval.key.promoter or "", Month.parse(approval.month or ""))
    return replace(read_report(revision.shown(revisions.heads_of_record(tx, key))), id=named)


def _lines(tx: Tx, promoter: str, month: Month, paid: Mapping[str, str]) -> list[Due]:
    """Return what is due by the approval; of ``paid`` (area by appointment) none is left out."""
    said = revision.shown(revisions.heads_of_record(tx, report_key(promoter, month, "approval")))
    report = _report_of(tx, said)
    heads = tuple(said.body["heads"])
    conflicts = _conflicts(revisions.load(tx, heads))
    why = _ruling(tx, promoter, report) if report.state == EMPTY else ""
    lines = [HonorariumLine.read(line) for line in said.body["honorarium"]]
    named = {line.appointment for line in lines}
    lines += [HonorariumLine.nothing(n, area) for n, area in paid.items() if n not in named]
    return [
        Due(
            promoter=promoter,
            line=line,
            report=report,
            approval=said.id,
            approved_at=said.at,
            approver=said.by.who,
            heads=heads,
            ruling=why,
            conflicts=conflicts,
        )
        for line in lines
    ]
