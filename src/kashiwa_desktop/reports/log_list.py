"""操作の記録 as a paper: who did what when, each changed field with what stood there before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain import wareki
from kashiwa_desktop.reports.paper import Block, Document, Gap, Passage, Title, write
from kashiwa_desktop.reports.parts.page import MM, Footer, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Part, Row, Table
from kashiwa_desktop.reports.parts.text import CELL, SMALL

_TITLE = "操作の記録"
_COLUMNS = (
    Column("番号", 12 * MM, "right"),
    Column("日時・職員", 30 * MM),
    Column("したこと", 44 * MM),
    Column("項目", 32 * MM),
    Column("前 → あと", REST),
)


@dataclass(frozen=True, slots=True)
class LogList:
    """The rows as ``services.office.log_trail.COLUMNS`` names them; ``asked`` says which."""

    asked: str
    made_on: date
    rows: Sequence[Sequence[str]]
    trial: bool = False


def render(value: LogList, out: Path | BinaryIO) -> Made:
    """Write the list as a PDF."""
    return write(_TITLE, [paper(value)], out)


def paper(value: LogList) -> Document:
    """Say what stands on the list."""
    footer = Footer((f"{wareki.long_date(value.made_on)} 作成",), value.trial)
    blocks: list[Block] = [
        Title(_TITLE),
        Passage(f"{value.asked}  {len(value.rows)}行"),
        Gap(3),
        Table(_COLUMNS, [_row(row) for row in value.rows], least=8 * MM),
    ]
    return Document(_TITLE, footer, blocks, closer=False)


def _row(row: Sequence[str]) -> Row:
    n, at, who, what, about, field, before, after = row
    when = (Part(at, SMALL), Part(who, CELL))
    did = (Part(what, CELL), *([Part(about, SMALL)] if about else ()))
    return Row((n, when, did, field, f"{before} → {after}" if field or before else ""))
