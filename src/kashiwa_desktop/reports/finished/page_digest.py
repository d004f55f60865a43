"""The digest of a page: one number for everything that it draws with, in whatever file it stands.

It is taken of contents, fonts, pictures and measures down to the last byte, with the digest of an
object in the place of its number in the file. What binding lays over a page does not count.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from kashiwa_desktop.reports.finished.pdf_objects import Plain, dictionary, plain, put, streams

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
