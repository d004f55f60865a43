"""The board, 提出状況: areas × months, each cell the state of one promoter's month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kashiwa_desktop.domain import board as board_rules
from kashiwa_desktop.domain.board import Cell, Summary
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.people import Appointment, Area, Roster
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.review import ReviewDesk, review_of
from kashiwa_desktop.storage import bundles, devices


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board: an area with its promoter (None: nobody is appointed).

    ``app`` is the version of the program that made the newest file of that person.
    """

    area: Area
    promoter: str | None
    name: str
    cells: dict[Month, Cell]
    app: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """提出状況: rows of areas × months, and the sums over the last month asked for."""

    months: tuple[Month, ...]
    rows: tuple[Row, ...]
    summary: Summary


def board_of(desk: ReviewDesk, first: Month, last: Month) -> Board:
    """Return the board; its summary is of the last month. RefusedError where that is earlier."""
    wanted = tuple(months(first, last))
    if not wanted:
        raise RefusedError("はじめの月が終わりの月よりあとです。", code="months")
    apps = _apps(desk)
    rows = [_row(desk, who, wanted) for who in _rows(desk.people, wanted)]
    rows = [replace(row, app=apps.get(row.promoter or "", "")) for row in rows]
    cells = [row.cells[last] for row in rows if last in row.cells]
    return Board(wanted, tuple(rows), board_rules.summary(cells))


def _apps(desk: ReviewDesk) -> dict[str, str]:
    """Return the version of each person's PC; of several the one accepted last."""
    made = bundles.apps(desk.tx)
    known = sorted(devices.all_known(desk.tx), key=lambda d: d.at)
    return {d.promoter: made[d.id] for d in known if d.id in made}


def _rows(people: Roster, wanted: Sequence[Month]) -> list[tuple[Area, str | None]]:
    """Return each area with each promoter it had in these months, vacant areas included."""
    found: dict[tuple[str, str | None], Area] = {}
    for area in people.areas:
        if not any(area.valid_in(m) for m in wanted):
            continue
        held = [
            a for a in people.appointments
            if a.area == area.code and any(a.active_in(m) for m in wanted)
        ]  # fmt: skip
        for a in sorted(held, key=lambda a: (a.first, a.promoter)):
            found[area.code, a.promoter] = area
        if not held:
            found[area.code, None] = area
    return [(area, promoter) for (_, promoter), area in found.items()]


def _row(desk: ReviewDesk, who: tuple[Area, str | None], wanted: Sequence[Month]) -> Row:
    area, promoter = who
    cells = {}
    for month in wanted:
        mine = [
            a for a in desk.people.appointments
            if a.area == area.code and a.promoter == promoter and a.active_in(month)
        ]  # fmt: skip
        cells[month] = _cell(desk, mine, month)
    person = desk.people.person(promoter or "")
    return Row(area, promoter, person.name if person else "", cells)


def _cell(desk: ReviewDesk, mine: list[Appointment], month: Month) -> Cell:
    if not mine:
        return Cell("vacant")
    if all(a.suspended_in(month) for a in mine):
        return Cell("suspended")
    return review_of(desk, mine[0].promoter, month).cell
