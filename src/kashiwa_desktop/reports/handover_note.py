"""引継書: what a successor of an area needs to know on the first day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.reports.paper import (
    Block,
    Document,
    FactRows,
    Gap,
    Heading,
    Signatures,
    Title,
    write,
)
from kashiwa_desktop.reports.parts.heading import NONE, Sender
from kashiwa_desktop.reports.parts.page import MM, Made
from kashiwa_desktop.reports.parts.table import REST, Column, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, CELL, LABEL

_TITLE = "引継書"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A council meeting of the last year: its day, name, people present and decisions."""

    day: date
    name: str
    attendees: int | None
    decisions: str


@dataclass(frozen=True, slots=True)
class Contact:
    """With whom there was contact: an organisation, how often, and when last."""

    name: str
    count: int
    last: date


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Homework that is not done."""

    text: str
    owner: str
    due: date | None
    held_on: date


@dataclass(frozen=True, slots=True)
class HandoverNote:
    """Everything that stands on the note of one appointment."""

    area: str
    zone: str
    name: str
    first: date
    last: date | None
    count: int
    days: int
    meetings: Sequence[Meeting]
    tasks: Sequence[OpenTask]
    contacts: Sequence[Contact]
    issues: Sequence[str]
    plans: Sequence[str]


def render(
    notes: Sequence[HandoverNote], sender: Sender, out: Path | BinaryIO, *, duplex: bool = False
) -> Made:
    """Write the notes, each on pages of its own."""
    return write(_TITLE, [paper(note, sender) for note in notes], out, duplex=duplex)


def paper(note: HandoverNote, sender: Sender) -> Document:
    """Say what stands on one note."""
    last = f"{long_date(note.last, weekday=False)}まで" if note.last else "(継続中)"
    blocks: list[Block] = [
        Title(_TITLE, f"{note.area} 地域支えあい推進員"),
        FactRows([
            ("地域", f"{note.area}(圏域 {note.zone})" if note.zone else note.area),
            ("前任者", note.name),
            ("委嘱の期間", f"{long_date(note.first, weekday=False)}から\n{last}"),
            ("この1年の活動", f"{note.count}回・{note.days}日"),
        ]),
        Heading("支えあい会議(この1年)"),
        _meetings(note),
        Heading("残っている宿題"),
        _tasks(note),
        Heading("主な相手先(この1年)"),
        _contacts(note),
        Gap(3),
        _texts(note),
        Gap(4),
        Signatures(("前任者", "後任者", "担当"), "引継ぎをした日  令和    年    月    日"),
    ]  # fmt: skip
    return Document(f"{_TITLE} {note.area}", sender.footer(_TITLE, note.area), blocks)


def _meetings(note: HandoverNote) -> Table:
    columns = (
        Column("日", 32 * MM, "left", CELL), Column("会議", 52 * MM, "left", CELL),
        Column("出席", 13 * MM, "right", CELL),
        Column("決まったこと", REST, "left", CELL),
    )  # fmt: skip
    rows = [
        Row((
            long_date(m.day), m.name, NONE if m.attendees is None else f"{m.attendees}",
            m.decisions,
        ))
        for m in note.meetings
    ]  # fmt: skip
    return Table(columns, rows or [Row((NONE, "記録がありません", "", ""))])


def _tasks(note: HandoverNote) -> Table:
    columns = (
        Column("内容", REST, "left", CELL), Column("担当", 33 * MM, "left", CELL),
        Column("期限", 32 * MM, "center", CELL), Column("会議の日", 32 * MM, "center", CELL),
    )  # fmt: skip
    rows = [
        Row((
            t.text, t.owner or NONE, long_date(t.due, weekday=False) if t.due else NONE,
            long_date(t.held_on, weekday=False),
        ))
        for t in note.tasks
    ]  # fmt: skip
    return Table(columns, rows or [Row(("ありません", "", "", ""))])


def _contacts(note: HandoverNote) -> Table:
    columns = (
        Column("団体・所属", REST, "left", CELL), Column("回数", 18 * MM, "right", CELL),
        Column("最後の日", 38 * MM, "center", CELL),
    )  # fmt: skip
    rows = [Row((c.name, f"{c.count}", long_date(c.last))) for c in note.contacts]
    return Table(columns, rows or [Row(("記録がありません", "", ""))])


def _texts(note: HandoverNote) -> Table:
    columns = (
        Column("", 26 * MM, "center", LABEL, label=True),
        Column("", REST, "left", BODY, top=True),
    )
    rows = (
        Row(("課題・提案", "\n".join(note.issues))),
        Row(("これからの予定", "\n".join(note.plans))),
        Row(("引継ぎの\nことば", "")),
    )
    return Table(columns, rows, heads=False, least=18 * MM)
