"""The records from before a newer version: listed, looked into, gone back to, let go in time."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.progress import Progress
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety import earlier_files
from kashiwa_desktop.services.safety.copying import Copying
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.looking_into import (
    LIFTED,
    LookingInto,
    lifted_copies,
    named_copies,
)
from kashiwa_desktop.services.safety.recovering import NEWER, Recovering
from kashiwa_desktop.services.store import open_folder
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.upgrade import SCHEMA, schema_of
from office_world import activity, moment
from services.key_scenes import state

OLD = Path(__file__).parents[2] / "data" / "databases" / "v01-promoter.db"
NOW = "2026-11-20T10:00"


def put_aside(folder, schema, days=0, source=None):
    """Lay a store aside as lifting does, some days before NOW."""
    path = folder.root / f"store.db.v{schema}"
    shutil.copy(source or folder.store, path)
    when = (moment(NOW) - timedelta(days=days)).timestamp()
    os.utime(path, (when, when))
    return path


@pytest.fixture
def updated(town):
    """A PC whose store was lifted two days ago; two records were written since."""
    store = town.pc(at=NOW)
    Recording(store).add([activity(3), activity(4)])
    kept = put_aside(store.folder, SCHEMA, days=2)
    Recording(store).add([activity(20), activity(21)])
    return town, store, kept


def test_it_stands_among_the_copies_with_its_form(updated):
    _, store, kept = updated
    made = Keeping(store).back_up()
    newest, lifted = LookingInto(store).copies()
    assert (newest.file, newest.schema) == (made.file, 0)
    assert (lifted.file, lifted.why, lifted.schema) == (kept, LIFTED, SCHEMA)
    assert lifted.made_at == datetime.fromisoformat("2026-11-18T10:00")
    assert [one.file for one in named_copies(store.folder)] == [made.file]


def test_what_was_written_since_is_named(updated):
    _, store, kept = updated
    found = LookingInto(store).contents(kept)
    assert [a.date.day for a in found.would_go] == [20, 21]
    assert found.count == 2


def test_what_lifting_leaves_half_done_is_no_copy(updated):
    _, store, kept = updated
    kept.with_name(f"{kept.name}.part").write_bytes(b"half")
    assert [one.file for one in lifted_copies(store.folder)] == [kept]


def test_an_old_form_is_read_and_gone_back_to_by_this_version(town):
    """The oldest database that was ever released; it is lifted again."""
    folder = town.folder("P009")
    folder.create()
    shutil.copy(OLD, folder.store)
    store = open_folder(folder, Clock(moment(NOW)), Chance())
    town.opened.append(store)
    (lifted,) = lifted_copies(folder)
    assert lifted.schema == 1
    before = state(store)
    found = LookingInto(store).contents(lifted.file)
    assert (found.would_go, found.would_come, found.would_change) == ((), (), 0)
    assert found.count > 0
    assert not list(folder.root.glob("store.db.tried*"))
    Keeping(store).restore(lifted.file)
    assert state(store) == before
    assert schema_of(folder.store) == SCHEMA


def test_it_goes_after_a_year_and_with_two_newer_ones(town):
    store = town.pc(at=NOW)
    held = [put_aside(store.folder, n, days) for n, days in ((1, 90), (2, 60), (3, 30))]
    Copying(store).at_start()
    assert [path.exists() for path in held] == [False, True, True]
    put_aside(store.folder, 3, 400)
    Copying(town.pc(at="2026-11-21T10:00")).at_start()
    assert [path.exists() for path in held] == [False, True, False]


def newer(path):
    """What a newer version makes of a store: another form, with a table of its own."""
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE of_tomorrow (a TEXT)")
        file.execute(f"PRAGMA user_version = {SCHEMA + 1}")
        file.commit()


def test_an_older_version_leaves_a_newer_store_alone_whatever_lies_beside_it(updated):
    town, store, kept = updated
    folder = store.folder
    town.close()
    newer(folder.store)
    before = {p.name: p.read_bytes() for p in folder.root.iterdir() if p.is_file()}
    with pytest.raises(StoreError) as told:
        town.pc(at=NOW)
    assert told.value.code == "too_new"
    assert "このソフトを更新してください" in told.value.text
    assert {p.name: p.read_bytes() for p in folder.root.iterdir() if p.is_file()} == before
    assert kept.exists()


def test_an_older_version_goes_back_and_keeps_all_that_it_can_read(updated):
    town, store, kept = updated
    folder = store.folder
    town.close()
    newer(folder.store)
    tomorrow = folder.store.read_bytes()
    recovering = Recovering(folder, town.pc("P002", NOW).clock, "too_new")
    assert recovering.has_older()
    (one,) = recovering.whole_copies(3, Progress())
    assert one.name.file == kept
    done = recovering.put_back(kept)
    assert done.brought == 2
    assert done.kept.name.startswith(NEWER)
    assert done.kept.read_bytes() == tomorrow
    again = town.pc(at=NOW)
    assert sorted(a.date.day for a in Recording(again).records()) == [3, 4, 20, 21]
    assert Keeping(again).check(rebuild=True) == []
    with again.db.read() as tx:
        assert done.kept in earlier_files.that_hold(folder, revisions.all_ids(tx))


def test_without_a_copy_that_it_can_read_nothing_is_offered(town):
    store = town.pc(at=NOW)
    folder = store.folder
    copy = Keeping(store).back_up().file
    town.close()
    newer(folder.store)
    newer(copy)
    recovering = Recovering(folder, store.clock)
    assert not recovering.has_older()
    assert recovering.whole_copies(3, Progress()) == []
