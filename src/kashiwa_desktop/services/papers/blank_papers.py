"""Papers that any PC can print: 記入用紙, 操作早見カード, and the promoter's 提出票."""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kashiwa_desktop.domain import revision
from kashiwa_desktop.domain.category_hint import DEFAULTS
from kashiwa_desktop.domain.closing import read_report, report_key
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.totals import counts
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports import blank_form, quick_card, slips
from kashiwa_desktop.reports.blank_form import BlankForm
from kashiwa_desktop.reports.slips import Slip
from kashiwa_desktop.services.printed import Printed, offer, sender_of
from kashiwa_desktop.services.store import (
    Store,
    facts,
    office_settings,
    promoter_facts,
    roster,
)
from kashiwa_desktop.storage import activities, revisions
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx

_EXAMPLES = 12


class BlankPapers:
    """What can be printed on any PC."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def form(self, month: Month, promoters: Sequence[str] | None, out: Path | None) -> Printed:
        """白紙の記入用紙 of a month; with names for ``promoters``, else one without any."""
        with self._store.db.read() as tx:
            who, people = facts(tx), roster(tx)
            sender = sender_of(self._store, tx)
            wanted = [who.promoter] if who.promoter else list(promoters or ())
            forms = [_form(people, month, promoter) for promoter in wanted]
        buffer = io.BytesIO()
        made = blank_form.render(forms or [_form(people, month, "")], sender, buffer)
        return offer(self._store, out, buffer.getvalue(), made)

    def card(self, out: Path | None) -> Printed:
        """操作早見カード, with the office's telephone number."""
        with self._store.db.read() as tx:
            sender, phone = sender_of(self._store, tx), office_settings(tx).telephone
        buffer = io.BytesIO()
        made = quick_card.render(sender, phone, buffer)
        return offer(self._store, out, buffer.getvalue(), made)

    def submission_slip(self, month: Month, out: Path | None) -> Printed:
        """提出票 of a closed month, to go with the stick; RefusedError before closing."""
        with self._store.db.read() as tx:
            who, people = promoter_facts(tx), roster(tx)
            sender, office = sender_of(self._store, tx), office_settings(tx)
            slip = slip_of(tx, people, who.promoter, month)
        if slip is None:
            text = f"{month.short()}はまだ締めていません。締めてから印刷してください。"
            raise RefusedError(text, code="nothing_to_print")
        buffer = io.BytesIO()
        made = slips.render([_to(slip, office.full_name())], sender, buffer)
        return offer(self._store, out, buffer.getvalue(), made)


def slip_of(tx: Tx, people: Roster, promoter: str, month: Month) -> Slip | None:
    """Return the slip of a closed month, None where it is not closed; the day is left open."""
    heads = revisions.heads_of_record(tx, report_key(promoter, month))
    report = read_report(revision.shown(heads)) if heads else None
    if report is None or not report.is_closed:
        return None
    person = people.person(promoter)
    sums = counts(activities.find(tx, Wanted(promoter, month, month)))
    return Slip(
        kind="submission",
        month=month,
        area="・".join(people.area(a.area).name for a in people.active(month, promoter)),
        name=person.name if person else promoter,
        kana=person.kana if person else "",
        check_code=report.code,
        version=report.version,
        n=report.n,
        count=sums.count,
        days=sums.days,
        day=None,
    )


def _to(slip: Slip, office: str) -> Slip:
    return replace(slip, to=f"{office} 御中")


def _form(people: Roster, month: Month, promoter: str) -> BlankForm:
    person = people.person(promoter)
    areas = "・".join(people.area(a.area).name for a in people.active(month, promoter or "-"))
    words = people.codes.on(month.last)
    examples = [(e.text, f"{words.category(e.category)}: {e.reason}") for e in DEFAULTS]
    return BlankForm(month, person.name if person else "", areas, examples[:_EXAMPLES], words)
