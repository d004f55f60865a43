"""Names that every disk takes: what Windows keeps for itself, and the numbers that name files."""

import re
from typing import Final

_RESERVED: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,39}")


def is_reserved(name: str) -> bool:
    """Whether Windows takes a name for a device: before Windows 11 ``aux.2026.pdf`` too."""
    return _RESERVED.fullmatch(name.partition(".")[0].rstrip(" ")) is not None


def is_number(text: str) -> bool:
    """Whether a promoter may have this number: it becomes part of the names of files."""
    return _NUMBER.fullmatch(text) is not None and not is_reserved(text)
