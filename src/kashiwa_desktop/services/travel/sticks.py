"""USB memory sticks that are in this PC right now, and how much room each of them has."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOTS = (Path("/media"), Path("/run/media"))
_REMOVABLE = 2  # DRIVE_REMOVABLE of the Windows API

LOOK_MS = 1_000
"""How often every page that waits for a stick asks the PC for them."""


@dataclass(frozen=True, slots=True)
class Stick:
    """One stick: where it is, the name a person knows it by, and its free room in bytes."""

    path: Path
    name: str
    free: int


class Sticks:
    """Looks for sticks; ``roots`` and ``is_stick`` are given by tests."""

    def __init__(
        self, roots: Sequence[Path] = ROOTS, is_stick: Callable[[Path], bool] = Path.is_mount
    ) -> None:
        self._roots, self._is_stick = tuple(roots), is_stick

    def find(self) -> list[Stick]:
        """Return the sticks in this PC by name; one that cannot be read is left out."""
        places = _windows_drives() if sys.platform == "win32" else self._mounted()
        found = [stick for place in places if (stick := _stick(place)) is not None]
        return sorted(found, key=lambda stick: stick.name)

    def _mounted(self) -> Iterator[Path]:
        """Mount points one or two folders below the roots: /media/NAME, /media/PERSON/NAME."""
        for root in self._roots:
            for place in _folders(root):
                if self._is_stick(place):
                    yield place
                else:
                    yield from (inner for inner in _folders(place) if self._is_stick(inner))


def _folders(place: Path) -> list[Path]:
    try:
        return sorted(inner for inner in place.iterdir() if inner.is_dir())
    except OSError:
        return []


def _stick(place: Path) -> Stick | None:
    try:
        free = shutil.disk_usage(place).free
    except OSError:
        return None
    return Stick(place, place.name or str(place), free)


def _windows_drives() -> Iterator[Path]:
    import ctypes

    kind = getattr(ctypes, "windll").kernel32.GetDriveTypeW  # noqa: B009 - only there on Windows
    for letter in "DEFGHIJKLMNOPQRSTUVWXYZ":
        drive = f"{letter}:\\"
        if kind(drive) == _REMOVABLE and os.path.exists(drive):  # noqa: PTH110 - never raises
            yield Path(drive)
