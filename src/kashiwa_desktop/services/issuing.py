"""The life of a sheet: issued once from an approval, cancelled before payment, corrected after it.

A sheet is kept as its PDF and never made again. Numbers are given in order; a cancelled one stays
with its reason. Nothing paid is cancelled: changed yen become a 追給 or a 戻入, changed text a
訂正報告書, each naming the first sheet (PRODUCT.md §6).
"""

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from kashiwa_desktop.domain.check_code import check_code
from kashiwa_desktop.domain.honorarium import HonorariumLine
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.domain.people import Appointment, Roster
from kashiwa_desktop.domain.totals import counts
from kashiwa_desktop.domain.wareki import short_era_year
from kashiwa_desktop.domain.withholding import NoRateError, Withheld, read_table, withheld
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports import correction_report, honorarium_sheet
from kashiwa_desktop.reports.honorarium_sheet import (
    Claimant,
    Contact,
    HonorariumSheet,
    PayLine,
    SheetForm,
)
from kashiwa_desktop.services import changes_since
from kashiwa_desktop.services.dues import Due
from kashiwa_desktop.services.holidays import payday
from kashiwa_desktop.services.printed import addressee
from kashiwa_desktop.services.second_opinion import SecondOpinion
from kashiwa_desktop.services.sheet_checks import check, otsu_text
from kashiwa_desktop.services.store import Store, note
from kashiwa_desktop.storage import activities, payments, sheets
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.sheets import ADDITIONAL, CORRECTION, HONORARIUM, REFUND, Sheet

APPROVED_AGAIN = "承認がやり直されたため"


@dataclass(frozen=True, slots=True)
class Desk:
    """What issuing works with, for all sheets of one month."""

    store: Store
    tx: Tx
    people: Roster
    office: Office
    opinions: SecondOpinion


def hand_out(desk: Desk, due: Due) -> list[Sheet]:
    """Return the sheets to hand out for what is due, issuing what was not issued yet.

    RefusedError where two calculators or the finished paper disagree.
    """
    month = str(due.report.month)
    live = [s for s in sheets.of_line(desk.tx, due.line.appointment, month) if not s.is_void]
    first = next((s for s in live if s.kind == HONORARIUM), None)
    if first is None:
        return [_issue_first(desk, due)] if due.line.yen else []
    if first.approval == due.approval:
        return [first]
    if payments.of_number(desk.tx, first.number) is None:
        cancel(desk, first, APPROVED_AGAIN)
        return [_issue_first(desk, due)] if due.line.yen else []
    return [s for s in live if s.basis == due.approval] or _correct(desk, due, live)


def cancel(desk: Desk, sheet: Sheet, reason: str) -> None:
    """Cancel a sheet that is not paid; RefusedError for a paid or a cancelled one."""
    if payments.of_number(desk.tx, sheet.number) is not None:
        text = f"{sheet.number} は支払済みです。取り消さず、承認し直して追給か戻入にします。"
        raise RefusedError(text, code="paid")
    if sheet.is_void:
        raise RefusedError(f"{sheet.number} はもう取り消してあります。", code="void")
    sheets.void(desk.tx, sheet.number, desk.store.clock.text(), desk.store.staff, reason)
    note(desk.store, desk.tx, "cancel_sheet", number=sheet.number)


def tax_of(desk: Desk, line: HonorariumLine, day: date) -> Withheld:
    """Return what is withheld from a line paid on ``day``; RefusedError where no rate is known."""
    held = appointment_of(desk.people, line.appointment)
    table = desk.office.otsu or read_table(otsu_text())
    try:
        return withheld([(i.kind, i.yen) for i in line.items], held.withholding, table, day)
    except NoRateError as error:
        text = "乙欄の税額表に、この金額の行がありません。表に加えてから、もう一度お試しください。"
        raise RefusedError(text, code="no_rate") from error


def appointment_of(people: Roster, name: str) -> Appointment:
    return next(a for a in people.appointments if a.id == name)


def _issue_first(desk: Desk, due: Due) -> Sheet:
    pay_on = payday(due.report.month, desk.office)
    tax = tax_of(desk, due.line, pay_on)
    value = replace(
        _plain(desk, due),
        lines=[_pay_line(item.label, item.kind, item.yen, item.formula) for item in due.line.items],
        withheld_yen=tax.yen,
        withheld_note=tax.note,
        pay_on=pay_on,
    )
    return _issue(desk, due, value, pay_on, ())


def _pay_line(label: str, kind: str, yen: int, formula: str) -> PayLine:
    return PayLine(f"{label}({formula})" if kind == "adjustment" else label, yen, formula)


def _correct(desk: Desk, due: Due, live: Sequence[Sheet]) -> list[Sheet]:
    """Issue what a new approval changes after payment: yen, text, both, or nothing."""
    settled = []
    for sheet in live:
        if payments.of_number(desk.tx, sheet.number) or sheet.kind == CORRECTION:
            settled.append(sheet)
        else:
            cancel(desk, sheet, APPROVED_AGAIN)
    made = []
    pay_on = date.fromisoformat(settled[0].pay_on)
    tax = tax_of(desk, due.line, pay_on)
    gross = due.line.yen - sum(s.gross for s in settled)
    kept_back = tax.yen - sum(s.kept_back for s in settled)
    if gross or kept_back:
        value = _difference(desk, due, settled[0], gross, Withheld(kept_back, tax.note))
        made.append(_issue(desk, due, value, pay_on, settled))
    before = json.loads(settled[-1].sources)["heads"]
    changes = changes_since.of_area(desk.tx, desk.people, due, before)
    if changes:
        made.append(_issue_text(desk, due, settled[0], changes))
    return made or [settled[-1]]


def _difference(desk: Desk, due: Due, first: Sheet, gross: int, tax: Withheld) -> HonorariumSheet:
    """Return the 追給 (more than was paid) or the 戻入 (less), as a sheet of its own."""
    back = gross - tax.yen < 0
    sign = -1 if back else 1
    after = PayLine("訂正後の支給額", sign * due.line.yen, _reckoned(due.line))
    before = PayLine("支払済みの額", -sign * (due.line.yen - gross), f"発行番号 {first.number}")
    return replace(
        _plain(desk, due),
        kind=REFUND if back else ADDITIONAL,
        cites=first.number,
        lines=[before, after] if back else [after, before],
        withheld_yen=sign * tax.yen,
        withheld_note=tax.note,
    )


def _reckoned(line: HonorariumLine) -> str:
    """Say how a whole line came about, its 調整 with their reasons included."""
    changes = [f"調整 {i.yen:+,}円({i.formula})" for i in line.items if i.kind == "adjustment"]
    return "、".join([line.formula, *changes])


def _issue(
    desk: Desk, due: Due, value: HonorariumSheet, pay_on: date, settled: Sequence[Sheet]
) -> Sheet:
    value = replace(value, number=_number(desk, due.report.month))
    row = _row(desk, due, value.number)
    row = replace(
        row,
        kind=value.kind,
        basis=due.approval if value.cites else "",
        cites=value.cites,
        yen=value.gross_yen,
        withheld=value.withheld_yen,
        pay_on=pay_on.isoformat(),
    )
    value = replace(value, content_code=content_code(value, row.sources))
    buffer = io.BytesIO()
    made = honorarium_sheet.render([value], buffer, form(desk.office))
    row = replace(row, pdf=buffer.getvalue(), sources=_with_missing(row.sources, made.missing))
    check(row, settled, desk.opinions)
    sheets.add(desk.tx, row)
    return row


def _issue_text(
    desk: Desk, due: Due, first: Sheet, changes: Sequence[correction_report.Change]
) -> Sheet:
    """Issue a 訂正報告書: no yen, but a number of its own and kept like a sheet."""
    plain = _plain(desk, due)
    number = _number(desk, due.report.month)
    value = correction_report.CorrectionReport(
        month=due.report.month,
        area=plain.area,
        name=plain.name,
        kana=plain.kana,
        number=number,
        issued=plain.issued,
        cites=first.number,
        check_code=due.report.code,
        version=due.report.version,
        changes=changes,
        approver=due.approver,
        boxes=desk.office.approval_boxes,
        trial=plain.trial,
    )
    buffer = io.BytesIO()
    correction_report.render(value, buffer)
    row = replace(
        _row(desk, due, number),
        kind=CORRECTION,
        basis=due.approval,
        cites=first.number,
        pay_on=first.pay_on,
        pdf=buffer.getvalue(),
    )
    sheets.add(desk.tx, row)
    return row


def content_code(value: HonorariumSheet, sources: str) -> str:
    """内容番号: eight characters for everything on the sheet and all it was made from."""
    plain = msgspec.json.encode(replace(value, content_code=""), order="sorted")
    return check_code(hashlib.sha256(plain + sources.encode()).hexdigest())


def _with_missing(sources: str, missing: Sequence[str]) -> str:
    """Keep with the sheet which characters stand as 〓 on it."""
    plain = json.loads(sources)
    return json.dumps(plain | {"missing": list(missing)}, ensure_ascii=False, sort_keys=True)


def form(office: Office) -> SheetForm:
    return SheetForm(office.claim_title, office.claim_form, office.claim, office.seal)


def _number(desk: Desk, month: Month) -> str:
    prefix = f"{short_era_year(month.first)}-{month.number:02d}-"
    return sheets.next_number(desk.tx, prefix)


def _row(desk: Desk, due: Due, number: str) -> Sheet:
    sources: dict[str, Any] = {
        "report": due.report.id,
        "heads": sorted(due.heads),
        "approval": due.approval,
        "items": [item.body() for item in due.line.items],
    }
    return Sheet(
        number=number,
        kind=HONORARIUM,
        promoter=due.promoter,
        appointment=due.line.appointment,
        area=due.line.area,
        month=str(due.report.month),
        yen=0,
        code=due.report.code,
        approval=due.approval,
        sources=json.dumps(sources, ensure_ascii=False, sort_keys=True),
        issued_at=desk.store.clock.text(),
        issued_by=desk.store.staff,
    )


def _plain(desk: Desk, due: Due) -> HonorariumSheet:
    """Return the values of a sheet but its yen and its number."""
    month, office, people = due.report.month, desk.office, desk.people
    person, contact = people.person(due.promoter), people.contact(due.promoter)
    found = activities.find(desk.tx, Wanted(due.promoter, month, month))
    alone = len(people.active(month, due.promoter)) == 1
    sums = counts(a for a in found if alone or a.area == due.line.area)
    issued = desk.store.clock.today()
    return HonorariumSheet(
        month=month,
        area=people.area(due.line.area).name,
        name=person.name if person else due.promoter,
        kana=person.kana if person else "",
        address=contact.address,
        phone=contact.phone,
        addressee=addressee(office, office.chair(issued)),
        number="",
        issued=issued,
        lines=(),
        counts=sums.by_category,
        days=sums.days,
        check_code=due.report.code,
        guideline=office.guideline,
        version=due.report.version,
        contact=None if office.seal else Contact(office.issuer, office.officer, office.phone),
        trial=desk.store.is_trial,
        amount_style=office.amount_style,
        claimant=_claimant(appointment_of(people, due.line.appointment)),
        remarks=due.remarks,
        boxes=office.sheet_boxes,
    )


def _claimant(held: Appointment) -> Claimant | None:
    """Return who claims in the promoter's place, None where he claims himself."""
    payee = held.payee
    if payee is None:
        return None
    return Claimant(payee.name, payee.kana, payee.address, payee.phone, payee.relation)
