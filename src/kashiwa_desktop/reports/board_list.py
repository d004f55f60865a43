"""提出状況一覧: where every area stands in a month, zone by zone, and how the year went so far.

The month that was asked for is told in words (screen 20 on paper); the months before it in its
fiscal year stand beside it as shapes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.board import STATES, Cell, Summary, summary
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.reports.paper import Block, Document, Gap, Heading, Passage, Title, write
from kashiwa_desktop.reports.parts.heading import Sender
from kashiwa_desktop.reports.parts.page import MM, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Row, Table
from kashiwa_desktop.reports.parts.text import SMALL, Style

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
    return write(title, [paper(value, sender)], out)


def paper(value: BoardList, sender: Sender) -> Document:
    """Say what stands on the list: one table for each zone, or one where there are no zones."""
    month = f"{value.month.label()}分"
    s = value.summary
    text = (
        f"受け取り {s.received}/{s.expected}件(締切まで {s.on_time}件)、"
        f"承認 {s.approved}件、差戻し {s.returned}件、未提出 {s.missing}件"
    )
    words = dict.fromkeys("".join(STATES[state]) for state in STATES if state not in _NOTHING)
    marks = f"{'  '.join(words)}  なし=活動がなかった月  遅=締切のあと"
    blocks: list[Block] = [
        Title(_TITLE, f"({month})"), Passage(text), Gap(1), *_zones(value), Gap(0.5),
        Passage(marks, SMALL),
    ]  # fmt: skip
    if value.missing:
        blocks += [Gap(3), Passage(f"{month}がまだの方: {'、'.join(value.missing)}")]
    return Document(f"{_TITLE} {month}", sender.footer(_TITLE, month), blocks)


def _zones(value: BoardList) -> Iterator[Block]:
    zones: dict[str, list[BoardLine]] = {}
    for line in value.lines:
        zones.setdefault(line.zone, []).append(line)
    for zone, lines in zones.items():
        if len(zones) > 1:
            yield Heading(_zone_words(zone, lines))
        yield Table(_columns(value), [_row(line) for line in lines], least=6.5 * MM)
        yield Gap(1)


def _zone_words(zone: str, lines: Sequence[BoardLine]) -> str:
    told = summary(cell for line in lines if (cell := line.cells[-1]))
    name = zone or "圏域 未設定"
    return f"{name}  {told.expected}地域のうち{told.received}地域から届いています"


def _columns(value: BoardList) -> tuple[Column, ...]:
    *before, month = value.months
    wide = min(43 * MM, _WIDEST - _NARROW * len(before))
    return (
        Column("地域", REST, "left", _NAME), Column("推進員", REST, "left", _NAME),
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
