"""定例会モード: what is done with one stick after the other, without a click in between.

For each stick: what is on it is taken in, attendance is noted, the return file with the receipt is
written back and read back, and only then may the stick be pulled out (BUNDLE.md §8). What goes
wrong concerns this stick alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.domain.regular_meeting import RegularMeeting
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.store import Store
from kashiwa_desktop.services.travel.attending import Attending
from kashiwa_desktop.services.travel.clearing import Clearing
from kashiwa_desktop.services.travel.gathering import gather
from kashiwa_desktop.services.travel.intake import FileOutcome, Intake
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.sticks import Stick

CAME_IN = ("new", "newer", "same")


@dataclass(frozen=True, slots=True)
class Plan:
    """What was decided before the first stick: which 定例会 it is, and whether sticks are cleared.

    Without ``meeting`` nobody is told of an attendance.
    """

    meeting: RegularMeeting | None = None
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of one stick: its files, for whom a return was written, what did not work.

    ``trouble`` is the sentence of what stopped after the files were taken in, '' for nothing.
    """

    stick: str
    place: Path
    files: tuple[FileOutcome, ...] = ()
    intake: str = ""
    answered: tuple[str, ...] = ()
    cleared: int = 0
    trouble: str = ""

    @property
    def promoters(self) -> tuple[str, ...]:
        """Return whose files came in (or had come in before)."""
        came = [f.promoter for f in self.files if f.state in CAME_IN and f.promoter]
        return tuple(dict.fromkeys(came))

    @property
    def stopped(self) -> tuple[FileOutcome, ...]:
        """Return the files that did not come in, each with its reason."""
        return tuple(f for f in self.files if f.state not in CAME_IN)

    @property
    def went_well(self) -> bool:
        """Whether everything on the stick came in and was answered."""
        return bool(self.files) and not self.stopped and not self.trouble


class Meeting:
    """Takes stick after stick in; every stick is a transaction of its own."""

    def __init__(self, store: Store, keys: OfficeKeys) -> None:
        self._keys = keys
        self._intake = Intake(store, keys)
        self._returning = Returning(store)
        self._attending = Attending(store)
        self._clearing = Clearing(store, keys)

    def visit(
        self, stick: Stick, plan: Plan, progress: Progress | None = None, *, accept: bool = False
    ) -> Visit:
        """Do everything that is to be done with one stick; ``accept`` lets its new PC in."""
        progress = progress or Progress()
        visit = Visit(stick.name, stick.path)
        files = gather([stick.path], progress).files
        if not files:
            return visit
        taken = self._intake.take_in(files, accept_new_device=accept, progress=progress)
        here = {str(file) for file in files}
        told = tuple(f for f in taken.files if f.file in here)
        visit = replace(visit, files=told, intake=taken.intake)
        return self._answer(visit, files, plan)

    def _answer(self, visit: Visit, files: Sequence[Path], plan: Plan) -> Visit:
        """What follows the intake is never broken off: it would look as if nothing was done."""
        answered: list[str] = []
        cleared, trouble = 0, ""
        try:
            if plan.meeting is not None:
                self._attending.tell(plan.meeting, visit.promoters, visit.promoters)
            for promoter in visit.promoters:
                self._returning.return_file(promoter, visit.place, self._keys)
                answered.append(promoter)
            if plan.clear and answered:
                cleared = len(self._clearing.clear(files).gone)
        except AppError as error:
            trouble = error.text
        return replace(visit, answered=tuple(answered), cleared=cleared, trouble=trouble)
