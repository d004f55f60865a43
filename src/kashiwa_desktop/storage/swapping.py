"""Going back: the content of a verified copy takes the place of the store's, or nothing changes.

No file is swapped under who works (decision 45): a process that waits for the lock would save into
a file that nobody sees any more. The content goes into the live file in one transaction that holds
the writer's lock from the copy of what was there to the end; who waited saves into the store as it
is then. A file that SQLite cannot lock is one into which nobody can save: that one is replaced.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import TypeVar

from kashiwa_desktop import disk
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import audit, damage, engines, erased, revisions, transfer
from kashiwa_desktop.storage.complaints import sentence, unread
from kashiwa_desktop.storage.database import Database, Tx
from kashiwa_desktop.storage.upgrade import open_store

T = TypeVar("T")

_NOT_PUT_BACK = (
    "予備の写しから戻せません。いまの記録はそのままです。"
    "空きと場所を確かめて、もう一度お試しください。"
)
_NO_ROOM = "こわれた記録をとっておく場所がありません。このパソコンの空きを作ってください。"
_NOT_THERE = "戻したあとの記録が、予備の写しと合いません。そのままにして、事務局にお電話ください。"
_PIECE = 1024 * 1024
_HEAD = b"SQLite format 3\0" + (4096).to_bytes(2, "big") + b"\1\1"
"""How a store's file begins that SQLite can lock as ours: its page size, no WAL."""
_NO_DATABASE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


@dataclass(frozen=True, slots=True)
class _Mark:
    """By what one knows a state again, whatever was saved on top of it since."""

    ids: frozenset[str]
    log: tuple[int, str]

    @classmethod
    def of(cls, tx: Tx) -> "_Mark":
        return cls(frozenset(revisions.all_ids(tx)), audit.end(tx))

    def is_in(self, tx: Tx) -> bool:
        gone = self.ids - set(revisions.all_ids(tx))
        return audit.goes_on_from(tx, *self.log) and gone == erased.known(tx, gone)


def put_back(
    copied: Path, store: Database, keep: Callable[[Tx], T], finish: Callable[[Tx], None]
) -> T:
    """Put the rows of a verified copy in the place of all that the store holds.

    ``keep`` copies what is there now, once nobody else can write; ``finish`` writes on top. Both
    belong to the transaction. The file ``copied`` is used up. StoreError with the store as it was.
    """
    marks: list[_Mark] = []
    try:
        with (
            closing(open_store(copied)) as lifted,
            lifted.read() as old,
            store.write(lambda tx: marks[0].is_in(tx)) as tx,
        ):
            kept = keep(tx)
            transfer.replace_rows(old, tx)
            if transfer.digests(old) != transfer.digests(tx):
                raise StoreError(_NOT_PUT_BACK, code="damaged")
            finish(tx)
            marks.append(_Mark.of(tx))
    finally:
        disk.forget(*copied.parent.glob(f"{copied.name}*"))
    _prove(store, marks[0])
    return kept


def _prove(store: Database, mark: _Mark) -> None:
    """Look with a fresh view.

    It was proved before its commit too: what cannot be read at this moment says nothing against it.
    """
    try:
        with store.read() as tx:
            there = mark.is_in(tx)
    except StoreError as error:
        if error.code == "damaged":
            raise
        return
    if not there:
        raise StoreError(_NOT_THERE, code="damaged")


def put_in(
    copied: Path, path: Path, aside: Callable[[], Path], finish: Callable[[Path | None, Tx], None]
) -> Path | None:
    """Let a verified copy take the place of a damaged store, and return where that one lies now.

    ``aside`` names where the damaged file is kept, byte for byte, with its journal; ``finish`` gets
    it and writes into the copy before it goes in. StoreError with the store as it was.
    """
    going = _GoingIn(copied, path, aside, finish)
    try:
        open_store(copied).close()
        if not going.through_sqlite():
            going.by_name()
        _prove_file(path, going.mark)
    except OSError as error:
        raise StoreError(_NOT_PUT_BACK, code="cannot_write") from error
    finally:
        disk.forget(*copied.parent.glob(f"{copied.name}*"))
    return going.kept


def _prove_file(path: Path, mark: _Mark) -> None:
    store = Database(path)
    try:
        _prove(store, mark)
    finally:
        store.close()


@dataclass(slots=True)
class _GoingIn:
    """A copy on its way into the place of a damaged file."""

    copied: Path
    path: Path
    aside: Callable[[], Path]
    finish: Callable[[Path | None, Tx], None]
    kept: Path | None = None
    done: list[_Mark] = field(default_factory=list)

    @property
    def mark(self) -> _Mark:
        return self.done[0]

    def through_sqlite(self) -> bool:
        """Copy it page by page into the live file, in one transaction of SQLite.

        False where that is no file that SQLite can lock; then nobody can save into it either.
        """
        if not self.path.exists():
            return False
        with _read_beside(self.path) as file:  # closed last: closing it drops every lock of ours
            self._set_aside(file)
            if _can_be_locked(file) and self._copied_pages(file):
                return True
            _refuse_another(file, self.kept)
        return False

    def by_name(self) -> None:
        """Give the copy the name of a file into which nobody can save.

        The journal of that file would be played back into the new one: it goes.
        """
        self._finish_copy(self.kept)
        disk.flush(self.copied)
        disk.remove(journal_of(self.path))
        disk.replace(self.copied, self.path)

    def _copied_pages(self, file: FileIO) -> bool:
        """Take the lock with the first page, and do what is to be done under it before the second.

        SQLite begins anew where the copy was written in between, and keeps its lock. False where it
        finds no database to lock.
        """

        def between(status: int, _left: int, _all: int) -> None:
            if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise sqlite3.OperationalError("database is locked")
            if not self.done:
                self._finish_copy(self._kept_under_lock(file))

        try:
            with (
                closing(engines.connect(self.copied)) as new,
                closing(_to_write(self.path)) as live,
            ):
                new.backup(live, pages=1, progress=between)
        except sqlite3.Error as error:
            if not self.done and damage.primary(error) in _NO_DATABASE:
                if damage.is_wrong(self.path):
                    return False
                raise unread() from error
            raise sentence(error) or StoreError(_NOT_PUT_BACK, code="io") from error
        return True

    def _kept_under_lock(self, file: FileIO) -> Path | None:
        """Keep the file again where it changed since it was looked at; return what to read of it.

        Somebody saved, or SQLite took back what a journal said was half done: then both are kept.
        """
        if self.kept is None or _same(file, self.kept):
            return self.kept
        now = self.aside()
        _copy(file, now)
        _refuse_another(file, now)
        if not journal_of(self.kept).exists():
            disk.forget(self.kept)
        self.kept = now
        return now

    def _finish_copy(self, readable: Path | None) -> None:
        lifted = Database(self.copied)
        try:
            with lifted.write() as tx:
                self.finish(readable, tx)
                self.done[:] = [_Mark.of(tx)]
        finally:
            lifted.close()

    def _set_aside(self, file: FileIO) -> None:
        """Copy the damaged file and its journal as they are found; compared is what stays."""
        self.kept = self.aside()
        _copy(file, self.kept)
        journal = journal_of(self.path)
        if journal.exists() and journal.stat().st_size:
            with _read_beside(journal) as beside:
                _copy(beside, journal_of(self.kept))
        disk.flush_folder(self.path.parent)


@contextmanager
def _read_beside(path: Path) -> Iterator[FileIO]:
    """Open a live file beside SQLite, the one place that does; ``through_sqlite`` says how."""
    try:
        file = path.open("rb", buffering=0)  # a buffer would show what was there before
    except OSError as error:
        raise unread() from error
    with file:
        yield file


def _can_be_locked(file: FileIO) -> bool:
    return next(_pieces(file), b"").startswith(_HEAD)


def _to_write(path: Path) -> sqlite3.Connection:
    """Open the live file; nothing reaches it before the commit, so that it can be read until then.

    What is damaged inside it is written over, so nothing of it is asked.
    """
    live = engines.connect(path)
    for pragma in ("journal_mode = truncate", "synchronous = 3", "cache_spill = 0"):
        live.execute(f"PRAGMA {pragma}")
    return live


def _copy(file: FileIO, to: Path) -> None:
    try:
        with to.open("wb") as target:
            for piece in _pieces(file):
                target.write(piece)
        to.chmod(0o600)
        disk.flush(to)
    except OSError as error:
        disk.forget(to)
        raise StoreError(_NO_ROOM, code="cannot_write") from error


def _refuse_another(file: FileIO, kept: Path | None) -> None:
    """Compare every byte of what was put aside with the file that nobody can write into now."""
    if kept is None or not _same(file, kept):
        raise StoreError(_NO_ROOM, code="cannot_write")


def _same(file: FileIO, kept: Path) -> bool:
    with kept.open("rb") as other:
        return all(piece == other.read(len(piece)) for piece in _pieces(file)) and not other.read(1)


def _pieces(file: FileIO) -> Iterator[bytes]:
    """Read a file from its beginning; StoreError where it cannot be read at this moment."""
    file.seek(0)
    while True:
        try:
            piece = file.read(_PIECE)
        except OSError as error:
            raise unread() from error
        if not piece:
            return
        yield piece


def forget_leftovers(store: Path) -> None:
    """Take away what a going back, or a trial of one, left beside the store when it was cut off."""
    for end in ("restore", "before", "tried"):
        disk.forget(*store.parent.glob(f"{store.name}.{end}*"))


def journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-journal")
