"""記録を開けません: a damaged store stays as it is, beside its place, and a copy comes in.

RELIABILITY.md §5.1, R20: nothing is repaired. The damaged file is kept byte for byte, a whole copy
is put in its place, and what is whole in the damaged file is added to it.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kashiwa_desktop import disk
from kashiwa_desktop.bundle.place import free_name
from kashiwa_desktop.errors import AppError, StoreError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services import log_heads
from kashiwa_desktop.services.clock import Clock
from kashiwa_desktop.services.safety import copy_marks
from kashiwa_desktop.services.safety.keeping import whole
from kashiwa_desktop.services.safety.looking_into import CopyName, named_copies
from kashiwa_desktop.storage import audit, copies, meta, salvage, swapping, upgrade
from kashiwa_desktop.storage.database import Database, Tx

ASIDE = "store.db.damaged-"
"""How the name of a damaged store begins that was put aside."""
_NO_ROOM = "こわれた記録をとっておく場所がありません。このパソコンの空きを作ってください。"


@dataclass(frozen=True, slots=True)
class WholeCopy:
    """A copy that was opened and compared: it can be gone back to.

    ``mark`` is what is to be said where it has not the mark of this PC.
    """

    name: CopyName
    revisions: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was done: the damaged file as it was (None: it was gone), what was brought over."""

    kept: Path | None
    brought: int
    is_office: bool


class Recovering:
    """Works on the data folder of a store that cannot be opened."""

    def __init__(self, folder: DataFolder, clock: Clock) -> None:
        self._folder, self._clock = folder, clock

    @property
    def clock(self) -> Clock:
        return self._clock

    def whole_copies(self, most: int, progress: Progress) -> list[WholeCopy]:
        """Return the newest copies that are whole, each opened and compared."""
        found: list[WholeCopy] = []
        named = named_copies(self._folder)
        for n, one in enumerate(named):
            if len(found) == most:
                break
            progress.step("予備の写しを確かめています", n, len(named))
            try:
                held, mark = whole(one.file, self._folder)
                found.append(WholeCopy(one, held.revisions, copy_marks.WORDS[mark]))
            except AppError:
                continue
        return found

    def put_back(self, copy: Path) -> Recovered:
        """Let a copy take the place of the damaged store; StoreError with nothing changed."""
        held, _ = whole(copy, self._folder)
        kept = self._set_aside()
        part = self._folder.store.with_name("store.db.restore")
        copies.copy(copy, part)
        counted: list[int] = []
        finish = partial(self._finish, held.revisions, kept, counted)
        self._swap(part, finish)
        return Recovered(kept, sum(counted), is_office=not held.promoter)

    def begin_anew(self) -> Path | None:
        """Put the damaged store aside and make an empty one, where there is no whole copy."""
        kept = self._set_aside()
        part = self._folder.store.with_name("store.db.restore")
        disk.forget(part)
        upgrade.open_store(part).close()
        self._swap(part, _nothing)
        return kept

    def _swap(self, part: Path, finish: Callable[[Tx], None]) -> None:
        db = Database(self._folder.store)
        with log_heads.going_back(self._folder, db, part):
            swapping.put_in(part, self._folder.store, finish)
        db.close()

    def _finish(self, held: int, kept: Path | None, counted: list[int], tx: Tx) -> None:
        """Add what is whole in the damaged file, and write the going back into the log.

        Only on a promoter's PC: an office reads its archive again, file by file, with all checks.
        """
        promoter = meta.get(tx, "promoter")
        if kept is not None and promoter:
            counted.append(salvage.bring_over(kept, tx))
        who = promoter or "事務局"
        said = {"revisions": held, "brought": sum(counted)}
        audit.write(tx, self._clock.text(), who, "recover", **said)

    def _set_aside(self) -> Path | None:
        """Copy the damaged file and its journal as they are, and compare every byte."""
        store = self._folder.store
        if not store.exists():
            return None
        stamp = self._clock.now().strftime("%Y-%m-%d_%H%M%S")
        kept = free_name(store.with_name(f"{ASIDE}{stamp}"))
        try:
            _copy_exactly(store, kept)
            journal = swapping.journal_of(store)
            if journal.exists() and journal.stat().st_size:
                _copy_exactly(journal, swapping.journal_of(kept))
        except OSError as error:
            raise StoreError(_NO_ROOM, code="cannot_write") from error
        return kept


def _copy_exactly(path: Path, to: Path) -> None:
    shutil.copyfile(path, to)
    to.chmod(0o600)
    disk.flush(to)
    if copies.file_digest(to) != copies.file_digest(path):
        raise StoreError(_NO_ROOM, code="cannot_write")


def _nothing(_tx: Tx) -> None:
    """Leave it empty."""
