"""Writing a spreadsheet: headings, rows, and every text as a text, never as a formula."""

import io
import re
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from kashiwa_desktop.excel import charts
from kashiwa_desktop.excel.charts import Chart
from kashiwa_desktop.progress import Progress

LONGEST = 32_000
"""Characters of one cell; the format itself ends at 32,767."""
_CUT = "…(長いので途中まで)"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_FONT = {"font_name": "BIZ UDPゴシック", "valign": "top"}
_A4 = 9
_ENTRY, _SYSTEM_AT, _LENGTHS_AT = 46, 5, 28
"""Bytes of a line in the list of parts of a ZIP file, and where in it the system stands."""
_UNIX = 3
_AT_ONCE = 200  # rows between two looks at ［中止］
_FORMATS: Mapping[str, Mapping[str, object]] = {
    "plain": {"text_wrap": True},
    "number": {"num_format": "#,##0"},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "head": {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#EDEDED"},
    "title": {"bold": True, "font_size": 14},
    "sum_text": {"bold": True, "top": 1},
    "sum": {"bold": True, "top": 1, "num_format": "#,##0"},
}

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading with the unit, and its width in half-width letters."""

    heading: str
    width: int = 16


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, what stands above the headings, the columns, one row a record.

    ``filters`` lets the person filter by the headings; ``sums`` says that the last row holds sums;
    ``shaded`` darkens numbers the higher they are; ``chart`` shows the sheet's own cells.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    above: Sequence[str] = ()
    filters: bool = False
    sums: bool = False
    shaded: bool = False
    upright: bool = False
    chart: Chart | None = None


def write(tables: Sequence[Table], made_at: datetime, progress: Progress | None = None) -> bytes:
    """Return an .xlsx file: text as text, numbers and dates as such, nothing merged, no formula.

    The same bytes for the same ``made_at`` on every system. CancelledError once ［中止］ was
    pressed.
    """
    import xlsxwriter

    data = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(data, options)
    inks = {name: book.add_format({**_FONT, **more}) for name, more in _FORMATS.items()}
    for number, table in enumerate(tables, start=1):
        page = book.add_worksheet(_sheet_name(table.name, number))
        _Sheet(page, table, inks, progress or Progress()).write()
        if table.chart:
            charts.put(book, page, table.chart, len(table.above), _shape(table))
    (progress or Progress()).step("Excelの形にしています", 0, 0)
    book.set_properties({"created": made_at.astimezone(UTC).replace(tzinfo=None)})
    book.close()
    return _made_anywhere(data.getvalue())


def _made_anywhere(packed: bytes) -> bytes:
    """Say of each part that it was packed on the same kind of system, whichever it was."""
    said = bytearray(packed)
    with zipfile.ZipFile(io.BytesIO(packed)) as book:
        place = book.start_dir
        for _ in book.infolist():
            said[place + _SYSTEM_AT] = _UNIX
            lengths = struct.unpack_from("<HHH", packed, place + _LENGTHS_AT)
            place += _ENTRY + sum(lengths)
    return bytes(said)


def _shape(table: Table) -> tuple[int, int]:
    """Return how many rows and columns of a table are not sums."""
    return len(table.rows) - table.sums, len(table.columns)


class _Sheet:
    """One sheet on its way into the book."""

    def __init__(
        self, page: Any, table: Table, inks: Mapping[str, Any], progress: Progress
    ) -> None:
        self.page, self.table, self.inks, self.progress = page, table, inks, progress
        self.head = len(table.above)

    def write(self) -> None:
        for line, text in enumerate(self.table.above):
            title = self.inks["title"] if line == 0 else None
            self.page.write_string(line, 0, _short(text), title)
        for place, column in enumerate(self.table.columns):
            self.page.set_column(place, place, column.width)
            self.page.write_string(self.head, place, column.heading, self.inks["head"])
        self._write_rows()
        self._set_up()

    def _write_rows(self) -> None:
        rows = self.table.rows
        for number, row in enumerate(rows):
            if number % _AT_ONCE == 0:
                self.progress.step("Excelの形にしています", number, len(rows))
            last = self.table.sums and number == len(rows) - 1
            for place, cell in enumerate(row):
                self._put(self.head + 1 + number, place, cell, "sum" if last else "")

    def _put(self, line: int, place: int, cell: Cell, kind: str) -> None:
        if isinstance(cell, int):
            self.page.write_number(line, place, cell, self.inks[kind or "number"])
        elif isinstance(cell, date):
            self.page.write_datetime(line, place, cell, self.inks["day"])
        elif cell:
            ink = self.inks["sum_text" if kind else "plain"]
            self.page.write_string(line, place, _short(cell), ink)

    def _set_up(self) -> None:
        page, rows, columns = self.page, len(self.table.rows), len(self.table.columns)
        page.freeze_panes(self.head + 1, 1 if self.table.sums else 0)
        if self.table.filters and columns:
            page.autofilter(self.head, 0, self.head + max(rows, 1), columns - 1)
        if self.table.shaded and rows > 1:
            box = (self.head + 1, 1, self.head + rows - self.table.sums, columns - 2)
            scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#9E9E9E"}
            page.conditional_format(*box, scale)
        if not self.table.upright:
            page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(self.head)
        page.set_footer("&L取扱注意&R&P / &N")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + _CUT


def _sheet_name(text: str, number: int) -> str:
    """Return a name the format allows: at most 31 characters, some signs not among them."""
    return _NOT_IN_NAMES.sub(" ", text)[:31].strip() or f"表{number}"
