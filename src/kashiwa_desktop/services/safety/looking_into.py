"""中身を見る: what a 予備の写し holds, and how it differs from what is here now."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kashiwa_desktop import disk
from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.clock import JST
from kashiwa_desktop.services.safety import copy_marks
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.store import Store, facts
from kashiwa_desktop.storage import activities, copies, sheets
from kashiwa_desktop.storage.activities import Wanted
from kashiwa_desktop.storage.database import Database
from kashiwa_desktop.storage.upgrade import SCHEMA, schema_of

LIFTED = "lifted"
"""Why a store lies beside its place as it was before a newer version lifted it."""
_LIFTED_NAME = re.compile(r"store\.db\.v(\d+)")


@dataclass(frozen=True, slots=True)
class CopyName:
    """A copy as its file name tells it: when it was made and why; not yet looked into.

    ``schema`` is the form of the records of one that was put aside before a newer version came.
    """

    file: Path
    made_at: datetime
    why: str
    schema: int = 0


@dataclass(frozen=True, slots=True)
class CopyContents:
    """A copy beside the present: records it has, its newest ones, what would go and come back.

    ``sheets_gone`` are issued sheets of an office that are not in the copy; ``mark`` is what is to
    be said of a copy without the mark of this PC.
    """

    copy: CopyName
    count: int
    first: date | None
    last: date | None
    newest: tuple[Activity, ...]
    would_go: tuple[Activity, ...]
    would_come: tuple[Activity, ...]
    would_change: int
    sheets_gone: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """The day on which a copy was tried, and whether everything in it came back."""

    day: date
    copy: CopyName
    whole: bool


class LookingInto:
    """Reads a copy without going back to it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def today(self) -> date:
        return self._store.clock.today()

    def copies(self) -> list[CopyName]:
        """Return which copies there are, newest first, without opening them."""
        return all_copies(self._store.folder)

    def last_trial(self) -> Trial | None:
        """Return what came of going back to a copy in a place of its own; None before the first."""
        return last_trial(self._store.folder)

    def contents(self, path: Path) -> CopyContents:
        """Return what the copy holds; StoreError, RefusedError where it is damaged or foreign."""
        looked = Keeping(self._store).look(path)
        name = copy_name(path)
        if name is None:
            raise RefusedError("これは予備の写しではありません。", code="not_a_copy")
        with self._store.db.read() as tx:
            who = facts(tx)
            now = {a.id: a for a in activities.find(tx, Wanted(who.promoter or None))}
            issued = len(sheets.every(tx)) if who.is_office else 0
        with _as_today(self._store.folder, path) as readable:
            found, kept = _records(readable, who.promoter)
        held = {a.id: a for a in found}
        by_day = list(held.values())
        return CopyContents(
            copy=name,
            count=len(held),
            first=by_day[0].date if by_day else None,
            last=by_day[-1].date if by_day else None,
            newest=tuple(reversed(by_day[-3:])),
            would_go=tuple(a for record, a in now.items() if record not in held),
            would_come=tuple(a for record, a in held.items() if record not in now),
            would_change=sum(a.id in now and now[a.id].version != a.version for a in by_day),
            sheets_gone=max(issued - kept, 0),
            mark=copy_marks.WORDS[looked.mark],
        )


def named_copies(folder: DataFolder) -> list[CopyName]:
    """Return the copies of a folder by their names, newest first; none is opened."""
    found = [one for path in folder.copies.glob("*.db") if (one := copy_name(path)) is not None]
    return sorted(found, key=lambda one: (one.made_at, one.file.name), reverse=True)


def lifted_copies(folder: DataFolder) -> list[CopyName]:
    """Return the store as it was before each newer version, the newest first."""
    found = (lifted_name(path) for path in folder.root.glob("store.db.v*"))
    return sorted(filter(None, found), key=lambda one: (one.made_at, one.schema), reverse=True)


def all_copies(folder: DataFolder) -> list[CopyName]:
    """Return what can be gone back to: the copies, and the store before newer versions."""
    found = [*named_copies(folder), *lifted_copies(folder)]
    return sorted(found, key=lambda one: (one.made_at, one.file.name), reverse=True)


def last_trial(folder: DataFolder) -> Trial | None:
    """Return what the last trial found; None before the first, or where its note is unreadable."""
    try:
        said = json.loads(trial_note(folder).read_bytes())
        copy = copy_name(folder.copies / said["copy"])
        return (
            None
            if copy is None
            else Trial(date.fromisoformat(said["day"]), copy, whole=said["whole"] is True)
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def trial_note(folder: DataFolder) -> Path:
    return folder.copies / "tried.json"


@contextmanager
def _as_today(folder: DataFolder, path: Path) -> Iterator[Path]:
    """Give a copy as this version reads it; an older one is lifted in a place of its own."""
    if schema_of(path) == SCHEMA:
        yield path
        return
    beside = folder.store.with_name("store.db.tried")
    try:
        copies.try_out(path, beside)
        yield beside
    finally:
        disk.forget(*beside.parent.glob(f"{beside.name}*"))


def _records(path: Path, promoter: str) -> tuple[list[Activity], int]:
    """Return the records of a copy, and how many sheets it holds."""
    database = Database(path)
    try:
        with database.read() as tx:
            return activities.find(tx, Wanted(promoter or None)), len(sheets.every(tx))
    finally:
        database.close()


def copy_name(path: Path) -> CopyName | None:
    """Read ``2026-11-04_093000_close.db`` or ``store.db.v4``; None for any other name."""
    if _LIFTED_NAME.fullmatch(path.name):
        return lifted_name(path)
    try:
        made = datetime.strptime(path.stem[:17], "%Y-%m-%d_%H%M%S")  # noqa: DTZ007 - Japanese time
    except ValueError:
        return None
    return CopyName(path, made, path.stem[18:].split(" ")[0])


def lifted_name(path: Path) -> CopyName | None:
    """Read ``store.db.v4``; what tells when it was lifted is the file's own time."""
    found = _LIFTED_NAME.fullmatch(path.name)
    try:
        lifted = datetime.fromtimestamp(path.stat().st_mtime, JST).replace(tzinfo=None)
    except OSError:
        return None
    return CopyName(path, lifted, LIFTED, int(found[1])) if found else None
