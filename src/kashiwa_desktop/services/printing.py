"""Papers: what stands on them comes only from records, approvals and settings.

A sheet is issued from an approval: its yen are those approved, its number is given once and kept
with its PDF (PRODUCT.md §6). Nobody types an amount.
"""

import io
import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from kashiwa_desktop.domain import revision
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.category import AGENDA_KINDS
from kashiwa_desktop.domain.closing import MonthReport, read_report, report_key
from kashiwa_desktop.domain.honorarium import HonorariumLine
from kashiwa_desktop.domain.month import Month, fiscal_year_start
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.totals import Counts, counts
from kashiwa_desktop.domain.wareki import short_era_year
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.reports import activity_report, honorarium_sheet, payments_list
from kashiwa_desktop.reports.activity_report import (
    ActivityLine,
    ActivityReport,
    CouncilLine,
    Measure,
)
from kashiwa_desktop.reports.honorarium_sheet import Contact, HonorariumSheet, PayLine, SheetForm
from kashiwa_desktop.reports.page import Made
from kashiwa_desktop.reports.payments_list import Payment, PaymentsList
from kashiwa_desktop.services.reviewing import approved_months
from kashiwa_desktop.services.store import (
    Store,
    facts,
    note,
    office_facts,
    office_settings,
    roster,
)
from kashiwa_desktop.storage import activities, bundles, revisions, sheets
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.sheets import Sheet


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a printed sheet says, for the record: yen in yen."""

    promoter: str
    number: str
    yen: int
    code: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper that was made: where, how long, which sheets, and characters no font has."""

    file: Path
    pages: int
    sheets: tuple[SheetFacts, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def total_yen(self) -> int:
        return sum(sheet.yen for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class Due:
    """One approved month of one appointment: what will be paid, and on what it rests."""

    promoter: str
    line: HonorariumLine
    report: MonthReport
    approval: str
    approved_at: str


class Printing:
    """Making papers; the office prints all of them, a promoter his own report."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def report(self, month: Month, promoters: Sequence[str] | None, out: Path | None) -> Printed:
        """活動実績報告書 of closed months: one promoter's, several, or (None) all there are."""
        with self._store.db.read() as tx:
            who = facts(tx)
            people, office = roster(tx), office_settings(tx)
            wanted = promoters or _in_order(people, month)
            if not who.is_office:
                wanted = [who.promoter]
            values = []
            for promoter in wanted:
                heads = revisions.heads_of_record(tx, report_key(promoter, month))
                shown = read_report(revision.shown(heads)) if heads else None
                if shown is not None and shown.is_closed:
                    values.append(self._report(tx, people, office, promoter, shown))
        if not values:
            text = f"{month.short()}はまだ締めていません。締めてから印刷してください。"
            raise RefusedError(text, code="nothing_to_print")
        return self._write(out, lambda file: activity_report.render(values, file), ())

    def honorarium(
        self,
        month: Month,
        promoters: Sequence[str] | None,
        out: Path | None,
        progress: Progress | None = None,
    ) -> Printed:
        """請求書 and 支払明細書 of approved months; each sheet is issued once and keeps its number.

        RefusedError where a promoter asked for is not approved, or nobody is.
        """
        progress = progress or Progress()
        with self._store.db.write() as tx:
            office_facts(tx)
            people, office = roster(tx), office_settings(tx)
            due = _due(tx, people, month, promoters)
            form = _form(office)
            values = []
            for n, one in enumerate(due):
                progress.step("支払の書類を作っています", n, len(due))
                values.append(self._issue(tx, people, office, one, form))
            note(self._store, tx, "print_honorarium", month=str(month), sheets=len(values))
        facts_of = [
            SheetFacts(one.promoter, value.number, one.line.yen, one.report.code)
            for one, value in zip(due, values, strict=True)
        ]
        return self._write(out, lambda file: honorarium_sheet.render(values, file, form), facts_of)

    def payments(self, month: Month, out: Path | None) -> Printed:
        """支払一覧 of the approved months, in the order of areas."""
        with self._store.db.write() as tx:
            office_facts(tx)
            people, office = roster(tx), office_settings(tx)
            due = _due(tx, people, month, None)
            before = {
                d.line.appointment: d.line.yen for d in _all_due(tx, people, month.previous())
            }
            issued = {s.appointment: s for s in sheets.of_month(tx, str(month))}
            rows = [_payment(people, one, before, issued) for one in due]
            values = PaymentsList(
                month=month,
                office=office.full_name(),
                payments=rows,
                made_by=self._store.staff,
                made_on=self._store.clock.today(),
                account=office.account_title,
                approvers=office.approval_boxes,
                trial=self._store.is_trial,
            )
            note(self._store, tx, "print_payments", month=str(month), rows=len(rows))
        facts_of = [
            SheetFacts(
                d.promoter,
                issued[d.line.appointment].number if d.line.appointment in issued else "",
                d.line.yen,
                d.report.code,
            )
            for d in due
        ]
        return self._write(out, lambda file: payments_list.render(values, file), facts_of)

    def ready(self, month: Month) -> list[Due]:
        """Return what is approved and can be printed, in the order of areas."""
        with self._store.db.read() as tx:
            office_facts(tx)
            return _all_due(tx, roster(tx), month)

    def _write(
        self,
        out: Path | None,
        render: Callable[[io.BytesIO], Made],
        of: Iterable[SheetFacts],
    ) -> Printed:
        buffer = io.BytesIO()
        made = render(buffer)
        path = out or self._store.folder.root / "preview.pdf"
        replace_file(path, buffer.getvalue())
        return Printed(path, made.pages, tuple(of), tuple(made.missing))

    def _issue(
        self, tx: Tx, people: Roster, office: Office, due: Due, form: SheetForm
    ) -> HonorariumSheet:
        """Return the values of a sheet, giving it its number and keeping its PDF the first time."""
        month = due.report.month
        held = sheets.find(tx, due.line.appointment, str(month), due.approval)
        value = self._sheet(tx, people, office, due, held)
        if held is not None:
            return value
        prefix = f"{short_era_year(month.first)}-{month.number:02d}-"
        value = replace(value, number=sheets.next_number(tx, prefix))
        buffer = io.BytesIO()
        honorarium_sheet.render([value], buffer, form)
        sources = {"report": due.report.id, "heads": due.report.heads, "approval": due.approval}
        row = Sheet(
            number=value.number,
            kind="honorarium",
            promoter=due.promoter,
            appointment=due.line.appointment,
            area=due.line.area,
            month=str(month),
            yen=due.line.yen,
            code=due.report.code,
            approval=due.approval,
            sources=json.dumps(sources, sort_keys=True),
            issued_at=self._store.clock.text(),
            issued_by=self._store.staff,
            pdf=buffer.getvalue(),
        )
        sheets.add(tx, row)
        return value

    def _sheet(
        self, tx: Tx, people: Roster, office: Office, due: Due, held: Sheet | None
    ) -> HonorariumSheet:
        month, promoter = due.report.month, due.promoter
        person, contact = people.person(promoter), people.contact(promoter)
        sums = counts(activities.find(tx, Wanted(promoter, month, month)))
        issued = _day(held.issued_at) if held else self._store.clock.today()
        return HonorariumSheet(
            month=month,
            area=people.area(due.line.area).name,
            name=person.name if person else promoter,
            kana=person.kana if person else "",
            address=contact.address,
            phone=contact.phone,
            addressee=addressee(office, issued),
            number=held.number if held else "",
            issued=issued,
            lines=[PayLine("委託金(活動・報償費)", due.line.yen, due.line.formula)],
            counts=sums.by_category,
            days=sums.days,
            check_code=due.report.code,
            guideline=office.guideline,
            version=due.report.version,
            contact=None if office.seal else Contact(office.issuer, office.officer, office.phone),
            trial=self._store.is_trial,
        )

    def _report(
        self, tx: Tx, people: Roster, office: Office, promoter: str, report: MonthReport
    ) -> ActivityReport:
        month, person = report.month, people.person(promoter)
        mine = people.active(month, promoter)
        found = activities.find(tx, Wanted(promoter, month, month))
        year = activities.find(tx, Wanted(promoter, fiscal_year_start(month), month))
        before = activities.find(tx, Wanted(promoter, month.year_before(), month.year_before()))
        three = (counts(found), counts(year), counts(before) if before else None)
        received = bundles.first_received(tx, report.id)
        return ActivityReport(
            month=month,
            area="・".join(people.area(a.area).name for a in mine),
            name=person.name if person else promoter,
            kana=person.kana if person else "",
            addressee=addressee(office, month.last),
            check_code=report.code,
            report_id=report.id,
            counts=_measures(three),
            days=_measure(three, lambda c: c.days),
            attendees=_measure(three, lambda c: c.attendees),
            council_meetings=_measure(three, lambda c: c.by_category["council"]),
            lines=[_line(a) for a in found],
            councils=[_council(a) for a in found if a.category == "council" and a.counted],
            achievements="\n".join(a.findings for a in found if a.findings),
            proposals=report.remark,
            plans="\n".join(a.next for a in found if a.next),
            version=report.version,
            submitted=_day(received) if received else _day(report.at),
            empty_reason=report.reason if report.state == "closed-empty" else None,
            trial=self._store.is_trial,
        )


def replace_file(path: Path, data: bytes) -> None:
    """Write a paper whole or not at all, in the place of an older one; PlaceError in words."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        text = f"{path.name} に書き込めません。場所と空きを確かめて、もう一度お試しください。"
        raise PlaceError(text, code="cannot_write") from error


def addressee(office: Office, day: date) -> str:
    """社会福祉法人柏市社会福祉協議会 会長 ○○○○ 様; the name by date, left open where not set."""
    return f"{office.full_name()} 会長 {office.chair(day) or '　　　　　　'} 様"


def _form(office: Office) -> SheetForm:
    return SheetForm(office.claim_title, office.claim_form, office.claim, office.seal)


def _day(text: str) -> date:
    return datetime.fromisoformat(text).date()


def _in_order(people: Roster, month: Month) -> list[str]:
    return list(dict.fromkeys(a.promoter for a in people.active(month)))


def _all_due(tx: Tx, people: Roster, month: Month) -> list[Due]:
    """Return every approved line of the month, in the order of areas."""
    holds = approved_months(tx, month)
    found = []
    for appointment in people.active(month):
        if (appointment.promoter, str(month)) not in holds:
            continue
        found += [d for d in _lines(tx, appointment.promoter, month)
                  if d.line.appointment == appointment.id]  # fmt: skip
    return found


def _lines(tx: Tx, promoter: str, month: Month) -> list[Due]:
    said = revision.shown(revisions.heads_of_record(tx, report_key(promoter, month, "approval")))
    report = read_report(revisions.load(tx, [said.body["report"]])[0])
    return [
        Due(
            promoter,
            HonorariumLine(
                line["appointment"], line["area"], line["yen"], f"月額 {line['yen']:,}円 × 1か月"
            ),
            report,
            said.id,
            said.at,
        )
        for line in said.body["honorarium"]
    ]


def _due(tx: Tx, people: Roster, month: Month, promoters: Sequence[str] | None) -> list[Due]:
    due = _all_due(tx, people, month)
    if promoters is not None:
        for promoter in promoters:
            if not any(d.promoter == promoter for d in due):
                text = f"{promoter} の{month.short()}はまだ承認されていません。"
                raise RefusedError(text, code="not_approved")
        due = [d for d in due if d.promoter in promoters]
    if not due:
        text = f"{month.short()}には承認された月がまだありません。"
        raise RefusedError(text, code="nothing_to_print")
    return due


def _payment(people: Roster, due: Due, before: dict[str, int], issued: dict[str, Sheet]) -> Payment:
    person = people.person(due.promoter)
    earlier = before.get(due.line.appointment)
    return Payment(
        area=people.area(due.line.area).name,
        name=person.name if person else due.promoter,
        kana=person.kana if person else "",
        yen=due.line.yen,
        check_code=due.report.code,
        difference=None if earlier is None else due.line.yen - earlier,
        exception="活動がなかった月" if due.report.state == "closed-empty" else "",
        approved=_day(due.approved_at),
        printed=due.line.appointment in issued,
    )


def _measure(three: tuple[Counts, Counts, Counts | None], of: Callable[[Counts], int]) -> Measure:
    month, year, before = three
    return Measure(of(month), of(year), None if before is None else of(before))


def _measures(
    three: tuple[Counts, Counts, Counts | None],
) -> dict[tuple[str, str], Measure]:
    keys = {key for c in three if c is not None for key in c.by_type}
    return {key: _measure(three, partial(_of_type, key)) for key in sorted(keys)}


def _of_type(key: tuple[str, str], sums: Counts) -> int:
    return sums.by_type.get(key, 0)


def _line(a: Activity) -> ActivityLine:
    return ActivityLine(
        day=a.date,
        category=a.category,
        type=a.type,
        title=a.title,
        place=a.place,
        attendees=a.attendees,
        status=a.status,
        by_proxy=a.by_proxy,
        conflict=a.conflict,
    )


def _council(a: Activity) -> CouncilLine:
    council = a.council or {}
    number = council.get("number")
    decided = [
        f"{AGENDA_KINDS[item['kind']]}: {item['conclusion']}"
        for item in council.get("agenda", [])
        if item.get("conclusion") and item.get("kind") in AGENDA_KINDS
    ]
    text = council.get("decisions") or "、".join(decided)
    name = f"第{number}回 {a.title}" if number else a.title
    present = sum(council.get("attendance", {}).values()) or a.attendees
    return CouncilLine(a.date, name, present, text)
