"""Carrying the pages of one PDF into another, with all they draw with, unchanged."""

from collections.abc import Mapping
from typing import Any

from kashiwa_desktop.reports.finished.bound_file import BoundFile
from kashiwa_desktop.reports.finished.page_digest import BEFORE, after
from kashiwa_desktop.reports.finished.pdf_objects import Plain, dictionary, plain, put, streams

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
