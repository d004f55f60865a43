"""What most papers begin with: a title in the middle, a line under it, and a box of facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.reports.parts.page import MM, WIDTH, Flow, Footer
from kashiwa_desktop.reports.parts.table import Cell, Column, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, CELL, LABEL, SMALL, STRONG, TITLE, Style

SUBTITLE = Style("mincho", 11, 15)
NONE = "－"
ABOVE, BELOW = 2.0, 0.7
"""Millimetres free above and below the heading of a section."""
ROOM = (STRONG.leading + 3 * CELL.leading) / MM
"""Millimetres that the heading of a section and what follows need on its page."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who made a paper and when; ``trial`` prints 「試験用」 on every page."""

    office: str
    made_on: date
    made_by: str = ""
    trial: bool = False

    def footer(self, *parts: str) -> Footer:
        return Footer((*parts, self.office, f"作成 {long_date(self.made_on, weekday=False)}"),
                      self.trial)  # fmt: skip


def heading(flow: Flow, title: str, subtitle: str = "", right: str = "") -> None:
    """Write a title with what stands under it, and a line at the right edge."""
    flow.write(title, TITLE, align="center")
    if subtitle:
        flow.write(subtitle, SUBTITLE, align="center")
    flow.gap(2 * MM)
    if right:
        flow.write(right, SMALL, align="right")
        flow.gap(1 * MM)


def facts(flow: Flow, pairs: Sequence[tuple[str, Cell]], beside: int = 2) -> None:
    """Draw a box of labels and values, ``beside`` of them in a row."""
    label = 24 * MM
    columns = (
        Column("", label, "center", LABEL, label=True),
        Column("", WIDTH / beside - label, "left", BODY),
    ) * beside
    filled = [*pairs, *[("", "")] * (-len(pairs) % beside)]
    rows = [
        Row([cell for pair in filled[at : at + beside] for cell in pair])
        for at in range(0, len(filled), beside)
    ]
    Table(columns, rows, heads=False, least=7 * MM).draw(flow)
    flow.gap(3 * MM)


def section(
    flow: Flow,
    text: str,
    style: Style = STRONG,
    above: float = ABOVE,
    below: float = BELOW,
    room: float = ROOM,
) -> None:
    """Write the heading of a section, kept together with what follows; lengths in millimetres."""
    flow.gap(above * MM)
    flow.need(room * MM)
    flow.write(text, style)
    flow.gap(below * MM)
