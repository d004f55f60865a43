"""How single words of the command line are read: a month, a day, an amount; else status 2."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office_schema import MOST_YEN


def typed(read: Callable[[str], Any], what: str) -> Callable[[str], Any]:
    """Return a reader for argparse that says in Japanese what it could not read."""

    def convert(text: str) -> Any:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{what}が読めません: {text}") from error

    return convert


def _yen(text: str) -> int:
    amount = int(text)
    if not 0 <= amount <= MOST_YEN:
        raise ValueError(text)
    return amount


def _signed_yen(text: str) -> int:
    amount = int(text)
    _yen(str(abs(amount)))
    return amount


def _year(text: str) -> int:
    first = int(text)
    if not 2000 <= first <= 2198:
        raise ValueError(text)
    return first


month = typed(Month.parse, "月(2026-10 の形)")
day = typed(date.fromisoformat, "日付(2026-10-01 の形)")
yen = typed(_yen, "金額")
signed_yen = typed(_signed_yen, "金額")
fiscal_year = typed(_year, "年度(はじまりの西暦)")
