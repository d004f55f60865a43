"""活動実績報告書(月報): what a promoter did in a month, for the office's file (PRODUCT.md §6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain import code_list
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.wareki import WEEKDAYS, long_date
from kashiwa_desktop.reports.parts.boxes import STAMP, stamp_boxes
from kashiwa_desktop.reports.parts.page import LEFT, MM, WIDTH, Flow, Footer, Made, fit, save
from kashiwa_desktop.reports.parts.table import Column, Part, Row, Table
from kashiwa_desktop.reports.parts.text import (
    BODY,
    CELL,
    LABEL,
    SMALL,
    STRONG,
    TINY,
    TITLE,
    Style,
    layout,
)

_TITLE = "活動実績報告書"
_GAP = 5 * MM
_HALF = (WIDTH - _GAP) / 2
_BIG = Style("mincho", 11, 15)
_LONG = Style("mincho", 9.5, 14)
_ITEM = Style("mincho", 8.5, 11.5)
_LEAST = 80 * MM  # what a person's name and area need beside the boxes
_NONE = "－"


@dataclass(frozen=True, slots=True)
class Measure:
    """One number three times: this month, the fiscal year so far, the same month last year.

    ``last_year`` is None where there are no records of that month.
    """

    month: int = 0
    year: int = 0
    last_year: int | None = None

    def __add__(self, other: "Measure") -> "Measure":
        known = [n for n in (self.last_year, other.last_year) if n is not None]
        return Measure(
            self.month + other.month, self.year + other.year, sum(known) if known else None
        )

    def texts(self) -> tuple[str, str, str]:
        last = _NONE if self.last_year is None else f"{self.last_year:,}"
        return f"{self.month:,}", f"{self.year:,}", last


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity in the list by day; ``category``, ``type`` and ``status`` are codes.

    ``words`` are those of its day.
    """

    day: date
    category: str
    type: str
    title: str
    place: str = ""
    attendees: int | None = None
    status: str = "held"
    by_proxy: str | None = None
    conflict: bool = False
    words: code_list.Words = code_list.SEED_WORDS


@dataclass(frozen=True, slots=True)
class CouncilLine:
    """A 支えあい会議 that was held: its day, name, people present and decisions."""

    day: date
    name: str
    attendees: int | None = None
    decisions: str = ""


@dataclass(frozen=True, slots=True)
class ActivityReport:
    """Everything that stands on a 月報.

    ``counts`` holds 回 by (category code, type code); what is missing counts as 0, ``words`` are
    those of the month's last day. ``submitted`` is None where the day of handing over is to be
    written by hand.
    """

    month: Month
    area: str
    name: str
    kana: str
    addressee: str
    check_code: str
    report_id: str
    counts: Mapping[tuple[str, str], Measure]
    days: Measure
    attendees: Measure
    council_meetings: Measure
    lines: Sequence[ActivityLine] = ()
    councils: Sequence[CouncilLine] = ()
    achievements: str = ""
    proposals: str = ""
    plans: str = ""
    version: int = 1
    submitted: date | None = None
    empty_reason: str | None = None
    notes: Sequence[str] = ()
    checkers: Sequence[str] = ("確認", "担当")
    trial: bool = False
    words: code_list.Words = code_list.SEED_WORDS

    def types(self, category: str) -> list[tuple[str, Measure]]:
        """Return the types of a category with their counts: those in use, and all that count."""
        counted = [kind for of, kind in self.counts if of == category]
        shown = self.words.shown("type", counted, category)
        return [(w, self.counts.get((category, kind), Measure())) for kind, w in shown.items()]


def render(
    reports: Sequence[ActivityReport], out: Path | BinaryIO, *, duplex: bool = False
) -> Made:
    """Write the reports as one PDF, in the order given, each counting its own pages."""
    labels = dict.fromkeys(f"{report.month.label()}分" for report in reports)
    title = f"{_TITLE} {'・'.join(labels)}"
    return save(title, [fit(partial(compose, report)) for report in reports], out, duplex=duplex)


def pages_of(report: ActivityReport) -> int:
    """Return how many pages a report takes, without drawing them."""
    return len(fit(partial(compose, report)).pages)


def compose(report: ActivityReport, air: float) -> Flow:
    """Lay the report out on its pages."""
    month = f"{report.month.label()}分"
    footer = Footer(
        (report.area, month, f"第{report.version}版", f"照合番号 {report.check_code}",
         f"整理番号 {report.report_id}"),
        report.trial,
    )  # fmt: skip
    flow = Flow(footer, f"{_TITLE} {month} {report.area} {report.name}", air)
    _heading(flow, report)
    _counts(flow, report)
    _measures(flow, report)
    _activities(flow, report)
    _councils(flow, report)
    _texts(flow, report)
    return flow


def _addressee(flow: Flow, text: str, width: float) -> None:
    """Write to whom it goes; beside many boxes the chair stands under the office, never cut."""
    office, chair, name = text.partition(" 会長 ")
    if len(layout(text, _BIG, width)) == 1:
        flow.write(text, _BIG, width=width)
    else:
        flow.write(office, _BIG, width=width)
        flow.write(f"{chair}{name}", _BIG, width=width, align="right")


def _heading(flow: Flow, report: ActivityReport) -> None:
    """Title, addressee and person on the left, 受付印 and 確認欄 on the right."""
    flow.write(_TITLE, TITLE, align="center")
    flow.write(f"({report.month.label()}分)", _BIG, align="center")
    flow.gap(1.5 * MM)
    names = ("受付印", *report.checkers)
    y, page = flow.y, flow.page
    tall = stamp_boxes(flow, names)
    width = WIDTH - STAMP * len(names) - 4 * MM
    if width < _LEAST:  # many boxes stand above, over the whole width
        flow.y += tall + 2 * MM
        y, tall, width = flow.y, 0.0, WIDTH
    flow.write(_submitted(report), BODY, width=width)
    _addressee(flow, report.addressee, width)
    flow.gap(1.5 * MM)
    columns = (
        Column("", 18 * MM, "center", LABEL, label=True),
        Column("", width - 18 * MM, "left", _BIG),
    )
    name = (Part(report.kana, TINY), Part(report.name, _BIG))
    Table(columns, (Row(("地域", report.area)), Row(("氏名", name))), heads=False).draw(flow)
    if flow.page is page:
        flow.y = max(flow.y, y + tall)
    flow.gap(3 * MM)


def _submitted(report: ActivityReport) -> str:
    day = (
        long_date(report.submitted, weekday=False) if report.submitted else "令和    年    月    日"
    )
    again = f" 再提出(第{report.version}版)" if report.version > 1 else ""
    return f"提出日 {day}{again}"


def _counts(flow: Flow, report: ActivityReport) -> None:
    _section(flow, "活動回数")
    categories = list(report.words.choices("category"))
    left, right = (_count_table(report, pair) for pair in (categories[:2], categories[2:]))
    flow.need(left.tall(flow.air))
    y = flow.y
    left.draw(flow)
    flow.y = y
    right.draw(flow, LEFT + _HALF + _GAP)
    flow.gap(2 * MM)


def _count_table(report: ActivityReport, categories: Sequence[str]) -> Table:
    rows = []
    for category in categories:
        types = report.types(category)
        total = _sum([measure for _, measure in types])
        rows.append(Row((report.words.category(category), *total.texts()), strong=True))
        rows += [Row((f"　{label}", *measure.texts())) for label, measure in types]
    return Table((Column("区分・種別", _HALF - 41.4 * MM), *_three_columns(13.8 * MM)), rows)


def _three_columns(width: float) -> tuple[Column, ...]:
    return tuple(Column(name, width, "right") for name in ("当月", "年度累計", "前年同月"))


def _sum(measures: Sequence[Measure]) -> Measure:
    return sum(measures[1:], start=measures[0]) if measures else Measure()


def _measures(flow: Flow, report: ActivityReport) -> None:
    categories = report.words.choices("category")
    total = _sum([measure for code in categories for _, measure in report.types(code)])
    named = (
        ("活動回数 計(回)", total),
        ("活動日数(日)", report.days),
        ("参加延数(人)", report.attendees),
        ("支えあい会議(回)", report.council_meetings),
    )
    width = (WIDTH - 21 * MM) / 4
    columns = (
        Column("", 21 * MM, "center", LABEL, label=True),
        *(Column(name, width, "right") for name, _ in named),
    )
    rows = [
        Row((label, *(measure.texts()[at] for _, measure in named)))
        for at, label in enumerate(("当月", "年度累計", "前年同月"))
    ]
    Table(columns, rows).draw(flow)
    flow.gap(3.5 * MM)


def _activities(flow: Flow, report: ActivityReport) -> None:
    _section(flow, "活動の記録")
    if report.empty_reason is not None:
        flow.write(f"活動がなかった月として締めました。理由:{report.empty_reason}", BODY)
    columns = (
        Column("日", 8 * MM, "right", _ITEM), Column("曜", 7 * MM, "center", _ITEM),
        Column("区分", 29.5 * MM, "left", _ITEM), Column("種別", 29.5 * MM, "left", _ITEM),
        Column("内容", WIDTH - 120 * MM, "left", _ITEM), Column("場所", 35 * MM, "left", _ITEM),
        Column("人数", 11 * MM, "right", _ITEM),
    )  # fmt: skip
    if report.lines:
        Table(columns, [_activity_row(line) for line in report.lines]).draw(flow)
    flow.gap(0.7 * MM)
    for note in (*_footnotes(report), *report.notes):
        flow.write(note, SMALL)
    flow.gap(3.5 * MM)


def _activity_row(line: ActivityLine) -> Row:
    marks = _marks(line)
    counted = line.status == "held" and line.attendees is not None
    return Row(
        (
            str(line.day.day),
            WEEKDAYS[line.day.weekday()],
            line.words.category(line.category),
            line.words.type(line.category, line.type),
            "".join(f"【{mark}】" for mark in marks) + line.title,
            line.place,
            f"{line.attendees:,}" if counted else _NONE,
        )
    )


def _marks(line: ActivityLine) -> list[str]:
    marks = [] if line.status == "held" else [line.words.label("status", line.status)]
    if line.by_proxy is not None:
        marks.append(f"代理:{line.by_proxy}" if line.by_proxy else "代理")
    return [*marks, "確認中"] if line.conflict else marks


def _footnotes(report: ActivityReport) -> list[str]:
    notes = []
    if any(line.status != "held" for line in report.lines):
        notes.append("※【中止】【延期】の活動は、回数・日数・人数に数えていません。")
    if any(line.by_proxy is not None for line in report.lines):
        notes.append("※【代理】は、推進員に代わって活動した記録です。")
    if any(line.conflict for line in report.lines):
        notes.append("※【確認中】は、推進員と事務局で内容の確認が終わっていない記録です。")
    return notes


def _councils(flow: Flow, report: ActivityReport) -> None:
    if not report.councils:
        return
    _section(flow, "支えあい会議の開催")
    columns = (
        Column("日", 8 * MM, "right", _ITEM), Column("曜", 7 * MM, "center", _ITEM),
        Column("会議", 54.5 * MM, "left", _ITEM), Column("出席", 11 * MM, "right", _ITEM),
        Column("決まったこと", WIDTH - 80.5 * MM, "left", _ITEM),
    )  # fmt: skip
    rows = [
        Row(
            (
                str(council.day.day), WEEKDAYS[council.day.weekday()], council.name,
                _NONE if council.attendees is None else f"{council.attendees:,}", council.decisions,
            )
        )
        for council in report.councils
    ]  # fmt: skip
    Table(columns, rows).draw(flow)
    flow.gap(3.5 * MM)


def _texts(flow: Flow, report: ActivityReport) -> None:
    columns = (
        Column("", 21 * MM, "center", LABEL, label=True),
        Column("", WIDTH - 21 * MM, "left", _LONG, top=True),
    )
    rows = (
        Row(("成果", report.achievements)),
        Row(("課題・提案", report.proposals)),
        Row(("来月の予定", report.plans)),
    )
    Table(columns, rows, heads=False, least=15 * MM).draw(flow)


def _section(flow: Flow, heading: str) -> None:
    flow.need(STRONG.leading + 3 * CELL.leading)
    flow.write(heading, STRONG)
    flow.gap(0.7 * MM)
