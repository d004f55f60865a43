"""引継書: what a successor of an area needs to know on the first day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.wareki import long_date
from kashiwa_desktop.reports.parts.boxes import stamp_boxes
from kashiwa_desktop.reports.parts.heading import NONE, Sender, facts, heading, section
from kashiwa_desktop.reports.parts.page import MM, WIDTH, Flow, Made, fit, save
from kashiwa_desktop.reports.parts.table import Column, Row, Table
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
    return save(_TITLE, [fit(partial(compose, note, sender)) for note in notes], out, duplex=duplex)


def compose(note: HandoverNote, sender: Sender, air: float) -> Flow:
    """Lay one note out."""
    flow = Flow(sender.footer(_TITLE, note.area), f"{_TITLE} {note.area}", air)
    heading(flow, _TITLE, f"{note.area} 地域支えあい推進員")
    last = f"{long_date(note.last, weekday=False)}まで" if note.last else "(継続中)"
    facts(
        flow,
        [
            ("地域", f"{note.area}(圏域 {note.zone})" if note.zone else note.area),
            ("前任者", note.name),
            ("委嘱の期間", f"{long_date(note.first, weekday=False)}から\n{last}"),
            ("この1年の活動", f"{note.count}回・{note.days}日"),
        ],
    )
    _meetings(flow, note)
    _tasks(flow, note)
    _contacts(flow, note)
    _texts(flow, note)
    flow.gap(4 * MM)
    flow.need(26 * MM)
    flow.write("引継ぎをした日  令和    年    月    日", BODY)
    flow.y += stamp_boxes(flow, ("前任者", "後任者", "担当"))
    return flow


def _meetings(flow: Flow, note: HandoverNote) -> None:
    section(flow, "支えあい会議(この1年)")
    columns = (
        Column("日", 32 * MM, "left", CELL), Column("会議", 52 * MM, "left", CELL),
        Column("出席", 13 * MM, "right", CELL),
        Column("決まったこと", WIDTH - 97 * MM, "left", CELL),
    )  # fmt: skip
    rows = [
        Row((
            long_date(m.day), m.name, NONE if m.attendees is None else f"{m.attendees}",
            m.decisions,
        ))
        for m in note.meetings
    ]  # fmt: skip
    Table(columns, rows or [Row((NONE, "記録がありません", "", ""))]).draw(flow)


def _tasks(flow: Flow, note: HandoverNote) -> None:
    section(flow, "残っている宿題")
    columns = (
        Column("内容", WIDTH - 97 * MM, "left", CELL), Column("担当", 33 * MM, "left", CELL),
        Column("期限", 32 * MM, "center", CELL), Column("会議の日", 32 * MM, "center", CELL),
    )  # fmt: skip
    rows = [
        Row((
            t.text, t.owner or NONE, long_date(t.due, weekday=False) if t.due else NONE,
            long_date(t.held_on, weekday=False),
        ))
        for t in note.tasks
    ]  # fmt: skip
    Table(columns, rows or [Row(("ありません", "", "", ""))]).draw(flow)


def _contacts(flow: Flow, note: HandoverNote) -> None:
    section(flow, "主な相手先(この1年)")
    columns = (
        Column("団体・所属", WIDTH - 56 * MM, "left", CELL), Column("回数", 18 * MM, "right", CELL),
        Column("最後の日", 38 * MM, "center", CELL),
    )  # fmt: skip
    rows = [Row((c.name, f"{c.count}", long_date(c.last))) for c in note.contacts]
    Table(columns, rows or [Row(("記録がありません", "", ""))]).draw(flow)


def _texts(flow: Flow, note: HandoverNote) -> None:
    flow.gap(3 * MM)
    columns = (
        Column("", 26 * MM, "center", LABEL, label=True),
        Column("", WIDTH - 26 * MM, "left", BODY, top=True),
    )
    rows = (
        Row(("課題・提案", "\n".join(note.issues))),
        Row(("これからの予定", "\n".join(note.plans))),
        Row(("引継ぎの\nことば", "")),
    )
    Table(columns, rows, heads=False, least=18 * MM).draw(flow)
