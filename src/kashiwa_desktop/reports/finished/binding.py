"""Putting finished PDFs together: kept sheets stay as they are, page for page.

What is laid over a page (「再印刷」, 「取消」, its number) is a drawing of its own that follows the
page's own drawing. A blank page keeps a duplex printer from putting two people on one sheet. The
parts come and go one by one, so that a thousand take no more memory than one.
"""

import hashlib
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

from kashiwa_desktop.reports.finished.pdf_objects import Plain, dictionary, plain, put, streams
from kashiwa_desktop.reports.parts.page import (
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    WIDTH,
    Page,
    draw_pages,
)
from kashiwa_desktop.reports.parts.text import Style, layout

# The digest of a page: one number for everything that it draws with, in whatever file it stands.
# It is taken of contents, fonts, pictures and measures down to the last byte, with the digest of an
# object in the place of its number in the file. What binding lays over a page does not count.
Digest = bytes
MARK, NUMBER = "/Mark", "/Number"
BEFORE = b"q\n"

_AFTER = re.compile(rb"\nQ(?: q (?:/Mark|/Number) Do Q)+\n")
_ELSEWHERE = ("/Type", "/Parent", "/Contents", "/Resources")
_AT_ONCE = 32  # pages of a file that are in memory together, or a part of a long one


class DamagedError(ValueError):
    """A file that can be read only by guessing."""


def after(names: Sequence[str]) -> bytes:
    """Return the contents that draw these forms over a page, behind its own."""
    return b"\nQ" + b"".join(b" q " + name.encode() + b" Do Q" for name in names) + b"\n"


def page_digests(source: Any) -> list[Digest | None]:
    """Return the digests of an open PDF's pages, None for a page without contents."""
    digests = _Digests(source)
    return [digests.of_page(page) for page in source.pages]


def file_digests(file: BinaryIO) -> Iterator[Digest | None]:
    """Read a finished file of any length, some pages at a time; DamagedError, pikepdf.PdfError."""
    import pikepdf

    first, pages = 0, 1
    while first < pages:
        file.seek(0)
        with pikepdf.open(file) as source:
            pages = len(source.pages)
            digests = _Digests(source)
            last = min(first + max(_AT_ONCE, pages // 16), pages)
            found = [digests.of_page(source.pages[at]) for at in range(first, last)]
            if source.get_warnings():
                raise DamagedError
        yield from found
        first = last


class _Digests:
    """The digests of one file's objects, each taken once."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self._known: dict[tuple[int, int], bytes] = {}

    def of_page(self, page: Any) -> Digest | None:
        own = _own(streams(page))
        if not own:
            return None
        drawn = page.resources.get("/XObject", {})
        told = [
            *(self._of(plain(stream)) for stream in own),
            put(dictionary(page.obj, _ELSEWHERE, MediaBox=page.mediabox), self._named),
            put(dictionary(page.resources, ("/XObject",)), self._named),
            put(dictionary(drawn, (MARK, NUMBER)), self._named),
        ]
        return hashlib.sha256(b"\n".join(told)).digest()

    def _of(self, found: Plain) -> bytes:
        digest = hashlib.sha256(put(found.text, self._named))
        digest.update(b"\n" + (found.data or b""))
        return digest.hexdigest().encode()

    def _named(self, number: int, generation: int) -> bytes:
        key = number, generation
        if key not in self._known:
            self._known[key] = b"itself"
            self._known[key] = self._of(plain(self._source.get_object(key)))
        return self._known[key]


def _own(found: list[Any]) -> list[Any]:
    """Return a page's streams but those that binding put around them."""
    if len(found) < 2 or found[0].read_bytes() != BEFORE:
        return found
    return found[1:-1] if _AFTER.fullmatch(found[-1].read_bytes()) else found


# A PDF written from front to back while its parts come: none of them stays in memory.
# What was written once already (a font that many sheets hold) is named again instead. All that is
# kept of an object is where it begins and a digest of it.
_CATALOG, _PAGES = 1, 2
_HEAD = "%PDF-1.4\n%柏市\n".encode()
_SAME = 16  # bytes of a digest that tell objects apart


class BoundFile:
    """Objects and pages, one after the other; ``finish`` makes them a whole PDF."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._at = 0
        self._digest = hashlib.sha256()
        self._places = array("Q", [0, 0, 0])  # where each object begins, by its number
        self._same: dict[bytes, int] = {}
        self._kids = array("Q")
        self._write(_HEAD)

    def reserve(self) -> int:
        """Return the number of an object that is written later."""
        self._places.append(0)
        return len(self._places) - 1

    def add(self, found: Plain) -> int:
        """Write an object, unless the same stands there already, and return its number."""
        digest = hashlib.sha256(b"%d " % len(found.text) + found.text)
        digest.update(found.data if found.data is not None else b"")
        key = digest.digest()[:_SAME]
        if key not in self._same:
            self._same[key] = self.reserve()
            self.write(self._same[key], found)
        return self._same[key]

    def write(self, number: int, found: Plain) -> None:
        """Write an object whose number was reserved."""
        self._places[number] = self._at
        data = b"" if found.data is None else b"\nstream\n" + found.data + b"\nendstream"
        self._write(b"%d 0 obj\n" % number + found.text + data + b"\nendobj\n")

    def add_page(self, entries: bytes, resources: bytes, contents: Sequence[int]) -> None:
        """Write a page of these entries; contents are numbers of streams."""
        named = b" ".join(b"%d 0 R" % number for number in contents)
        head = b"<< /Type /Page /Parent %d 0 R /Contents [ %s ]" % (_PAGES, named)
        self._kids.append(self.reserve())
        self.write(self._kids[-1], Plain(b"%s /Resources %s %s >>" % (head, resources, entries)))

    def finish(self, title: str, creator: str) -> None:
        """Write what makes a file of it: the list of its pages, its title, its language."""
        kids = b" ".join(b"%d 0 R" % number for number in self._kids)
        pages = b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (len(self._kids), kids)
        self.write(_PAGES, Plain(pages))
        view = b"/Lang (ja-JP) /ViewerPreferences << /DisplayDocTitle true >>"
        self.write(_CATALOG, Plain(b"<< /Type /Catalog /Pages %d 0 R %s >>" % (_PAGES, view)))
        told = b"<< /Title %s /Creator %s >>" % (_text(title), _text(creator))
        info = self.add(Plain(told))
        begins, name = self._at, self._digest.hexdigest()[:32].encode()
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % len(self._places))
        for place in self._places[1:]:
            self._write(b"%010d 00000 n \n" % place)
        ends = b"/Size %d /Root %d 0 R /Info %d 0 R" % (len(self._places), _CATALOG, info)
        self._write(b"trailer\n<< %s /ID [ <%s> <%s> ] >>\n" % (ends, name, name))
        self._write(b"startxref\n%d\n%%%%EOF\n" % begins)

    def _write(self, data: bytes) -> None:
        self._digest.update(data)
        self._at += self._out.write(data)


def _text(text: str) -> bytes:
    """Return a text string of any characters (ISO 32000-1 §7.9.2.2)."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


_AGAIN, _VOID = "再印刷", "取消"
_MARK = Style("bold", 11, 14)
_NUMBER = Style("mincho", 8, 10)
_BLANK = b"/MediaBox [ 0 0 %.4f %.4f ]" % (PAGE_WIDTH, PAGE_HEIGHT)
_TOGETHER = 100  # numbers drawn at a time


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


class Binding(NamedTuple):
    """What was bound: the digest of each page in order, None for a blank one."""

    digests: Sequence[Digest | None]

    @property
    def pages(self) -> int:
        return len(self.digests)


def bind(
    parts: Iterable[Bound], out: BinaryIO, title: str, *, duplex: bool = False, numbered: str = ""
) -> Binding:
    """Write one PDF of all parts in the order given; the same parts give the same bytes.

    ``duplex``: every part begins on an odd page. ``numbered`` stands with n/N over every page.
    """
    work = _Work(BoundFile(out), numbered)
    for part in parts:
        work.add(part)
        if duplex and len(work.digests) % 2:
            work.add_blank()
    work.draw_numbers()
    work.file.finish(title, "地域支えあい活動記録")
    return Binding(work.digests)


def holds(bound: BinaryIO, binding: Binding) -> bool:
    """Say whether a finished file, read again, holds exactly these pages in order and unchanged.

    Everything a page draws with is compared, whatever lies over it: see ``page_digest``.
    """
    import pikepdf

    try:
        return list(file_digests(bound)) == list(binding.digests)
    except (DamagedError, pikepdf.PdfError):
        return False


def mark(words: str) -> bytes:
    """Return a page that holds nothing but 「再印刷」 or 「取消」 in a frame at the upper edge."""
    page = Page()
    x, y, width, tall = LEFT + 62 * MM, 5.5 * MM, 30 * MM, 7 * MM
    page.frame(x, y, width, tall, 1.0)
    page.write(layout(words, _MARK, width), x, y + 3, width, "center")
    return _drawn([page], words)


class _Work:
    """A file that is being bound."""

    def __init__(self, file: BoundFile, numbered: str) -> None:
        self.file, self._words = file, numbered
        self.digests: list[Digest | None] = []
        self._numbers: list[int] = []
        self._marks: dict[str, int] = {}

    def add(self, part: Bound) -> None:
        marks = {MARK: self._mark(part.words)} if part.words else {}
        with _opened(part.pdf) as source:
            self.digests += page_digests(source)
            copied = PageCopy(self.file, source)
            for page in source.pages:
                copied.page(page, marks | self._number())

    def _mark(self, words: str) -> int:
        """Return the drawing of these words, made once for all pages it lies over."""
        if words not in self._marks:
            self._marks[words] = self.file.reserve()
            self._draw([self._marks[words]], mark(words))
        return self._marks[words]

    def add_blank(self) -> None:
        self.digests.append(None)
        over = self._number()
        resources = with_forms(b"<< >>", b"<< >>", over)
        self.file.add_page(_BLANK, resources, around(self.file, [], over))

    def _number(self) -> dict[str, int]:
        """Keep a place for the number of one more page: n/N is known when all are there."""
        if not self._words:
            return {}
        self._numbers.append(self.file.reserve())
        return {NUMBER: self._numbers[-1]}

    def draw_numbers(self) -> None:
        for first in range(0, len(self._numbers), _TOGETHER):
            places = self._numbers[first : first + _TOGETHER]
            marks = [Page() for _ in places]
            for number, drawn in enumerate(marks, first + 1):
                line = layout(f"{self._words} {number}/{len(self._numbers)}", _NUMBER, WIDTH)
                drawn.write(line, LEFT, 6 * MM, PAGE_WIDTH - LEFT - RIGHT, "right")
            self._draw(places, _drawn(marks, self._words))

    def _draw(self, places: Sequence[int], marks: bytes) -> None:
        with _opened(marks) as source:
            copied = PageCopy(self.file, source)
            for place, page in zip(places, source.pages, strict=True):
                copied.form(page, place)


def _drawn(pages: Sequence[Page], title: str) -> bytes:
    out = BytesIO()
    draw_pages(pages, title, out)
    return out.getvalue()


def _opened(pdf: bytes) -> Any:
    import pikepdf  # with the first paper, never at the start

    return pikepdf.open(BytesIO(pdf))


# Carrying the pages of one PDF into another, with all they draw with, unchanged.
_OWN = ("/Type", "/Parent", "/Contents", "/Resources")
_WHOLE = b"<< /Length %d >>"


class PageCopy:
    """Copies from one open PDF into one file, each object once; ValueError for a circle of them."""

    def __init__(self, file: BoundFile, source: Any) -> None:
        self._file, self._source = file, source
        self._numbers: dict[tuple[int, int], int] = {}

    def page(self, page: Any, over: Mapping[str, int]) -> None:
        """Copy a page; ``over`` are forms of the file drawn over it, by name and number."""
        own = [self._copy(*stream.objgen) for stream in streams(page)]
        resources = self._put(dictionary(page.resources, ("/XObject",)))
        drawn = self._put(dictionary(page.resources.get("/XObject", {})))
        entries = self._put(dictionary(page.obj, _OWN, MediaBox=page.mediabox))
        self._file.add_page(
            _inner(entries), with_forms(resources, drawn, over), around(self._file, own, over)
        )

    def form(self, page: Any, place: int) -> None:
        """Copy a page's drawing as a form with a number that was reserved for it."""
        import pikepdf

        (stream,) = streams(page)
        text = dictionary(
            stream.stream_dict, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
            BBox=page.mediabox, Resources=page.resources,
        )  # fmt: skip
        self._file.write(place, Plain(self._put(text), stream.read_raw_bytes()))

    def _put(self, text: bytes) -> bytes:
        return put(text, lambda number, generation: b"%d 0 R" % self._copy(number, generation))

    def _copy(self, number: int, generation: int) -> int:
        key = number, generation
        if key not in self._numbers:
            self._numbers[key] = 0
            found = plain(self._source.get_object(key))
            self._numbers[key] = self._file.add(Plain(self._put(found.text), found.data))
        if not self._numbers[key]:
            raise ValueError("an object of a paper names itself")
        return self._numbers[key]


def around(file: BoundFile, own: list[int], over: Mapping[str, int]) -> list[int]:
    """Return a page's contents with what draws ``over`` behind them; its own stay as they are."""
    if not over:
        return own
    before, behind = BEFORE, after(list(over))
    return [
        file.add(Plain(_WHOLE % len(before), before)),
        *own,
        file.add(Plain(_WHOLE % len(behind), behind)),
    ]


def with_forms(resources: bytes, drawn: bytes, over: Mapping[str, int]) -> bytes:
    """Return resources that name the forms too."""
    names = b" ".join(b"%s %d 0 R" % (name.encode(), number) for name, number in over.items())
    forms = b"%s %s" % (_inner(drawn), names)
    if not forms.strip():
        return resources
    return b"<< %s /XObject << %s >> >>" % (_inner(resources), forms)


def _inner(text: bytes) -> bytes:
    return text.removeprefix(b"<<").removesuffix(b">>").strip()
