"""Putting finished PDFs together: kept sheets stay as they are, page for page.

What is laid over a page (「再印刷」, 「取消」, its number) is a drawing of its own that follows the
page's own drawing. A blank page keeps a duplex printer from putting two people on one sheet. The
parts come and go one by one, so that a thousand take no more memory than one.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

from kashiwa_desktop.reports.finished.bound_file import BoundFile
from kashiwa_desktop.reports.finished.page_copy import PageCopy, around, with_forms
from kashiwa_desktop.reports.finished.page_digest import (
    MARK,
    NUMBER,
    DamagedError,
    Digest,
    file_digests,
    page_digests,
)
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
