"""An old table of activities: which column says what, and what each of its lines would become.

People have kept such tables for years in their own way; nothing about them is certain. What
cannot be read is kept as text in the record's content, never dropped silently.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from kashiwa_desktop.domain.code_list import SEED, CodeLists
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import parse_date
from kashiwa_desktop.domain.wording import search_key

Cell = str | int | date | time | None
Row = tuple[Cell, ...]
Kind = tuple[str, str]
"""A category and its type, as codes."""

FIELDS = {
    "date": "日付",
    "category": "区分",
    "type": "種別",
    "title": "内容(ひとこと)",
    "content": "くわしい内容",
    "place": "場所",
    "counterparts": "相手先",
    "attendees": "参加人数",
    "minutes": "活動の長さ",
    "start": "始まりの時刻",
    "end": "終わりの時刻",
    "findings": "成果・気づき",
    "next": "次にすること",
}

_HEADINGS = {
    "date": ("日付", "年月日", "月日", "活動日", "実施日", "開催日", "日時", "日"),
    "category": ("活動区分", "区分", "分類"),
    "type": ("種別", "種類", "活動種別"),
    "title": ("内容(ひとこと)", "件名", "活動名", "活動内容", "内容", "用件", "会議名", "事業名"),
    "content": ("詳細", "くわしい内容", "備考", "メモ", "概要", "摘要"),
    "place": ("場所", "会場", "活動場所", "開催場所"),
    "counterparts": ("相手先", "相手", "関係機関", "面談者", "訪問先", "団体名"),
    "attendees": ("参加人数", "参加者数", "人数", "出席者数", "参加者"),
    "minutes": ("活動時間", "時間(分)", "所要時間", "時間数", "時間"),
    "start": ("開始時刻", "開始時間", "始まり", "開始", "自"),
    "end": ("終了時刻", "終了時間", "終わり", "終了", "至"),
    "findings": ("成果・気づき", "成果", "気づき", "結果", "所感", "感想"),
    "next": ("次にすること", "今後の予定", "今後の課題", "次回", "課題"),
}

_KINDS: tuple[tuple[str, Kind], ...] = (
    ("定例会", ("other", "regular_meeting")),
    ("地区担当", ("other", "area_officer")),
    ("専門職会議", ("community", "expert_meeting")),
    ("説明会", ("community", "briefing")),
    ("地域の打合せ", ("community", "local_meeting")),
    ("福祉施設", ("network", "facility")),
    ("福祉専門職", ("network", "professional")),
    ("企業", ("network", "business")),
    ("商店", ("network", "business")),
    ("意見交換", ("council", "exchange")),
    ("勉強会", ("council", "study")),
    ("イベント開催", ("council", "event")),
    ("その他打合せ", ("other", "misc")),
)
_CATEGORY_WORDS = (
    ("支えあい会議", "council"), ("支え合い会議", "council"), ("ネットワーク", "network"),
    ("地域活動", "community"), ("その他", "other"),
)  # fmt: skip
_SAME = frozenset({"〃", "同上", "〟", "々", '"', "''", "”"})
_SUMS = ("合計", "小計", "総計", "計")
_MONTH = re.compile(
    r"(?:(?P<era>令和|平成|R|H)\.?(?P<y>元|\d{1,2})[年.]|(?P<w>20\d\d)[年./-])(?P<m>\d{1,2})(?:月|$|\D)"
)
_ONLY_MONTH = re.compile(r"(?P<m>\d{1,2})月分?(?:の?活動.*)?")
_SPAN = re.compile(r"(\d{1,2})[:時](\d{2})?分?\s*[~〜～\-–—ー]\s*(\d{1,2})[:時](\d{2})?分?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:時](\d{1,2})分?|時)")
_HEAD_ROWS = 25


@dataclass(frozen=True, slots=True)
class OldSheet:
    """One table as it was found: its name and its rows, from the first."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings stand (-1: nowhere), which column holds which field, and of which month.

    ``kinds`` are a person's answers: what each way of naming a category means; ``codes`` are the
    words of the office.
    """

    head: int
    columns: Mapping[str, int]
    month: Month | None = None
    area: str | None = None
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    codes: CodeLists = SEED


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what it would become, and what is to be looked at.

    ``number`` counts from 1 as Excel does; ``kind_words`` is how the table names the category.
    """

    number: int
    given: dict[str, Any]
    notes: tuple[str, ...] = ()
    kind_words: str = ""


def width(sheet: OldSheet) -> int:
    """Return how many columns the table has."""
    return max((len(row) for row in sheet.rows), default=0)


def column_name(number: int) -> str:
    """Return A, B, …, Z, AA for a column counted from 0."""
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def guess(sheet: OldSheet, today: date) -> Layout:
    """Return the likely layout: the line with the most known headings, the month named above."""
    scored = [(len(_columns(row)), -number) for number, row in enumerate(sheet.rows[:_HEAD_ROWS])]
    best, place = max(scored, default=(0, 0))
    head = -place if best >= 2 else -1
    columns = _columns(sheet.rows[head]) if head >= 0 else {}
    above = [text for row in sheet.rows[: max(head, 0)] for text in map(_text, row)]
    months = (_month(text, today) for text in [*above, sheet.name])
    return Layout(head, columns, next((m for m in months if m is not None), None))


def read_lines(sheet: OldSheet, layout: Layout, today: date) -> list[Line]:
    """Return the lines that say something, in order; sums and repeated headings are left out."""
    found: list[Line] = []
    month, above = layout.month, ""
    head = sheet.rows[layout.head] if layout.head >= 0 else ()
    for number, row in enumerate(sheet.rows[layout.head + 1 :], start=layout.head + 2):
        texts = [text for text in map(_text, row) if text]
        if not texts or texts == [t for t in map(_text, head) if t]:
            continue
        if len(texts) == 1 and (named := _named_month(texts[0], month, today)):
            month = named
            continue
        line = _Reader(layout, row, month, today).line(number, above)
        if line is not None:
            found.append(line)
            above = line.given.get("date") or above
    return found


def unknown_kinds(lines: Sequence[Line]) -> list[str]:
    """Return how the table names categories that are not known, each once, in order."""
    return list(dict.fromkeys(one.kind_words for one in lines if "type" not in one.given))


def kind_of(category: str, kind: str, codes: CodeLists = SEED) -> Kind | None:
    """Return the category and type that two texts mean; None where that is not certain.

    A type is known by every word it ever had.
    """
    key = search_key(f"{category} {kind}")
    code = next((c for word, c in _CATEGORY_WORDS if search_key(word) in key), "")
    for word, found in _KINDS:
        if search_key(word) in key and code in ("", found[0]):
            return found
    if not kind:
        return None
    wanted = search_key(kind)
    for of, type_code in codes.types():
        labels = {search_key(row.label) for row in codes.history("type", type_code, of)}
        if wanted in labels and code in ("", of):
            return of, type_code
    return None


def _columns(row: Row) -> dict[str, int]:
    """Match headings to fields: the exact ones first, then those that begin alike."""
    heads = [search_key(re.sub(r"\s", "", _text(cell))) for cell in row]
    found: dict[str, int] = {}
    for exact in (True, False):
        for name, words in _HEADINGS.items():
            for word in map(search_key, words):
                place = next((n for n, h in enumerate(heads) if _fits(h, word, exact=exact)), None)
                if name not in found and place is not None and place not in found.values():
                    found[name] = place
    return found


def _fits(head: str, word: str, *, exact: bool) -> bool:
    if exact or len(word) == 1:
        return head == word
    return len(head) <= len(word) + 8 and head.startswith(word)


class _Reader:
    """Reads one row by a layout."""

    def __init__(self, layout: Layout, row: Row, month: Month | None, today: date) -> None:
        self._layout, self._row, self._month, self._today = layout, row, month, today
        self._kept: list[str] = []
        self._notes: list[str] = []

    def line(self, number: int, above: str) -> Line | None:
        texts = [text for text in map(_text, self._row) if text]
        title = self._said("title")
        if not title and (not self._said("date") or texts[0] in _SUMS):
            return None
        if texts[0].replace(" ", "") in _SUMS or (title in _SUMS and not self._said("date")):
            return None
        given = {
            name: self._said(name) for name in ("title", "content", "place", "findings", "next")
        }
        day = self._day(above)
        if day:
            given["date"] = day
        more = {**self._times(), **self._numbers()}
        names = re.split(r"[、,,・/／\n]+", self._said("counterparts"))
        more["counterparts"] = [name.strip() for name in names if name.strip()]
        if self._layout.area:
            more["area"] = self._layout.area
        kind, words = self._kind()
        if kind:
            more |= {"category": kind[0], "type": kind[1]}
        given["content"] = "\n".join(t for t in (given["content"], *self._kept) if t)
        filled = {name: value for name, value in {**given, **more}.items() if value not in ("", [])}
        return Line(number, filled, tuple(self._notes), words)

    def _cell(self, name: str) -> Cell:
        place = self._layout.columns.get(name)
        return self._row[place] if place is not None and place < len(self._row) else None

    def _said(self, name: str) -> str:
        return _text(self._cell(name))

    def _day(self, above: str) -> str:
        cell = self._cell("date")
        text = _text(cell)
        if above and (not text or text in _SAME):
            self._notes.append("上の行と同じ日付にしました。")
            return above
        day = _day(cell, self._month, self._today)
        if day is None and text:
            self._kept.append(f"日付: {text}")
            self._notes.append(f"日付「{text}」が読み取れません。")
        return day.isoformat() if day else ""

    def _kind(self) -> tuple[Kind | None, str]:
        words = " / ".join(t for t in (self._said("category"), self._said("type")) if t)
        known = self._layout.kinds.get(words)
        kind = kind_of(self._said("category"), self._said("type"), self._layout.codes)
        return known or kind, words

    def _times(self) -> dict[str, str]:
        found = {}
        for name in ("start", "end"):
            text = _text(self._cell(name))
            clock = _clock(self._cell(name))
            if clock:
                found[name] = clock
            elif text and not _SPAN.search(_plain(text)):
                self._kept.append(f"{FIELDS[name]}: {text}")
        for name in ("start", "minutes", "date"):
            span = _SPAN.search(_plain(_text(self._cell(name))))
            if span and "end" not in found:
                first, last = _hhmm(span[1], span[2]), _hhmm(span[3], span[4])
                if first and last:
                    found |= {"start": first, "end": last}
        return found

    def _numbers(self) -> dict[str, int]:
        found: dict[str, int] = {}
        people = re.search(r"\d+", _plain(self._said("attendees")))
        if people and int(people[0]) < 100_000:
            found["attendees"] = int(people[0])
        elif self._said("attendees"):
            self._kept.append(f"{FIELDS['attendees']}: {self._said('attendees')}")
        cell = self._cell("minutes")
        length = _minutes(cell)
        if length is not None:
            found["minutes"] = length
        elif _text(cell) and not _SPAN.search(_plain(_text(cell))):
            self._kept.append(f"{FIELDS['minutes']}: {_text(cell)}")
        return found


def _text(cell: Cell) -> str:
    if isinstance(cell, time):
        return f"{cell.hour}:{cell.minute:02d}"
    return "" if cell is None else str(cell).strip()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _day(cell: Cell, month: Month | None, today: date) -> date | None:
    """Read a date; a bare day or month and day belong to the month the table names."""
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int) and 30_000 < cell < 70_000:
        return date(1899, 12, 30) + timedelta(days=cell)  # the day number of Excel
    text = re.split(r"[\s　]+\d{1,2}[:時]", _plain(_text(cell)))[0]
    text = re.sub(r"[((][^))]*[))]\s*$", "", text)
    return parse_date(text, month.last if month else today) if text else None


def _month(text: str, today: date) -> Month | None:
    """Find 令和8年10月, R8.10 or 2026年10月 in a text."""
    match = _MONTH.search(_plain(text))
    if match is None:
        return None
    year = int(match["w"] or 0)
    if match["era"]:
        first = 2018 if match["era"] in ("令和", "R") else 1988
        year = first + (1 if match["y"] == "元" else int(match["y"]))
    number = int(match["m"])
    return Month(year, number) if 1 <= number <= 12 and 1990 <= year <= today.year + 1 else None


def _named_month(text: str, before: Month | None, today: date) -> Month | None:
    """Read a line that only names a month; without a year it is the one nearest before today."""
    whole = _month(text, today)
    if whole is not None:
        return whole
    match = _ONLY_MONTH.fullmatch(_plain(text))
    if match is None or not 1 <= int(match["m"]) <= 12:
        return None
    number = int(match["m"])
    here = before or Month.of(today)
    year = here.fiscal_year + (number < 4)
    found = Month(year, number)
    return found if before or found <= Month.of(today) else Month(year - 1, number)


def _clock(cell: Cell) -> str:
    if isinstance(cell, time):
        return f"{cell.hour:02d}:{cell.minute:02d}"
    match = _CLOCK.fullmatch(_plain(_text(cell)))
    return _hhmm(match[1], match[2]) if match else ""


def _hhmm(hour: str, minute: str | None) -> str:
    h, m = int(hour), int(minute or 0)
    return f"{h:02d}:{m:02d}" if h < 24 and m < 60 else ""


def _minutes(cell: Cell) -> int | None:
    """Read 90, 90分, 1時間30分, 1.5時間, 1:30; a bare number up to 12 means hours."""
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    text = _plain(_text(cell)).replace(" ", "")
    match = re.fullmatch(r"(?:(\d{1,2})(?:時間|:))?(?:(\d{1,3})分?|半)?", text)
    if match and match[1] and (match[2] or text.endswith(("時間", "半"))):
        return int(match[1]) * 60 + (30 if text.endswith("半") else int(match[2] or 0))
    decimal = re.fullmatch(r"(\d{1,2})(?:\.(\d))?(?:時間|h)?", text)
    if decimal and (decimal[2] or "時間" in text or int(decimal[1]) <= 12):
        return int(decimal[1]) * 60 + int(decimal[2] or 0) * 6
    plain = re.fullmatch(r"(\d{1,3})分?", text)
    return int(plain[1]) if plain else None
