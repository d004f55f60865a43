"""気になること: at most five sentences about a month, none of which ranks people (screen 43).

They name areas in the office's order and say what could be asked; nothing is decided by them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from kashiwa_desktop.domain.month import Month

MOST = 5
"""Sentences at a time; more would be a list of complaints."""

_NAMED = 4  # areas named in one sentence
_LATE = 3  # months late one after the other
_USUAL = 4  # activities a month below which a quiet month says nothing
_REPEATED = 3  # records of the same words in one month
_NO_COUNCIL = 6  # months without a 支えあい会議


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """What is known of one area: ``counts`` by month, the last is the month in question.

    ``late`` counts months late or missing up to it, ``repeated`` the records that say the same,
    ``no_council`` the months since the last 支えあい会議.
    """

    name: str
    counts: tuple[int, ...] = ()
    late: int = 0
    repeated: int = 0
    no_council: int = 0

    @property
    def usual(self) -> int:
        """Activities of a usual month: the middle of the months before."""
        before = sorted(self.counts[:-1])
        return before[len(before) // 2] if before else 0

    @property
    def is_quiet(self) -> bool:
        return self.usual >= _USUAL and 2 * self.counts[-1] <= self.usual


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """Sheets not paid though their day has passed, and approved months changed since.

    ``pay_day`` and ``month`` are those of the oldest such sheet.
    """

    unpaid: int = 0
    pay_day: date | None = None
    month: Month | None = None
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence; ``code`` is unpaid, changed, late, quiet, repeated or council.

    ``month`` is where to look, None for the month in question.
    """

    code: str
    text: str
    month: Month | None = None


def notices(areas: Sequence[AreaFacts], money: MoneyFacts) -> tuple[Notice, ...]:
    """Return what is worth a look, money first, at most ``MOST``."""
    found = [_unpaid(money), _changed(money)]
    for code, fits, words in _KINDS:
        names = [area.name for area in areas if fits(area)]
        found.append(Notice(code, words.format(_named(names))) if names else None)
    return tuple([notice for notice in found if notice is not None][:MOST])


def _unpaid(money: MoneyFacts) -> Notice | None:
    if not money.unpaid or money.pay_day is None:
        return None
    day = f"{money.pay_day.month}月{money.pay_day.day}日"
    text = f"支払予定日({day})を過ぎて、支払済みになっていない書類が{money.unpaid}件あります。"
    return Notice("unpaid", text, money.month)


def _changed(money: MoneyFacts) -> Notice | None:
    if not money.changed:
        return None
    text = f"承認のあとに記録が変わった月があります: {_named(money.changed)}。"
    return Notice("changed", text)


_KINDS: tuple[tuple[str, Callable[[AreaFacts], bool], str], ...] = (
    ("late", lambda a: a.late >= _LATE,
     "締切のあとになった月が続いています: {}。お困りのことがないか、お聞きしてみてください。"),
    ("quiet", lambda a: a.is_quiet,
     "{}は、いつもより活動がずっと少ない月です。お変わりがないか、お聞きしてみてください。"),
    ("repeated", lambda a: a.repeated >= _REPEATED,
     "同じ言葉の記録がいくつもあります: {}。写しまちがいかもしれません。"),
    ("council", lambda a: a.no_council >= _NO_COUNCIL,
     "支えあい会議の記録が半年ありません: {}。予定をお聞きしてみてください。"),
)  # fmt: skip


def _named(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    words = "、".join(names[:_NAMED])
    return f"{words}、ほか{rest}地域" if rest > 0 else words
