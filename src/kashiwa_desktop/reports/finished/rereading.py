"""Reading a finished PDF again, before anybody sees it: what its numbers say now.

RELIABILITY.md R55: the sums are read back from the page, by where they stand, and compared with
what they were made from. Nothing here knows how the page was drawn but its columns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from kashiwa_desktop.domain.yen_words import read_amount
from kashiwa_desktop.reports.finished.placed_text import Word, words
from kashiwa_desktop.reports.parts.page import LEFT, MM, WIDTH, Made
from kashiwa_desktop.reports.parts.text import solid

_YEN = re.compile(r"△?[0-9][0-9,]*円?")
_LARGE = 20.0  # points: only the claimed amount is set as large
_SUMS = LEFT + WIDTH - 35.5 * MM  # where the column of yen begins on a sheet


@dataclass(frozen=True, slots=True)
class SheetSums:
    """What a sheet's PDF says, in yen; ``claimed`` is None where it holds no claim."""

    claimed: int | None
    claim_lines: tuple[int, ...]
    claim_total: int | None
    items: tuple[int, ...]
    gross: int
    withheld: int
    net: int
    text: str


class UnreadableError(ValueError):
    """A PDF does not say what it should say where it should say it."""


def yen_between(found: Sequence[Word], left: float, right: float) -> list[int]:
    """Return the yen that begin between two lines, in points, in the order they were written."""
    return [read_yen(word.text) for word in found if left <= word.x < right and is_yen(word.text)]


def large_amounts(found: Sequence[Word]) -> list[int]:
    """Return the amounts set large, 金40,000円 or in 大字, in yen; UnreadableError."""
    large = [word.text for word in found if word.size >= _LARGE and word.text.startswith("金")]
    try:
        return [read_amount(text) for text in large]
    except ValueError as error:
        raise UnreadableError("、".join(large)) from error


def page_count(pdf: bytes) -> int:
    import pikepdf  # with the first paper, never at the start

    with pikepdf.open(BytesIO(pdf)) as file:
        return len(file.pages)


def solid_text(pdf: bytes) -> str:
    """Return all text without any blanks."""
    return "".join("".join(word.text.split()) for word in words(pdf))


def is_as_written(pdf: bytes, made: Made) -> bool:
    """Say whether a finished PDF, read again, holds page for page what was written on it.

    Where ``made`` has no texts (kept papers that were bound together) only pages are counted.
    """
    if page_count(pdf) != made.pages:
        return False
    if not made.texts:
        return True
    found = [""] * made.pages
    for word in words(pdf):
        found[word.page] += word.text
    return made.texts == tuple(map(solid, found))


def sheet_sums(pdf: bytes) -> SheetSums:
    """Read the sums of one 請求書・支払明細書; UnreadableError."""
    found = words(pdf)
    cut = [at for at, word in enumerate(found) if word.text == "支払明細書"]
    if not cut:
        raise UnreadableError("no statement")
    upper, lower = found[: cut[-1]], found[cut[-1] :]
    sums = _column(lower)
    if len(sums) < 4:
        raise UnreadableError("no sums")
    claim = _column(upper)
    return SheetSums(
        claimed=_claimed(upper),
        claim_lines=tuple(claim[:-1]),
        claim_total=claim[-1] if claim else None,
        items=tuple(sums[:-3]),
        gross=sums[-3],
        withheld=sums[-2],
        net=sums[-1],
        text=solid("".join(word.text for word in found)),
    )


def _column(found: Sequence[Word]) -> list[int]:
    return [
        read_yen(word.text)
        for word in found
        if word.x >= _SUMS and word.text.endswith("円") and is_yen(word.text)
    ]


def _claimed(found: Sequence[Word]) -> int | None:
    return next(iter(large_amounts(found)), None)


def is_yen(text: str) -> bool:
    return _YEN.fullmatch(text) is not None


def read_yen(text: str) -> int:
    """Read 40,000円 or △1,225 as yen; UnreadableError for anything else."""
    if not is_yen(text):
        raise UnreadableError(text)
    yen = int(text.strip("△円").replace(",", ""))
    return -yen if text.startswith("△") else yen
