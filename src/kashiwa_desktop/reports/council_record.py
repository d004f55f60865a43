"""支えあい会議 記録: one meeting on paper: who came, what was said and decided, who does what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain import code_list
from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.reports.paper import (
    Block,
    Document,
    FactRows,
    Gap,
    Heading,
    Passage,
    Signatures,
    Title,
    write,
)
from kashiwa_desktop.reports.parts.heading import NONE, Sender
from kashiwa_desktop.reports.parts.page import MM, WIDTH, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, CELL, LABEL

_TITLE = "支えあい会議 記録"


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
    return write(_TITLE, [paper(record, sender) for record in records], out)


def paper(record: CouncilRecord, sender: Sender) -> Document:
    """Say what stands on the record of one meeting."""
    day = long_date(record.day)
    following = long_date(record.next_day) if record.next_day else "未定"
    blocks: list[Block] = [
        Title(_TITLE, _name(record)),
        FactRows([
            ("日時", f"{day} {record.hours}".rstrip()), ("会場", record.place or NONE),
            ("地域", "・".join((record.area, *record.joint))), ("種別", record.type),
            *record.told,
        ]),
        *_attendance(record.attendance or {}, record.words),
        *_agenda(record.agenda, record.words),
        Gap(3),
        _texts(record),
        *_homework(record.homework),
        Gap(3),
        Passage(f"次回の予定  {following}"),
        Gap(4),
        Signatures(("確認", "担当")),
    ]  # fmt: skip
    footer = sender.footer(_TITLE, record.area, day)
    return Document(f"{_TITLE} {record.area} {day}", footer, blocks)


def _name(record: CouncilRecord) -> str:
    number = f"第{record.number}回 " if record.number else ""
    tier = "第1層 " if record.tier == 1 else ""
    state = f"【{record.status}】" if record.status else ""
    return f"{tier}{number}{record.title}{state}"


def _attendance(people: Mapping[str, int], words: code_list.Words) -> Iterator[Block]:
    """Return head-counts by kind of organisation, two kinds in a row."""
    yield Heading(f"出席者  合計 {sum(people.values())}人")
    columns = (Column("所属", 64 * MM, "left", CELL), Column("人数", REST, "right", CELL)) * 2
    cells = [(label, f"{people[k]}人" if people.get(k) else NONE)
             for k, label in words.shown("attendance", people).items()]  # fmt: skip
    cells += [("", "")] * (len(cells) % 2)
    middle = len(cells) // 2
    rows = [Row((*one, *two)) for one, two in zip(cells[:middle], cells[middle:], strict=True)]
    yield Table(columns, rows)


def _agenda(agenda: Sequence[AgendaPoint], words: code_list.Words) -> Iterator[Block]:
    if not agenda:
        return
    yield Heading("議題")
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
    yield Table(columns, rows, least=8 * MM)


def _texts(record: CouncilRecord) -> Table:
    columns = (
        Column("", 30 * MM, "center", LABEL, label=True),
        Column("", REST, "left", BODY, top=True),
    )
    rows = (
        Row(("出された\n地域ニーズ・資源", record.needs)),
        Row(("決まったこと", record.decisions)),
        Row(("成果・気づき", record.findings)),
    )
    return Table(columns, rows, heads=False, least=14 * MM)


def _homework(homework: Sequence[Task]) -> Iterator[Block]:
    if not homework:
        return
    yield Heading("宿題")
    columns = (
        Column("内容", REST, "left", CELL), Column("担当", 35 * MM, "left", CELL),
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
    yield Table(columns, rows)
