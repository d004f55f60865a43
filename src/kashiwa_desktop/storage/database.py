"""Opening the store, reading it, and writing it: one writer, one transaction, plain words."""

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, exc

from kashiwa_desktop.errors import RefusedError, StoreError
from kashiwa_desktop.storage import commits, damage, engines, tables, witness
from kashiwa_desktop.storage.complaints import DAMAGED, sentence
from kashiwa_desktop.storage.engines import APPLICATION_ID, PRAGMAS, SESSION

__all__ = ["APPLICATION_ID", "PRAGMAS", "SESSION", "Database", "Tx", "sentence"]

Tx = Connection
"""One transaction, handed from a service to the functions of this room."""


class Database:
    """One store. ``read()`` and ``write()`` give a connection for the length of one transaction.

    ``place`` is a file (SQLite) or an address (PostgreSQL, which has no ``path``); ``pragmas``
    replaces what every connection to it sets. ``closed_for`` holds the sentence that every attempt
    to write is answered with, once the store has moved elsewhere. ``look`` is asked first under the
    lock: whoever had it before may have lifted the store to another schema.
    """

    def __init__(self, place: Path | str, *, pragmas: dict[str, Any] | None = None) -> None:
        self.path = place if isinstance(place, Path) else None
        self.closed_for = ""
        self.look: Callable[[Connection], None] | None = None
        if isinstance(place, Path):
            self._engines = engines.of_file(place, PRAGMAS if pragmas is None else pragmas)
        else:
            tables.on_server()
            self._engines = engines.of_server(place, SESSION if pragmas is None else pragmas)
        event.listen(self._engines.writer, "before_execute", witness.seen_before)
        event.listen(self._engines.writer, "after_execute", witness.seen_after)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the store."""
        with _plain_words(self.path), self._engines.reader.begin() as tx:
            yield tx

    @contextmanager
    def write(self, confirm: Callable[[Connection], bool] | None = None) -> Iterator[Connection]:
        """Write all or nothing. The lock is taken at once, so nothing waits half done.

        An error from COMMIT does not mean that nothing was saved (RELIABILITY.md §1.4): then a
        fresh view tells, by ``confirm`` where given, else by the transaction's own mark.
        """
        if self.closed_for:
            raise RefusedError(self.closed_for, code="moved")
        with _plain_words(self.path):
            connection = self._engines.writer.connect()
            try:
                transaction = connection.begin()
                try:
                    witness.begin(connection)
                    if self.look is not None:
                        self.look(connection)
                    yield connection
                    witness.tell(connection)
                    done = confirm or partial(commits.holds, commits.mark(connection))
                except BaseException:
                    transaction.rollback()
                    witness.forget(connection)
                    raise
                try:
                    transaction.commit()
                except exc.DBAPIError:
                    connection.invalidate()
                    if not self._sees(done):
                        raise
            finally:
                connection.close()

    def close(self) -> None:
        self._engines.dispose()

    def _sees(self, done: Callable[[Connection], bool]) -> bool:
        with self._engines.reader.begin() as tx:
            return done(tx)


@contextmanager
def _plain_words(path: Path | None) -> Iterator[None]:
    """Turn what the environment is to blame for into words; everything else stays a bug."""
    try:
        yield
    except exc.DBAPIError as error:
        found = sentence(error.orig)
        if found is None:
            raise
        raise damage.judged(found, path) from error
    except UnicodeDecodeError as error:
        if not _of_driver(error):
            raise
        raise StoreError(DAMAGED, code="damaged") from error


def _of_driver(error: UnicodeDecodeError) -> bool:
    """Whether the database's driver could not read what a damaged file says."""
    last = list(traceback.walk_tb(error.__traceback__))[-1][0]
    return str(last.f_globals.get("__name__", "")).startswith("sqlalchemy.")
