"""Keeping safe: 予備の写し, going back to one, and checking that everything is whole."""

from dataclasses import dataclass
from pathlib import Path

from kashiwa_desktop.bundle.place import free_name
from kashiwa_desktop.crypto.keys import PcIdentity
from kashiwa_desktop.errors import RefusedError, StoreError
from kashiwa_desktop.services.store import Store, facts, note
from kashiwa_desktop.storage import checks, copies, projections, revisions


@dataclass(frozen=True, slots=True)
class Copy:
    """One verified copy of the store; ``bytes`` is its size on disk."""

    file: Path
    made_at: str
    revisions: int
    digest: str
    bytes: int


class Keeping:
    """Copies of the store and its wholeness."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def back_up(self, label: str = "") -> Copy:
        """Make a copy, open it again, compare it, and keep its fingerprint beside it."""
        stamp = self._store.clock.now().strftime("%Y-%m-%d_%H%M%S")
        name = f"{stamp}{'_' + label if label else ''}.db"
        path = free_name(self._store.folder.copies / name)
        held = copies.copy(self._store.db, path)
        _fingerprint(path).write_text(copies.file_digest(path) + "\n")
        with self._store.db.write() as tx:
            note(self._store, tx, "back_up", revisions=held.revisions)
        return self._copy(path, held)

    def all_copies(self) -> list[Copy]:
        """Return the copies, newest first, with what they hold; a damaged one is left out."""
        found = []
        for path in sorted(self._store.folder.copies.glob("*.db"), reverse=True):
            try:
                found.append(self._copy(path, copies.verify(path)))
            except StoreError:
                continue
        return found

    def look(self, path: Path) -> Copy:
        """Return what a copy holds before going back to it; StoreError, RefusedError."""
        if not path.is_file():
            raise RefusedError(f"予備の写しが見つかりません: {path.name}", code="not_found")
        kept = _fingerprint(path)
        if kept.exists() and kept.read_text().strip() != copies.file_digest(path):
            raise StoreError(copies.DAMAGED, code="damaged")
        held = copies.verify(path)
        with self._store.db.read() as tx:
            who = facts(tx)
        if who.role and (held.office, held.promoter) != (who.office, who.promoter):
            raise RefusedError("ほかの方の予備の写しです。", code="other_person")
        return self._copy(path, held)

    def restore(self, path: Path) -> tuple[Copy, Copy]:
        """Go back to a copy; returns (the copy, the copy of the state before).

        The present store is copied first. The swap happens only after the new file was compared,
        and success is told only after it was opened again.
        """
        wanted = self.look(path)
        before = self.back_up("before")
        self.put_back(path)
        with self._store.db.read() as tx:
            if projections.state(tx) != wanted.digest:
                raise StoreError(copies.DAMAGED, code="damaged")
        with self._store.db.write() as tx:
            note(self._store, tx, "restore", revisions=wanted.revisions)
        return wanted, before

    def put_back(self, path: Path) -> None:
        """Let a copy take the place of the store, whosever it is; ``restore`` asks and compares."""
        part = self._store.folder.store.with_name("store.db.restore")
        copies.copy(path, part)
        copies.put_back(part, self._store.db)

    def check(self, *, rebuild: bool = False) -> list[str]:
        """Return what is wrong, in words; with ``rebuild`` the projections are made again first."""
        if rebuild:
            with self._store.db.write() as tx:
                projections.rebuild(tx)
        with self._store.db.read() as tx:
            found = checks.problems(tx)
            names = checks.archived_names(tx)
            who = facts(tx)
        missing = [n for n in names if not (self._store.folder.archive / n).exists()]
        found += [f"受け取ったファイルの写しがありません: {name}" for name in missing]
        if who.role == "promoter":
            identity = PcIdentity.load(self._store.folder.identity)
            if identity.device != who.device:
                found.append("このパソコンのかぎが記録と合いません。")
        return found

    def digest(self) -> tuple[str, int]:
        """Return (S, how many revisions are held)."""
        with self._store.db.read() as tx:
            return projections.state(tx), revisions.count(tx)

    def _copy(self, path: Path, held: copies.CopyFacts) -> Copy:
        made = path.name[:17]
        return Copy(path, made, held.revisions, held.digest, path.stat().st_size)


def _fingerprint(path: Path) -> Path:
    return path.with_suffix(".sha256")
