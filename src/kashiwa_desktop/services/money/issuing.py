"""Issuing a sheet from an approval, and cancelling it before payment.

A sheet is kept as its PDF and never made again. Numbers are given in order; a cancelled one stays
with its reason (PRODUCT.md §6). What comes after payment is in ``correcting``.
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
from kashiwa_desktop.reports import honorarium_sheet
from kashiwa_desktop.reports.honorarium_sheet import (
    Claimant,
    Contact,
    HonorariumSheet,
    PayLine,
    SheetForm,
    usual_categories,
)
from kashiwa_desktop.services.holidays import planned_payday
from kashiwa_desktop.services.money.dues import Due
from kashiwa_desktop.services.money.second_opinion import SecondOpinion
from kashiwa_desktop.services.money.sheet_checks import check, otsu_text
from kashiwa_desktop.services.printed import addressee
from kashiwa_desktop.services.store import Store, note
from kashiwa_desktop.storage import activities, payments, sheets
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.sheets import HONORARIUM, Sheet


@dataclass(frozen=True, slots=True)
class Desk:
    """What issuing works with, for all sheets of one month."""

    store: Store
    tx: Tx
    people: Roster
    office: Office
    opinions: SecondOpinion


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
        text = (
            f"{held.promoter} の支給額 {line.yen:,}円の行が、乙欄の税額表にありません"
            f"(支払日 {day.year}.{day.month}.{day.day})。表に加えてから、もう一度お試しください。"
        )
        raise RefusedError(text, code="no_rate") from error


def appointment_of(people: Roster, name: str) -> Appointment:
    return next(a for a in people.appointments if a.id == name)


def issue_first(desk: Desk, due: Due) -> Sheet:
    """Issue the sheet of an approval that has none; RefusedError."""
    planned = planned_payday(due.report.month, desk.office, desk.store.clock.today())
    tax_day = tax_day_of(desk, due.report.month)
    tax = tax_of(desk, due.line, tax_day)
    value = replace(
        plain(desk, due),
        lines=[_pay_line(item.label, item.kind, item.yen, item.formula) for item in due.line.items],
        withheld_yen=tax.yen,
        withheld_note=tax.note,
        pay_on=planned,
    )
    return issue(desk, due, value, tax_day, ())


def tax_day_of(desk: Desk, month: Month) -> date:
    """Return the day whose tax holds: the planned day of payment, today where that is past."""
    today = desk.store.clock.today()
    return planned_payday(month, desk.office, today) or today


def _pay_line(label: str, kind: str, yen: int, formula: str) -> PayLine:
    return PayLine(f"{label}({formula})" if kind == "adjustment" else label, yen, formula)


def issue(
    desk: Desk, due: Due, value: HonorariumSheet, pay_on: date, settled: Sequence[Sheet]
) -> Sheet:
    """Draw, read again, check and keep one sheet after those that are settled; RefusedError."""
    value = replace(value, number=next_number(desk, due.report.month))
    row = row_of(desk, due, value.number)
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
    row = replace(row, pdf=buffer.getvalue(), sources=with_missing(row.sources, made.missing))
    check(row, settled, desk.opinions, made)
    sheets.add(desk.tx, row)
    return row


def content_code(value: HonorariumSheet, sources: str) -> str:
    """内容番号: eight characters for everything on the sheet and all it was made from."""
    said = msgspec.to_builtins(replace(value, content_code=""))
    if value.categories == usual_categories():
        del said["categories"]  # sheets of earlier versions do not name them
    plain = msgspec.json.encode(said, order="sorted")
    return check_code(hashlib.sha256(plain + sources.encode()).hexdigest())


def with_missing(sources: str, missing: Sequence[str]) -> str:
    """Keep with the sheet which characters stand as 〓 on it."""
    plain = json.loads(sources)
    return json.dumps(plain | {"missing": list(missing)}, ensure_ascii=False, sort_keys=True)


def form(office: Office) -> SheetForm:
    return SheetForm(office.claim_title, office.claim_form, office.claim, office.seal)


def next_number(desk: Desk, month: Month) -> str:
    prefix = f"{short_era_year(month.first)}-{month.number:02d}-"
    return sheets.next_number(desk.tx, prefix)


def row_of(desk: Desk, due: Due, number: str) -> Sheet:
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


def plain(desk: Desk, due: Due) -> HonorariumSheet:
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
        categories=people.codes.on(month.last).choices("category"),
    )


def _claimant(held: Appointment) -> Claimant | None:
    """Return who claims in the promoter's place, None where he claims himself."""
    payee = held.payee
    if payee is None:
        return None
    return Claimant(payee.name, payee.kana, payee.address, payee.phone, payee.relation)
