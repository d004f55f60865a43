"""保管しているものの一覧(開示請求): everything kept that names a word, with its whole text."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.reports.paper import Block, Document, FactRows, Gap, Passage, Title, write
from kashiwa_desktop.reports.parts.heading import NONE, Sender
from kashiwa_desktop.reports.parts.page import MM, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Row, Table
from kashiwa_desktop.reports.parts.text import CELL, SMALL

_TITLE = "保管しているものの一覧"
_COLUMNS = (
    Column("種類", 32 * MM, "left", CELL),
    Column("推進員・年月", 36 * MM, "left", CELL),
    Column("内容", REST, "left", SMALL),
)


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """One thing that is kept: its kind, whose and of when, and what it says."""

    kind: str
    whose: str
    text: str


def render(
    wanted: str,
    rows: Sequence[DisclosureRow],
    notes: Sequence[str],
    sender: Sender,
    out: Path | BinaryIO,
) -> Made:
    """Write the list of what names ``wanted``; ``notes`` say where else something may be."""
    return write(_TITLE, [paper(wanted, rows, notes, sender)], out)


def paper(
    wanted: str, rows: Sequence[DisclosureRow], notes: Sequence[str], sender: Sender
) -> Document:
    """Say what stands on the list."""
    table = [Row((r.kind, r.whose, r.text)) for r in rows]
    blocks: list[Block] = [
        Title(_TITLE, "開示請求のため"),
        FactRows([("さがした言葉", wanted), ("件数", f"{len(rows)}件")]),
        Table(_COLUMNS, table or [Row((NONE, "", "保管しているものはありません"))]),
        Gap(3),
        *(Passage(f"・{text}") for text in notes),
    ]
    return Document(_TITLE, sender.footer(_TITLE), blocks, closer=False)
