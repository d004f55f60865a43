"""添付: a file that lies beside a record on this PC and never travels; only how many do.

A name is shown as the person gave it; on the disk it is made safe here. What could be run as a
program is not taken in, because a click opens it.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from kashiwa_desktop.domain.file_name import is_reserved

MOST: Final = 20
"""How many may lie beside one record."""
DOCUMENTS: Final = (
    ".pdf", ".docx", ".doc", ".xlsx", ".xls", ".pptx", ".ppt", ".odt", ".ods", ".odp", ".rtf",
    ".txt", ".csv", ".md", ".jtd", ".jtdc", ".dwfx", ".xps", ".eml",
)  # fmt: skip
PICTURES: Final = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp")
SOUNDS: Final = (".mp3", ".m4a", ".wav", ".wma", ".mp4", ".mov", ".m4v", ".avi")
KINDS: Final = (*DOCUMENTS, *PICTURES, *SOUNDS)
"""The endings that are taken in: documents, pictures, recordings."""

_ID: Final = re.compile(r"[0-9a-f]{32}")
_FORBIDDEN: Final = re.compile(r'[\\/:*?"<>|]')
_LONGEST: Final = 120
"""Bytes of a name on the disk without its ending: every file system takes 255 in all."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file: where it lies (``id``), what it is called, and how many bytes it has."""

    id: str
    name: str
    bytes: int

    def row(self) -> list[Any]:
        """Return what a draft and a step to undo keep of it."""
        return [self.id, self.name, self.bytes]


def read(row: Any) -> Attachment | None:
    """Read what ``row`` gave; None for anything that could not have come from it."""
    if not (isinstance(row, list | tuple) and len(row) == 3):
        return None
    place, name, size = row
    if not (isinstance(place, str) and isinstance(name, str) and isinstance(size, int)):
        return None
    return Attachment(place, name, size) if is_place(place) else None


def read_all(rows: Any) -> list[Attachment]:
    """Read those of ``rows`` that can be read."""
    found = (read(row) for row in rows) if isinstance(rows, list | tuple) else ()
    return [one for one in found if one is not None]


def is_place(text: str) -> bool:
    """Whether ``text`` may name a folder of one attachment: 32 hex digits and nothing else."""
    return _ID.fullmatch(text) is not None


def is_taken(name: str) -> bool:
    """Whether a file of this name may be taken in."""
    _, dot, ending = name.rpartition(".")
    return f"{dot}{ending.lower()}" in KINDS


def disk_name(name: str) -> str:
    """Return a name that every disk takes, for a file called ``name``; never a path, never empty.

    What is not a letter, a digit or a plain sign becomes ``_``; characters of names stay.
    """
    last = _FORBIDDEN.sub("_", name)
    last = "".join("_" if unicodedata.category(c)[0] in "CZ" and c != " " else c for c in last)
    stem, dot, ending = last.rpartition(".")
    stem = _shortened(stem.strip(" .") if dot else ending.strip(" ."))
    ending = _shortened(ending.strip(" ."))[:10] if dot else ""
    if is_reserved(stem) or not stem:
        stem = f"_{stem}"
    return f"{stem}.{ending}" if ending else stem


def size_words(size: int) -> str:
    """Return 「240 KB」 or 「3.1 MB」."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size // 100_000 / 10} MB"


def _shortened(text: str) -> str:
    return text.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").strip(" .")
