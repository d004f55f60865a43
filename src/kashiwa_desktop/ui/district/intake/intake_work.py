"""What 受け取る lets the worker do: open the keys, check, take in, take back, clear a stick."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.safety.key_ring import KeyRing
from kashiwa_desktop.services.travel.clearing import Clearing
from kashiwa_desktop.services.travel.gathering import gather
from kashiwa_desktop.services.travel.intake import Intake, Taken
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.sticks import Stick, Sticks
from kashiwa_desktop.ui.district.intake.clear_card import Brought
from kashiwa_desktop.ui.district.intake.intake_table import COMES_IN, IntakeRow


@dataclass(frozen=True, slots=True)
class Checked:
    """What the worker brings: the files as found, and what became (or would become) of each.

    ``unread`` counts folders that could not be looked into; ``sticks`` are those in the PC now.
    """

    paths: tuple[Path, ...]
    taken: Taken
    people: Roster
    unread: int = 0
    sticks: tuple[Stick, ...] = ()


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many returns were written, and how many files went and stayed."""

    answered: int
    gone: int
    kept: int


def unlock(ring: KeyRing, keyword: str, progress: Progress) -> None:
    progress.step("", 0, 0)
    ring.open(keyword)


def check(
    ring: KeyRing, roster: RosterService, paths: tuple[Path, ...], progress: Progress
) -> Checked:
    found = gather(paths, progress)
    intake = Intake(ring.store, ring.keys)
    taken = intake.preview(found.files, progress=progress) if found.files else Taken("", ())
    return Checked(found.files, taken, roster.roster(), found.unread)


@dataclass(frozen=True, slots=True)
class Take:
    """Taking files in, as the person asked for it."""

    ring: KeyRing
    roster: RosterService
    sticks: Sticks
    paths: tuple[Path, ...]
    accept: bool = False
    decided: bool = False

    def __call__(self, progress: Progress) -> Checked:
        taken = Intake(self.ring.store, self.ring.keys).take_in(
            self.paths, accept_new_device=self.accept, decided=self.decided, progress=progress
        )
        sticks = tuple(self.sticks.find())
        return Checked(self.paths, taken, self.roster.roster(), sticks=sticks)


def take_back(ring: KeyRing, last: str, progress: Progress) -> int:
    progress.step("", 0, 0)
    return Intake(ring.store, ring.keys).undo(last)


def tidy(ring: KeyRing, brought: Sequence[Brought], _progress: Progress, *, clear: bool) -> Tidied:
    """Write the returns first; a file only goes after that, and only if the archive holds it."""
    answered = gone = kept = 0
    for one in brought:
        for promoter in one.promoters:
            Returning(ring.store).return_file(promoter, one.place, ring.keys)
            answered += 1
        if clear:
            cleared = Clearing(ring.store, ring.keys).clear(one.files)
            gone, kept = gone + len(cleared.gone), kept + len(cleared.kept)
    return Tidied(answered, gone, kept)


def brought_by(checked: Checked, inbox: Path | None) -> list[Brought]:
    """Return the places whose files are all safely here: the sticks, and the watched folder."""
    places = [(stick.path, stick.name, True) for stick in checked.sticks]
    places += [(inbox, inbox.name, False)] if inbox else []
    found = []
    for place, name, is_stick in places:
        here = [f for f in checked.taken.files if Path(f.file).is_relative_to(place)]
        came = [f for f in here if f.state in (*COMES_IN, "same")]
        promoters = dict.fromkeys(f.promoter for f in came if f.promoter and is_stick)
        if came:
            files = tuple(Path(f.file) for f in came)
            found.append(Brought(place, name, files, tuple(promoters)))
    return found


def rows_of(checked: Checked) -> list[IntakeRow]:
    return [IntakeRow(one, who(checked.people, one.promoter)) for one in checked.taken.files]


def who(people: Roster, promoter: str | None) -> str:
    """Return 「富勢 例林 次郎」, '' for nobody known."""
    person = people.person(promoter or "")
    if person is None:
        return ""
    areas = "・".join(
        dict.fromkeys(people.area(a.area).name for a in people.of_promoter(person.promoter))
    )
    return f"{areas} {person.name}"
