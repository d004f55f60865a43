"""支えあい会議 記録: one meeting on paper: who came, what was said and decided, who does what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain import code_list
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.reports.parts.boxes import stamp_boxes
from kashiwa_desktop.reports.parts.heading import NONE, Sender, facts, heading, section
from kashiwa_desktop.reports.parts.page import LEFT, MM, WIDTH, Flow, Made, fit, save
from kashiwa_desktop.reports.parts.table import Column, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, CELL, LABEL

_TITLE = "支えあい会議 記録"
_HALF = WIDTH / 2


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """One point of the agenda; ``kind`` is report, discussion or decision."""

    title: str
    kind: str
    summary: str = ""
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """宿題: what somebody took on."""

    text: str
    owner: str = ""
    due: date | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class CouncilRecord:
    """Everything that stands on the record of one meeting; ``told`` (label, text) who did what."""

    day: date
    title: str
    area: str
    type: str
    tier: int = 2
    number: int | None = None
    hours: str = ""
    place: str = ""
    told: Sequence[tuple[str, str]] = ()
    joint: Sequence[str] = ()
    attendance: Mapping[str, int] | None = None
    agenda: Sequence[AgendaPoint] = ()
    needs: str = ""
    decisions: str = ""
    homework: Sequence[Task] = ()
    next_day: date | None = None
    findings: str = ""
    status: str = ""
    words: code_list.Words = code_list.SEED_WORDS


def render(records: Sequence[CouncilRecord], sender: Sender, out: Path | BinaryIO) -> Made:
    """Write the records one after the other, each on pages of its own."""
    return save(_TITLE, [fit(partial(compose, record, sender)) for record in records], out)


def compose(record: CouncilRecord, sender: Sender, air: float) -> Flow:
    """Lay the record of one meeting out."""
    day = long_date(record.day)
    flow = Flow(sender.footer(_TITLE, record.area, day), f"{_TITLE} {record.area} {day}", air)
    heading(flow, _TITLE, _name(record))
    facts(
        flow,
        [
            ("日時", f"{day} {record.hours}".rstrip()),
            ("会場", record.place or NONE),
            ("地域", "・".join((record.area, *record.joint))),
            ("種別", record.type),
            *record.told,
        ],
    )
    _attendance(flow, record.attendance or {}, record.words)
    _agenda(flow, record.agenda, record.words)
    _texts(flow, record)
    _homework(flow, record.homework)
    flow.gap(3 * MM)
    following = long_date(record.next_day) if record.next_day else "未定"
    flow.write(f"次回の予定  {following}", BODY)
    flow.gap(4 * MM)
    flow.need(24 * MM)
    flow.y += stamp_boxes(flow, ("確認", "担当"))
    return flow


def _name(record: CouncilRecord) -> str:
    number = f"第{record.number}回 " if record.number else ""
    tier = "第1層 " if record.tier == 1 else ""
    state = f"【{record.status}】" if record.status else ""
    return f"{tier}{number}{record.title}{state}"


def _attendance(flow: Flow, people: Mapping[str, int], words: code_list.Words) -> None:
    """Draw head-counts by kind of organisation, two kinds in a row."""
    section(flow, f"出席者  合計 {sum(people.values())}人")
    name, count = 64 * MM, _HALF - 64 * MM
    columns = (Column("所属", name, "left", CELL), Column("人数", count, "right", CELL)) * 2
    cells = [(label, f"{people[k]}人" if people.get(k) else NONE)
             for k, label in words.shown("attendance", people).items()]  # fmt: skip
    cells += [("", "")] * (len(cells) % 2)
    middle = len(cells) // 2
    rows = [Row((*one, *two)) for one, two in zip(cells[:middle], cells[middle:], strict=True)]
    Table(columns, rows).draw(flow, LEFT)


def _agenda(flow: Flow, agenda: Sequence[AgendaPoint], words: code_list.Words) -> None:
    if not agenda:
        return
    section(flow, "議題")
    columns = (
        Column("No.", 9 * MM, "right", CELL, top=True),
        Column("種別", 13 * MM, "center", CELL, top=True),
        Column("題", 42 * MM, "left", CELL, top=True),
        Column("要旨", (WIDTH - 64 * MM) * 0.55, "left", CELL, top=True),
        Column("結論", (WIDTH - 64 * MM) * 0.45, "left", CELL, top=True),
    )  # fmt: skip
    rows = [
        Row((str(n), words.label("agenda", p.kind), p.title, p.summary, p.conclusion))
        for n, p in enumerate(agenda, 1)
    ]
    Table(columns, rows, least=8 * MM).draw(flow)


def _texts(flow: Flow, record: CouncilRecord) -> None:
    flow.gap(3 * MM)
    columns = (
        Column("", 30 * MM, "center", LABEL, label=True),
        Column("", WIDTH - 30 * MM, "left", BODY, top=True),
    )
    rows = (
        Row(("出された\n地域ニーズ・資源", record.needs)),
        Row(("決まったこと", record.decisions)),
        Row(("成果・気づき", record.findings)),
    )
    Table(columns, rows, heads=False, least=14 * MM).draw(flow)


def _homework(flow: Flow, homework: Sequence[Task]) -> None:
    if not homework:
        return
    section(flow, "宿題")
    columns = (
        Column("内容", WIDTH - 85 * MM, "left", CELL), Column("担当", 35 * MM, "left", CELL),
        Column("期限", 32 * MM, "center", CELL), Column("状態", 18 * MM, "center", CELL),
    )  # fmt: skip
    rows = [
        Row((
            task.text, task.owner or NONE,
            long_date(task.due, weekday=False) if task.due else NONE,
            "済み" if task.done else "これから",
        ))
        for task in homework
    ]  # fmt: skip
    Table(columns, rows).draw(flow)
