"""Where a trap can be laid: at SQL statements, at our own file calls, at SQLite's system calls."""

import contextlib
import os
from unittest import mock

from sqlalchemy import Engine, event

from faults import sqlite_calls

FILE_CALLS = (
    "open", "write", "fsync", "link", "rename", "replace", "unlink", "remove", "close", "chmod",
)  # fmt: skip


@contextlib.contextmanager
def at_statements(trap):
    """Every SQL statement of every store, before and after it, and every COMMIT before it."""

    def before(_connection, _cursor, statement, *_rest):
        trap.step("before " + statement.split(" ", 1)[0])

    def after(_connection, _cursor, statement, *_rest):
        trap.step("after " + statement.split(" ", 1)[0])

    def commit(_connection):
        trap.step("before COMMIT")

    listeners = [
        (Engine, "before_cursor_execute", before),
        (Engine, "after_cursor_execute", after),
        (Engine, "commit", commit),
    ]
    for listener in listeners:
        event.listen(*listener)
    try:
        yield trap
    finally:
        for listener in listeners:
            event.remove(*listener)


@contextlib.contextmanager
def at_file_calls(trap):
    """Every call of ``os`` with which the program writes its own files (not built-in ``open``)."""
    with contextlib.ExitStack() as stack:
        for name in FILE_CALLS:
            stack.enter_context(mock.patch.object(os, name, _watched(trap, name)))
        yield trap


def _watched(trap, name):
    real = getattr(os, name)

    def call(*args, **options):
        number = trap.step(name)
        if number:
            raise OSError(number, os.strerror(number))
        return real(*args, **options)

    return call


@contextlib.contextmanager
def at_sqlite_calls(trap):
    """Every system call with which SQLite opens, reads, writes, cuts and removes its files."""
    with sqlite_calls.watched(trap):
        yield trap


@contextlib.contextmanager
def everywhere(trap):
    """All of them in one count."""
    with at_statements(trap), at_file_calls(trap), at_sqlite_calls(trap):
        yield trap
