"""Putting finished PDFs together: kept sheets stay as they are, page for page.

What is laid over a page (「再印刷」, 「取消」, its number) is a drawing of its own behind the
own contents of the page. A blank page keeps a duplex printer from putting two people on one sheet.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

from kashiwa_desktop.reports.page import (
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    WIDTH,
    Page,
    draw_pages,
)
from kashiwa_desktop.reports.text import Style, layout

_AGAIN, _VOID = "再印刷", "取消"
_MARK = Style("bold", 11, 14)
_NUMBER = Style("mincho", 8, 10)


class Bound(NamedTuple):
    """One finished PDF to be bound; ``again`` lays 「再印刷」 over it, ``void`` 「取消」."""

    pdf: bytes
    again: bool = False
    void: bool = False

    @property
    def words(self) -> str:
        """What is laid over it, '' for nothing."""
        said = ((_VOID, self.void), (_AGAIN, self.again))
        return "・".join(word for word, wanted in said if wanted)


def bind(parts: Sequence[Bound], title: str, *, duplex: bool = False, numbered: str = "") -> bytes:
    """Return one PDF of all parts in the order given; the same parts give the same bytes.

    ``duplex``: every part begins on an odd page. ``numbered`` stands with n/N over every page.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    writer = PdfWriter()
    marks: dict[str, Any] = {}
    for part in parts:
        pages = PdfReader(BytesIO(part.pdf)).pages
        for page in pages:
            added = writer.add_page(page)
            if part.words:
                if part.words not in marks:
                    drawn = PdfReader(BytesIO(mark(part.words))).pages[0]
                    marks[part.words] = _form(writer, drawn)
                _lay_over(writer, added, "/Mark", marks[part.words])
        if duplex and len(pages) % 2:
            writer.add_blank_page(PAGE_WIDTH, PAGE_HEIGHT)
    if numbered:
        _number(writer, numbered)
    writer.compress_identical_objects()
    writer.metadata = {"/Title": title, "/Creator": "地域支えあい活動記録"}
    catalog: Any = writer.root_object
    catalog[NameObject("/Lang")] = TextStringObject("ja-JP")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def mark(words: str) -> bytes:
    """Return a page that holds nothing but 「再印刷」 or 「取消」 in a frame at the upper edge."""
    page = Page()
    x, y, width, tall = LEFT + 62 * MM, 5.5 * MM, 30 * MM, 7 * MM
    page.frame(x, y, width, tall, 1.0)
    page.write(layout(words, _MARK, width), x, y + 3, width, "center")
    out = BytesIO()
    draw_pages([page], words, out)
    return out.getvalue()


def _number(writer: Any, words: str) -> None:
    from pypdf import PdfReader

    count = len(writer.pages)
    marks = []
    for number in range(1, count + 1):
        mark = Page()
        line = layout(f"{words} {number}/{count}", _NUMBER, WIDTH)
        mark.write(line, LEFT, 6 * MM, PAGE_WIDTH - LEFT - RIGHT, "right")
        marks.append(mark)
    out = BytesIO()
    draw_pages(marks, words, out)
    for page, over in zip(writer.pages, PdfReader(out).pages, strict=True):
        _lay_over(writer, page, "/Number", _form(writer, over))


def _form(writer: Any, mark: Any) -> Any:
    """Return a page's drawing as an object of its own, with the fonts it names."""
    from pypdf.generic import DecodedStreamObject, NameObject

    form = DecodedStreamObject()
    form.set_data(mark.get_contents().get_data())
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = mark.mediabox
    form[NameObject("/Resources")] = mark["/Resources"].clone(writer)
    return _added(writer, form.flate_encode())


def _added(writer: Any, made: Any) -> Any:
    """Put an object of our own into the file; pypdf has no other door for it."""
    return writer._add_object(made)  # noqa: SLF001


def _lay_over(writer: Any, page: Any, name: str, form: Any) -> None:
    """Draw ``form`` over a page whose own contents stay byte for byte."""
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

    def stream(data: bytes) -> Any:
        plain = DecodedStreamObject()
        plain.set_data(data)
        return _added(writer, plain)

    resources = DictionaryObject(page["/Resources"].get_object())
    drawn = DictionaryObject(resources.get("/XObject", DictionaryObject()).get_object())
    drawn[NameObject(name)] = form
    resources[NameObject("/XObject")] = drawn
    page[NameObject("/Resources")] = resources
    before = page.get("/Contents")
    own = before if isinstance(before, ArrayObject) else [page.raw_get("/Contents")]
    whole = [stream(b"q\n"), *own, stream(f"\nQ q {name} Do Q\n".encode())]
    page[NameObject("/Contents")] = ArrayObject(whole)


def holds(bound: bytes, parts: Sequence[Bound]) -> bool:
    """Say whether every page of ``parts`` stands in ``bound``, in order and unchanged.

    Pages are compared as they are drawn, whatever lies over them.
    """
    from pypdf import PdfReader

    there = iter(PdfReader(BytesIO(bound)).pages)
    for part in parts:
        kept = PdfReader(BytesIO(part.pdf)).pages
        if not all(any(_draws(page, found) for found in there) for page in kept):
            return False
    return True


def _draws(kept: Any, found: Any) -> bool:
    drawn, meanings = _drawing(kept)
    drawn_here, meanings_here = _drawing(found)
    return drawn.strip() in drawn_here and meanings == meanings_here


def _drawing(page: Any) -> tuple[bytes, list[bytes]]:
    """Return what is drawn on a page, and what the codes in it mean by the fonts it names.

    The codes alone are not enough: every kept sheet numbers its own glyphs from the start.
    """
    content = page.get_contents()
    fonts = page["/Resources"].get("/Font", {})
    meanings = [fonts[name].get_object()["/ToUnicode"].get_object() for name in sorted(fonts)]
    drawn = content.get_data() if content is not None else b""
    return drawn, [meaning.get_data() for meaning in meanings]
