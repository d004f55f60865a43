"""USB memory sticks that are in this PC right now, and how much room each of them has."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop import windows
from kashiwa_desktop.bundle.place import STICKS, chosen

__all__ = ["LOOK_MS", "Stick", "Sticks", "chosen"]

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
        self, roots: Sequence[Path] = STICKS, is_stick: Callable[[Path], bool] = Path.is_mount
    ) -> None:
        self._roots, self._is_stick = tuple(roots), is_stick

    def find(self) -> list[Stick]:
        """Return the sticks in this PC by name; one that cannot be read is left out."""
        if windows.is_here():
            return sorted(_on_windows(), key=lambda stick: stick.name)
        found = [stick for place in self._mounted() if (stick := _stick(place)) is not None]
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


def _stick(place: Path, name: str = "") -> Stick | None:
    try:
        free = shutil.disk_usage(place).free
    except OSError:  # pulled meanwhile, or a card reader without a card
        return None
    return Stick(chosen(place), name or place.name or str(place), free)


def _on_windows() -> Iterator[Stick]:
    """Sticks and USB disks by letter, each with the name it has: 「BUFFALO (E:)」."""
    with windows.no_boxes():
        for root in windows.drives():
            if windows.is_removable(root):
                label = windows.label(root)
                stick = _stick(Path(root), f"{label} ({root[:2]})" if label else root[:2])
                if stick is not None:
                    yield stick
