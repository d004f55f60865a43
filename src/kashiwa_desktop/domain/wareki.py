"""Eras as data: dates as Japanese offices write them, and the many ways people type them.

Source of the forms: DOMAIN.md §5. The first year prints 元 and is read as 元 or 1; FY2019 as a
whole is 令和元年度.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True, slots=True)
class Era:
    """One era: its name, its letter, and its first day."""

    name: str
    letter: str
    first: date


ERAS = (
    Era("令和", "R", date(2019, 5, 1)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("昭和", "S", date(1926, 12, 25)),
)


def era_of(day: date) -> Era:
    """Return the era in which ``day`` lies; ValueError before 昭和."""
    for era in ERAS:
        if day >= era.first:
            return era
    raise ValueError(f"no era for {day}")


def era_year(day: date) -> str:
    """令和8年, 令和元年."""
    era = era_of(day)
    return f"{era.name}{_year_text(day.year - era.first.year + 1)}年"


def short_era_year(day: date) -> str:
    """R8, R元."""
    era = era_of(day)
    return f"{era.letter}{_year_text(day.year - era.first.year + 1)}"


def long_date(day: date, *, weekday: bool = True) -> str:
    """令和8年11月23日(月)."""
    text = f"{era_year(day)}{day.month}月{day.day}日"
    return f"{text}({WEEKDAYS[day.weekday()]})" if weekday else text


def short_date(day: date) -> str:
    """R8.11.23, where a column is narrow."""
    return f"{short_era_year(day)}.{day.month}.{day.day}"


def fiscal_year_name(first_year: int) -> str:
    """令和8年度; FY2019 as a whole is 令和元年度, FY1988 stays 昭和63年度."""
    era = era_of(date(first_year, 12, 31))
    return f"{era.name}{_year_text(first_year - era.first.year + 1)}年度"


def parse_date(text: str, today: date) -> date | None:
    """Read a date as people type it; None where it cannot be read as one.

    Accepts ``23`` (of this month, or of the last one where that day is still to come), ``11/23``,
    ``きょう`` ``きのう`` ``おととい``, ``R8.11.23``, ``令和８年１１月２３日``, ``20261123``,
    ``0704`` and ``2026-11-23``. A day and month without a year is the latest such day that is not
    more than 31 days ahead.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    plain = re.sub(r"\([月火水木金土日]\)$", "", plain)
    if plain in _WORDS:
        return today - timedelta(days=_WORDS[plain])
    plain = re.sub(r"(令和|平成|昭和|[RHSrhs])\.?元", r"\g<1>1", plain.translate(_TYPED))
    for pattern, read in _FORMS:
        match = pattern.fullmatch(plain)
        if match:
            try:
                return read(match, today)
            except ValueError:
                return None
    return None


def _year_text(number: int) -> str:
    return "元" if number == 1 else str(number)


_WORDS = {
    "今日": 0, "きょう": 0, "本日": 0, "昨日": 1, "きのう": 1, "おととい": 2, "一昨日": 2,
}  # fmt: skip
_TYPED = str.maketrans("ー−‐–—・。、", "-----/..")  # what the keys - / . , give in Japanese input


def _in_era(match: re.Match[str], today: date) -> date:
    letter = match["era"][0].upper()
    era = next(era for era in ERAS if letter in (era.letter, era.name[0]))
    day = date(era.first.year + int(match["y"]) - 1, int(match["m"]), int(match["d"]))
    if day < era.first:
        raise ValueError("before the era began")
    return day


def _with_year(match: re.Match[str], today: date) -> date:
    year = int(match["y"])
    if len(match["y"]) < 4:
        year += ERAS[0].first.year - 1
    day = date(year, int(match["m"]), int(match["d"]))
    era_of(day)
    return day


def _month_and_day(match: re.Match[str], today: date) -> date:
    month, day = int(match["m"]), int(match["d"])
    for year in (today.year + 1, today.year, today.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today + timedelta(days=31):
            return found
    raise ValueError("no such day")


def _day_only(match: re.Match[str], today: date) -> date:
    day = int(match["d"])
    if day <= today.day:
        return today.replace(day=day)
    return (today.replace(day=1) - timedelta(days=1)).replace(day=day)


_YMD = r"(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?"
_FORMS = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"(?P<era>令和|平成|昭和|[RHSrhs])\.?(?P<y>\d{{1,2}})[-/.年]{_YMD}", _in_era),
        (r"(?P<era>[RHSrhs])(?P<y>\d{2})(?P<m>\d{2})(?P<d>\d{2})", _in_era),
        (rf"(?P<y>\d{{4}}|\d{{1,2}})[-/.年]{_YMD}", _with_year),
        (r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", _with_year),
        (_YMD, _month_and_day),
        (r"(?P<m>\d{2})(?P<d>\d{2})", _month_and_day),
        (r"(?P<d>\d{1,2})日?", _day_only),
    )
)
