"""支払一覧: who is paid how much for a month, for the office's approval (PRODUCT.md screen 41)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import long_date, short_date
from kashiwa_desktop.reports.finished.placed_text import words
from kashiwa_desktop.reports.finished.rereading import is_yen, read_yen
from kashiwa_desktop.reports.parts.boxes import STAMP, stamp_boxes
from kashiwa_desktop.reports.parts.page import LEFT, MM, WIDTH, Flow, Footer, Made, fit, save
from kashiwa_desktop.reports.parts.table import Cell, Column, Part, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, LABEL, SMALL, TITLE, Align, Style

_TITLE = "支払一覧"
_CELL = Style("mincho", 8.5, 11)
_CODE = Style("mincho", 7.5, 10)
_KANA = Style("mincho", 6.5, 8)
_BIG = Style("mincho", 11, 15)
_SUM = Style("bold", 11, 15)
_NARROW_SUM = Style("bold", 7.5, 10)
"""Sums of millions have to stay whole also beside the columns of tax."""
_NONE = "－"


@dataclass(frozen=True, slots=True)
class Payment:
    """One line of the list; ``difference`` to last month is None where nothing was paid then."""

    area: str
    name: str
    kana: str
    yen: int
    check_code: str
    difference: int | None = None
    exception: str = ""
    approved: date | None = None
    printed: bool = False
    withheld: int = 0
    paid: date | None = None

    @property
    def net(self) -> int:
        return self.yen - self.withheld


@dataclass(frozen=True, slots=True)
class PaymentsList:
    """Everything that stands on the list; yen are whole yen, ``approvers`` run left to right.

    ``log_head``: how long the office's log was and its code, so that the paper tells if it was cut.
    ``log_accepted``: what a person accepted of a log that another PC changed by going back.
    """

    month: Month
    office: str
    payments: Sequence[Payment]
    made_by: str
    made_on: date
    pay_on: date | None = None
    account: str = ""
    inquiry_number: str = ""
    voucher_number: str = ""
    approvers: Sequence[str] = ("事務局長", "課長", "係長", "担当")
    check_code: str = ""
    version: str = ""
    log_head: str = ""
    log_accepted: tuple[str, ...] = ()
    trial: bool = False

    @property
    def total_yen(self) -> int:
        return sum(payment.yen for payment in self.payments)

    @property
    def withholds(self) -> bool:
        """Whether anything is withheld: only then the list has columns for it."""
        return any(payment.withheld for payment in self.payments)


def render(values: PaymentsList, out: Path | BinaryIO) -> Made:
    """Write the list as a PDF."""
    return save(f"{_TITLE} {values.month.label()}分", [fit(partial(compose, values))], out)


def compose(values: PaymentsList, air: float) -> Flow:
    """Lay the list out on its pages, each with its own sum where there are several."""
    month = f"{values.month.label()}分"
    code = f"照合番号 {values.check_code}" if values.check_code else ""
    footer = Footer((_TITLE, values.office, month, values.version, code), values.trial)
    flow = Flow(footer, f"{_TITLE} {month}", air)
    _heading(flow, values)
    _list(flow, values)
    return flow


def _heading(flow: Flow, values: PaymentsList) -> None:
    flow.write(_TITLE, TITLE, align="center")
    flow.write(
        f"地域支えあい推進員 委託金(活動・報償費) {values.month.label()}分", _BIG, align="center"
    )
    flow.gap(3 * MM)
    y = flow.y
    tall = stamp_boxes(flow, values.approvers)
    width = WIDTH - STAMP * len(values.approvers) - 5 * MM
    if width < 60 * MM:
        flow.y += tall + 3 * MM
        y, tall, width = flow.y, 0.0, WIDTH
    _facts(flow, values, width)
    if len(flow.pages) == 1:
        flow.y = max(flow.y, y + tall)
    flow.gap(3.5 * MM)


def _facts(flow: Flow, values: PaymentsList, width: float) -> None:
    label = 21 * MM
    columns = (
        Column("", label, "center", LABEL, label=True),
        Column("", width - label, "left", BODY),
    )
    pay_on = long_date(values.pay_on) if values.pay_on else _NONE
    numbers = f"{values.inquiry_number or _NONE} / {values.voucher_number or _NONE}"
    rows = (
        Row(("合計", _total_parts(values))),
        Row(("支払予定日", pay_on)),
        Row(("勘定科目", values.account or _NONE)),
        Row(("伺・伝票番号", numbers)),
        Row(("作成者", f"{values.made_by} ({long_date(values.made_on, weekday=False)})")),
    )
    head = [Row(("操作の記録", values.log_head))] if values.log_head else []
    head += [Row(("認めたこと", text)) for text in values.log_accepted]
    Table(columns, [*rows, *head], heads=False).draw(flow)


def _total_parts(values: PaymentsList) -> tuple[Part, ...]:
    """Say number and sum, and what goes out where tax is withheld."""
    total = Part(f"{len(values.payments)}件 {_yen(values.total_yen)}円", _SUM)
    if not values.withholds:
        return (total,)
    kept = sum(payment.withheld for payment in values.payments)
    return total, Part(f"(源泉{_yen(kept)}円、差引{_yen(values.total_yen - kept)}円)", BODY)


def _list(flow: Flow, values: PaymentsList) -> None:
    rows = [_row(values, number, payment) for number, payment in enumerate(values.payments, 1)]

    def page_sum(numbers: Sequence[int]) -> Row:
        return _sum_row(values, "ページ計", [values.payments[number] for number in numbers])

    total = _sum_row(values, "総計", values.payments)
    Table(columns(values), rows, last=total, page_sum=page_sum).draw(flow)
    if any(payment.difference is None for payment in values.payments):
        flow.gap(0.7 * MM)
        flow.write(f"前月との差の「{_NONE}」は、前月の支払いがないことを表します。", SMALL)


_PLAIN = (7, 22, 29, 17, 0, 0, 18, 22, 14, 17, 8, 11)
_TAXED = (6.5, 20.5, 22, 15.5, 12.5, 15.5, 11.5, 16.5, 12.5, 15, 6.5, 10.5)
"""Widths of the columns in millimetres, 165 together, without and with tax."""


def columns(values: PaymentsList) -> tuple[Column, ...]:
    """Return the columns; those of tax only where something is withheld."""
    named: tuple[tuple[str, Align, Style], ...] = (
        ("No.", "right", _CELL), ("地域", "left", _CELL), ("氏名(フリガナ)", "left", _CELL),
        ("金額(円)", "right", _CELL), ("源泉(円)", "right", _CELL), ("差引(円)", "right", _CELL),
        ("前月との差", "right", _CELL), ("事由", "left", _CODE), ("承認日", "center", _CODE),
        ("照合番号", "center", _CODE), ("印刷", "center", _CELL), ("支払", "center", _CODE),
    )  # fmt: skip
    widths = _TAXED if values.withholds else _PLAIN
    return tuple(
        Column(name, width * MM, align, _CODE if values.withholds else style)
        for (name, align, style), width in zip(named, widths, strict=True)
        if width
    )


def _row(values: PaymentsList, number: int, payment: Payment) -> Row:
    tax = (_yen(payment.withheld), _yen(payment.net)) if values.withholds else ()
    paid = f"{payment.paid.month}/{payment.paid.day}" if payment.paid else _NONE
    return Row(
        (
            str(number),
            payment.area,
            (Part(payment.kana, _KANA), Part(payment.name, _CELL)),
            _yen(payment.yen),
            *tax,
            _NONE if payment.difference is None else _difference(payment.difference),
            payment.exception.replace("、", "\n"),
            short_date(payment.approved) if payment.approved else _NONE,
            payment.check_code,
            "済" if payment.printed else _NONE,
            paid,
        )
    )


def _sum_row(values: PaymentsList, label: str, payments: Sequence[Payment]) -> Row:
    total, kept = sum(p.yen for p in payments), sum(p.withheld for p in payments)
    tax = (_yen(kept), _yen(total - kept)) if values.withholds else ()
    rest = len(columns(values)) - 4 - len(tax)
    sums: Sequence[Cell] = (_yen(total), *tax)
    if values.withholds:
        sums = [(Part(text, _NARROW_SUM),) for text in (_yen(total), *tax)]
    return Row(("", label, f"{len(payments)}件", *sums, *[""] * rest), strong=True)


def says(pdf: bytes, values: PaymentsList) -> bool:
    """Say whether a finished list, read again, agrees with ``values`` in all its yen and sums."""
    heads = columns(values)
    edges = list(accumulate((c.width for c in heads), initial=LEFT))
    at = [c.heading for c in heads].index("金額(円)")
    found = words(pdf)
    lines = {(w.page, round(w.y / 4)) for w in found if w.x < edges[1] and w.text.isdecimal()}
    rows: list[int] = []
    sums: list[int] = []
    for word in found:
        if edges[at] <= word.x < edges[at + 1] and is_yen(word.text):
            near = {(word.page, round(word.y / 4) + step) for step in (-1, 0, 1)}
            (rows if lines & near else sums).append(read_yen(word.text))
    yen = [payment.yen for payment in values.payments]
    pages = sums[:-1] or [sum(rows)]
    told = f"{len(yen)}件{_yen(values.total_yen)}円"
    true = rows == yen and sums[-1:] == [sum(rows)] and sum(pages) == sum(rows)
    return true and told in "".join("".join(word.text.split()) for word in found)


def _yen(yen: int) -> str:
    return f"△{-yen:,}" if yen < 0 else f"{yen:,}"


def _difference(yen: int) -> str:
    return f"+{yen:,}" if yen > 0 else _yen(yen)
