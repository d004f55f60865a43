"""Rulings: what the office decided about a month or about two records, once and for all.

They are revisions of type ``decision`` and travel like everything else. The decision of a conflict
is not one of them: that is a revision of the record itself (BUNDLE.md §5).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kashiwa_desktop.domain.look_alike import LookAlike
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import RecordKey, Revision, derived_id

PAYMENT, LOOK_ALIKE = "payment", "look_alike"


@dataclass(frozen=True, slots=True)
class PaymentRuling:
    """支払判断: why a month without activity is paid ``yen``; of this very report."""

    text: str
    report: str
    yen: int
    by: str
    at: str


def payment_key(promoter: str, month: Month) -> RecordKey:
    return RecordKey(promoter, "decision", derived_id(promoter, str(month), PAYMENT))


def look_alike_key(promoter: str, pair: LookAlike) -> RecordKey:
    """The answer's record: one for each promoter, so that each return carries only his own."""
    return RecordKey(promoter, "decision", derived_id(promoter, LOOK_ALIKE, pair.id))


def payment(said: Revision, report: str, yen: int) -> PaymentRuling | None:
    """Read a 支払判断; None where it was made about another report or another amount."""
    body = said.body
    if body.get("kind") != PAYMENT or (body.get("report"), body.get("yen")) != (report, yen):
        return None
    return PaymentRuling(str(body.get("text", "")), report, yen, said.by.who, said.at)


def still_open(pairs: Iterable[LookAlike], said: Iterable[Revision]) -> list[LookAlike]:
    """Return the look-alikes that nobody called two different activities yet."""
    apart = {
        r.body.get("pair")
        for r in said
        if r.body.get("kind") == LOOK_ALIKE and r.body.get("same") is False
    }
    return [pair for pair in pairs if pair.id not in apart]
