"""廃棄の記録: what was erased, when, on whose decision and why, and what is left of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.reports.paper import (
    Block,
    Document,
    Gap,
    Heading,
    Passage,
    Signatures,
    Title,
    write,
)
from kashiwa_desktop.reports.parts.heading import NONE, Sender
from kashiwa_desktop.reports.parts.page import MM, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Row, Table
from kashiwa_desktop.reports.parts.text import CELL

_TITLE = "廃棄の記録"
_COLUMNS = (
    Column("廃棄した日", 34 * MM, "left", CELL),
    Column("対象", 42 * MM, "left", CELL),
    Column("件数", 14 * MM, "right", CELL),
    Column("決めた人", 36 * MM, "left", CELL),
    Column("理由", REST, "left", CELL),
)


@dataclass(frozen=True, slots=True)
class DisposalRow:
    """One disposal: its day, what it was about, how many records, who decided, who did it."""

    day: date
    what: str
    records: int
    decided_by: str
    done_by: str
    reason: str


def render(
    rows: Sequence[DisposalRow], left: Sequence[str], sender: Sender, out: Path | BinaryIO
) -> Made:
    """Write the record; ``left`` says in sentences where something may still be."""
    return write(_TITLE, [paper(rows, left, sender)], out)


def paper(rows: Sequence[DisposalRow], left: Sequence[str], sender: Sender) -> Document:
    """Say what stands on the record."""
    table = [
        Row((
            long_date(r.day, weekday=False), r.what, f"{r.records}",
            f"{r.decided_by or NONE}\n(操作 {r.done_by})", r.reason,
        ))
        for r in rows
    ]  # fmt: skip
    blocks: list[Block] = [
        Title(_TITLE, sender.office),
        Table(_COLUMNS, table or [Row((NONE, "廃棄したものはありません", "", "", ""))]),
        Heading("消えたことの確かめ"),
        *(Passage(f"・{text}") for text in left),
        Gap(6),
        Signatures(("決裁", "担当")),
    ]
    return Document(_TITLE, sender.footer(_TITLE), blocks, closer=False)
