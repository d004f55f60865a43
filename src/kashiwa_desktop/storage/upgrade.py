"""Making a new store and lifting an old one: always on a copy, swapped in only when it is right.

A migration is the likeliest way to lose everything while every check stays green (RELIABILITY.md
§1.7): the store is copied, all steps run on the copy in one transaction with foreign keys off,
the revisions are compared, projections are made again, and only then the copy takes the place.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.storage import projections
from kashiwa_desktop.storage.database import APPLICATION_ID, Database

SCHEMA = 1
_STEPS = str(Path(__file__).parent / "migrations")
_TOO_NEW = "この記録は新しい版で作られています。記録は正常です。このソフトを更新してください。"
_NOT_OURS = "このファイルは地域支えあい活動記録の記録ではありません。予備の写しから戻してください。"


def open_store(path: Path) -> Database:
    """Open the store at ``path``, making or lifting it first where needed.

    Raises StoreError (code ``too_new``, ``damaged``) with nothing touched.
    """
    version = schema_of(path)
    if version > SCHEMA:
        raise StoreError(_TOO_NEW, code="too_new")
    if version < SCHEMA:
        _lift(path, version)
    return Database(path)


def schema_of(path: Path) -> int:
    """Return the schema of the file, 0 where there is none yet; StoreError if it is not ours."""
    if not path.exists():
        return 0
    if path.stat().st_size == 0:
        raise StoreError(_NOT_OURS, code="damaged")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            application = file.execute("PRAGMA application_id").fetchone()[0]
            version: int = file.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise StoreError(_NOT_OURS, code="damaged") from error
    if application != APPLICATION_ID or version < 1:
        raise StoreError(_NOT_OURS, code="damaged")
    return version


def _lift(path: Path, version: int) -> None:
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    if version:
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
    database = Database(part, pragmas={"foreign_keys": 0, "synchronous": 2})
    try:
        with database.write() as tx:
            before = projections.state(tx) if version else None
            _run_steps(tx)
            projections.rebuild(tx)
            if before is not None and projections.state(tx) != before:
                raise StoreError(
                    "記録を新しい版に移せませんでした。記録はもとのままです。", code="migration"
                )
            tx.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            tx.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    finally:
        database.close()
    part.chmod(0o600)
    if version:
        shutil.copy2(path, path.with_name(f"{path.name}.v{version}"))
    _put_in_place(part, path)


def _run_steps(tx: object) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _STEPS.replace("%", "%%"))
    config.attributes["connection"] = tx
    command.upgrade(config, "head")


def _put_in_place(part: Path, path: Path) -> None:
    handle = os.open(part, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    part.replace(path)
