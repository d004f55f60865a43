"""年間のまとめ: a fiscal year's activities by month and by area, and the money of both years.

年度 counts by month of service, 暦年 by the day of payment: what was done in March and paid in
April stands in different years, and the paper says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain import code_list
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import era_year, fiscal_year_name, long_date
from kashiwa_desktop.reports.finished.placed_text import words
from kashiwa_desktop.reports.finished.rereading import yen_between
from kashiwa_desktop.reports.paper import Block, Document, Gap, Heading, Passage, Room, Title, write
from kashiwa_desktop.reports.parts.heading import NONE, Sender
from kashiwa_desktop.reports.parts.page import LEFT, MM, WIDTH, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Row, Table
from kashiwa_desktop.reports.parts.text import CELL, SMALL, Style

_TITLE = "年間のまとめ"
_CELL = Style("mincho", 8.5, 11)
_MONEY, _PERSON = 30 * MM, 31 * MM  # how wide a column of yen is


@dataclass(frozen=True, slots=True)
class CountLine:
    """One row of counts: 回 by category, days and people."""

    label: str
    counts: Sequence[int]
    days: int
    attendees: int

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One row of money, in yen: ``number`` sheets, before tax, withheld, and what was paid when."""

    label: str
    number: int
    gross: int
    withheld: int
    paid: int = 0
    paid_on: str = ""

    @property
    def net(self) -> int:
        return self.gross - self.withheld


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person's money in yen: 年度 by month of service, 暦年 by day of payment."""

    name: str
    area: str
    fiscal: int
    calendar: int
    calendar_withheld: int


@dataclass(frozen=True, slots=True)
class YearSummary:
    """Everything that stands on the paper; ``year`` is the fiscal year's first calendar year.

    ``across`` are yen of March (or before) that were paid after the fiscal year. ``resources``
    are kind, number and what more there is to say, the sum last, as of ``resources_on``.
    """

    year: int
    by_month: Sequence[CountLine]
    total: CountLine
    by_area: Sequence[CountLine] = ()
    money: Sequence[MoneyLine] = ()
    people: Sequence[PersonLine] = ()
    across: int = 0
    meetings: Sequence[tuple[str, str, str]] = ()
    resources: Sequence[tuple[str, str, str]] = ()
    resources_on: date | None = None
    words: code_list.Words = code_list.SEED_WORDS

    @property
    def name(self) -> str:
        return fiscal_year_name(self.year)

    @property
    def calendar_name(self) -> str:
        return era_year(Month(self.year, 12).last)


def render(value: YearSummary, sender: Sender, out: Path | BinaryIO) -> Made:
    """Write the paper as a PDF."""
    return write(f"{_TITLE} {value.name}", [paper(value, sender)], out)


def paper(value: YearSummary, sender: Sender) -> Document:
    """Say what stands on the paper: activities first, then money."""
    labels = value.words.choices("category").values()
    blocks: list[Block] = [
        Title(_TITLE, value.name),
        Heading("月ごとの活動(回)"),
        _counts(["月", *labels], value.by_month, value.total),
        Gap(1),
        *_areas(value),
        *_meetings(value),
        *_resources(value),
        *(_money(value) if value.money else ()),
        *(_people(value) if value.people else ()),
    ]
    footer = sender.footer(_TITLE, value.name)
    return Document(f"{_TITLE} {value.name}", footer, blocks)


def _areas(value: YearSummary) -> Iterator[Block]:
    if not value.by_area:
        return
    yield Heading("地域ごとの活動(回)")
    labels = value.words.choices("category").values()
    yield _counts(["地域", *labels], value.by_area, None)
    yield Gap(1)
    yield Passage("合同の支えあい会議は、地域ごとに1回、市全体では1回と数えます。", SMALL)


def _counts(labels: Sequence[str], lines: Sequence[CountLine], total: CountLine | None) -> Table:
    each = 19 * MM
    columns = (
        Column(labels[0], REST, "left", _CELL),
        *(Column(label, each, "right", _CELL) for label in labels[1:]),
        Column("計", each, "right", _CELL), Column("活動日数", each, "right", _CELL),
        Column("参加延数", each, "right", _CELL),
    )  # fmt: skip
    last = _count_row(total) if total else None
    return Table(columns, [_count_row(line) for line in lines], last=last)


def _count_row(line: CountLine) -> Row:
    numbers = (*line.counts, line.total, line.days, line.attendees)
    return Row((line.label, *(f"{n:,}" for n in numbers)))


def _meetings(value: YearSummary) -> Iterator[Block]:
    if not value.meetings:
        return
    yield Heading("支えあい会議")
    columns = (
        Column("地域", 30 * MM, "left", CELL), Column("回数", 16 * MM, "right", CELL),
        Column("おもな決定", REST, "left", CELL),
    )  # fmt: skip
    yield Table(columns, [Row(line) for line in value.meetings])


def _resources(value: YearSummary) -> Iterator[Block]:
    if not value.resources or value.resources_on is None:
        return
    yield Heading(f"地域の資源({long_date(value.resources_on, weekday=False)}現在)")
    columns = (
        Column("種類", 45 * MM, "left", CELL), Column("件数", 16 * MM, "right", CELL),
        Column("内訳", REST, "left", CELL),
    )  # fmt: skip
    *kinds, whole = value.resources
    yield Table(columns, [Row(line) for line in kinds], last=Row(whole))


def _money(value: YearSummary) -> Iterator[Block]:
    yield Room(len(value.money) * 16 + 60)
    yield Heading(f"委託金(活動・報償費) {value.name}分(活動した月による)")
    each = _MONEY
    columns = (
        Column("活動した月", REST, "left", CELL),
        Column("件数", 18 * MM, "right", CELL), Column("支給額(円)", each, "right", CELL),
        Column("源泉徴収額(円)", each, "right", CELL), Column("差引額(円)", each, "right", CELL),
        Column("うち支払済み(円)", each, "right", CELL),
    )  # fmt: skip
    whole = MoneyLine(
        "年度計",
        *(sum(getattr(m, name) for m in value.money)
          for name in ("number", "gross", "withheld", "paid")),
    )  # fmt: skip
    rows = [_money_row(line) for line in value.money]
    yield Table(columns, rows, last=_money_row(whole))
    yield Gap(0.7)
    if value.across:
        text = f"このうち {_yen(value.across)}円は、年度が終わったあと(4月から)に支払いました。"
        yield Passage(text, SMALL)


def _money_row(line: MoneyLine) -> Row:
    numbers = (line.gross, line.withheld, line.net, line.paid)
    return Row((line.label, f"{line.number}", *map(_yen, numbers)))


def _people(value: YearSummary) -> Iterator[Block]:
    yield Heading(f"推進員ごと(年度は活動した月、{value.calendar_name}は支払った日による)")
    each = _PERSON
    columns = (
        Column("氏名", 37 * MM, "left", CELL),
        Column("地域", REST, "left", CELL),
        Column(f"{value.name}(円)", each, "right", CELL),
        Column(f"{value.calendar_name} 支払(円)", each, "right", CELL),
        Column(f"{value.calendar_name} 源泉(円)", each, "right", CELL),
    )  # fmt: skip
    rows = [
        Row((p.name, p.area, _yen(p.fiscal), _yen(p.calendar), _yen(p.calendar_withheld)))
        for p in value.people
    ]
    sums = [sum(getattr(p, n) for p in value.people)
            for n in ("fiscal", "calendar", "calendar_withheld")]  # fmt: skip
    last = Row((f"計 {len(rows)}人", NONE, *map(_yen, sums)))
    yield Table(columns, rows, last=last)
    yield Gap(0.7)
    text = "税の計算と支払調書の要否は、暦年の金額をもとに事務局で確かめてください。"
    yield Passage(text, SMALL)


def says(pdf: bytes, value: YearSummary) -> bool:
    """Say whether the money of a finished paper, read again, adds up to that of ``value``."""
    found = words(pdf)
    begin = next((n for n, w in enumerate(found) if w.text.startswith("委託金(")), len(found))
    cut = next((n for n, w in enumerate(found) if w.text.startswith("推進員ごと(")), len(found))
    right = LEFT + WIDTH
    months, people = found[begin:cut], found[cut:]
    for place, name in enumerate(("gross", "withheld", "net", "paid")):
        left = right - (4 - place) * _MONEY
        yen = [getattr(line, name) for line in value.money]
        if yen and yen_between(months, left, left + _MONEY) != [*yen, sum(yen)]:
            return False
    for place, name in enumerate(("fiscal", "calendar", "calendar_withheld")):
        left = right - (3 - place) * _PERSON
        yen = [getattr(line, name) for line in value.people]
        if yen and yen_between(people, left, left + _PERSON) != [*yen, sum(yen)]:
            return False
    return True


def _yen(yen: int) -> str:
    return f"△{-yen:,}" if yen < 0 else f"{yen:,}"
