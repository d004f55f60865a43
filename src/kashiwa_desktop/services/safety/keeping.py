"""Keeping safe: 予備の写し, going back to one, and checking that everything is whole."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from kashiwa_desktop.bundle.place import free_name, save_verified
from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.errors import PlaceError, RefusedError, StoreError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services import log_heads
from kashiwa_desktop.services.safety import copy_marks
from kashiwa_desktop.services.safety.healing import Healing
from kashiwa_desktop.services.store import Store, allow, facts, note
from kashiwa_desktop.storage import (
    audit,
    checks,
    copies,
    projections,
    revisions,
    swapping,
    testimony,
    witness,
)
from kashiwa_desktop.storage.complaints import unread
from kashiwa_desktop.storage.database import Tx
from kashiwa_desktop.storage.testimony import Wrong

__all__ = ["DAMAGED", "Copy", "Keeping", "Wrong", "whole"]

_OF_PROMOTER = re.compile(r"\d{4}-\d{2}-\d{2}_(P\d+)_")
DAMAGED = copies.SOURCE_DAMAGED
"""What is said of a store that is not whole."""
NO_USE = frozenset({"damaged", "too_new"})
"""Why a copy cannot be gone back to; every other refusal is of the moment."""

T = TypeVar("T")

HEAL = "heal で直せます(画面では「困ったとき」の［送れない記録を調べる］)。"


@dataclass(frozen=True, slots=True)
class Copy:
    """One verified copy of the store; ``bytes`` is its size on disk, ``mark`` whose it is."""

    file: Path
    made_at: str
    revisions: int
    digest: str
    bytes: int
    mark: str = copy_marks.OURS


class Keeping:
    """Copies of the store and its wholeness."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def healing(self) -> Healing:
        """Return what puts right the records that no file can hold (``check`` names them)."""
        return Healing(self._store)

    def look_over(self) -> None:
        """Ask at every start whether the pages of the file are whole; StoreError (damaged)."""
        with self._store.db.read() as tx:
            if not checks.pages_whole(tx):
                raise StoreError(DAMAGED, code="damaged")

    def prove(self) -> None:
        """Make every hash again; StoreError (damaged) where anything does not fit."""
        with self._store.db.read() as tx:
            if checks.problems(tx):
                raise StoreError(DAMAGED, code="damaged")

    def back_up(self, label: str = "") -> Copy:
        """Make a copy, open it again, compare it, and keep its fingerprint beside it."""
        made = self._make(label)
        with self._store.db.write() as tx:
            note(self._store, tx, "back_up", revisions=made.revisions)
            self._tell_of_archive(tx)
        return made

    def _make(self, label: str) -> Copy:
        stamp = self._store.clock.now().strftime("%Y-%m-%d_%H%M%S")
        name = f"{stamp}{'_' + label if label else ''}.db"
        path = free_name(self._store.folder.copies / name)
        held = copies.copy(self._store.db, path)
        _write_fingerprint(self._store.folder, path)
        return self._copy(path, held)

    def _tell_of_archive(self, tx: Tx) -> None:
        """Tell the log of files that came into the archive before it was told of them."""
        told = testimony.archived(tx)
        for name in checks.kept_names(tx):
            path = self._store.folder.archive / name
            if name not in told and path.is_file():
                witness.tell_file(tx, name, copies.file_digest(path))

    def all_copies(self) -> list[Copy]:
        """Return the copies, newest first, with what they hold; a damaged one is left out.

        StoreError where one cannot be read at this moment.
        """
        found = []
        for path in sorted(self._store.folder.copies.glob("*.db"), reverse=True):
            try:
                found.append(self._copy(path, copies.verify(path)))
            except StoreError as error:
                if error.code not in NO_USE:
                    raise
        return found

    def look(self, path: Path) -> Copy:
        """Return what a copy holds before going back to it; StoreError, RefusedError."""
        held, mark = whole(path, self._store.folder)
        with self._store.db.read() as tx:
            who = facts(tx)
        if who.role and (held.office, held.promoter) != (who.office, who.promoter):
            raise RefusedError("ほかの方の予備の写しです。", code="other_person")
        return replace(self._copy(path, held), mark=mark)

    def restore(self, path: Path) -> tuple[Copy, Copy]:
        """Go back to a copy; returns (the copy, the copy of the state before).

        The present store is copied first, and nobody else writes from there to the end. Success is
        told only after what is there now was looked at again.
        """
        wanted = self.look(path)
        finish = partial(self._note_restored, wanted)
        return wanted, self._put_back(path, self._keep_before, finish)

    def put_back(self, path: Path) -> None:
        """Let a copy take the place of the store, whosever it is; ``restore`` asks and compares."""
        self._put_back(path, _nothing, _nothing)

    def _put_back(self, path: Path, keep: Callable[[Tx], T], finish: Callable[[Tx], None]) -> T:
        part = self._store.folder.store.with_name("store.db.restore")
        copies.copy(path, part)
        with log_heads.going_back(self._store.folder, self._store.db, part):
            return swapping.put_back(part, self._store.db, keep, finish)

    def _keep_before(self, tx: Tx) -> Copy:
        allow(self._store, tx)
        return self._make("before")

    def _note_restored(self, wanted: Copy, tx: Tx) -> None:
        """Write it on top of the copy, where the staff of today may not be known yet."""
        if projections.state(tx) != wanted.digest:
            raise StoreError(copies.DAMAGED, code="damaged")
        who = facts(tx)
        name = self._store.staff if who.is_office else who.promoter
        audit.write(tx, self._store.clock.text(), name, "restore", revisions=wanted.revisions)

    def check(self, *, rebuild: bool = False) -> list[Wrong]:
        """Return what is wrong, in words; with ``rebuild`` the projections are made again first."""
        if rebuild:
            with self._store.db.write() as tx:
                projections.rebuild(tx)
        with self._store.db.read() as tx:
            found = checks.problems(tx)
            unfit = [] if found else checks.unfit(tx)
            found += log_heads.doubts(self._store.folder, tx)
            told = dict.fromkeys(checks.archived_names(tx), "") | testimony.archived(tx)
            who = facts(tx)
        found += [_unfit_words(one) for one in unfit]
        found += self._of_archive(told)
        if who.role == "promoter":
            identity = PcIdentity.load(self._store.folder.identity)
            if identity.device != who.device:
                found.append(Wrong("このパソコンのかぎが記録と合いません。", who.promoter))
        return found

    def _of_archive(self, told: Mapping[str, str]) -> Iterator[Wrong]:
        """Compare the files of the archive with what the log tells of them."""
        for name, digest in sorted(told.items()):
            path = self._store.folder.archive / name
            promoter = _promoter_in(name)
            if not path.is_file():
                yield Wrong(f"保管したファイルがありません: {name}", promoter)
            elif digest and copies.file_digest(path) != digest:
                text = f"保管したファイルの中身が、保管したときとちがいます: {name}"
                yield Wrong(text, promoter)

    def digest(self) -> tuple[str, int]:
        """Return (S, how many revisions are held)."""
        with self._store.db.read() as tx:
            return projections.state(tx), revisions.count(tx)

    def _copy(self, path: Path, held: copies.CopyFacts) -> Copy:
        made = path.name[:17]
        return Copy(path, made, held.revisions, held.digest, path.stat().st_size)


def _unfit_words(one: checks.Unfit) -> Wrong:
    """Say which record no file can hold, and the way out."""
    from kashiwa_desktop.domain import border_words

    key, body = one.revision.key, one.revision.body
    why = border_words.explain(one.why, key.type, body)
    text = f"送れない記録があります。{border_words.named(key.type, body)}: {why.text}{HEAL}"
    return Wrong(text, key.promoter or "", one.revision.month or "")


def whole(path: Path, folder: DataFolder) -> tuple[copies.CopyFacts, str]:
    """Return what a copy holds that is whole and as is said beside it, and whose mark it has.

    RefusedError where there is none, StoreError where it is damaged or cannot be read.
    """
    try:
        if not path.is_file():
            raise RefusedError(f"予備の写しが見つかりません: {path.name}", code="not_found")
        mark = copy_marks.judge(folder, path)
    except OSError as error:
        raise unread("予備の写し") from error
    return copies.verify(path), mark


def _nothing(_tx: Tx) -> None:
    """Leave the copy as it is."""


def _write_fingerprint(folder: DataFolder, path: Path) -> None:
    """Write it whole or not at all: a torn one would condemn a good copy."""
    try:
        save_verified(copy_marks.written(folder, path), copy_marks.beside(path), _trust)
    except (PlaceError, OSError) as error:
        raise StoreError(copies.NOT_WRITTEN, code="cannot_write") from error


def _trust(_written: bytes) -> None:
    """It was compared with what was to be written; there is nothing more to ask."""


def _promoter_in(name: str) -> str:
    """Return whose a file of the archive is, as far as its name says so."""
    found = _OF_PROMOTER.match(name)
    return found[1] if found else ""
