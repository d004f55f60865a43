"""提出状況一覧: areas by months, a shape in each cell and its word below (screen 20 on paper)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.board import STATES, Cell, Summary
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import fiscal_year_name
from kashiwa_desktop.reports.heading import Sender, heading
from kashiwa_desktop.reports.page import MM, WIDTH, Flow, Made, fit, save
from kashiwa_desktop.reports.table import Column, Row, Table
from kashiwa_desktop.reports.text import BODY, SMALL, Style

_TITLE = "提出状況一覧"
_MARK = Style("gothic", 9, 11.5)
_NAME = Style("mincho", 8.5, 11)


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One area with its promoter, and the cells of its months; None: not asked yet."""

    area: str
    name: str
    cells: Sequence[Cell | None]


@dataclass(frozen=True, slots=True)
class BoardList:
    """Everything that stands on the list; ``summary`` is of ``month``."""

    month: Month
    months: Sequence[Month]
    lines: Sequence[BoardLine]
    summary: Summary
    missing: Sequence[str] = ()


def render(value: BoardList, sender: Sender, out: Path | BinaryIO) -> Made:
    """Write the list as a PDF."""
    title = f"{_TITLE} {value.month.label()}分"
    return save(title, [fit(partial(compose, value, sender))], out)


def compose(value: BoardList, sender: Sender, air: float) -> Flow:
    """Lay the list out."""
    year = fiscal_year_name(value.month.fiscal_year)
    flow = Flow(sender.footer(_TITLE, year), f"{_TITLE} {year}", air)
    heading(flow, _TITLE, f"{year} ({value.month.label()}分まで)")
    s = value.summary
    text = (
        f"{value.month.label()}分: 受け取り {s.received}/{s.expected}件(期限内 {s.on_time}件)、"
        f"承認 {s.approved}件、差戻し {s.returned}件、未提出 {s.missing}件"
    )
    flow.write(text, BODY)
    flow.gap(2 * MM)
    width = 10 * MM
    rest = WIDTH - width * len(value.months)
    columns = (
        Column("地域", rest * 0.48, "left", _NAME), Column("推進員", rest * 0.52, "left", _NAME),
        *(Column(f"{m.number}月", width, "center", _MARK) for m in value.months),
    )  # fmt: skip
    rows = [Row((line.area, line.name, *map(_mark, line.cells))) for line in value.lines]
    Table(columns, rows, least=6.5 * MM).draw(flow)
    flow.gap(1.5 * MM)
    words = dict.fromkeys(f"{shape}{word}" for shape, word in STATES.values() if shape != "–")
    flow.write(f"{'  '.join(words)}  –休止・欠員・活動なし  遅=期限のあと", SMALL)
    if value.missing:
        flow.gap(3 * MM)
        flow.write(f"{value.month.label()}分がまだの方: {'、'.join(value.missing)}", BODY)
    return flow


def _mark(cell: Cell | None) -> str:
    if cell is None:
        return ""
    shape = "–" if cell.empty and cell.state == "received" else STATES[cell.state][0]
    return f"{shape}遅" if cell.late else shape
