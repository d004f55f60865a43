"""領収書: what the promoter signs where he is paid in cash (DOMAIN.md §3.1: 氏名は自署)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.domain.yen_words import amount_text
from kashiwa_desktop.reports.finished.placed_text import words
from kashiwa_desktop.reports.finished.rereading import UnreadableError, large_amounts
from kashiwa_desktop.reports.parts.page import (
    LEFT,
    MM,
    THICK,
    THIN,
    WIDTH,
    Flow,
    Footer,
    Made,
    Rule,
    fit,
    save,
)
from kashiwa_desktop.reports.parts.table import Column, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, LABEL, SMALL, TITLE, Style

_TITLE = "領収書"
_BIG = Style("mincho", 11, 15)
_AMOUNT = Style("mincho", 21, 27)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything that stands on one receipt; ``net`` in yen."""

    month: Month
    number: str
    name: str
    address: str
    addressee: str
    net: int
    paid_on: date
    voucher: str = ""
    amount_style: str = "arabic"
    seal: bool = True
    trial: bool = False


def render(values: Sequence[Receipt], out: Path | BinaryIO) -> Made:
    """Write the receipts, each on its own page."""
    return save(_TITLE, [fit(partial(compose, value)) for value in values], out)


def compose(value: Receipt, air: float) -> Flow:
    """Lay one receipt out."""
    month = f"{value.month.label()}分"
    footer = Footer((_TITLE, month, f"発行番号 {value.number}"), value.trial)
    flow = Flow(footer, f"{_TITLE} {value.number}", air)
    flow.gap(8 * MM)
    flow.write(_TITLE, TITLE, align="center")
    flow.gap(6 * MM)
    flow.write(value.addressee, _BIG)
    flow.gap(10 * MM)
    flow.write(amount_text(value.net, value.amount_style), _AMOUNT, align="center")
    left, right = LEFT + 30 * MM, LEFT + WIDTH - 30 * MM
    for down, weight in ((1.0, THICK), (3.0, THIN)):
        flow.page.rules.append(Rule(left, flow.y + down, right, flow.y + down, weight))
    flow.y += 8
    _reason(flow, value, month)
    _signature(flow, value)
    return flow


def says(pdf: bytes, values: Sequence[Receipt]) -> bool:
    """Say whether finished receipts, read again, state the yen of ``values`` in this order."""
    try:
        return large_amounts(words(pdf)) == [value.net for value in values]
    except UnreadableError:
        return False


def _reason(flow: Flow, value: Receipt, month: str) -> None:
    text = f"ただし、{month} 地域支えあい推進員 委託金(活動・報償費)として(発行番号 {value.number})"
    flow.write(text, BODY, align="center")
    flow.gap(5 * MM)
    flow.write("上記の金額を、現金で受け取りました。", _BIG, x=LEFT + 10 * MM)
    flow.gap(8 * MM)
    flow.write(long_date(value.paid_on, weekday=False), _BIG, x=LEFT + 10 * MM)
    flow.gap(6 * MM)


def _signature(flow: Flow, value: Receipt) -> None:
    """Draw the lines to be signed: the name is written by the person himself."""
    columns = (
        Column("", 22 * MM, "left", LABEL),
        Column("", WIDTH - 97 * MM, "left", BODY),
        Column("", 15 * MM, "center", _BIG),
    )
    rows = (
        Row(("住所", value.address, "")),
        Row((f"氏名{'' if value.seal else '(自署)'}", "", "㊞" if value.seal else "")),
    )
    Table(columns, rows, heads=False, open=True, least=12 * MM).draw(flow, LEFT + 60 * MM)
    flow.gap(6 * MM)
    note = f"受け取る方 {value.name} 様。氏名はご本人がお書きください。"
    flow.write(f"{note} 伝票番号 {value.voucher or '－'}", SMALL)
