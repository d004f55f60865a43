"""記録を開けません: a damaged store stays as it is, beside its place, and a copy comes in.

RELIABILITY.md §5.1, R20: nothing is repaired. The damaged file is kept byte for byte, a whole copy
is put in its place, and what is whole in the damaged file is added to it. Nobody saves in between.
The same way leads back to an older version of the program, from a store that a newer one lifted.
"""

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
from kashiwa_desktop.services.safety.keeping import NO_USE, whole
from kashiwa_desktop.services.safety.looking_into import CopyName, all_copies
from kashiwa_desktop.storage import audit, copies, meta, salvage, swapping
from kashiwa_desktop.storage.database import Database, Tx
from kashiwa_desktop.storage.upgrade import SCHEMA, schema_of

ASIDE, NEWER = "store.db.damaged-", "store.db.newer-"
"""How the name of a store begins that was put aside: a damaged one, one of a newer version."""


@dataclass(frozen=True, slots=True)
class WholeCopy:
    """A copy that was opened and compared: it can be gone back to.

    ``mark`` is what is to be said where it has not the mark of this PC.
    ``unread`` is what is said of one that could not be read at this moment: it may be whole.
    """

    name: CopyName
    revisions: int
    mark: str = ""
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was done: the damaged file as it was (None: it was gone), what was brought over."""

    kept: Path | None
    brought: int
    is_office: bool


class Recovering:
    """Works on the data folder of a store that cannot be opened.

    ``code`` is why: ``damaged``, or ``too_new``. The store itself is not asked: SQLite would play
    a journal back into it, or take it away.
    """

    def __init__(self, folder: DataFolder, clock: Clock, code: str = "damaged") -> None:
        self._folder, self._clock = folder, clock
        self._is_newer = code == "too_new"

    @property
    def clock(self) -> Clock:
        return self._clock

    def whole_copies(self, most: int, progress: Progress) -> list[WholeCopy]:
        """Return the newest copies that are whole, each opened and compared."""
        found: list[WholeCopy] = []
        named = all_copies(self._folder)
        for n, one in enumerate(named):
            if len(found) == most:
                break
            progress.step("予備の写しを確かめています", n, len(named))
            try:
                held, mark = whole(one.file, self._folder)
                found.append(WholeCopy(one, held.revisions, copy_marks.WORDS[mark]))
            except AppError as error:
                if error.code not in NO_USE:
                    found.append(WholeCopy(one, 0, unread=error.text))
        return found

    def has_older(self) -> bool:
        """Whether there is a copy that this version may be able to go back to; none is compared."""
        return any(_may_be_read(one.file) for one in all_copies(self._folder))

    def put_back(self, copy: Path) -> Recovered:
        """Let a copy take the place of the store; StoreError with nothing changed."""
        held, _ = whole(copy, self._folder)
        part = self._folder.store.with_name("store.db.restore")
        copies.copy(copy, part)
        counted: list[int] = []
        kept = self._put_in(part, partial(self._finish, held.revisions, counted))
        return Recovered(kept, sum(counted), is_office=not held.promoter)

    def begin_anew(self) -> Path | None:
        """Put the damaged store aside and make an empty one, where there is no whole copy."""
        part = self._folder.store.with_name("store.db.restore")
        disk.forget(part)
        return self._put_in(part, _nothing)

    def _put_in(self, part: Path, finish: Callable[[Path | None, Tx], None]) -> Path | None:
        db = Database(self._folder.store)
        try:
            with log_heads.going_back(self._folder, db, part):
                return swapping.put_in(part, self._folder.store, self._aside, finish)
        finally:
            db.close()

    def _aside(self) -> Path:
        stamp = self._clock.now().strftime("%Y-%m-%d_%H%M%S")
        name = NEWER if self._is_newer else ASIDE
        return free_name(self._folder.store.with_name(f"{name}{stamp}"))

    def _finish(self, held: int, counted: list[int], kept: Path | None, tx: Tx) -> None:
        """Add what is whole in the damaged file, and write the going back into the log.

        Only on a promoter's PC: an office reads its archive again, file by file, with all checks.
        """
        promoter = meta.get(tx, "promoter")
        if kept is not None and promoter:
            counted.append(salvage.bring_over(kept, tx))
        who = promoter or "事務局"
        said = {"revisions": held, "brought": sum(counted)}
        audit.write(tx, self._clock.text(), who, "recover", **said)


def _may_be_read(copy: Path) -> bool:
    try:
        return 0 < schema_of(copy) <= SCHEMA
    except StoreError:
        return False


def _nothing(_kept: Path | None, _tx: Tx) -> None:
    """Leave it empty."""
