"""Which sheets belong to what is due: the one that is there, a new one, or a correction."""

from collections.abc import Sequence

from kashiwa_desktop.services.money import correcting, issuing
from kashiwa_desktop.services.money.correcting import APPROVED_AGAIN
from kashiwa_desktop.services.money.dues import Due
from kashiwa_desktop.services.money.issuing import Desk
from kashiwa_desktop.storage import payments, sheets
from kashiwa_desktop.storage.sheets import HONORARIUM, Sheet

ISSUE, AGAIN = "issue", "again"


def hand_out(desk: Desk, due: Due) -> list[Sheet]:
    """Return the sheets to hand out for what is due, issuing what was not issued yet.

    RefusedError where two calculators or the finished paper disagree.
    """
    held = sheets.of_line(desk.tx, due.line.appointment, str(due.report.month))
    live = [s for s in held if not s.is_void]
    first = _first(live)
    if first is None:
        return [issuing.issue_first(desk, due)] if due.line.yen else []
    if payments.of_number(desk.tx, first.number) is not None:
        return [first] if first.approval == due.approval else correcting.correct(desk, due, live)
    if first.approval == due.approval:
        return [first]
    issuing.cancel(desk, first, APPROVED_AGAIN)
    return [issuing.issue_first(desk, due)] if due.line.yen else []


def to_do(desk: Desk, due: Due, live: Sequence[Sheet]) -> str:
    """Return what handing out would make: ``ISSUE``, ``AGAIN`` (anew or a correction), or ''.

    ``live`` are the sheets of this line that are not cancelled, by number.
    """
    first = _first(live)
    if first is None:
        return ISSUE if due.line.yen else ""
    if first.approval == due.approval:
        return ""
    if payments.of_number(desk.tx, first.number) is None:
        return AGAIN
    return "" if correcting.is_settled(desk, due, live) else AGAIN


def _first(live: Sequence[Sheet]) -> Sheet | None:
    return next((s for s in live if s.kind == HONORARIUM), None)
