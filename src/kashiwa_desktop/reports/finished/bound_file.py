"""A PDF written from front to back while its parts come: none of them stays in memory.

What was written once already (a font that many sheets hold) is named again instead. All that is
kept of an object is where it begins and a digest of it.
"""

import hashlib
from array import array
from collections.abc import Sequence
from typing import BinaryIO

from kashiwa_desktop.reports.finished.pdf_objects import Plain

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
