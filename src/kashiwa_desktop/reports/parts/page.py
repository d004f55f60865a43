"""The A4 page of every paper: margins with room for filing holes, footer, and what is drawn on it.

A paper is composed first, page by page, as plain marks; only then is it written, so that every
page can say n/N. Lengths are points; y runs downwards from the upper edge.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from kashiwa_desktop.reports.parts.fonts import GETA, face, text_of
from kashiwa_desktop.reports.parts.text import (
    SMALL,
    TINY,
    Align,
    Line,
    Style,
    height,
    layout,
    solid,
)

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
LEFT, RIGHT, TOP, BOTTOM = 25 * MM, 20 * MM, 14 * MM, 13 * MM
WIDTH = PAGE_WIDTH - LEFT - RIGHT
THIN, THICK = 0.4, 0.8
SHADE = 0.93

_ASCENT = 0.88  # of the type size, from the top of the em square to the baseline
_CAUTION = "取扱注意"
_CAUTION_TALL = 13.0
_TRIAL = "試験用"


class Made(NamedTuple):
    """What came of making a PDF: its pages, the characters that no font has, what was written.

    ``texts`` is the text of each page without blanks, as it has to be read again.
    """

    pages: int
    missing: tuple[str, ...]
    texts: tuple[str, ...] = ()


class Run(NamedTuple):
    """A line of text with its baseline at (x, y)."""

    x: float
    y: float
    line: Line


class Rule(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: float
    dash: bool = False


class Shade(NamedTuple):
    """A light grey ground behind a cell."""

    x: float
    y: float
    width: float
    height: float


class Figure(NamedTuple):
    """A drawing of ``charts`` with its upper left corner at (x, y)."""

    x: float
    y: float
    drawing: Any


@dataclass(slots=True)
class Page:
    """The marks of one page."""

    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    shades: list[Shade] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def write(
        self, lines: Sequence[Line], x: float, y: float, width: float, align: Align = "left"
    ) -> None:
        """Put lines one under the other, the first one's upper edge at y."""
        for line in lines:
            slack = width - line.width
            left = x + {"left": 0.0, "center": slack / 2, "right": slack}[align]
            size, leading = line.style.size, line.style.leading
            self.runs.append(Run(left, y + (leading - size) / 2 + size * _ASCENT, line))
            y += leading

    def frame(self, x: float, y: float, width: float, height: float, weight: float = THIN) -> None:
        right, low = x + width, y + height
        self.rules += [
            Rule(x, y, right, y, weight),
            Rule(right, y, right, low, weight),
            Rule(right, low, x, low, weight),
            Rule(x, low, x, y, weight),
        ]


@dataclass(frozen=True, slots=True)
class Footer:
    """The small print under every page: ``parts`` such as area, version and 照合番号.

    A ``public`` paper is handed out to anybody and does not say 取扱注意.
    """

    parts: tuple[str, ...]
    trial: bool = False
    public: bool = False

    def lines(self) -> tuple[Line, ...]:
        return layout("  ".join(part for part in self.parts if part), TINY, WIDTH - 26 * MM)


class Flow:
    """A cursor that runs down the pages of one paper and turns the page where one is full."""

    def __init__(self, footer: Footer, head: str, air: float = 1.0, first: str = "") -> None:
        """Start on a first page; ``head`` stands above every later one, ``first`` above it.

        ``air`` widens or narrows every gap and every least height of a row.
        """
        self.air = air
        self._footer = footer
        self._heads = [layout(text, SMALL, WIDTH - 22 * MM) for text in (first, f"{head} (つづき)")]
        self._footer_lines = footer.lines()
        self.bottom = PAGE_HEIGHT - BOTTOM - height(self._footer_lines) - 2 * MM
        self.pages: list[Page] = []
        self.y = self._top = 0.0
        self.turn()

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def room(self) -> float:
        """Points left on this page."""
        return self.bottom - self.y

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append(Page())
        head = self._heads[len(self.pages) > 1]
        self.page.write(head, LEFT, TOP, WIDTH)
        if not self._footer.public:
            _caution(self.page)
        self.y = self._top = TOP + max(height(head), _CAUTION_TALL) + 2.5 * MM

    def need(self, points: float) -> None:
        """Turn the page unless this much fits on it, or unless it is still empty."""
        if points > self.room + 0.01 and self.y > self._top:
            self.turn()

    def gap(self, points: float) -> None:
        """Leave so much free, more or less as the paper has air."""
        self.y += points * self.air

    def write(
        self,
        text: str,
        style: Style,
        *,
        x: float = LEFT,
        width: float = WIDTH,
        align: Align = "left",
    ) -> None:
        """Write a text of any length under what is there, over as many pages as it takes."""
        for line in layout(text, style, width):
            self.need(line.style.leading)
            self.page.write([line], x, self.y, width, align)
            self.y += line.style.leading

    def put(self, drawing: Any) -> None:
        """Put a drawing under what is there, on a new page where it does not fit."""
        self.need(drawing.height)
        self.page.figures.append(Figure(LEFT, self.y, drawing))
        self.y += drawing.height

    def finish(self) -> list[Page]:
        """Put the footers under the pages, now that their number is known."""
        y = self.bottom + 2 * MM
        for number, page in enumerate(self.pages, 1):
            page.write(self._footer_lines, LEFT, y, WIDTH)
            mark = f"{_TRIAL}  " if self._footer.trial else ""
            page.write(
                layout(f"{mark}{number}/{len(self.pages)}", TINY, 26 * MM),
                PAGE_WIDTH - RIGHT - 26 * MM, y, 26 * MM, "right",
            )  # fmt: skip
        return self.pages


def fit(compose: Callable[[float], Flow]) -> Flow:
    """Compose a paper with calm spacing, or closer set where that saves a page."""
    calm = compose(1.0)
    if len(calm.pages) == 1:
        return calm
    close = compose(0.4)
    return close if len(close.pages) < len(calm.pages) else calm


def save(title: str, papers: Sequence[Flow], out: Path | BinaryIO, *, duplex: bool = False) -> Made:
    """Write papers one after the other as one PDF; the same papers give the same bytes.

    ``title`` is the document's title and must not hold a person's name. With ``duplex`` every
    paper begins on a sheet of its own, also where the printer uses both sides.
    """
    pages: list[Page] = []
    for paper in papers:
        if duplex and len(pages) % 2:
            pages.append(Page())
        pages += paper.finish()
    return draw_pages(pages, title, out)


def draw_pages(pages: Sequence[Page], title: str, out: Path | BinaryIO) -> Made:
    """Write pages that are composed already as one PDF."""
    data = BytesIO()
    canvas = _canvas(data, title)
    missing: dict[str, None] = {}
    for page in pages:
        _draw(canvas, page)
        missing.update((g.lost, None) for run in page.runs for g in run.line.glyphs if g.lost)
        missing.update((lost, None) for figure in page.figures for lost in figure.drawing.missing)
    canvas.save()
    if isinstance(out, Path):
        out.write_bytes(data.getvalue())
    else:
        out.write(data.getvalue())
    return Made(len(pages), tuple(missing), tuple(map(_text, pages)))


def _canvas(data: BytesIO, title: str) -> Any:
    from reportlab.pdfgen.canvas import Canvas  # half of a start, where no paper is made

    font = face("mincho")["0"].font
    canvas = Canvas(
        data, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), pageCompression=1, invariant=1, lang="ja-JP",
        initialFontName=font,
    )  # fmt: skip
    canvas.setTitle("".join(char if char.isprintable() else GETA for char in title))
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("地域支えあい活動記録")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _draw(canvas: Any, page: Page) -> None:
    canvas.setFillGray(SHADE)
    for shade in page.shades:
        canvas.rect(
            shade.x, PAGE_HEIGHT - shade.y - shade.height, shade.width, shade.height,
            stroke=0, fill=1,
        )  # fmt: skip
    canvas.setFillGray(0)
    canvas.setLineCap(2)
    for (weight, dash), rules in groupby(page.rules, lambda rule: (rule.weight, rule.dash)):
        canvas.setLineWidth(weight)
        canvas.setDash([2, 2] if dash else [])
        canvas.lines([(r.x1, PAGE_HEIGHT - r.y1, r.x2, PAGE_HEIGHT - r.y2) for r in rules])
    text = canvas.beginText()
    for run in page.runs:
        text.setTextOrigin(run.x, PAGE_HEIGHT - run.y)
        for font, glyphs in groupby(run.line.glyphs, lambda glyph: glyph.font):
            text.setFont(font, run.line.style.size)
            text.textOut("".join(glyph.char for glyph in glyphs))
    canvas.drawText(text)
    if page.figures:
        _draw_figures(canvas, page.figures)
    canvas.showPage()


def _text(page: Page) -> str:
    """Return what is written on a page, in the order in which it is drawn."""
    runs = ("".join(glyph.text for glyph in run.line.glyphs) for run in page.runs)
    figures = (text for figure in page.figures for text in _strings(figure.drawing))
    return solid("".join([*runs, *figures]))


def _strings(shape: Any) -> Iterator[str]:
    for part in getattr(shape, "contents", ()):
        if hasattr(part, "text"):
            yield text_of(part.fontName, part.text)
        yield from _strings(part)


def _draw_figures(canvas: Any, figures: Sequence[Figure]) -> None:
    from reportlab.graphics import renderPDF  # few papers have one

    for figure in figures:
        y = PAGE_HEIGHT - figure.y - figure.drawing.height
        renderPDF.draw(figure.drawing, canvas, figure.x, y)


def _caution(page: Page) -> None:
    lines = layout(_CAUTION, SMALL, 18 * MM)
    x, width = PAGE_WIDTH - RIGHT - 18 * MM, 18 * MM
    page.frame(x, TOP, width, _CAUTION_TALL, THICK)
    page.write(lines, x, TOP + 1, width, "center")
