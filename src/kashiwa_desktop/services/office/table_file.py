"""The file of a table of the roster (CSV): its columns, its lines, and what a cell may not do.

UTF-8, with or without a byte-order mark in, always with one out, so that a spreadsheet shows the
names. A cell that a spreadsheet would run as a formula is written with an apostrophe before it,
which is taken off again when it comes back.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kashiwa_desktop.domain.area_statistics import COUNTS
from kashiwa_desktop.domain.places import BEGINNING
from kashiwa_desktop.errors import AppError, RefusedError, WrongUsageError

AREA_COLUMNS = ("code", "name", "kana", "zone", "order", "from", "to")
COLUMNS = {
    "areas": AREA_COLUMNS,
    "places": ("kind", "code", "name", "kana", "order", "of", "phone", "from", "to"),
    "appointments": ("promoter", "name", "kana", "area", "from", "to", "yen"),
    "contacts": ("promoter", "phone", "address"),
    "proxies": ("promoter", "name", "standing", "from", "to"),
    "statistics": ("area", "on", *COUNTS),
    "ceilings": ("form", "subsidy", "purpose", "from", "to", "yen", "percent"),
}
_NEEDED = {
    "areas": {"code", "name"},
    "places": {"kind", "code", "name"},
    "appointments": {"promoter", "name", "area", "from"},
    "contacts": {"promoter"},
    "proxies": {"promoter", "name", "from"},
    "statistics": {"area", "on", "population"},
    "ceilings": {"form", "subsidy", "yen"},
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; ``n`` is its number in the file."""

    n: int
    cells: dict[str, str]

    def text(self, name: str) -> str:
        return self.cells.get(name, "")

    def filled(self, name: str) -> str:
        """Return a cell that may not be empty; ValueError."""
        if not self.text(name):
            raise ValueError("this column is required")
        return self.text(name)

    def day(self, name: str) -> date | None:
        return date.fromisoformat(self.text(name)) if self.text(name) else None

    def first(self) -> date:
        return self.day("from") or BEGINNING

    def order(self) -> int:
        return int(self.text("order") or self.n)


@contextmanager
def named_row(line: Line) -> Iterator[None]:
    """Say in words which line a person has to look at."""
    try:
        yield
    except ValueError as error:
        raise RefusedError(f"表の{line.n}行目をご確認ください。", code="row") from error
    except AppError as error:
        raise RefusedError(f"表の{line.n}行目: {error.text}", code=error.code) from error


def read_lines(kind: str, path: Path) -> list[Line]:
    """Read a table's lines; RefusedError in words where it is not that table."""
    if kind not in COLUMNS:
        raise WrongUsageError(f"知らない表です: {kind}", code="kind")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RefusedError(f"表が読めません: {path.name}", code="unreadable") from error
    except UnicodeDecodeError as error:
        raise RefusedError("表は UTF-8 で保存してください。", code="encoding") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if rows.fieldnames is None or not set(rows.fieldnames) >= _NEEDED[kind]:
        columns = ",".join(COLUMNS[kind])
        raise RefusedError(f"表の1行目は {columns} にしてください。", code="columns")
    return [Line(n, _cells(row)) for n, row in enumerate(rows, start=2)]


def _cells(row: dict[str, str | None]) -> dict[str, str]:
    found = {}
    for name, cell in row.items():
        text = (cell if isinstance(cell, str) else "").strip()
        found[name] = text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text
    return found


def safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
