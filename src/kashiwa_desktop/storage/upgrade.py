"""Making a new store and lifting an old one: all of it, or the old one stays.

A migration is the likeliest way to lose everything while every check stays green (RELIABILITY.md
§1.7). Under the writer's lock, on both kinds of database: the old store is copied, all steps run in
one transaction with foreign keys off, the rows are counted and the revisions compared, projections
are made again, and only then it is committed. No file is swapped (decision 45): who waits for the
lock would save into one that nobody sees any more.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, table, text

from kashiwa_desktop import disk
from kashiwa_desktop.errors import AppError, StoreError
from kashiwa_desktop.storage import damage, engines, projections, shape, witness
from kashiwa_desktop.storage.complaints import sentence, unread
from kashiwa_desktop.storage.database import APPLICATION_ID, Database
from kashiwa_desktop.storage.engines import PRAGMAS, WAIT
from kashiwa_desktop.storage.tables import PROJECTIONS

SCHEMA = 5
_TRIES = 100
_OPEN_FILES_STAY = os.name == "nt"
"""Windows deletes no file that somebody has open."""
_STEPS = str(Path(__file__).parent / "migrations")
_TOO_NEW = "この記録は新しい版で作られています。記録は正常です。このソフトを更新してください。"
_NOT_OURS = "このファイルは地域支えあい活動記録の記録ではありません。予備の写しから戻してください。"
_FOREIGN = (
    "記録のファイルに、このソフトが作ったのではない表や仕掛けがあります。"
    "何も変えていません。予備の写しから戻してください。"
)
_FOREIGN_SHARED = (
    "共有のデータベースに、このソフトが作ったのではない表や仕掛けがあります。"
    "何も変えていません。データベースを用意した人に、取りのぞくように頼んでください。"
)
_NOT_EMPTY = "このデータベースはほかのことに使われています。空のデータベースを用意してください。"
_NOT_LIFTED = "記録を新しい版に移せませんでした。記録はもとのままです。"


def open_store(place: Path | str) -> Database:
    """Open the store in a file or at an address, making or lifting it first where needed.

    Raises StoreError (code ``too_new``, ``damaged``, ``not_ours``) with nothing touched: what has
    a table, view or trigger that is not ours is ``damaged``, because it would act on every save.
    """
    database = Database(place)
    database.look = _refuse_another
    if isinstance(place, str):
        _lift_shared(Database(place))
    elif _version(place) < SCHEMA:
        with _alone(place):
            version = _version(place)
            if not version:
                _make(place)
            elif version < SCHEMA:  # else somebody else was quicker
                _lift(place, version)
    elif (left := _lock_of(place)).exists():  # after a cut, or a virus scanner held it
        _forget(left)
    return database


def _version(path: Path) -> int:
    version = schema_of(path)
    if version > SCHEMA:
        raise StoreError(_TOO_NEW, code="too_new")
    if version and not shape.is_ours(path, version):
        if schema_of(path) != version:  # somebody lifted it between the two looks
            return _version(path)
        raise StoreError(_FOREIGN, code="damaged")
    return version


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one process at a time make or lift a store; SQLite's own lock works on every system."""
    lock = _lock_of(path)
    held = _locked(lock)
    try:
        yield
    finally:
        if _OPEN_FILES_STAY:  # who waits for it opened it before, and it stays, or makes it anew
            held.close()
            _take_away(lock)
        else:
            _take_away(lock)
            held.close()


def _lock_of(path: Path) -> Path:
    return path.with_name(path.name + ".making")


def _take_away(lock: Path) -> None:
    """Wait for whoever holds it (a virus scanner); where it stays the next start takes it away."""
    with suppress(OSError):
        disk.remove(lock)
    _forget(lock)


def _locked(lock: Path) -> sqlite3.Connection:
    """Wait for the lock; whoever had it before took its file away, and then it is made anew.

    SQLite calls it an I/O error where the file went between opening and locking it.
    """
    for tried in range(_TRIES):
        held = sqlite3.connect(lock, timeout=WAIT / 1000, isolation_level=None)
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            held.close()
            went = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_IOERR
            if went and tried + 1 < _TRIES:
                continue
            if lock.exists() or not lock.parent.exists():
                raise sentence(error) or StoreError(_NOT_LIFTED, code="migration") from error
        else:
            if lock.exists():
                return held
            held.close()
    raise StoreError(_NOT_LIFTED, code="busy")


def _lift_shared(database: Database) -> None:
    """Look first without the lock, so that opening never waits for somebody's long intake."""
    try:
        with database.read() as tx:
            version = _schema_of_tables(tx)
        if version < SCHEMA:
            with database.write(lambda tx: _schema_of_tables(tx) == SCHEMA) as tx:
                version = _schema_of_tables(tx)
                if version < SCHEMA:  # else somebody else was quicker
                    make_tables(tx, version)
                    _schema_of_tables(tx)
    finally:
        database.close()


def _refuse_another(tx: Connection) -> None:
    """Refuse a store that a newer program lifted after it was opened here; StoreError (too_new)."""
    if (_held(tx) if tx.dialect.name == "sqlite" else _step(tx)) != SCHEMA:
        raise StoreError(_TOO_NEW, code="too_new")


def _schema_of_tables(tx: Connection) -> int:
    """Return the schema of a shared database, 0 where it is empty."""
    tables = inspect(tx).get_table_names()
    if not tables:
        if tx.scalar(text("SHOW server_encoding")) != "UTF8":
            said = "データベースの文字の決まりが UTF8 ではありません。UTF8 で作り直してください。"
            raise StoreError(said, code="encoding")
        return 0
    if "alembic_version" not in tables or "revision" not in tables:
        raise StoreError(_NOT_EMPTY, code="not_ours")
    version = _step(tx)
    if version > SCHEMA:
        raise StoreError(_TOO_NEW, code="too_new")
    if not shape.is_ours_shared(tx, version):
        raise StoreError(_FOREIGN_SHARED, code="damaged")
    return version


def _step(tx: Connection) -> int:
    return int(str(tx.scalar(text("SELECT version_num FROM alembic_version")))[1:])


def make_tables(tx: Connection, version: int = 0) -> None:
    """Run the steps, make the projections again, and compare what must not change.

    ``version`` is the schema that is there already, 0 where nothing is. StoreError (migration).
    """
    witness.look_away(tx)
    before = (projections.state(tx), _counts(tx)) if version else ("", {})
    _run_steps(tx)
    projections.remake(tx)
    if version and not _all_there(tx, *before):
        raise StoreError(_NOT_LIFTED, code="migration")


def _all_there(tx: Connection, state: str, counts: dict[str, int]) -> bool:
    """Whether no revision and no row of any table went, S saying nothing of drafts and sheets."""
    now = _counts(tx)
    same = all(now.get(name) == count for name, count in counts.items())
    return same and projections.state(tx) == state


def _counts(tx: Connection) -> dict[str, int]:
    """Return how many rows each table has that cannot be made again."""
    again = {"alembic_version", *(table.name for table in PROJECTIONS)}
    names = sorted(set(inspect(tx).get_table_names()) - again)
    return {name: tx.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}


def schema_of(path: Path) -> int:
    """Return the schema of the file, 0 where there is none yet; StoreError if it is not ours."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise unread() from error
    if size == 0:
        raise StoreError(_NOT_OURS, code="damaged")
    try:
        with closing(engines.connect(path)) as file:
            application = file.execute("PRAGMA application_id").fetchone()[0]
            version: int = file.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        said = sentence(error) or StoreError(_NOT_OURS, code="damaged")
        raise damage.judged(said, path) from error
    except UnicodeDecodeError as error:
        raise StoreError(_NOT_OURS, code="damaged") from error
    if application != APPLICATION_ID or version < 1:
        raise StoreError(_NOT_OURS, code="damaged")
    return version


def _make(path: Path) -> None:
    """Make a new store beside its place, and put it there where nothing is yet."""
    part = path.with_name(path.name + ".part")
    try:
        disk.remove(part)
        database = Database(part, pragmas={"foreign_keys": 0, "synchronous": 0})
        try:
            with database.write(_is_lifted) as tx:
                make_tables(tx)
                tx.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                tx.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
        finally:
            database.close()
        part.chmod(0o600)
        disk.flush(part)  # once, as a whole
        disk.replace(part, path)
    except BaseException:
        _forget(part)
        raise


def _lift(path: Path, version: int) -> None:
    """Lift a store where it lies, the old one copied beside it; StoreError with nothing changed."""
    kept = path.with_name(f"{path.name}.v{version}")
    database = Database(path, pragmas={**PRAGMAS, "foreign_keys": 0})
    try:
        with database.write(_is_lifted) as tx:
            if _held(tx) == version:  # else somebody else was quicker
                _keep_old(path, kept)
                make_tables(tx, version)
                tx.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    except AppError:
        disk.forget(kept)
        raise
    except Exception as error:
        disk.forget(kept)
        raise sentence(error) or StoreError(_NOT_LIFTED, code="migration") from error
    finally:
        database.close()


def _held(tx: Connection) -> int:
    return int(tx.exec_driver_sql("PRAGMA user_version").scalar() or 0)


def _is_lifted(tx: Connection) -> bool:
    return _held(tx) == SCHEMA


def _keep_old(path: Path, kept: Path) -> None:
    """Copy a store of which the writer's lock is held, by SQLite itself, as everybody reads it."""
    part = kept.with_name(kept.name + ".part")
    try:
        disk.remove(part)
        with closing(engines.connect(path)) as old, closing(sqlite3.connect(part)) as new:
            new.execute("PRAGMA synchronous = OFF")
            old.backup(new)
        part.chmod(0o600)
        disk.flush(part)  # once, as a whole
        disk.replace(part, kept)
    finally:
        _forget(part)


def _forget(path: Path) -> None:
    """Take away what is not needed; where that fails the next time does."""
    disk.forget(path, path.with_name(path.name + "-journal"))


def _run_steps(tx: Connection, to: str = "head") -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _STEPS.replace("%", "%%"))
    config.attributes["connection"] = tx
    command.upgrade(config, to)
