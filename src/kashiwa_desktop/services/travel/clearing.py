"""Clearing a stick: what was handed over goes from it once the office holds it for certain.

Sticks with welfare records were lost after they had been read in (PRODUCT.md §1). Only our own
submissions go, each only when its very contents lie in ``archive/`` and can be opened there.
"""

import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop.bundle import place, reader
from kashiwa_desktop.bundle.reader import Expect
from kashiwa_desktop.crypto.keys import OfficeKeys
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.store import Store, note, office_facts
from kashiwa_desktop.storage import bundles


@dataclass(frozen=True, slots=True)
class Cleared:
    """What went, and what stayed because it is not certain that the office holds it."""

    gone: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()


class Clearing:
    """Removes submissions from where they were brought; never from the office's own folders."""

    def __init__(self, store: Store, keys: OfficeKeys) -> None:
        self._store, self._keys = store, keys

    def clear(self, files: Sequence[Path]) -> Cleared:
        """Remove those of ``files`` that are proved to be in the archive; others stay."""
        gone: list[Path] = []
        kept: list[Path] = []
        for file in files:
            (gone if self._clear_one(file) else kept).append(file)
        with self._store.db.write() as tx:
            note(self._store, tx, "clear", gone=len(gone), kept=len(kept))
        return Cleared(tuple(gone), tuple(kept))

    def _clear_one(self, file: Path) -> bool:
        try:
            if not self._is_held(file):
                return False
            place.remove(file)
        except (AppError, OSError):
            return False
        return True

    def _is_held(self, file: Path) -> bool:
        """Whether the archive holds a file of the same contents that opens with our keys."""
        if self._is_inside_us(file) or not stat.S_ISREG(file.lstat().st_mode):
            return False
        brought = self._bundle_of(file)
        with self._store.db.read() as tx:
            row = bundles.get(tx, brought)
        if row is None or row.direction != "in":
            return False
        return self._bundle_of(self._store.folder.archive / row.file) == brought

    def _bundle_of(self, file: Path) -> str:
        """Return the id of the submission in ``file``, read and checked whole; AppError if not."""
        with self._store.db.read() as tx:
            expect = Expect(office=office_facts(tx).office, kind="submission")
        return reader.read(place.load(file), self._keys.reading, expect).bundle_id

    def _is_inside_us(self, file: Path) -> bool:
        return file.resolve().is_relative_to(self._store.folder.root.resolve())
