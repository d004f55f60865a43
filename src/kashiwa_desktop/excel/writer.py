"""Writing a spreadsheet: headings, rows, and every text as a text, never as a formula."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 32_000
"""Characters of one cell; the format itself ends at 32,767."""
_CUT = "…(長いので途中まで)"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading with the unit, and its width in half-width letters."""

    heading: str
    width: int = 16


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, what stands above the headings, the columns, one row a record."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    above: Sequence[str] = ()


def write(tables: Sequence[Table]) -> bytes:
    """Return an .xlsx file: text as text, whole numbers as numbers, nothing merged, no formula."""
    import xlsxwriter

    data = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(data, options) as book:
        font = {"font_name": "BIZ UDPゴシック", "valign": "top"}
        plain = book.add_format({**font, "text_wrap": True})
        strong = book.add_format({**font, "bold": True, "text_wrap": True, "border": 1})
        for number, table in enumerate(tables, start=1):
            _write_table(book.add_worksheet(_sheet_name(table.name, number)), table, plain, strong)
    return data.getvalue()


def _write_table(sheet: object, table: Table, plain: object, strong: object) -> None:
    page: Any = sheet
    for line, text in enumerate(table.above):
        page.write_string(line, 0, _short(text), None)
    head = len(table.above)
    for place, column in enumerate(table.columns):
        page.set_column(place, place, column.width)
        page.write_string(head, place, column.heading, strong)
    for line, row in enumerate(table.rows, start=head + 1):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                page.write_number(line, place, cell, plain)
            elif cell:
                page.write_string(line, place, _short(cell), plain)
    page.freeze_panes(head + 1, 0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + _CUT


def _sheet_name(text: str, number: int) -> str:
    """Return a name the format allows: at most 31 characters, some signs not among them."""
    return _NOT_IN_NAMES.sub(" ", text)[:31].strip() or f"表{number}"
