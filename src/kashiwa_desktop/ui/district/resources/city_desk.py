"""What 地域の資源(市域) works with."""

from collections.abc import Mapping
from dataclasses import dataclass

from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.records.city_register import CityRegister
from kashiwa_desktop.services.records.conflict_cards import ConflictCard
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.records.register_paper import RegisterPaper
from kashiwa_desktop.services.records.registered import Shown


@dataclass(frozen=True, slots=True)
class CityDesk:
    """The services of the page; ``kept`` are the drafts of its form."""

    register: CityRegister
    paper: RegisterPaper
    deciding: Deciding
    roster: RosterService
    kept: KeptForms
    clock: Clock


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows: ``areas`` are code → name, ``names`` those of the promoters."""

    rows: tuple[Shown, ...]
    areas: Mapping[str, str]
    names: Mapping[str, str]
    conflicts: tuple[ConflictCard, ...]


def look(desk: CityDesk, _: Progress) -> Seen:
    """Read everything at once: filters then answer without another look."""
    names = {one.promoter: one.name for one in desk.roster.roster().people}
    register = desk.register
    return Seen(register.list(ended=True), register.areas(), names, register.conflicts())


def decide(desk: CityDesk, record: str, head: str, reason: str, _: Progress) -> None:
    desk.deciding.resolve(record, head, reason)
