"""The two kinds of database: a file of this PC (SQLite), or one that staff share (PostgreSQL).

SQLite has the pragmas of RELIABILITY.md §5.1: TRUNCATE and EXTRA, because no other setting kept
every confirmed save through power cuts on every kind of disk. On both, one writer at a time takes
its lock before anything else, so nobody reads, decides, and finds the store changed under him.
"""

import os
import sqlite3
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.pool import NullPool

from kashiwa_desktop.errors import StoreError, WrongUsageError

APPLICATION_ID = 0x4B53535A
WAIT = 10_000
"""Milliseconds that one waits for another's lock before it is said in words."""
PRAGMAS = {
    "journal_mode": "truncate",
    "synchronous": 3,
    "foreign_keys": 1,
    "busy_timeout": WAIT,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "secure_delete": 1,
    "temp_store": 2,
}
SESSION = {
    "lock_timeout": str(WAIT),
    "synchronous_commit": "on",
    "idle_in_transaction_session_timeout": "120000",
    "TimeZone": "Asia/Tokyo",
}
"""Of PostgreSQL: a PC that sleeps in the middle gives its lock back after two minutes."""
_DRIVERS = ("postgresql", "postgresql+psycopg")
_NO_DRIVER = (
    "このパソコンには共有のデータベースを使う部品(psycopg)が入っていません。"
    "このソフトを取り出したフォルダーで「pip install -c constraints.txt -e '.[office-server]'」と"
    "するか、配ったファイル(setup.exe か .deb)で入れ直してから、もう一度お試しください。"
)


@dataclass(frozen=True, slots=True)
class Engines:
    """One database, to be read in one view, and to be written under its lock."""

    reader: Engine
    writer: Engine

    def dispose(self) -> None:
        self.reader.dispose()


def of_file(path: Path, pragmas: dict[str, Any]) -> Engines:
    """Return the engines of an SQLite file; every transaction has its own connection."""
    address = URL.create("sqlite", database=str(path))  # a text would be taken apart at % ? and #
    engine = create_engine(
        address, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": WAIT / 1000}
    )
    event.listen(engine, "connect", partial(_prepare_file, pragmas))
    event.listen(engine, "begin", _begin_file)
    return Engines(engine, engine.execution_options(begin="BEGIN IMMEDIATE"))


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """Look into a file that must be there, by SQLite alone; whoever writes into it is waited for.

    Nothing that its description says is run on the way.
    """
    file = sqlite3.connect(address_of(path.absolute(), mode), uri=True, timeout=WAIT / 1000)
    file.execute("PRAGMA trusted_schema = 0")
    file.execute("PRAGMA cell_size_check = 1")
    return file


def address_of(path: PurePath, mode: str) -> str:
    """Return the ``file:`` address of a path, whatever its folder is called, on every system.

    A share has four strokes, because SQLite takes no server's name (``file:////server/place``).
    """
    place = path.as_posix()
    start = "file://" if place.startswith("/") else "file:///"
    return f"{start}{quote(os.fsencode(place))}?mode={mode}"


def _prepare_file(pragmas: dict[str, Any], connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    try:
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name} = {value}")
    except UnicodeDecodeError as error:  # the driver cannot read what SQLite quotes of the damage
        raise sqlite3.DatabaseError("malformed") from error


def _begin_file(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(str(options.get("begin", "BEGIN")))


def of_server(text: str, session: dict[str, str]) -> Engines:
    """Return the engines of a PostgreSQL database, ``postgresql+psycopg://…``.

    Readers see one moment (REPEATABLE READ). A writer takes an advisory lock first and looks
    afterwards: at READ COMMITTED, because a snapshot taken together with the lock would be older
    than what the writer before him did. WrongUsageError for another URL, StoreError (no_driver).
    """
    try:
        engine = create_engine(
            server_url(text),
            pool_size=2,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": 10, "client_encoding": "utf8"},
        )
    except ModuleNotFoundError as error:
        raise StoreError(_NO_DRIVER, code="no_driver") from error
    event.listen(engine, "connect", partial(_prepare_session, session))
    event.listen(engine, "begin", _begin_session)
    return Engines(
        engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True),
        engine.execution_options(isolation_level="READ COMMITTED", locks=True),
    )


def server_url(text: str) -> URL:
    """Read the address of a shared database; WrongUsageError for anything else."""
    try:
        url = make_url(text)
    except (exc.ArgumentError, ValueError) as error:
        raise WrongUsageError(_usage()) from error
    if url.drivername not in _DRIVERS:
        raise WrongUsageError(_usage())
    return url.set(drivername="postgresql+psycopg")


def without_password(text: str) -> str:
    """Return the address as it may be shown and kept: the password is asked for elsewhere."""
    return server_url(text)._replace(password=None).render_as_string()


def same_server(one: str, other: str) -> bool:
    """Whether both addresses name the same database."""
    first, second = server_url(one), server_url(other)
    return (first.host, first.port or 5432, first.database, first.query) == (
        second.host, second.port or 5432, second.database, second.query,
    )  # fmt: skip


def _usage() -> str:
    return "--database には postgresql+psycopg://サーバー/データベース の形で書いてください。"


def _prepare_session(session: dict[str, str], connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        for name, value in session.items():
            cursor.execute("SELECT set_config(%s, %s, false)", (name, value))
    connection.commit()


def _begin_session(connection: Connection) -> None:
    if connection.get_execution_options().get("locks"):
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (APPLICATION_ID,))
