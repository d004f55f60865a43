"""What 確認する lets the worker do: one act of a person, and the queue as it is after it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.checking.look_alikes import LookAlikes
from kashiwa_desktop.services.checking.review_queue import InQueue, ReviewQueue
from kashiwa_desktop.services.checking.reviewing import Outcome, Reviewing
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.kept_words import KeptWords
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.services.travel.returning import Returning

Queue = tuple[InQueue, ...]


@dataclass(frozen=True, slots=True)
class CheckDesk:
    """The services of the page."""

    queue: ReviewQueue
    reviewing: Reviewing
    returning: Returning
    deciding: Deciding
    look_alikes: LookAlikes
    kept: KeptWords
    clock: Clock


@dataclass(frozen=True, slots=True)
class Act:
    """One act: ``do`` it, what is ``doing`` meanwhile, what is ``said`` after it.

    ``card`` names the card whose typed words are done with.
    """

    do: Callable[[], object]
    doing: str
    said: str
    card: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did, and the queue after it."""

    act: Act
    result: object
    queue: Queue

    @property
    def outcome(self) -> Outcome | None:
        return self.result if isinstance(self.result, Outcome) else None


def look(desk: CheckDesk, month: Month) -> Callable[[Progress], Queue]:
    return partial(_look, desk, month)


def perform(desk: CheckDesk, month: Month, act: Act) -> Callable[[Progress], Done]:
    return partial(_perform, desk, month, act)


def _look(desk: CheckDesk, month: Month, progress: Progress) -> Queue:
    progress.step("", 0, 0)
    return desk.queue.of(month)


def _perform(desk: CheckDesk, month: Month, act: Act, progress: Progress) -> Done:
    progress.step("", 0, 0)
    result = act.do()
    return Done(act, result, desk.queue.of(month))
