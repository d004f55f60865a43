"""What 受け取る lets the worker do: open the keys, check, take in, take back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop.domain.people import Roster
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.intake import Intake, Taken
from kashiwa_desktop.services.roster import RosterService
from kashiwa_desktop.ui.district.intake_table import IntakeRow

ENDING = ".kssz"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the worker brings: the files as found, and what became (or would become) of each."""

    paths: tuple[Path, ...]
    taken: Taken
    people: Roster


def unlock(opener: Callable[[str], Intake], keyword: str, progress: Progress) -> Intake:
    progress.step("", 0, 0)
    return opener(keyword)


def check(
    intake: Intake, roster: RosterService, paths: tuple[Path, ...], progress: Progress
) -> Checked:
    found = _files(paths, progress)
    taken = intake.preview(found, progress=progress) if found else Taken("", ())
    return Checked(found, taken, roster.roster())


def take(
    intake: Intake,
    roster: RosterService,
    paths: tuple[Path, ...],
    progress: Progress,
    *,
    accept: bool = False,
) -> Checked:
    taken = intake.take_in(paths, accept_new_device=accept, progress=progress)
    return Checked(paths, taken, roster.roster())


def take_back(intake: Intake, last: str, progress: Progress) -> int:
    progress.step("", 0, 0)
    return intake.undo(last)


def _files(paths: Sequence[Path], progress: Progress) -> tuple[Path, ...]:
    """Return the files, and those in the folders, in the order of their names."""
    progress.step("ファイルをさがしています", 0, 0)
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.rglob(f"*{ENDING}")) if path.is_dir() else [path]
        found.update(dict.fromkeys(inside))
    return tuple(found)


def rows_of(checked: Checked) -> list[IntakeRow]:
    return [IntakeRow(one, _who(checked.people, one.promoter)) for one in checked.taken.files]


def _who(people: Roster, promoter: str | None) -> str:
    """Return 「富勢 例林 次郎」, '' for nobody known."""
    person = people.person(promoter or "")
    if person is None:
        return ""
    areas = "・".join(
        dict.fromkeys(people.area(a.area).name for a in people.of_promoter(person.promoter))
    )
    return f"{areas} {person.name}"
