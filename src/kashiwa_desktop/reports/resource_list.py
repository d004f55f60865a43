"""地域版 資源一覧: what there is in an area, by kind: handed out, or in full for staff."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kashiwa_desktop.domain.area_statistics import AreaStatistics
from kashiwa_desktop.domain.wareki import long_date, short_era_year
from kashiwa_desktop.reports import paper as papers
from kashiwa_desktop.reports.paper import Block, Document, Gap, Heading, Passage, write
from kashiwa_desktop.reports.parts.heading import NONE, Sender
from kashiwa_desktop.reports.parts.page import MM, WIDTH, Footer, Made
from kashiwa_desktop.reports.parts.table import REST, Cell, Column, Part, Row, Table
from kashiwa_desktop.reports.parts.text import BODY, CELL, SMALL

TITLE = "地域版 資源一覧"
_LATEST = "最新の状況は、それぞれの問合せ先にご確認ください。"


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """One resource; what only staff see is left out of a list that is handed out."""

    name: str
    form: str = ""
    day: str = ""
    place: str = ""
    contact: str = ""
    checked: date | None = None
    disaster_group: bool = False
    support: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ResourceGroup:
    """The resources of one kind; ``disaster`` adds the column 自主防災."""

    kind: str
    lines: Sequence[ResourceLine]
    disaster: bool = False


@dataclass(frozen=True, slots=True)
class ResourceList:
    """Everything that stands on the list of one area."""

    area: str
    on: date
    groups: Sequence[ResourceGroup]
    full: bool = False
    phone: str = ""
    statistics: AreaStatistics | None = None


def render(lists: Sequence[ResourceList], sender: Sender, out: Path | BinaryIO) -> Made:
    """Write the lists one after the other, each area on pages of its own."""
    return write(TITLE, [paper(one, sender) for one in lists], out)


def paper(value: ResourceList, sender: Sender) -> Document:
    """Say what stands on the list of one area."""
    day = long_date(value.on, weekday=False)
    count = sum(len(group.lines) for group in value.groups)
    phone = f" 電話 {value.phone}" if value.phone else ""
    blocks: list[Block] = [
        papers.Title(TITLE, f"{value.area}  {day}現在", f"{count}件"),
        *_groups(value),
        *_statistics(value),
        Gap(4),
        Passage(f"この一覧は、{day}に分かっていることをまとめたものです。{_LATEST}"),
        Passage(f"作成: {sender.office}{phone}"),
    ]
    parts = sender.footer(TITLE, value.area).parts
    return Document(f"{TITLE} {value.area}", Footer(parts, sender.trial, not value.full), blocks)


def _groups(value: ResourceList) -> Iterator[Block]:
    for group in value.groups:
        yield Heading(f"{group.kind}({len(group.lines)}件)")
        columns = _in_full() if value.full else _handed_out(disaster=group.disaster)
        rows = [Row(_cells(line, group, full=value.full)) for line in group.lines]
        yield Table(columns, rows, least=8 * MM)


def _handed_out(*, disaster: bool) -> tuple[Column, ...]:
    name = Column("名称", 45 * MM, "left", BODY)
    contact = Column("問合せ先", 29 * MM, "left", BODY)
    checked = Column("確認日", 17 * MM, "center", SMALL)
    if not disaster:
        when, where = (Column(head, 37 * MM, "left", BODY) for head in ("いつ", "どこで"))
        return (name, when, where, contact, checked)
    group = Column("自主防災", 17 * MM, "center", BODY)
    when, where = Column("いつ", 26 * MM, "left", BODY), Column("どこで", 31 * MM, "left", BODY)
    return (name, group, when, where, contact, checked)


def _in_full() -> tuple[Column, ...]:
    widths = (36 * MM, 38 * MM, 27 * MM)
    heads = ("名称", "いつ・どこで", "問合せ先")
    named = [Column(head, width) for head, width in zip(heads, widths, strict=True)]
    rest = Column("補助・段階・要件、ひとこと", REST)
    return (*named, rest, Column("確認日", 17 * MM, "center", SMALL))


def _cells(line: ResourceLine, group: ResourceGroup, *, full: bool) -> Sequence[Cell]:
    parts = [Part(line.name, CELL if full else BODY)]
    if line.form:
        parts.append(Part(line.form, SMALL))
    mark = "○" if line.disaster_group else NONE
    if full and line.disaster_group:
        parts.append(Part("自主防災 ○", SMALL))
    checked = _short(line.checked) if line.checked else NONE
    if full:
        where = "\n".join(text for text in (line.day, line.place) if text)
        more = "\n".join(text for text in ("、".join(line.support), line.note) if text)
        return (tuple(parts), where, line.contact, more, checked)
    middle = ((mark,) if group.disaster else ()) + (line.day, line.place)
    return (tuple(parts), *middle, line.contact, checked)


def _short(day: date) -> str:
    return f"{short_era_year(day)}.{day.month}.{day.day}"


def _statistics(value: ResourceList) -> Iterator[Block]:
    if value.statistics is None:
        return
    yield Heading(f"地域のようす({long_date(value.statistics.on, weekday=False)})")
    columns = [Column(label, WIDTH / 6, "center", CELL) for label, _ in value.statistics.lines()]
    cells = [text for _, text in value.statistics.lines()]
    yield Table(tuple(columns), [Row(cells)], least=8 * MM)
