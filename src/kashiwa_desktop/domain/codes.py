"""Codes and numbers as spreadsheets give them back: 01 becomes 1, and wide digits stay wide."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:月|[-/.]0?1)?")


class UnclearCodeError(ValueError):
    """More than one known code may be meant; ``codes`` are these."""

    def __init__(self, codes: Collection[str]) -> None:
        super().__init__("unclear")
        self.codes = tuple(sorted(codes))


def plain(text: str) -> str:
    """Return a code with half-width letters and digits; one in other letters stays as it is."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    return narrow if narrow.isascii() else text.strip()


def meant(text: str, known: Collection[str]) -> str:
    """Return the known code that ``text`` means: as written, or by its number without zeros.

    A code that means none of them comes back as it is; UnclearCodeError where it may mean two.
    """
    if text in known:
        return text
    code = plain(text)
    if code in known or not code.isdecimal():
        return code
    same = [one for one in known if one.isascii() and one.isdecimal() and int(one) == int(code)]
    if len(same) > 1:
        raise UnclearCodeError(same)
    return same[0] if same else code


def day(text: str) -> date:
    """Read 2015-04-01 or 2015/4/1, wide digits too; ValueError."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise ValueError("not a day")
    return date(*map(int, found.groups()))


def month(text: str) -> tuple[int, int]:
    """Read 2015-04, 2015/4 or the first of that month as (year, month); ValueError."""
    found = _MONTH.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise ValueError("not a month")
    return int(found[1]), int(found[2])


def number(text: str) -> int:
    """Read a whole number, 「46,159」 and wide digits too; ValueError."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"-?\d{1,3}(?:,\d{3})*|-?\d+", narrow)
    if found is None or len(narrow) > _LONGEST:
        raise ValueError("not a number")
    return int(narrow.replace(",", ""))


_LONGEST = 20
