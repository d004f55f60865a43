"""What 定例会モード lets the worker do: one stick after the other, and who was there."""

from collections.abc import Sequence
from dataclasses import dataclass

from kashiwa_desktop.domain.board import MISSING
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.domain.regular_meeting import RegularMeeting
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.travel.attending import Attending
from kashiwa_desktop.services.travel.meeting import Meeting, Plan, Visit
from kashiwa_desktop.services.travel.sticks import Stick
from kashiwa_desktop.ui.district.intake.intake_work import who


@dataclass(frozen=True, slots=True)
class Guest:
    """One promoter who is expected; ``missing`` while his month is not here."""

    promoter: str
    name: str
    missing: bool


@dataclass(frozen=True, slots=True)
class Round:
    """What the worker brings: the stick just visited, who is expected, who was told he came."""

    visit: Visit | None
    guests: tuple[Guest, ...]
    attended: frozenset[str]
    people: Roster


@dataclass(frozen=True, slots=True)
class Desk:
    """What 定例会モード works with; ``month`` is the one that is handed in."""

    ring: KeyRing
    reviewing: Reviewing
    roster: RosterService
    month: Month

    def look(self, plan: Plan, progress: Progress) -> Round:
        progress.step("", 0, 0)
        return self._round(None, plan)

    def take(self, stick: Stick, plan: Plan, progress: Progress, *, accept: bool) -> Round:
        meeting = Meeting(self.ring.store, self.ring.keys)
        return self._round(meeting.visit(stick, plan, progress, accept=accept), plan)

    def tell(self, plan: Plan, attended: Sequence[str], progress: Progress) -> Round:
        progress.step("", 0, 0)
        if plan.meeting is not None:
            among = [guest.promoter for guest in self._guests()]
            Attending(self.ring.store).tell(plan.meeting, attended, among)
        return self._round(None, plan)

    def _round(self, visit: Visit | None, plan: Plan) -> Round:
        guests = self._guests()
        told = self._told(plan.meeting, [guest.promoter for guest in guests])
        return Round(visit, tuple(guests), frozenset(told), self.roster.roster())

    def _told(self, meeting: RegularMeeting | None, promoters: list[str]) -> set[str]:
        if meeting is None:
            return set()
        return Attending(self.ring.store).attended(meeting.day, promoters)

    def _guests(self) -> list[Guest]:
        """Who is expected this month, in the order of areas, each once."""
        people = self.roster.roster()
        found: dict[str, Guest] = {}
        for row in self.reviewing.board(self.month, self.month).rows:
            state = row.cells[self.month].state
            if row.promoter is None or state in ("vacant", "suspended"):
                continue
            name = who(people, row.promoter)
            found.setdefault(row.promoter, Guest(row.promoter, name, state in MISSING))
        return list(found.values())
