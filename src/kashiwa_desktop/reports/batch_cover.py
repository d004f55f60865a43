"""一括印刷の表紙: what lies under it, to be counted; it stays in the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.reports.finished.placed_text import words
from kashiwa_desktop.reports.finished.rereading import solid_text, yen_between
from kashiwa_desktop.reports.paper import Block, Document, Gap, Passage, Title, write
from kashiwa_desktop.reports.parts.page import LEFT, MM, WIDTH, Footer, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Row, Table
from kashiwa_desktop.reports.parts.text import CELL, SMALL, Style

KINDS = {"honorarium": "", "additional": "追給", "refund": "戻入", "correction": "訂正"}
_TITLE = "支払の書類 一括印刷"
_BIG = Style("mincho", 11, 15)
_NET = 28 * MM  # how wide the column of yen is


@dataclass(frozen=True, slots=True)
class Line:
    """One sheet that lies under the cover; ``net`` in yen."""

    number: str
    area: str
    name: str
    net: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class BatchCover:
    """Everything that stands on the cover."""

    month: Month
    office: str
    lines: Sequence[Line]
    made_by: str
    made_on: date
    trial: bool = False

    @property
    def total(self) -> int:
        return sum(line.net for line in self.lines)


def render(value: BatchCover, out: Path | BinaryIO) -> Made:
    """Write the cover as a PDF."""
    return write(f"{_TITLE} {value.month.label()}分", [paper(value)], out)


def paper(value: BatchCover) -> Document:
    """Say what stands on the cover: what to count, and a box to tick for every sheet."""
    month = f"{value.month.label()}分"
    blocks: list[Block] = [
        Gap(4),
        Title(_TITLE, month),
        Gap(2),
        Passage(f"{len(value.lines)}件  差引支払額の合計 {_yen(value.total)}", _BIG),
        Passage(f"作成 {long_date(value.made_on)} {value.made_by}", SMALL),
        Gap(3),
        Passage("紙に出たものに✓を付け、枚数をご確認ください。"),
        Gap(2),
        _sheets(value),
    ]
    footer = Footer((_TITLE, value.office, month), value.trial)
    return Document(f"{_TITLE} {month}", footer, blocks)


def _sheets(value: BatchCover) -> Table:
    columns = (
        Column("✓", 9 * MM, "center", CELL), Column("No.", 10 * MM, "right", CELL),
        Column("発行番号", 32 * MM, "center", CELL), Column("地域", 36 * MM, "left", CELL),
        Column("氏名", REST, "left", CELL), Column("種類", 16 * MM, "center", CELL),
        Column("差引支払額", _NET, "right", CELL),
    )  # fmt: skip
    rows = [
        Row(("", str(n), line.number, line.area, line.name, line.kind, _yen(line.net)))
        for n, line in enumerate(value.lines, 1)
    ]
    total = Row(("", "", "", "合計", f"{len(rows)}件", "", _yen(value.total)), strong=True)
    return Table(columns, rows, last=total, least=6 * MM)


def says(pdf: bytes, value: BatchCover) -> bool:
    """Say whether a finished cover, read again, agrees with ``value`` in all its yen."""
    sums = yen_between(words(pdf), LEFT + WIDTH - _NET, LEFT + WIDTH)
    listed = [line.net for line in value.lines]
    told = f"{len(listed)}件差引支払額の合計{_yen(value.total)}"
    return sums == [*listed, sum(listed)] and told in solid_text(pdf)


def _yen(yen: int) -> str:
    return f"△{-yen:,}円" if yen < 0 else f"{yen:,}円"
