"""The objects of a PDF as plain text: what they name, and what stands there in its place."""

import re
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

_MARKS = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-fA-F]*>|(\d+) (\d+) R\b", re.DOTALL)


class Plain(NamedTuple):
    """An object: its text, and the data of a stream exactly as it is kept (None: no stream)."""

    text: bytes
    data: bytes | None = None


def plain(found: Any) -> Plain:
    """Return an object of an open file by what it is and not by its number."""
    import pikepdf  # with the first paper, never at the start

    if isinstance(found, pikepdf.Stream):
        return Plain(found.stream_dict.unparse(), found.read_raw_bytes())
    if isinstance(found, pikepdf.Object):
        return Plain(found.unparse(resolved=True))
    return Plain(pikepdf.Array([found]).unparse().strip(b"[ ]"))  # a number


def dictionary(found: Any, without: Collection[str] = (), **more: Any) -> bytes:
    """Return the text of a dictionary, leaving keys out or adding some."""
    import pikepdf

    rest = {key: value for key, value in found.items() if key not in without}
    added = {f"/{key}": value for key, value in more.items()}
    return pikepdf.Dictionary(rest | added).unparse(resolved=True)


def put(text: bytes, names: Callable[[int, int], bytes]) -> bytes:
    """Put ``names`` of number and generation for each reference; strings stay as they are."""

    def one(mark: re.Match[bytes]) -> bytes:
        return names(int(mark[1]), int(mark[2])) if mark[1] else mark[0]

    return _MARKS.sub(one, text)


def streams(page: Any) -> list[Any]:
    """Return the streams of a page's contents, none where it has none."""
    import pikepdf

    found = page.obj.get("/Contents")
    if found is None:
        return []
    return [found] if isinstance(found, pikepdf.Stream) else list(found)
