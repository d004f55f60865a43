"""The file of a table (CSV): its columns, its lines, and what a cell may not do.

UTF-8, with or without a byte-order mark, or what a spreadsheet in Japan writes (cp932); always
UTF-8 with a mark out, so that a spreadsheet shows the names. What a spreadsheet leaves behind
(lines of commas, days with slashes, wide digits) is read; what cannot be read is said with its line
and its column. A cell that a spreadsheet would run as a formula is written with an apostrophe
before it, which is taken off again when it comes back.
"""

import codecs
import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from kashiwa_desktop.domain import codes
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
WORDS = {
    "code": "番号", "name": "名前", "kana": "フリガナ", "zone": "圏域", "order": "並び順",
    "from": "始まりの日", "to": "終わりの日", "kind": "種類", "of": "受け持ち", "phone": "電話",
    "promoter": "推進員の番号", "area": "地域", "yen": "金額", "address": "住所",
    "standing": "立場", "on": "いつの数か", **COUNTS, "form": "形", "subsidy": "補助",
    "purpose": "使いみち", "percent": "割合(%)", "year": "年度", "category": "区分",
    "type": "種別", "count": "回数", "days": "日数", "minutes": "時間(分)",
    "attendees": "参加人数",
}  # fmt: skip
"""What the columns are called on the screens."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_EXCEL = "cp932"
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; ``n`` is its number in the file, ``table`` what the file is called."""

    n: int
    cells: dict[str, str]
    table: str = "表"

    def text(self, name: str) -> str:
        return self.cells.get(name, "")

    def filled(self, name: str) -> str:
        """Return a cell that may not be empty; RefusedError."""
        if not self.text(name):
            raise self.wrong(name, "書いてください")
        return self.text(name)

    def day(self, name: str) -> date | None:
        if not self.text(name):
            return None
        return self._read(name, codes.day, "日付(2015-04-01 か 2015/4/1)で書いてください")

    def day_filled(self, name: str) -> date:
        self.filled(name)
        return self.day(name) or BEGINNING

    def first(self) -> date:
        return self.day("from") or BEGINNING

    def number(self, name: str) -> int | None:
        """Return a whole number; None where nothing stands."""
        if not self.text(name):
            return None
        return self._read(name, codes.number, "数で書いてください")

    def order(self) -> int:
        found = self.number("order")
        return self.n if found is None else found

    def one_of(self, name: str, known: Collection[str]) -> str:
        """Return a cell that holds one of these words; RefusedError names them."""
        if self.text(name) not in known:
            raise self.wrong(name, f"{'、'.join(known)} のどれかにしてください")
        return self.text(name)

    def matched(self, name: str, known: Collection[str]) -> "Line":
        """Return the line with the known code that its cell means; RefusedError where unclear."""
        try:
            return replace(self, cells={**self.cells, name: codes.meant(self.text(name), known)})
        except codes.UnclearCodeError as error:
            text = f"{'と'.join(error.codes)}のどちらか、分かりません。0を付けて書いてください"
            raise self.wrong(name, text) from error

    def wrong(self, name: str, text: str) -> RefusedError:
        """Return the refusal of a cell: where it stands, and what would be right."""
        column = f"「{WORDS[name]}」(列 {name})" if name in WORDS else f"列 {name} "
        return self.refused(f"{column}は、{text}。")

    def refused(self, text: str, code: str = "row") -> RefusedError:
        return RefusedError(f"{self.table}の{self.n}行目: {text}", code=code, n=self.n)

    def _read(self, name: str, read: Callable[[str], Value], text: str) -> Value:
        try:
            return read(self.text(name))
        except ValueError as error:
            raise self.wrong(name, text) from error


@dataclass(frozen=True, slots=True)
class Clash:
    """Lines of one table that contradict each other (or one that contradicts itself)."""

    lines: tuple[Line, ...]
    text: str

    @property
    def n(self) -> int:
        return self.lines[-1].n

    def refusal(self) -> RefusedError:
        which = "と".join(f"{line.n}行目" for line in self.lines)
        return RefusedError(f"{self.lines[0].table}の{which}: {self.text}", code="contradiction")


@contextmanager
def named_row(line: Line) -> Iterator[None]:
    """Say in words which line a person has to look at."""
    try:
        yield
    except AppError as error:
        if error.text.startswith(line.table):
            raise
        raise line.refused(error.text, error.code) from error


def read_lines(kind: str, path: Path) -> list[Line]:
    """Read the lines of a table of the roster; RefusedError in words where it is not that table."""
    if kind not in COLUMNS:
        raise WrongUsageError(f"知らない表です: {kind}", code="kind")
    return read_table(path, _NEEDED[kind], COLUMNS[kind])


def read_table(
    path: Path, needed: Collection[str], columns: Sequence[str], table: str = "表"
) -> list[Line]:
    """Read the lines of a CSV file; ``table`` is what it is called in a refusal."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RefusedError(f"{table}が読めません: {path.name}", code="unreadable") from error
    return lines_of(decoded(data, table), needed, columns, table)


def decoded(data: bytes, table: str = "表") -> str:
    """Return a table's text, as UTF-8 or as a spreadsheet in Japan writes it; RefusedError."""
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-8-sig",) if marked else ("utf-8", _EXCEL):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    text = f"{table}の文字が読み取れません。Excelで「CSV UTF-8」の形で保存し直してください。"
    raise RefusedError(text, code="encoding")


def lines_of(
    text: str, needed: Collection[str], columns: Sequence[str], table: str = "表"
) -> list[Line]:
    """Return the lines that hold anything, numbered as a spreadsheet numbers them."""
    try:
        rows = list(enumerate(csv.reader(io.StringIO(text, newline="")), start=1))
    except csv.Error as error:
        raise RefusedError(f"{table}が読み取れません。作り直してください。", code="row") from error
    heads = [head.strip() for head in rows[0][1]] if rows else []
    if not set(heads) >= set(needed):
        text = f"{table}の1行目は {','.join(columns)} にしてください。"
        raise RefusedError(text, code="columns")
    named = [head for head in heads if head]
    if len(set(named)) < len(named):
        raise RefusedError(f"{table}の1行目に、同じ列が2つあります。", code="columns")
    return [_line(n, heads, row, table) for n, row in rows[1:] if any(map(str.strip, row))]


def _line(n: int, heads: Sequence[str], row: Sequence[str], table: str) -> Line:
    line = Line(n, {head: _cell(cell) for head, cell in zip(heads, row, strict=False)}, table)
    if any(cell.strip() for cell in row[len(heads) :]):
        text = '列が多すぎます。「,」の入る文は "" で囲んでください。'
        raise line.refused(text)
    return line


def _cell(cell: str) -> str:
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text


def safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def twice(
    lines: Iterable[Line], key: Callable[[Line], tuple[object, ...]], text: str
) -> Iterator[Clash]:
    """Yield every line that says again what another one said, with the first that said it."""
    seen: dict[tuple[object, ...], Line] = {}
    for line in lines:
        first = seen.setdefault(key(line), line)
        if first is not line:
            yield Clash((first, line), text)


def backwards(lines: Iterable[Line]) -> Iterator[Clash]:
    """Yield every line that ends before it begins."""
    for line in lines:
        last = line.day("to")
        if last is not None and line.text("from") and last < line.first():
            yield Clash((line,), "終わりの日が、始まりの日より前です。")
