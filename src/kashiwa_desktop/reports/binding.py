"""Putting finished PDFs together: kept sheets stay as they are, page for page.

A reprint lays 「再印刷」 over every page; a blank page keeps a duplex printer from putting two
people's papers on one sheet.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

from kashiwa_desktop.reports.page import LEFT, MM, PAGE_HEIGHT, PAGE_WIDTH, Page, draw_pages
from kashiwa_desktop.reports.rereading import words
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


def holds(bound: bytes, parts: Sequence[bytes]) -> bool:
    """Say whether every page of ``parts`` stands in ``bound``, in order, saying the same."""
    kept = [text for part in parts for text in _page_texts(part)]
    there = iter(_page_texts(bound))
    return all(any(text in page for page in there) for text in kept)


def _page_texts(pdf: bytes) -> list[str]:
    """Return the content of each page, word by word, without blanks."""
    pages: dict[int, list[str]] = {}
    for word in words(pdf):
        pages.setdefault(word.page, []).append("".join(word.text.split()))
    return ["".join(pages[n]) for n in sorted(pages)]
