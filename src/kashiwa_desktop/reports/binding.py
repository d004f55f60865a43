"""Putting finished PDFs together: kept sheets stay as they are, page for page.

A reprint lays 「再印刷」 over every page; a blank page keeps a duplex printer from putting two
people's papers on one sheet.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

from kashiwa_desktop.reports.page import LEFT, MM, PAGE_HEIGHT, PAGE_WIDTH, Page, draw_pages
from kashiwa_desktop.reports.text import Style, layout

_AGAIN = "再印刷"
_MARK = Style("bold", 11, 14)


class Bound(NamedTuple):
    """One finished PDF to be bound; ``again`` lays 「再印刷」 over it."""

    pdf: bytes
    again: bool = False


def bind(parts: Sequence[Bound], title: str, *, duplex: bool = False) -> bytes:
    """Return one PDF of all parts in the order given; the same parts give the same bytes.

    ``duplex``: every part begins on an odd page.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    writer = PdfWriter()
    mark = None
    for part in parts:
        pages = PdfReader(BytesIO(part.pdf)).pages
        for page in pages:
            added = writer.add_page(page)
            if part.again:
                mark = mark or PdfReader(BytesIO(reprint_mark())).pages[0]
                added.merge_page(mark)
        if duplex and len(pages) % 2:
            writer.add_blank_page(PAGE_WIDTH, PAGE_HEIGHT)
    writer.compress_identical_objects()
    writer.metadata = {"/Title": title, "/Creator": "地域支えあい活動記録"}
    catalog: Any = writer.root_object
    catalog[NameObject("/Lang")] = TextStringObject("ja-JP")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def reprint_mark() -> bytes:
    """Return a page that holds nothing but 「再印刷」 in a frame at the upper edge."""
    page = Page()
    x, y, width, tall = LEFT + 62 * MM, 5.5 * MM, 30 * MM, 7 * MM
    page.frame(x, y, width, tall, 1.0)
    page.write(layout(_AGAIN, _MARK, width), x, y + 3, width, "center")
    out = BytesIO()
    draw_pages([page], _AGAIN, out)
    return out.getvalue()


def holds(bound: bytes, parts: Sequence[Bound]) -> bool:
    """Say whether every page of ``parts`` stands in ``bound``, in order and unchanged.

    Pages are compared as they are drawn; those with 「再印刷」 over them by what they say.
    """
    from pypdf import PdfReader

    there = iter(PdfReader(BytesIO(bound)).pages)
    for part in parts:
        kept = PdfReader(BytesIO(part.pdf)).pages
        same = _says if part.again else _draws
        if not all(any(same(page, found) for found in there) for page in kept):
            return False
    return True


def _draws(kept: Any, found: Any) -> bool:
    return _drawing(kept) == _drawing(found)


def _drawing(page: Any) -> list[bytes]:
    """Return what is drawn on a page, and what the codes in it mean by the fonts it names.

    The codes alone are not enough: every kept sheet numbers its own glyphs from the start.
    """
    content = page.get_contents()
    fonts = page["/Resources"].get("/Font", {})
    meanings = [fonts[name].get_object()["/ToUnicode"].get_object() for name in sorted(fonts)]
    drawn = [content.get_data() if content is not None else b""]
    return drawn + [meaning.get_data() for meaning in meanings]


def _says(kept: Any, found: Any) -> bool:
    return _solid(kept) in _solid(found)


def _solid(page: Any) -> str:
    return "".join(page.extract_text().split())
