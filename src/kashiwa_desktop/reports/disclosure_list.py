"""保管しているものの一覧(開示請求): everything kept that names a word, with its whole text."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.reports.parts.heading import NONE, Sender, facts, heading
from kashiwa_desktop.reports.parts.page import MM, WIDTH, Flow, Made, save
from kashiwa_desktop.reports.parts.table import Column, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, CELL, SMALL

_TITLE = "保管しているものの一覧"
_COLUMNS = (
    Column("種類", 32 * MM, "left", CELL),
    Column("推進員・年月", 36 * MM, "left", CELL),
    Column("内容", WIDTH - 68 * MM, "left", SMALL),
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
    flow = Flow(sender.footer(_TITLE), _TITLE)
    heading(flow, _TITLE, "開示請求のため")
    facts(flow, [("さがした言葉", wanted), ("件数", f"{len(rows)}件")])
    table = [Row((r.kind, r.whose, r.text)) for r in rows]
    Table(_COLUMNS, table or [Row((NONE, "", "保管しているものはありません"))]).draw(flow)
    flow.gap(3 * MM)
    for text in notes:
        flow.write(f"・{text}", BODY)
    return save(_TITLE, [flow], out)
