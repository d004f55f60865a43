"""Making a new store and lifting an old one: swapped in only when it is right.

A migration is the likeliest way to lose everything while every check stays green (RELIABILITY.md
§1.7): the store is copied, all steps run on the copy in one transaction with foreign keys off,
the revisions are compared, projections are made again, and only then the copy takes the place.
PostgreSQL can take back changes of tables too: there one transaction is enough.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, table, text

from kashiwa_desktop import disk
from kashiwa_desktop.errors import AppError, StoreError
from kashiwa_desktop.storage import projections, witness
from kashiwa_desktop.storage.complaints import sentence
from kashiwa_desktop.storage.database import APPLICATION_ID, Database
from kashiwa_desktop.storage.engines import WAIT
from kashiwa_desktop.storage.tables import PROJECTIONS

SCHEMA = 4
_TRIES = 100
_STEPS = str(Path(__file__).parent / "migrations")
_TOO_NEW = "この記録は新しい版で作られています。記録は正常です。このソフトを更新してください。"
_NOT_OURS = "このファイルは地域支えあい活動記録の記録ではありません。予備の写しから戻してください。"
_NOT_EMPTY = "このデータベースはほかのことに使われています。空のデータベースを用意してください。"
_NOT_LIFTED = "記録を新しい版に移せませんでした。記録はもとのままです。"


def open_store(place: Path | str) -> Database:
    """Open the store in a file or at an address, making or lifting it first where needed.

    Raises StoreError (code ``too_new``, ``damaged``, ``not_ours``) with nothing touched.
    """
    if isinstance(place, str):
        return _open_shared(Database(place))
    if _version(place) < SCHEMA:
        with _alone(place):
            version = _version(place)
            if version < SCHEMA:  # else somebody else was quicker
                _lift(place, version)
    return Database(place)


def _version(path: Path) -> int:
    version = schema_of(path)
    if version > SCHEMA:
        raise StoreError(_TOO_NEW, code="too_new")
    return version


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one process at a time make or lift a store; SQLite's own lock works on every system."""
    lock = path.with_name(path.name + ".making")
    held = _locked(lock)
    try:
        yield
    finally:
        _forget(lock)
        held.close()


def _locked(lock: Path) -> sqlite3.Connection:
    """Wait for the lock; whoever had it before took its file away, and then it is made anew."""
    for _ in range(_TRIES):
        held = sqlite3.connect(lock, timeout=WAIT / 1000, isolation_level=None)
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            held.close()
            if lock.exists() or not lock.parent.exists():
                raise sentence(error) or StoreError(_NOT_LIFTED, code="migration") from error
        else:
            if lock.exists():
                return held
            held.close()
    raise StoreError(_NOT_LIFTED, code="busy")


def _open_shared(database: Database) -> Database:
    """Look first without the lock, so that opening never waits for somebody's long intake."""
    try:
        with database.read() as tx:
            version = _schema_of_tables(tx)
        if version < SCHEMA:
            with database.write() as tx:
                _lift_shared(tx, _schema_of_tables(tx))
    except BaseException:
        database.close()
        raise
    return database


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
    version = int(str(tx.scalar(text("SELECT version_num FROM alembic_version")))[1:])
    if version > SCHEMA:
        raise StoreError(_TOO_NEW, code="too_new")
    return version


def _lift_shared(tx: Connection, version: int) -> None:
    if version < SCHEMA:  # else somebody else was quicker
        make_tables(tx, version)


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
    if not path.exists():
        return 0
    if path.stat().st_size == 0:
        raise StoreError(_NOT_OURS, code="damaged")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as file:
            application = file.execute("PRAGMA application_id").fetchone()[0]
            version: int = file.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise sentence(error) or StoreError(_NOT_OURS, code="damaged") from error
    except UnicodeDecodeError as error:
        raise StoreError(_NOT_OURS, code="damaged") from error
    if application != APPLICATION_ID or version < 1:
        raise StoreError(_NOT_OURS, code="damaged")
    return version


def _lift(path: Path, version: int) -> None:
    """Make the store anew beside its place, and put it there; StoreError with nothing changed."""
    part = path.with_name(path.name + ".part")
    try:
        _make_part(part, path, version)
        if version:
            shutil.copy2(path, path.with_name(f"{path.name}.v{version}"))
        _put_in_place(part, path)
    except AppError:
        _forget(part)
        raise
    except Exception as error:
        _forget(part)
        if not version:
            raise
        raise sentence(error) or StoreError(_NOT_LIFTED, code="migration") from error


def _make_part(part: Path, path: Path, version: int) -> None:
    disk.remove(part)
    if version:
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
    database = Database(part, pragmas={"foreign_keys": 0, "synchronous": 2})
    try:
        with database.write() as tx:
            make_tables(tx, version)
            tx.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            tx.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    finally:
        database.close()
    part.chmod(0o600)


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


def _put_in_place(part: Path, path: Path) -> None:
    disk.flush(part)
    disk.replace(part, path)
