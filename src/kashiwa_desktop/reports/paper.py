"""A paper as data: what stands on it from top to bottom, and the one place that lays it out.

A paper that flows is a function from its values to a ``Document`` and knows nothing of pages: where
they turn, what is repeated above, how the foot counts them is decided here for all of them. Forms
whose parts have a fixed place beside each other are drawn by hand on a ``Flow``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from kashiwa_desktop.domain.plot import Plot
from kashiwa_desktop.reports.parts import heading
from kashiwa_desktop.reports.parts.boxes import boxes_height, stamp_boxes
from kashiwa_desktop.reports.parts.page import (
    LEFT,
    MM,
    THIN,
    WIDTH,
    Flow,
    Footer,
    Made,
    Rule,
    fit,
    save,
)
from kashiwa_desktop.reports.parts.table import Cell, Table
from kashiwa_desktop.reports.parts.text import BODY, SMALL, STRONG, Align, Style

_BOXES = 24 * MM  # what a row of boxes for stamps takes at least
_LINE = 9 * MM  # from one line to write on to the next


@dataclass(frozen=True, slots=True)
class Title:
    """What the paper is, in the middle; ``under`` it of what, and ``right`` a small line."""

    text: str
    under: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class FactRows:
    """A box of labels and values, ``beside`` of them in a row."""

    pairs: Sequence[tuple[str, Cell]]
    beside: int = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section, on the page on which the section begins.

    ``above``, ``below`` and what must have ``room`` on the page are millimetres.
    """

    text: str
    style: Style = STRONG
    above: float = heading.ABOVE
    below: float = heading.BELOW
    room: float = heading.ROOM


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of any length, over as many pages as it takes."""

    text: str
    style: Style = BODY
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Gap:
    """Millimetres left free; less where the paper is set closer."""

    mm: float


@dataclass(frozen=True, slots=True)
class Room:
    """The page turns here unless so many points are left on it: what follows stays together."""

    points: float


@dataclass(frozen=True, slots=True)
class PlotBlock:
    """A plot with its title, and its numbers under it as a table."""

    title: str
    plot: Plot


@dataclass(frozen=True, slots=True)
class Signatures:
    """Boxes for stamps by their titles, on one page with the line ``text`` above them."""

    boxes: Sequence[str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines to write on down to the foot of the page, where some are left room for."""

    text: str


Block = Title | FactRows | Heading | Passage | Gap | Room | Table | PlotBlock | Signatures | Lines


@dataclass(frozen=True, slots=True)
class Document:
    """What stands on a paper; ``head`` is said again above every page but the first.

    A ``closer`` paper is set closer where that saves a page.
    """

    head: str
    footer: Footer
    blocks: Sequence[Block]
    closer: bool = True


Papers = Document | Iterable[Document]
"""A paper, or the same with less and less on it: the first that fits on one page is taken."""


def write(
    title: str, papers: Sequence[Papers], out: Path | BinaryIO, *, duplex: bool = False
) -> Made:
    """Write papers as one PDF, each on pages of its own; ``title`` must not name a person."""
    return save(title, [_flow(paper) for paper in papers], out, duplex=duplex)


def pages_of(paper: Document) -> int:
    """Return how many pages a paper takes, without drawing them."""
    return len(_flow(paper).pages)


def _flow(paper: Papers) -> Flow:
    if isinstance(paper, Document):
        compose = partial(lay_out, paper)
        return fit(compose) if paper.closer else compose(1.0)
    flows = map(_flow, paper)
    last = next(flows)
    while len(last.pages) > 1 and (following := next(flows, None)):
        last = following
    return last


def lay_out(paper: Document, air: float = 1.0) -> Flow:
    """Put a paper's blocks on pages, one under the other."""
    flow = Flow(paper.footer, paper.head, air)
    for block in paper.blocks:
        _PUT[type(block)](flow, block)
    return flow


def _chart(flow: Flow, block: PlotBlock) -> None:
    from kashiwa_desktop.reports.parts import plot_section  # few papers have one

    plot_section.draw(flow, block.title, block.plot)


def _heading(flow: Flow, b: Heading) -> None:
    heading.section(flow, b.text, b.style, b.above, b.below, b.room)


def _signatures(flow: Flow, block: Signatures) -> None:
    words = BODY.leading if block.text else 0.0
    flow.need(max(words + boxes_height(block.boxes), _BOXES))
    if block.text:
        flow.write(block.text, BODY)
    flow.y += stamp_boxes(flow, block.boxes)


def _lines(flow: Flow, block: Lines) -> None:
    if flow.room < 4 * _LINE:
        return
    flow.write(block.text, SMALL)
    for _ in range(int((flow.room - 2 * MM) // _LINE)):
        flow.y += _LINE
        flow.page.rules.append(Rule(LEFT, flow.y, LEFT + WIDTH, flow.y, THIN))


_PUT: dict[type, Callable[[Flow, Any], None]] = {
    Title: lambda flow, b: heading.heading(flow, b.text, b.under, b.right),
    FactRows: lambda flow, b: heading.facts(flow, b.pairs, b.beside),
    Heading: _heading,
    Passage: lambda flow, b: flow.write(b.text, b.style, align=b.align),
    Gap: lambda flow, b: flow.gap(b.mm * MM),
    Room: lambda flow, b: flow.need(b.points),
    Table: lambda flow, b: b.draw(flow),
    PlotBlock: _chart,
    Signatures: _signatures,
    Lines: _lines,
}
"""How each kind of block comes onto a page."""
