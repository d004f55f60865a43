"""Progress: the note between a worker and whoever watches it. No Qt, no threads of its own."""

from dataclasses import dataclass


class CancelledError(Exception):
    """The person pressed 中止: the work stops before its next step, things stay as they were."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where the work stands: what is being done, how many are done, how many there are."""

    text: str = ""
    done: int = 0
    total: int = 0


class Progress:
    """Written by the worker, polled by the watcher; assigning is atomic, so there is no lock."""

    def __init__(self) -> None:
        self.state = Step()
        self._cancelled = False

    def step(self, text: str, done: int, total: int) -> None:
        """Say how far the work is; raises ``CancelledError`` once 中止 was pressed."""
        if self._cancelled:
            raise CancelledError
        self.state = Step(text, done, total)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled = True
