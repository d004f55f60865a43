"""On which day the 推進員定例会 is: an nth weekday, days named one by one, or left open.

Source: DOMAIN.md §5 (第n週の曜日 is the nth weekday, never the ISO week). The office decides it
(``domain.office``); where it leaves it open, the promoter's PC goes by what was usual.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import WEEKDAYS

LAST = -1
"""``nth`` of the last such weekday of a month (最終)."""
_KANJI = "一二三四五"
_WORDS = re.compile(rf"(?:毎月)?\s*(?:第([1-5{_KANJI}])|(最終))\s*([{WEEKDAYS}])(?:曜日?)?")


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """``rule`` is ``none`` (left open), ``nth`` or ``days`` (only the days that are named).

    ``nth`` is 1 to 5 or ``LAST``; ``weekday`` counts from Monday, 0, to Sunday, 6.
    """

    rule: str = "none"
    nth: int = 1
    weekday: int = 0

    def day(self, month: Month) -> date | None:
        """Return the day in ``month``; None where the rule names none."""
        return day_of(month, self.nth, self.weekday) if self.rule == "nth" else None

    def words(self) -> str:
        """Return the rule as the office says it: 「第3水曜日」."""
        if self.rule != "nth":
            return "日にちを1回ずつ決める" if self.rule == "days" else "決めない"
        place = "最終" if self.nth == LAST else f"第{self.nth}"
        return f"{place}{WEEKDAYS[self.weekday]}曜日"

    def body(self) -> dict[str, Any]:
        """Return what the settings say of it (``MeetingRuleBody`` without its first day)."""
        if self.rule != "nth":
            return {"rule": self.rule}
        return {"rule": self.rule, "nth": self.nth, "weekday": self.weekday}


def read(body: dict[str, Any]) -> MeetingRule:
    """Read one rule of the settings."""
    return MeetingRule(body["rule"], body.get("nth", 1), body.get("weekday", 0))


def parse(text: str) -> MeetingRule | None:
    """Read 「第3水曜日」, 「毎月 第三水曜」, 「最終金曜日」, in any width; None for the rest."""
    found = _WORDS.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    number, last, weekday = found.groups()
    nth = LAST if last else int(number) if number.isdigit() else _KANJI.index(number) + 1
    return MeetingRule("nth", nth, WEEKDAYS.index(weekday))


def nth_weekday(day: date) -> tuple[int, int]:
    """Return (n, weekday): the 2nd Tuesday of a month is (2, 1)."""
    return (day.day + 6) // 7, day.weekday()


def day_of(month: Month, nth: int, weekday: int) -> date | None:
    """Return the nth (or ``LAST``) weekday of ``month``; None where it has no fifth one."""
    if nth == LAST:
        return month.last - timedelta(days=(month.last.weekday() - weekday) % 7)
    first = month.first + timedelta(days=(weekday - month.first.weekday()) % 7)
    day = first + timedelta(days=7 * (nth - 1))
    return day if Month.of(day) == month else None
