"""Taking files in, beside the same rows by raw ``executemany`` plus decryption and decoding."""

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import msgspec
import pyrage

from benchmarks.measure import Line, compare, once
from benchmarks.world import World, opened
from kashiwa_desktop.services.office.setup import OfficeSetup
from kashiwa_desktop.services.travel.intake import Intake
from kashiwa_desktop.storage.database import PRAGMAS

Rows = dict[str, list[tuple[object, ...]]]


def lines(world: World, repeat: int) -> list[Line]:
    rows = _rows_of_an_intake(world)
    files = [path.read_bytes() for path in world.files]
    key = pyrage.x25519.Identity.from_str(world.recovery_key)
    what = f"intake of {world.areas} files ({sum(map(len, rows.values())):,} rows)"
    return [compare(what, lambda: _ours(world), lambda: _floor(world, rows, files, key), repeat)]


def _ours(world: World) -> float:
    with opened(world.copy("office_start")) as store:
        intake = Intake(store, OfficeSetup(store).unlock(world.passphrase))
        return once(lambda: intake.take_in(world.files))


def _floor(world: World, rows: Rows, files: list[bytes], key: object) -> float:
    with closing(connect(world.copy("office_start").store)) as database:

        def work() -> None:
            for data in files:
                plain = zlib.decompress(pyrage.decrypt(data, [key]), wbits=31)
                for line in plain.splitlines()[2:]:
                    msgspec.json.decode(line)
            database.execute("BEGIN IMMEDIATE")
            insert(database, rows)
            database.execute("COMMIT")

        return once(work)


def _rows_of_an_intake(world: World) -> Rows:
    """Return what an intake of all files adds to each table."""
    with opened(world.copy("office_start")) as store:
        before = _all_rows(store.folder.store)
        Intake(store, OfficeSetup(store).unlock(world.passphrase)).take_in(world.files)
        after = _all_rows(store.folder.store)
    return {name: [row for row in after[name] if row not in before[name]] for name in after}


def _all_rows(path: Path) -> dict[str, dict[tuple[object, ...], None]]:
    with closing(sqlite3.connect(path)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: dict.fromkeys(database.execute(f"SELECT * FROM {name}")) for (name,) in names}


def connect(path: Path) -> sqlite3.Connection:
    """Open a store without our layers, with the same pragmas."""
    database = sqlite3.connect(path, isolation_level=None)
    for name, value in PRAGMAS.items():
        database.execute(f"PRAGMA {name} = {value}")
    return database


def insert(database: sqlite3.Connection, rows: Rows) -> None:
    for name, values in rows.items():
        if values:
            marks = ", ".join("?" * len(values[0]))
            database.executemany(f"INSERT OR REPLACE INTO {name} VALUES ({marks})", values)
