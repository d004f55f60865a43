"""受付フォルダー: which files lie there ready; one that is still being written is not offered."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kashiwa_desktop.services.travel.gathering import gather

SETTLED = 2.0
"""Seconds a file must have kept its size and time before it counts as written to the end."""

_Mark = tuple[int, int]


@dataclass
class Inbox:
    """Remembers what it saw, so that a file that grows between two looks is left alone.

    ``now`` gives seconds that only go forward; tests give their own.
    """

    folder: Path
    now: Callable[[], float] = time.monotonic
    _seen: dict[Path, tuple[_Mark, float]] = field(default_factory=dict)
    _dealt_with: dict[Path, _Mark] = field(default_factory=dict)

    def look(self) -> tuple[Path, ...]:
        """Return the files that are whole and were not dealt with; opens none of them."""
        if not self.folder.is_dir():
            return ()
        found: dict[Path, tuple[_Mark, float]] = {}
        for file in gather([self.folder]).files:
            mark = _mark(file)
            if mark is None:
                continue
            before = self._seen.get(file)
            found[file] = before if before and before[0] == mark else (mark, self.now())
        self._seen = found
        return tuple(file for file in found if self._is_ready(file))

    def deal_with(self, files: Iterable[Path]) -> None:
        """Do not offer these again as they are now; changed, they count as new."""
        for file in files:
            if file in self._seen:
                self._dealt_with[file] = self._seen[file][0]

    def _is_ready(self, file: Path) -> bool:
        mark, since = self._seen[file]
        return self._dealt_with.get(file) != mark and self.now() - since >= SETTLED


def _mark(file: Path) -> _Mark | None:
    """Return size and time of a file; None for an empty one, or one that just went."""
    try:
        found = file.stat(follow_symlinks=False)
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if found.st_size else None
