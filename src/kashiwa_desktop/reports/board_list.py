"""提出状況一覧: where every area stands in a month, zone by zone, and how the year went so far.

The month that was asked for is told in words (screen 20 on paper); the months before it in its
fiscal year stand beside it as shapes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.board import STATES, Cell, Summary, summary
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.reports.parts.heading import Sender, heading, section
from kashiwa_desktop.reports.parts.page import MM, WIDTH, Flow, Made, fit, save
from kashiwa_desktop.reports.parts.table import Column, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, SMALL, Style

_TITLE = "提出状況一覧"
_MARK = Style("gothic", 8, 11)
_STATE = Style("gothic", 9, 11.5)
_NAME = Style("mincho", 9, 11.5)
_NARROW = 8 * MM
_WIDEST = 124 * MM  # of all months together: the last one takes what the others leave
_NOTHING = {"suspended": "休止", "vacant": "欠員"}


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One area with its promoter, and the cells of its months; None: somebody else's month."""

    area: str
    name: str
    cells: Sequence[Cell | None]
    zone: str = ""


@dataclass(frozen=True, slots=True)
class BoardList:
    """Everything that stands on the list; ``summary`` is of ``month``, the last of ``months``."""

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
    """Lay the list out: one table for each zone, or one for all where there are no zones."""
    month = f"{value.month.label()}分"
    flow = Flow(sender.footer(_TITLE, month), f"{_TITLE} {month}", air)
    heading(flow, _TITLE, f"({month})")
    s = value.summary
    text = (
        f"受け取り {s.received}/{s.expected}件(締切まで {s.on_time}件)、"
        f"承認 {s.approved}件、差戻し {s.returned}件、未提出 {s.missing}件"
    )
    flow.write(text, BODY)
    flow.gap(1 * MM)
    zones: dict[str, list[BoardLine]] = {}
    for line in value.lines:
        zones.setdefault(line.zone, []).append(line)
    for zone, lines in zones.items():
        if len(zones) > 1:
            section(flow, _zone_words(zone, lines))
        Table(_columns(value), [_row(line) for line in lines], least=6.5 * MM).draw(flow)
        flow.gap(1 * MM)
    flow.gap(0.5 * MM)
    words = dict.fromkeys("".join(STATES[state]) for state in STATES if state not in _NOTHING)
    marks = f"{'  '.join(words)}  なし=活動がなかった月  遅=締切のあと"
    flow.write(marks, SMALL)
    if value.missing:
        flow.gap(3 * MM)
        flow.write(f"{month}がまだの方: {'、'.join(value.missing)}", BODY)
    return flow


def _zone_words(zone: str, lines: Sequence[BoardLine]) -> str:
    told = summary(cell for line in lines if (cell := line.cells[-1]))
    name = zone or "圏域 未設定"
    return f"{name}  {told.expected}地域のうち{told.received}地域から届いています"


def _columns(value: BoardList) -> tuple[Column, ...]:
    *before, month = value.months
    wide = min(43 * MM, _WIDEST - _NARROW * len(before))
    rest = WIDTH - _NARROW * len(before) - wide
    return (
        Column("地域", rest / 2, "left", _NAME), Column("推進員", rest / 2, "left", _NAME),
        *(Column(f"{m.number}月", _NARROW, "center", _MARK) for m in before),
        Column(month.short(), wide, "left", _STATE),
    )  # fmt: skip


def _row(line: BoardLine) -> Row:
    *before, month = line.cells
    return Row((line.area, line.name, *map(_mark, before), _words(month)))


def _mark(cell: Cell | None) -> str:
    if cell is None:
        return ""
    shape = _NOTHING.get(cell.state, STATES[cell.state][0])
    if cell.empty and cell.state == "received":
        shape = "なし"
    return f"{shape}遅" if cell.late else shape


def _words(cell: Cell | None) -> str:
    """Say everything that is known of the month that was asked for, as the screen does."""
    if cell is None:
        return ""
    words = [_NOTHING.get(cell.state, cell.word)]
    if cell.empty and cell.state != "received":
        words.append("活動なし")
    if cell.late:
        words.append("遅")
    lines = [" ".join(words)]
    if cell.changed_after_close:
        lines.append(f"締めのあと変更({cell.changed_after_close})")
    if cell.changed_after_approval:
        lines.append(f"承認のあと変更({cell.changed_after_approval})")
    return "\n".join(lines)
