"""Papers of a month: reports, sheets and the payments list, for a page or the command line.

What stands on them comes only from records, approvals and settings: nobody types an amount. Sheets
are issued by ``issuing`` and come out of the store as they were kept.
"""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kashiwa_desktop.domain import revision
from kashiwa_desktop.domain.closing import read_report, report_key
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.reports import activity_report, batch_cover, payments_list
from kashiwa_desktop.reports.finished import binding, rereading
from kashiwa_desktop.services.checking.approving import OPEN_CONFLICT
from kashiwa_desktop.services.checking.reviewing import Left, Review, Reviewing
from kashiwa_desktop.services.money import issuing, payments_paper
from kashiwa_desktop.services.money.dues import Due, all_due, chosen_due, nothing_approved
from kashiwa_desktop.services.money.handing_out import hand_out
from kashiwa_desktop.services.money.issuing import Desk
from kashiwa_desktop.services.money.sheet_checks import second_opinion
from kashiwa_desktop.services.money.witnessed import refuse_doubts
from kashiwa_desktop.services.papers import report_paper
from kashiwa_desktop.services.printed import (
    NOT_TRUE,
    Printed,
    SheetFacts,
    kept_pdfs,
    offer,
    offer_bound,
    replace_file,
)
from kashiwa_desktop.services.store import (
    Store,
    facts,
    note,
    office_facts,
    office_settings,
    roster,
)
from kashiwa_desktop.storage import revisions, sheets
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.sheets import Sheet

__all__ = ["Due", "Printed", "Printing", "SheetFacts", "replace_file"]

_WAITING = {
    "missing": "まだ届いていません。",
    "open": "まだ締めた月が届いていません。",
    "question": "確認事項があります。",
    "received": "まだ承認されていません。",
    "returned": "確認のお願いへの返事を待っています。",
}


class Printing:
    """Making papers; the office prints all of them, a promoter his own report."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def report(
        self,
        month: Month,
        promoters: Sequence[str] | None,
        out: Path | None,
        *,
        duplex: bool = False,
    ) -> Printed:
        """活動実績報告書 of closed months: one promoter's, several, or (None) all there are.

        With ``duplex`` nobody's report begins on the back of somebody else's.
        """
        with self._store.db.read() as tx:
            who = facts(tx)
            people, office = roster(tx), office_settings(tx)
            wanted = promoters or _in_order(people, month)
            values = []
            for promoter in wanted if who.is_office else [who.promoter]:
                heads = revisions.heads_of_record(tx, report_key(promoter, month))
                shown = read_report(revision.shown(heads)) if heads else None
                if shown is not None and shown.is_closed:
                    value = report_paper.values(tx, people, office, promoter, shown)
                    values.append(replace(value, trial=self._store.is_trial))
        if not values:
            text = f"{month.short()}はまだ締めていません。締めてから印刷してください。"
            raise RefusedError(text, code="nothing_to_print")
        buffer = io.BytesIO()
        made = activity_report.render(values, buffer, duplex=duplex)
        return offer(self._store, out, buffer.getvalue(), made)

    def honorarium(
        self,
        month: Month,
        promoters: Sequence[str] | None,
        out: Path | None,
        progress: Progress | None = None,
        *,
        cover: bool = False,
        duplex: bool = False,
    ) -> Printed:
        """請求書 and 支払明細書 of approved months; each sheet is issued once and keeps its number.

        With ``out`` the sheets count as handed out: the next time 「再印刷」 lies over them. A
        preview (None) does not. ``cover`` puts a list before them, ``duplex`` lets every sheet
        begin on an odd page. RefusedError where a promoter asked for is not approved, nobody is,
        or two calculators disagree.
        """
        progress = progress or Progress()
        with self._store.db.write() as tx:
            office_facts(tx)
            refuse_doubts(self._store, tx, month)
            desk = self._desk(tx, month)
            due = chosen_due(tx, desk.people, month, promoters)
            issued: list[Sheet] = []
            for n, one in enumerate(due):
                progress.step("支払の書類を作っています", n, len(due))
                issued += map(_without_pdf, hand_out(desk, one))
            if not issued:
                text = f"{month.short()}は支払う額が0円です。支払の書類はありません。"
                raise RefusedError(text, code="nothing_to_print")
            front = [_cover(desk, month, issued)] if cover else []
            note(self._store, tx, "print_honorarium", month=str(month), sheets=len(issued))
        printed = self._issued(front, issued, f"{month.label()}分 支払の書類", out, duplex=duplex)
        if out is not None:
            self.came_out([s.number for s in issued])
        return printed

    def payments(
        self, month: Month, out: Path | None, *, inquiry: str = "", voucher: str = ""
    ) -> Printed:
        """支払一覧 of the approved months, in the order of areas.

        伺番号 and 伝票番号 as given, else as set for this month.
        """
        with self._store.db.write() as tx:
            office_facts(tx)
            refuse_doubts(self._store, tx, month)
            desk = self._desk(tx, month)
            rows = payments_paper.listed(desk, month)
            if not rows:
                raise RefusedError(nothing_approved(month), code="nothing_to_print")
            values = payments_paper.values(desk, month, rows)
            values = replace(
                values,
                inquiry_number=inquiry or values.inquiry_number,
                voucher_number=voucher or values.voucher_number,
            )
            payments_paper.check(desk, month, rows)
            note(self._store, tx, "print_payments", month=str(month), rows=len(rows))
        buffer = io.BytesIO()
        made = payments_list.render(values, buffer)
        if not payments_list.says(buffer.getvalue(), values):
            raise RefusedError(NOT_TRUE, code="not_true")
        facts_of = [
            SheetFacts(
                row.promoter,
                row.live[0].number if row.live else "",
                row.payment.yen,
                row.payment.check_code,
            )
            for row in rows
        ]
        return offer(self._store, out, buffer.getvalue(), made, facts_of)

    def ready(self, month: Month) -> list[Due]:
        """Return what is approved and can be printed, in the order of areas."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return all_due(tx, roster(tx), month)

    def not_ready(self, month: Month) -> list[Left]:
        """Return who is expected this month and cannot be printed yet, and why."""
        queue = Reviewing(self._store).queue(month)
        return [Left(r.promoter, _why(r)) for r in queue if r.cell.state in _WAITING]

    def came_out(self, numbers: Sequence[str]) -> None:
        """Remember that these sheets came out on paper (「出た」)."""
        with self._store.db.write() as tx:
            office_facts(tx)
            for number in numbers:
                sheets.mark_printed(tx, number, self._store.clock.text())
            note(self._store, tx, "came_out", numbers=list(numbers))

    def cancel(self, number: str, reason: str) -> None:
        """Cancel an issued sheet that is not paid yet; the next print gives a new number."""
        if not reason.strip():
            raise RefusedError("取り消す理由をお書きください。", code="reason_missing")
        with self._store.db.write() as tx:
            office_facts(tx)
            issuing.cancel(self._desk(tx, None), _found(tx, number), reason)

    def kept(self, number: str) -> bytes:
        """Return the PDF of an issued sheet, byte for byte as it was kept; StoreError if damaged.

        RefusedError for a number that was never given.
        """
        with self._store.db.read() as tx:
            return _found(tx, number).pdf

    def reprint(self, number: str, out: Path | None) -> Printed:
        """Print an issued sheet again with 「再印刷」 over it; a cancelled one says 「取消」."""
        return self.reprints([number], out)

    def reprints(
        self, numbers: Sequence[str], out: Path | None, *, duplex: bool = False
    ) -> Printed:
        """Print several issued sheets again in this order, 「再印刷」 over each of them."""
        with self._store.db.write() as tx:
            office_facts(tx)
            found = (_without_pdf(_found(tx, number)) for number in numbers)
            again = [replace(sheet, printed_at="again") for sheet in found]
            for number in numbers:
                note(self._store, tx, "reprint", number=number)
        title = numbers[0] if len(numbers) == 1 else "再印刷"
        return self._issued([], again, title, out, duplex=duplex)

    def _desk(self, tx: Tx, month: Month | None) -> Desk:
        opinions = second_opinion(tx, str(month or Month.of(self._store.clock.today())))
        return Desk(self._store, tx, roster(tx), office_settings(tx), opinions)

    def _issued(
        self,
        front: Sequence[binding.Bound],
        issued: Sequence[Sheet],
        title: str,
        out: Path | None,
        *,
        duplex: bool,
    ) -> Printed:
        """Bind kept sheets, and say of each what it is and of all which characters stand as 〓."""
        lost = (c for s in issued for c in json.loads(s.sources).get("missing", ()))
        return replace(
            offer_bound(self._store, out, self._parts(front, issued), title, duplex=duplex),
            sheets=tuple(_facts(s) for s in issued),
            missing=tuple(dict.fromkeys(lost)),
        )

    def _parts(
        self, front: Sequence[binding.Bound], issued: Sequence[Sheet]
    ) -> Iterator[binding.Bound]:
        """Return what is bound; sheets come out of the store one by one, as they were kept."""
        yield from front
        kept = kept_pdfs(self._store, [s.number for s in issued])
        for sheet, pdf in zip(issued, kept, strict=True):
            yield binding.Bound(pdf, bool(sheet.printed_at), sheet.is_void)


def _why(found: Review) -> str:
    """Return why this month cannot be printed: an open conflict before anything else."""
    return OPEN_CONFLICT if found.cell.conflicts else _WAITING[found.cell.state]


def _cover(desk: Desk, month: Month, issued: Sequence[Sheet]) -> binding.Bound:
    lines = [
        batch_cover.Line(
            s.number,
            desk.people.area(s.area).name,
            payments_paper.name_of(desk.people, s.promoter),
            s.net,
            batch_cover.KINDS[s.kind],
        )
        for s in issued
    ]
    value = batch_cover.BatchCover(
        month=month,
        office=desk.office.full_name(),
        lines=lines,
        made_by=desk.store.staff,
        made_on=desk.store.clock.today(),
        trial=desk.store.is_trial,
    )
    buffer = io.BytesIO()
    made = batch_cover.render(value, buffer)
    data = buffer.getvalue()
    if not (rereading.is_as_written(data, made) and batch_cover.says(data, value)):
        raise RefusedError(NOT_TRUE, code="not_true")
    return binding.Bound(data)


def _facts(sheet: Sheet) -> SheetFacts:
    return SheetFacts(
        sheet.promoter, sheet.number, sheet.gross, sheet.code, sheet.kind, bool(sheet.printed_at)
    )


def _without_pdf(sheet: Sheet) -> Sheet:
    """Let go of the largest part of a sheet: a thousand of them are never in memory together."""
    return replace(sheet, pdf=b"")


def _found(tx: Tx, number: str) -> Sheet:
    sheet = sheets.find(tx, number)
    if sheet is None:
        raise RefusedError(f"発行番号 {number} の書類はありません。", code="no_sheet")
    return sheet


def _in_order(people: Roster, month: Month) -> list[str]:
    return list(dict.fromkeys(a.promoter for a in people.active(month)))
