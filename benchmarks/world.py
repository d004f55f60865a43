"""The sample month that is measured: office, promoters and files, made once in a folder."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.sample import demo
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.clock import JST, Chance, Clock
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.services.store import Store, open_folder
from kashiwa_desktop.services.travel.intake import Intake

MONTH = Month(2026, 10)
NOW = datetime(2026, 11, 30, 10, tzinfo=JST)


@dataclass(frozen=True, slots=True)
class World:
    """A whole month of ``areas`` areas; ``copy`` gives stores that may be written to."""

    root: Path
    areas: int
    files: tuple[Path, ...]
    _copies: Iterator[int]

    @property
    def passphrase(self) -> str:
        return (self.root / "demo" / "passphrase.txt").read_text(encoding="utf-8").strip()

    @property
    def recovery_key(self) -> str:
        """The age identity that opens every file of this world."""
        lines = (self.root / "demo" / "recovery-key.txt").read_text(encoding="utf-8").splitlines()
        return next(line for line in lines if line.startswith("AGE-SECRET-KEY-"))

    def folder(self, part: str) -> DataFolder:
        return DataFolder(self.root / "demo" / part)

    def copy(self, part: str) -> DataFolder:
        """Copy ``office_start``, ``office_approved`` or ``promoters/P001`` to a new place."""
        target = self.root / f"copy{next(self._copies)}"
        return DataFolder(shutil.copytree(self.folder(part).root, target))


def make(root: Path, areas: int) -> World:
    """Play the sample month of ``areas`` areas in ``root``; an office stops before printing."""
    made = demo.run(root / "demo", areas=areas, month=MONTH)
    world = World(root, areas, tuple(map(Path, made["files"])), count())
    approved = world.folder("office_approved")
    shutil.copytree(world.folder("office_start").root, approved.root)
    with opened(approved) as store:
        keys = OfficeSetup(store).unlock(world.passphrase)
        Intake(store, keys).take_in(world.files)
        Reviewing(store).approve(MONTH, None)
    return world


@contextmanager
def opened(folder: DataFolder) -> Iterator[Store]:
    """Open a store late in the next month, with chance as in real life."""
    store = open_folder(folder, Clock(NOW), Chance())
    try:
        yield store
    finally:
        store.close()
