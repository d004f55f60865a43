"""What a new approval changes after payment: 追給 or 戻入 for yen, 訂正報告書 for text.

Nothing paid is cancelled (PRODUCT.md §6): the difference gets a sheet of its own that names the
first one, and an approval that changes nothing gets none.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kashiwa_desktop.domain.honorarium import HonorariumLine
from kashiwa_desktop.domain.withholding import Withheld
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.reports import correction_report
from kashiwa_desktop.reports.correction_report import Change
from kashiwa_desktop.reports.finished.rereading import is_as_written
from kashiwa_desktop.reports.honorarium_sheet import HonorariumSheet, PayLine
from kashiwa_desktop.services.money import issuing
from kashiwa_desktop.services.money.dues import Due
from kashiwa_desktop.services.money.issuing import Desk
from kashiwa_desktop.services.months import changes_since
from kashiwa_desktop.services.printed import NOT_TRUE
from kashiwa_desktop.storage import payments, sheets
from kashiwa_desktop.storage.sheets import ADDITIONAL, CORRECTION, REFUND, Sheet

APPROVED_AGAIN = "承認がやり直されたため"


@dataclass(frozen=True, slots=True)
class _After:
    """What stands after payment: sheets of this approval, those it comes after, and stale ones."""

    mine: list[Sheet]
    settled: list[Sheet]
    stale: list[Sheet]

    @property
    def first(self) -> Sheet:
        return self.settled[0]


@dataclass(frozen=True, slots=True)
class Difference:
    """What is still to be put on paper: yen before tax, tax (both signed), and changed text."""

    gross: int
    tax: Withheld
    changes: tuple[Change, ...]

    @property
    def in_yen(self) -> bool:
        return bool(self.gross or self.tax.yen)

    @property
    def is_back(self) -> bool:
        """Whether the promoter gives back."""
        net = self.gross - self.tax.yen
        return net < 0 or (net == 0 and self.gross < 0)


def is_settled(desk: Desk, due: Due, live: Sequence[Sheet]) -> bool:
    """Whether the paid sheets of this line say already all that this approval says."""
    after = _after(desk, due, live)
    left = _difference(desk, due, after)
    return not (after.stale or left.in_yen or left.changes)


def correct(desk: Desk, due: Due, live: Sequence[Sheet]) -> list[Sheet]:
    """Issue what is missing of this approval: yen, text, both, or nothing."""
    after = _after(desk, due, live)
    for sheet in after.stale:
        issuing.cancel(desk, sheet, APPROVED_AGAIN)
    left, made = _difference(desk, due, after), list(after.mine)
    if left.in_yen:
        value = _sheet(desk, due, after.first, left)
        pay_on = date.fromisoformat(after.first.pay_on)
        money = [s for s in (*after.settled, *after.mine) if s.kind != CORRECTION]
        made.append(issuing.issue(desk, due, value, pay_on, money))
    if left.changes:
        made.append(_issue_text(desk, due, after.first, left.changes))
    return made or [after.settled[-1]]


def _after(desk: Desk, due: Due, live: Sequence[Sheet]) -> _After:
    mine = [s for s in live if s.basis == due.approval]
    others = [s for s in live if s.basis != due.approval]
    stale = [
        s for s in others if s.is_payable and payments.of_number(desk.tx, s.number) is None
    ]  # fmt: skip
    return _After(mine, [s for s in others if s not in stale], stale)


def _difference(desk: Desk, due: Due, after: _After) -> Difference:
    """Return what no sheet says yet; RefusedError where yen and tax move apart."""
    said = [*after.settled, *after.mine]
    tax = issuing.tax_of(desk, due.line, date.fromisoformat(after.first.pay_on))
    gross = due.line.yen - sum(s.gross for s in said)
    kept_back = tax.yen - sum(s.kept_back for s in said)
    before = json.loads(after.settled[-1].sources)["heads"]
    told = any(s.kind == CORRECTION for s in after.mine)
    changes = (
        ()
        if told
        else changes_since.of_area(desk.tx, desk.people, due.line.area, before, due.heads)
    )
    return Difference(gross, Withheld(kept_back, tax.note), tuple(changes))


def _sheet(desk: Desk, due: Due, first: Sheet, left: Difference) -> HonorariumSheet:
    """Return the 追給 (more than was paid) or the 戻入 (less), as a sheet of its own."""
    back = left.is_back
    sign = -1 if back else 1
    if sign * left.gross < 0:
        raise _apart(due, left)
    after = PayLine("訂正後の支給額", sign * due.line.yen, _reckoned(due.line))
    before = PayLine(
        "支払済みの額", -sign * (due.line.yen - left.gross), f"発行番号 {first.number}"
    )
    return replace(
        issuing.plain(desk, due),
        kind=REFUND if back else ADDITIONAL,
        cites=first.number,
        lines=[before, after] if back else [after, before],
        withheld_yen=sign * left.tax.yen,
        withheld_note=left.tax.note,
    )


def _apart(due: Due, left: Difference) -> RefusedError:
    """One sheet cannot ask for yen and give them back: the office makes it two steps."""
    text = (
        f"{due.promoter} の{due.report.month.short()}は、支給額の増減({left.gross:+,}円)と"
        f"源泉徴収の増減({left.tax.yen:+,}円)が逆の向きになるため、1枚の書類にできません。"
        "片方だけを先に直して承認し、書類を作って支払済みにしてから、もう片方を直してください。"
    )
    return RefusedError(text, code="yen_and_tax_apart")


def _reckoned(line: HonorariumLine) -> str:
    """Say how a whole line came about, its 調整 with their reasons included."""
    changes = [f"調整 {i.yen:+,}円({i.formula})" for i in line.items if i.kind == "adjustment"]
    return "、".join([line.formula, *changes])


def _issue_text(desk: Desk, due: Due, first: Sheet, changes: Sequence[Change]) -> Sheet:
    """Issue a 訂正報告書: no yen, but a number of its own, read again and kept like a sheet."""
    plain = issuing.plain(desk, due)
    number = issuing.next_number(desk, due.report.month)
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
    made = correction_report.render(value, buffer)
    data = buffer.getvalue()
    if not (is_as_written(data, made) and correction_report.says(data, value)):
        raise RefusedError(NOT_TRUE, code="not_true")
    row = issuing.row_of(desk, due, number)
    row = replace(
        row,
        kind=CORRECTION,
        basis=due.approval,
        cites=first.number,
        pay_on=first.pay_on,
        pdf=data,
        sources=issuing.with_missing(row.sources, made.missing),
    )
    sheets.add(desk.tx, row)
    return row
