"""Moving an office from one PC's file to a shared database, or back, with equal digests.

Nothing is told before everything was compared: S, the projections, and every row of every table.
The old store stays as it was, and can only be read from then on.
"""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from kashiwa_desktop import disk
from kashiwa_desktop.errors import PlaceError, RefusedError, StoreError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services import log_heads, whereabouts
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.store import Store, allow, note, office_facts
from kashiwa_desktop.storage import checks, meta, projections, revisions, transfer
from kashiwa_desktop.storage.database import Database, Tx
from kashiwa_desktop.storage.upgrade import open_store

_DIFFERENT = "移した記録が元の記録と合いません。何も変えていません。もう一度お試しください。"


@dataclass(frozen=True, slots=True)
class Home:
    """Where an office lives: its folder, and the shared database of its rows (None: the folder)."""

    folder: DataFolder
    database: str | None = None

    @property
    def place(self) -> Path | str:
        return self.database or self.folder.store

    def told(self) -> str:
        """Return it as it may be shown: a database without its password."""
        if self.database is None:
            return str(self.folder.root)
        return whereabouts.without_password(self.database)


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: both digests are of the new store, and equal those of the old one."""

    source: str
    target: str
    digest: str
    projections: str
    revisions: int


def home(folder: DataFolder, database: str | None = None) -> Home:
    """Return where an office of this folder lives: as named, else as the folder remembers."""
    return Home(folder, database or whereabouts.remembered(folder))


def move(source: Home, target: Home, clock: Clock, chance: Chance, staff: str = "") -> Moved:
    """Move the office from ``source`` to ``target``, which must be empty; ``staff`` does it.

    RefusedError (``same_place``, ``no_store``, ``not_empty``, ``damaged``, ``moved``), and then
    nothing has changed on either side.
    """
    _refuse_same(source, target)
    _set_aside(target)
    target.folder.create()
    old = Store(source.folder, _opened(source.place), clock, chance, staff or "事務局")
    try:
        new = replace(old, folder=target.folder, db=open_store(target.place))
        try:
            moved = _move(source, target, old, new)
        finally:
            new.close()
    finally:
        old.close()
    if target.database:
        whereabouts.remember(target.folder, target.database)
    else:
        whereabouts.forget(target.folder)
    return moved


def _refuse_same(source: Home, target: Home) -> None:
    if isinstance(source.place, Path) and not source.place.is_file():
        raise RefusedError(f"ここには記録がありません: {source.told()}", code="no_store")
    if source.database and target.database:
        same = whereabouts.same_server(source.database, target.database)
    else:
        same = source.place == target.place
    if same:
        text = "移す元と移す先が同じです。1台に戻すときは --database を書かないでください。"
        raise RefusedError(text, code="same_place")


def _set_aside(target: Home) -> None:
    """Put a file away that was itself moved elsewhere earlier; it is kept beside its place."""
    path = target.folder.store
    if target.database is not None or not path.exists():
        return
    database = open_store(path)
    try:
        with database.read() as tx:
            gone = meta.get(tx, "moved_to")
    finally:
        database.close()
    if gone:
        names = (path.with_name(f"store.moved-{n}.db") for n in range(1, 1_000))
        disk.replace(path, next(name for name in names if not name.exists()))


def _opened(place: Path | str) -> Database:
    database = open_store(place)
    try:
        with database.read() as tx:
            gone = meta.get(tx, "moved_to")
    except BaseException:
        database.close()
        raise
    if gone:
        database.close()
        raise RefusedError(f"この記録はもう {gone} へ移してあります。", code="moved")
    return database


def _move(source: Home, target: Home, old: Store, new: Store) -> Moved:
    """Hold both locks: nobody writes into the old store after its rows were read."""
    with old.db.write() as from_tx:
        office_facts(from_tx)
        allow(old, from_tx, "supervisor")
        problems = checks.problems(from_tx)
        if problems:
            raise RefusedError(f"元の記録をご確認ください: {problems[0]}", code="damaged")
        with new.db.write() as to_tx:
            if not transfer.is_empty(to_tx):
                text = "移す先にはもう記録があります。空の場所をお選びください。"
                raise RefusedError(text, code="not_empty")
            _copy_files(source.folder, target.folder)
            moved = _copy_rows(from_tx, to_tx, source, target)
            note(new, to_tx, "move_in", state=moved.digest)
        with new.db.read() as fresh:
            if projections.state(fresh) != moved.digest:
                raise StoreError(_DIFFERENT, code="migration")
        meta.put(from_tx, "moved_to", target.told())
        note(old, from_tx, "move_out", state=moved.digest)
    return moved


def _copy_rows(from_tx: Tx, to_tx: Tx, source: Home, target: Home) -> Moved:
    transfer.copy_rows(from_tx, to_tx)
    before, after = transfer.digests(from_tx), transfer.digests(to_tx)
    state = projections.state(to_tx)
    if before != after or projections.state(from_tx) != state:
        raise StoreError(_DIFFERENT, code="migration")
    projected = transfer.summary(after)
    return Moved(source.told(), target.told(), state, projected, revisions.count(to_tx))


def _copy_files(source: DataFolder, target: DataFolder) -> None:
    """Copy keys, archive and waiting files; one that lies there already must be the same."""
    if source.root.resolve() == target.root.resolve():
        return
    for name in ("identity", "archive", "waiting"):
        for path in sorted((source.root / name).iterdir()):
            if path.is_file() and path.name != log_heads.FILE:
                _copy_file(path, target.root / name / path.name)


def _copy_file(path: Path, to: Path) -> None:
    try:
        if not to.exists():
            shutil.copyfile(path, to)
            to.chmod(0o600)
        if to.read_bytes() != path.read_bytes():
            text = f"移す先にちがう {to.name} があります。空の場所をお選びください。"
            raise RefusedError(text, code="not_empty")
    except OSError as error:
        text = f"{to.name} を書き込めません。場所と空きを確かめて、もう一度お試しください。"
        raise PlaceError(text, code="cannot_write") from error
