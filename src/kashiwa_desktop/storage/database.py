"""Opening the store, reading it, and writing it: one writer, one transaction, plain words.

The pragmas are those of RELIABILITY.md §5.1: TRUNCATE and EXTRA, because no other setting kept
every confirmed save through power cuts on every kind of disk.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, exc
from sqlalchemy.pool import NullPool

from kashiwa_desktop.errors import StoreError

_DAMAGED = "記録のファイルがこわれています。予備の写しから戻してください。"
Tx = Connection
"""One transaction, handed from a service to the functions of this room."""
APPLICATION_ID = 0x4B53535A
PRAGMAS = {
    "journal_mode": "truncate",
    "synchronous": 3,
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "secure_delete": 1,
    "temp_store": 2,
}
_SENTENCES = (
    ("locked", "busy", "ほかの画面が書き込んでいます。少し待ってから、もう一度お試しください。"),
    ("full", "full", "このパソコンの空きが足りません。空きを作ってから、もう一度お試しください。"),
    ("readonly", "read_only", "記録の場所に書き込めません。事務局にお電話ください。"),
    ("unable to open", "cannot_open", "記録の場所を開けません。事務局にお電話ください。"),
    ("disk i/o", "io", "ディスクの読み書きができません。そのままにして、事務局にお電話ください。"),
    ("malformed", "damaged", _DAMAGED),
    ("not a database", "damaged", _DAMAGED),
)


class Database:
    """One store. ``read()`` and ``write()`` give a connection for the length of one transaction."""

    def __init__(self, path: Path, *, pragmas: dict[str, Any] | None = None) -> None:
        self.path = path
        self._pragmas = PRAGMAS if pragmas is None else pragmas
        self._engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, hide_parameters=True)
        event.listen(self._engine, "connect", self._prepare)
        event.listen(self._engine, "begin", _begin)
        self._writer = self._engine.execution_options(begin="BEGIN IMMEDIATE")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the store."""
        with _plain_words(), self._engine.begin() as tx:
            yield tx

    @contextmanager
    def write(self, confirm: Callable[[Connection], bool] | None = None) -> Iterator[Connection]:
        """Write all or nothing. The lock is taken at once, so nothing waits half done.

        An error from COMMIT does not mean that nothing was saved (RELIABILITY.md §1.4): then
        ``confirm`` looks in a fresh view whether what was written is there.
        """
        with _plain_words():
            connection = self._writer.connect()
            try:
                transaction = connection.begin()
                try:
                    yield connection
                except BaseException:
                    transaction.rollback()
                    raise
                try:
                    transaction.commit()
                except exc.DBAPIError:
                    connection.invalidate()
                    if confirm is None or not self._confirmed(confirm):
                        raise
            finally:
                connection.close()

    def close(self) -> None:
        self._engine.dispose()

    def _confirmed(self, confirm: Callable[[Connection], bool]) -> bool:
        with self._engine.begin() as tx:
            return confirm(tx)

    def _prepare(self, connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for name, value in self._pragmas.items():
            connection.execute(f"PRAGMA {name} = {value}")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(str(options.get("begin", "BEGIN")))


@contextmanager
def _plain_words() -> Iterator[None]:
    """Turn what the environment is to blame for into words; everything else stays a bug."""
    try:
        yield
    except exc.DBAPIError as error:
        found = sentence(str(error.orig))
        if found is None:
            raise
        raise found from error


def sentence(message: str) -> StoreError | None:
    """Return the plain words for SQLite's own message, None where it is not the environment."""
    lowered = message.lower()
    for part, code, text in _SENTENCES:
        if part in lowered:
            return StoreError(text, code=code)
    return None
