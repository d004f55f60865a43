"""What 引継ぎ works with, and what it lets the worker do."""

from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.papers.council_papers import CouncilPapers
from kashiwa_desktop.services.printed import Printed
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.travel.sending import Made
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.services.travel.succeeding import Holding, Succeeding, Succession


@dataclass(frozen=True, slots=True)
class HandoverServices:
    """What 引継ぎ works with."""

    ring: KeyRing
    succeeding: Succeeding
    papers: CouncilPapers
    sticks: Sticks


def look(services: HandoverServices, _: Progress) -> list[Succession]:
    return services.succeeding.ended()


def holding(services: HandoverServices, area: str, successor: str, _: Progress) -> Holding:
    return services.succeeding.holding(area, successor)


def save(
    services: HandoverServices, to: tuple[str, str], folder: Path, words: str, _: Progress
) -> Made:
    """Write the file for ``to`` (area, successor); before it the archive gets all there is."""
    keys = services.ring.open(words) if words else services.ring.keys
    services.ring.journal()
    return services.succeeding.handover_file(*to, folder, keys)


def paper(services: HandoverServices, of: Succession, _: Progress) -> Printed:
    return services.papers.handover(Month.of(of.last), [of.promoter], None)
