"""集計 as it stands on the screen: one table on paper, the numbers letter for letter the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.crosstab import MEASURES, UNITS, Crosstab, Line, words
from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.reports.paper import Block, Document, Gap, Passage, PlotBlock, Title, write
from kashiwa_desktop.reports.parts.heading import Sender
from kashiwa_desktop.reports.parts.page import MM, WIDTH, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Row, Table
from kashiwa_desktop.reports.parts.text import SMALL, Style, layout

_TITLE = "活動集計"
_PLOTS = "活動の図"
_BEFORE = "期首"
_CELL = Style("mincho", 8, 10.5)
_NAME = 38 * MM
_LEAST = 9.4 * MM
_PAD = 7.0  # points of a cell left and right of its text


@dataclass(frozen=True, slots=True)
class TotalsPaper:
    """Everything on the paper: what stands downwards and across, of what time, which records."""

    what: str
    time: str
    which: str
    measure: str
    numbers: Crosstab
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class PlotsPaper:
    """The plots of a fiscal year with their numbers, by their titles."""

    time: str
    which: str
    plots: Sequence[tuple[str, Plot]]


def render(value: TotalsPaper, sender: Sender, out: Path | BinaryIO) -> Made:
    """Write the table as a PDF."""
    return write(f"{_TITLE} {value.time}", [paper(value, sender)], out)


def render_plots(value: PlotsPaper, sender: Sender, out: Path | BinaryIO) -> Made:
    """Write the plots as a PDF."""
    return write(f"{_PLOTS} {value.time}", [plots_paper(value, sender)], out)


def plots_paper(value: PlotsPaper, sender: Sender) -> Document:
    """Say what stands on the paper of plots."""
    blocks: list[Block] = [
        Title(_PLOTS, value.time, value.which),
        *(PlotBlock(title, plot) for title, plot in value.plots),
    ]
    footer = sender.footer(_PLOTS, value.time)
    return Document(f"{_PLOTS} {value.time}", footer, blocks, closer=False)


def paper(value: TotalsPaper, sender: Sender) -> Document:
    """Say what stands on the paper; columns that do not fit beside each other lie below."""
    what = f"{MEASURES[value.measure]}({UNITS[value.measure]})"
    blocks: list[Block] = [Title(_TITLE, f"{value.time} {what}", value.which)]
    for columns in _side_by_side(value):
        blocks += [_table(value, columns), Gap(2)]
    blocks += [Passage(note, SMALL) for note in value.notes]
    return Document(f"{_TITLE} {value.time}", sender.footer(_TITLE, value.time), blocks)


def _columns(value: TotalsPaper) -> list[tuple[str, list[str]]]:
    """Return every column: its heading, and its words from the first line to the sums."""
    lines = (*value.numbers.lines, value.numbers.last)
    found = []
    if value.numbers.has_before and value.measure == "count":
        found.append((_BEFORE, [f"{x.before:,}" if x.before else "–" for x in lines]))
    for n, (_, name) in enumerate(value.numbers.columns):
        found.append((name, [words(x.cells[n], value.measure) for x in lines]))
    return [*found, ("計", [words(x.whole, value.measure) for x in lines])]


def _side_by_side(value: TotalsPaper) -> list[list[tuple[str, list[str]]]]:
    """Return the columns in groups that fit beside each other, nearly equal in number."""
    columns = _columns(value)
    widest = max(_wide(cell) for _, cells in columns for cell in cells)
    most = max(1, int((WIDTH - _NAME) / max(_LEAST, widest)))
    parts = -(-len(columns) // most)
    each = -(-len(columns) // parts)
    return [columns[at : at + each] for at in range(0, len(columns), each)]


def _wide(text: str) -> float:
    return max(line.width for line in layout(text, _CELL, WIDTH)) + _PAD


def _table(value: TotalsPaper, columns: Sequence[tuple[str, Sequence[str]]]) -> Table:
    head = [Column(value.what, _NAME, "left", _CELL)]
    head += [Column(name, REST, "right", _CELL) for name, _ in columns]

    def row(n: int, line: Line, *, strong: bool = False) -> Row:
        return Row((line.name, *(cells[n] for _, cells in columns)), strong=strong)

    lines = value.numbers.lines
    rows = [row(n, line) for n, line in enumerate(lines)]
    return Table(tuple(head), rows, row(len(lines), value.numbers.last, strong=True))
