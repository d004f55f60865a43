"""Sheets to hand out, beside a raw ReportLab canvas with the same text in the same fonts."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measure import Line, compare, once
from benchmarks.world import MONTH, World, opened
from kashiwa_desktop.paths import resource
from kashiwa_desktop.reports import honorarium_sheet
from kashiwa_desktop.reports.honorarium_sheet import HonorariumSheet, SheetForm
from kashiwa_desktop.reports.parts import text
from kashiwa_desktop.reports.parts.page import PAGE_HEIGHT, PAGE_WIDTH, Flow, Page, fit
from kashiwa_desktop.services.papers.printing import Printing

Text = tuple[float, float, str, float, str]

FEW, MANY = 21, 1_000
"""Only a whole month of sheets is worth the comparison of a thousand."""


def lines(world: World, repeat: int) -> list[Line]:
    """Compare drawing alone, then issuing with all that is looked up and kept for it."""
    sheets = kept_values(world)
    pages = [list(_texts(page)) for sheet in sheets for page in _composed(sheet).finish()]
    for name in {font for page in pages for _, _, font, _, _ in page}:
        pdfmetrics.registerFont(TTFont(f"raw {name}", resource(f"fonts/{name}.ttf")))
    floor = partial(once, partial(_raw, pages))
    single = partial(once, lambda: [_raw([page]) for page in pages])
    drawn, issued = partial(_draw, sheets), partial(_issue, world)
    told = f"{len(sheets)} sheets, "
    found = [
        compare(f"{told}laid out and drawn", drawn, floor, repeat),
        compare(f"{told}issued from the store to the file", issued, floor, repeat),
        compare(f"{told}issued; the floor, too, draws each alone", issued, single, repeat),
    ]
    return found if len(sheets) < FEW else [*found, *_many(sheets, pages)]


def _many(sheets: list[HonorariumSheet], pages: list[list[Text]]) -> list[Line]:
    """Compare ``MANY`` sheets in one PDF once; each has a number of its own."""
    many = [
        replace(sheets[n % len(sheets)], number=f"R8-10-{n:04d}", name=f"{n} {sheets[0].name}")
        for n in range(MANY)
    ]
    floor = partial(once, partial(_raw, [pages[n % len(pages)] for n in range(MANY)]))
    return [compare(f"{MANY:,} sheets in one PDF, drawn", partial(_draw, many), floor, 1)]


def _draw(sheets: list[HonorariumSheet]) -> float:
    return _afresh(lambda: honorarium_sheet.render(sheets, io.BytesIO()))


def _issue(world: World) -> float:
    folder = world.copy("office_approved")
    with opened(folder) as store:
        out = folder.root / "sheets.pdf"
        return _afresh(partial(Printing(store).honorarium, MONTH, None, out))


def _afresh(work: Callable[[], object]) -> float:
    """Forget the lines that were laid out before; fonts stay, as in an open program."""
    text.layout.cache_clear()
    return once(work)


def kept_values(world: World) -> list[HonorariumSheet]:
    """Return the values that the office's own printing hands to the paper."""
    seen: list[HonorariumSheet] = []
    render = honorarium_sheet.render

    def watched(sheets: list[HonorariumSheet], *others: object) -> object:
        seen.extend(sheets)
        return render(sheets, *others)

    honorarium_sheet.render = watched
    try:
        _issue(world)
    finally:
        honorarium_sheet.render = render
    return list({sheet.number: sheet for sheet in seen if sheet.number}.values())


def _composed(sheet: HonorariumSheet) -> Flow:
    return fit(partial(honorarium_sheet.compose, sheet, SheetForm()))


def _texts(page: Page) -> Iterator[Text]:
    for run in page.runs:
        if run.line.glyphs:
            said = "".join(glyph.char for glyph in run.line.glyphs)
            yield run.x, PAGE_HEIGHT - run.y, run.line.glyphs[0].font, run.line.style.size, said


def _raw(pages: list[list[Text]]) -> None:
    canvas = Canvas(io.BytesIO(), pagesize=(PAGE_WIDTH, PAGE_HEIGHT), pageCompression=1)
    for page in pages:
        for x, y, font, size, said in page:
            canvas.setFont(f"raw {font}", size)
            canvas.drawString(x, y, said)
        canvas.showPage()
    canvas.save()
