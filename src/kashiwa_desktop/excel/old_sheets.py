"""Reading an old table as it is: .xlsx or .csv, values only, never a formula, never changed."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from kashiwa_desktop.domain.old_sheet import Cell, OldSheet
from kashiwa_desktop.errors import PlaceError, RefusedError

ENDINGS = (".xlsx", ".xlsm", ".csv", ".txt")
MOST_BYTES = 20_000_000
MOST_UNPACKED = 300_000_000
MOST_ROWS, MOST_COLUMNS = 5_000, 60

_SENTENCES = {
    "old_excel": "古い形のExcel(.xls)です。Excelで開いて「Excelブック(.xlsx)」で保存してから、"
    "もう一度お試しください。",
    "kind": "この種類のファイルは読めません。Excel(.xlsx)かCSVのファイルをお選びください。",
    "large": "ファイルが大きすぎます。必要な行だけの表にしてから、もう一度お試しください。",
    "damaged": "ファイルを読み取れません。Excelで開けるかどうかをご確認ください。",
    "letters": "文字が読み取れません。Excelで開いて「Excelブック(.xlsx)」で保存してください。",
    "empty": "表に何も書かれていません。",
}


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows as they come, before empty ones at the end are left out."""

    name: str
    rows: list[tuple[Cell, ...]]


def read(path: Path) -> list[OldSheet]:
    """Return the sheets of a file that hold anything; RefusedError, PlaceError in words."""
    ending = path.suffix.lower()
    if ending == ".xls":
        raise _refused("old_excel")
    if ending not in ENDINGS:
        raise _refused("kind")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refused("large")
        found = _csv(path) if ending in (".csv", ".txt") else _excel(path)
    except OSError as error:
        text = "ファイルを読み取れません。ほかのソフトで開いていたら、閉じてください。"
        raise PlaceError(text, code="no_reading") from error
    sheets = [OldSheet(one.name, tuple(one.rows)) for one in found if any(map(any, one.rows))]
    if not sheets:
        raise _refused("empty")
    return sheets


def _csv(path: Path) -> list[_Rows]:
    text = _decoded(path.read_bytes())
    first = text[:4000]
    mark = max(",\t;", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        return [_Rows(path.stem, list(_limited(rows)))]
    except csv.Error as error:
        raise _refused("damaged") from error


def _decoded(data: bytes) -> str:
    """Read UTF-8 or what Excel in Japan writes (cp932, which has 髙 and ①, unlike Shift_JIS)."""
    for encoding in ("utf-8-sig", "cp932", "utf-16"):
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise _refused("letters")


def _excel(path: Path) -> list[_Rows]:
    _check_unpacked(path)
    from openpyxl import load_workbook

    data = io.BytesIO(path.read_bytes())  # the file itself is not held open
    try:
        book = load_workbook(data, read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [s for s in book.worksheets if s.sheet_state == "visible"]
            return [_Rows(s.title, list(_limited(s.iter_rows(values_only=True)))) for s in sheets]
        finally:
            book.close()
    except RefusedError:
        raise
    except Exception as error:  # whatever a foreign file makes the reader stumble over
        raise _refused("damaged") from error


def _check_unpacked(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise _refused("large")
    except zipfile.BadZipFile as error:
        raise _refused("damaged") from error


def _limited(rows: Iterable[Iterable[Any]]) -> Iterator[tuple[Cell, ...]]:
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            raise _refused("large")
        yield tuple(_value(cell) for cell in list(row)[:MOST_COLUMNS])


def _value(cell: Any) -> Cell:
    """Return a cell as one of a few plain values; what is empty becomes None."""
    if isinstance(cell, datetime):
        return cell.time() if cell.year < 1901 else cell.date()
    if isinstance(cell, timedelta):
        return f"{int(cell.total_seconds()) // 60}分"
    if isinstance(cell, date | time):
        return cell
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return int(cell) if cell == int(cell) else str(cell)
    return str(cell).strip() or None


def _refused(code: str) -> RefusedError:
    return RefusedError(_SENTENCES[code], code=code)
