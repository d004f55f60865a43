"""Ruled tables whose cells wrap, whose rows may break over pages, and whose headings repeat."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from kashiwa_desktop.reports.parts.page import LEFT, THICK, THIN, WIDTH, Flow, Rule, Shade
from kashiwa_desktop.reports.parts.text import (
    CELL,
    LABEL,
    STRONG,
    Align,
    Line,
    Style,
    height,
    layout,
)

REST = 0.0
"""The width of a column that takes what the others leave; several of them share it equally."""

_PAD = 3.2
_PAD_TOP = 1.8
_KEEP_WHOLE = 6  # lines; a longer row may break over pages
_LABEL_LINES = 3  # of a label that is said again where its row goes on


class Column(NamedTuple):
    """A column: its heading, its width in points, and where its cells stand.

    ``REST`` takes what the other columns leave of the paper's width. A column of labels lies on
    grey ground; in a ``top`` column texts begin at the upper edge.
    """

    heading: str
    width: float
    align: Align = "left"
    style: Style = CELL
    label: bool = False
    top: bool = False


class Part(NamedTuple):
    """A piece of a cell in a style of its own, such as a フリガナ above a name."""

    text: str
    style: Style


Cell = str | tuple[Part, ...]


class Row(NamedTuple):
    """A row of cells; a strong one is a sum, on grey ground."""

    cells: Sequence[Cell]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be drawn down a flow of pages.

    ``page_sum`` is asked for the sum of one page, given the numbers of the rows that begin on it;
    it is drawn where the table takes more than one page. An ``open`` table has no frame and no
    upright lines, only a line under each row, to be written on.
    """

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    last: Row | None = None
    page_sum: Callable[[Sequence[int]], Row] | None = None
    heads: bool = True
    open: bool = False
    least: float = 0  # height of a row, points

    def __post_init__(self) -> None:
        open_ended = sum(c.width == REST for c in self.columns)
        if open_ended:
            each = (WIDTH - sum(c.width for c in self.columns)) / open_ended
            filled = (c if c.width != REST else c._replace(width=each) for c in self.columns)
            object.__setattr__(self, "columns", tuple(filled))

    def draw(self, flow: Flow, x: float = LEFT) -> None:
        """Draw the table from the cursor on, over as many pages as it takes."""
        _Drawing(self, flow, x).draw()

    def tall(self, air: float) -> float:
        """Return the height of the whole table on one endless page, in points."""
        rows = [*self.rows, *([self.last] if self.last else [])]
        heads = self.head_height() if self.heads else 0.0
        return heads + sum(self.row_height(self.lines_of(row), air) for row in rows)

    def head_height(self) -> float:
        return max(height(lines) for lines in self.heading_lines()) + 2 * _PAD_TOP

    def heading_lines(self) -> list[Sequence[Line]]:
        return [layout(c.heading, LABEL, c.width - 2 * _PAD) for c in self.columns]

    def lines_of(self, row: Row) -> list[Sequence[Line]]:
        """Return the lines of every cell of a row, each no wider than its cell."""
        return [
            cell_lines(cell, STRONG if row.strong else column.style, column.width)
            for cell, column in zip(row.cells, self.columns, strict=True)
        ]

    def row_height(self, cells: Sequence[Sequence[Line]], air: float) -> float:
        return max(self.least * air, *(height(lines) + 2 * _PAD_TOP for lines in cells))


def cell_lines(cell: Cell, style: Style, width: float) -> Sequence[Line]:
    """Lay out one cell of ``width`` points, its padding included."""
    parts = (Part(cell, style),) if isinstance(cell, str) else cell
    return [line for p in parts for line in layout(p.text, p.style, width - 2 * _PAD)]


class _Drawing:
    """One table on its way down the pages."""

    def __init__(self, table: Table, flow: Flow, x: float) -> None:
        self.table, self.flow = table, flow
        self.edges = list(accumulate((c.width for c in table.columns), initial=x))
        self.top = flow.y
        self.on_page: list[int] = []
        self.turned = False

    def draw(self) -> None:
        rows = [self.table.lines_of(row) for row in self.table.rows]
        first = self._height(rows[0]) if rows else 0.0
        self.flow.need(self._heads_height() + min(first, 4 * CELL.leading) + self._reserve())
        self._open()
        for number, (row, cells) in enumerate(zip(self.table.rows, rows, strict=True)):
            self._row(cells, number, strong=row.strong)
        if self.turned:
            self._sum_page()
        if self.table.last:
            self._row(self.table.lines_of(self.table.last), None, strong=True)
        self._close()

    def _row(self, cells: Sequence[Sequence[Line]], number: int | None, *, strong: bool) -> None:
        tall = self._height(cells)
        reserve = self._reserve() if number is not None else 0.0
        longest = max(map(len, cells))
        if tall + reserve > self.flow.room and (longest <= _KEEP_WHOLE or not self._fits(cells)):
            self._turn()
        if number is not None:
            self.on_page.append(number)
        broken = False
        while self._height(cells) + reserve > self.flow.room:
            room = self.flow.room - reserve - 2 * _PAD_TOP
            pieces = [_cut(lines, room) for lines in cells]
            self._draw_row([piece[0] for piece in pieces], strong=strong, broken=True)
            cells = self._rest(cells, [piece[1] for piece in pieces])
            broken = True
            self._turn()
        self._draw_row(cells, strong=strong, broken=broken)

    def _rest(
        self, before: Sequence[Sequence[Line]], after: list[Sequence[Line]]
    ) -> list[Sequence[Line]]:
        """Return what is left of a broken row; short labels stand beside the rest once more."""
        columns = self.table.columns
        for number, (column, lines) in enumerate(zip(columns, before, strict=False)):
            if column.label and len(lines) <= _LABEL_LINES:
                after[number] = lines
        return after

    def _fits(self, cells: Sequence[Sequence[Line]]) -> bool:
        """Say whether at least three lines of a long row fit on this page."""
        three = max(height(lines[:3]) for lines in cells)
        return three + 2 * _PAD_TOP + self._reserve() <= self.flow.room

    def _draw_row(
        self, cells: Sequence[Sequence[Line]], *, strong: bool, broken: bool = False
    ) -> None:
        """Draw a row; its cells stand in the middle unless one of them is long, labels also then.

        Of a broken row everything begins at the upper edge.
        """
        page, y = self.flow.page, self.flow.y
        tall, short = self._height(cells), max(map(len, cells)) <= _KEEP_WHOLE
        if strong:
            page.shades.append(Shade(self.edges[0], y, self.edges[-1] - self.edges[0], tall))
        for column, left, lines in zip(self.table.columns, self.edges, cells, strict=False):
            if column.label:
                page.shades.append(Shade(left, y, column.width, tall))
            middle = (column.label or short) and not column.top and not broken
            down = (tall - height(lines)) / 2 if middle else _PAD_TOP
            page.write(lines, left + _PAD, y + down, column.width - 2 * _PAD, column.align)
        self.flow.y += tall
        page.rules.append(Rule(self.edges[0], self.flow.y, self.edges[-1], self.flow.y, THIN))

    def _open(self) -> None:
        self.top = self.flow.y
        if not self.table.heads:
            return
        page, y, tall = self.flow.page, self.flow.y, self._heads_height()
        page.shades.append(Shade(self.edges[0], y, self.edges[-1] - self.edges[0], tall))
        for column, left, lines in zip(
            self.table.columns, self.edges, self.table.heading_lines(), strict=False
        ):
            down = (tall - height(lines)) / 2
            page.write(lines, left + _PAD, y + down, column.width - 2 * _PAD, "center")
        self.flow.y += tall
        page.rules.append(Rule(self.edges[0], self.flow.y, self.edges[-1], self.flow.y, THIN))

    def _close(self) -> None:
        if self.table.open:
            return
        page, low = self.flow.page, self.flow.y
        for edge in self.edges[1:-1]:
            page.rules.append(Rule(edge, self.top, edge, low, THIN))
        page.frame(self.edges[0], self.top, self.edges[-1] - self.edges[0], low - self.top, THICK)

    def _turn(self) -> None:
        self.turned = True
        self._sum_page()
        self._close()
        self.flow.turn()
        self._open()

    def _sum_page(self) -> None:
        if self.table.page_sum:
            row = self.table.page_sum(self.on_page)
            self._draw_row(self.table.lines_of(row), strong=True)
            self.on_page = []

    def _reserve(self) -> float:
        """Points to be kept free for the sums under the rows."""
        if not self.table.page_sum:
            return 0.0
        rows = [self.table.page_sum(self.on_page), self.table.last]
        return sum(self._height(self.table.lines_of(row)) for row in rows if row)

    def _height(self, cells: Sequence[Sequence[Line]]) -> float:
        return self.table.row_height(cells, self.flow.air)

    def _heads_height(self) -> float:
        return self.table.head_height() if self.table.heads else 0.0


def _cut(lines: Sequence[Line], room: float) -> tuple[Sequence[Line], Sequence[Line]]:
    """Divide lines into those that fit into ``room`` points, at least one, and the rest.

    Of a long text two lines go on, not one.
    """
    used, count = 0.0, 0
    while count < len(lines) and (count == 0 or used + lines[count].style.leading <= room):
        used += lines[count].style.leading
        count += 1
    if count == len(lines) - 1 and count > _KEEP_WHOLE / 2:
        count -= 1  # no line goes on alone
    return lines[:count], lines[count:]
