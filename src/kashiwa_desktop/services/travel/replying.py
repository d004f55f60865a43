"""Screen 5 for its reader: what arrived at the office, what it asks, what is still to be sent."""

from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain.closing import read_report
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.months.approvals import promised_payday
from kashiwa_desktop.services.months.closing import MonthView, changed_after, month_heads, view
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.store import (
    Facts,
    Store,
    note,
    office_settings,
    promoter_facts,
    settings_date,
)
from kashiwa_desktop.services.travel.asked import (
    Asked,
    all_asked,
    draft_name,
    leave_to_office,
    unsent_answers,
)
from kashiwa_desktop.services.travel.receiving import Receiving, made_on
from kashiwa_desktop.storage import bundles, meta, revisions
from kashiwa_desktop.storage.database import Tx

MONTHS_SHOWN = 4
_CHOSEN = "推進員が選びました。"


@dataclass(frozen=True, slots=True)
class ProofOfArrival:
    """A month the office has: since which file that is known, and when it is to be paid.

    ``pay_on`` is None where it was approved after the planned day: then only the office can name
    one.
    """

    view: MonthView
    told_on: date | None
    pay_on: date | None


@dataclass(frozen=True, slots=True)
class ReplyView:
    """Everything screen 5 shows; months are those that are to be handed over once more.

    ``changed`` are closed months in which something changed, ``answered`` those with an answer
    that no file made here carries yet. ``last`` is the day on which the newest reply was made.
    """

    asked: tuple[Asked, ...]
    receipts: tuple[ProofOfArrival, ...]
    changed: tuple[Month, ...]
    answered: tuple[Month, ...]
    last: date | None
    settings_on: date | None

    @property
    def open(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if one.is_open)

    @property
    def to_send(self) -> Month | None:
        """Return the month to hand over next, None where nothing is left to be sent."""
        return min((*self.changed, *self.answered), default=None)


class Replying:
    """Reads screen 5, and writes what the promoter says there."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._receiving, self._deciding = Receiving(store), Deciding(store)

    def show(self) -> ReplyView:
        """Return where everything stands."""
        with self._store.db.read() as tx:
            who = promoter_facts(tx)
            read = [b for b in bundles.all_bundles(tx, "in") if b.kind == "return"]
            newest, used = max(map(made_on, read), default=""), settings_date(tx)
            return ReplyView(
                asked=tuple(all_asked(tx, who)),
                receipts=tuple(self._receipts(tx, who)),
                changed=tuple(_changed_months(tx, who)),
                answered=tuple(unsent_answers(tx, who)),
                last=date.fromisoformat(newest) if newest else None,
                settings_on=date.fromisoformat(used) if used else None,
            )

    def answer(self, question: str, text: str, *, agrees: bool | None = None) -> None:
        """Answer a question; what was begun as an answer is done."""
        self._receiving.answer(question, text, agrees=agrees)
        self.keep_draft(question, "")

    def decide(self, record: str, head: str) -> None:
        """Choose one of the versions that differ; the decision travels like everything."""
        self._deciding.resolve(record, head, _CHOSEN)

    def leave(self, record: str) -> None:
        """事務局に確認する: leave a conflict to the office."""
        with self._store.db.write() as tx:
            leave_to_office(tx, promoter_facts(tx), record)
            note(self._store, tx, "leave_to_office", record=record)

    def keep_draft(self, question: str, text: str) -> None:
        """Keep what is being written as an answer; it stays on this PC until it is given."""
        with self._store.db.write() as tx:
            promoter_facts(tx)
            meta.put(tx, draft_name(question), text)

    def _receipts(self, tx: Tx, who: Facts) -> list[ProofOfArrival]:
        office = office_settings(tx)
        found = []
        for month in sorted(_closed(tx, who), reverse=True)[:MONTHS_SHOWN]:
            shown = view(self._store, tx, who, month)
            files = bundles.brought_by(tx, shown.report.id) if shown.report else []
            told = min((made_on(b) for b in files), default="")
            day = date.fromisoformat(told) if told else None
            pay_on = promised_payday(tx, who.promoter, month, office)
            found.append(ProofOfArrival(shown, day, pay_on))
        return found


def _closed(tx: Tx, who: Facts) -> list[Month]:
    reports = map(read_report, revisions.shown(tx, "month_report", who.promoter))
    return [report.month for report in reports if report.is_closed]


def _changed_months(tx: Tx, who: Facts) -> list[Month]:
    reports = map(read_report, revisions.shown(tx, "month_report", who.promoter))
    return sorted(
        report.month
        for report in reports
        if report.is_closed
        and changed_after(tx, report.heads, month_heads(tx, who.promoter, report.month))
    )
