"""§6.3: one goes back, lifts or recovers while other processes save, and nothing is lost.

A save that was told as done is in the store, or in the copy "before" that the going back names.
Full form: 60 rounds of each. CI: 2.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from conftest import FULL
from faults.at_once import told_at_once
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.migrating import Home, home, move
from kashiwa_desktop.services.safety.recovering import Recovering
from kashiwa_desktop.storage import checks, drafts, swapping, upgrade
from kashiwa_desktop.storage.database import Database
from kashiwa_desktop.storage.drafts import Draft
from kashiwa_desktop.storage.upgrade import SCHEMA, open_store, schema_of
from office_world import activity, moment

pytestmark = pytest.mark.posix("forks processes that work at once")

ROUNDS = 60 if FULL else 2
SAVERS, SAVES, TIMES = 4, 15, 3
LATER = "2026-11-02T09:00"
DATABASES = Path(__file__).parents[1] / "data" / "databases"


def all_well(told):
    """Every process came to its end, or was refused in words that fit the moment."""
    wrong = [one for one in told if not one.well and one.code not in ("busy", "too_new")]
    assert wrong == []
    return [one.value for one in told if one.well]


def until_wrong(once, times=10):
    """Let a wrong variant go on until it shows; returns what was wrong, and in how many rounds."""
    for done in range(1, times + 1):
        try:
            wrong = list(once())
        except AssertionError as broken:  # somebody was refused, or the store is not whole any more
            wrong = [str(broken)[:60]]
        if wrong:
            return wrong, done
    return [], times


def saving(open_, number):
    """A process that saves 書きかけ, each in a transaction of its own; returns what was told."""

    def story():
        store, told = open_(), []
        for n in range(SAVES):
            name = f"{number}-{n}"
            with store.db.write() as tx:
                drafts.put(tx, Draft(name, LATER, {"title": name}))
            told.append(name)
        return told

    return story


def held(database):
    with database.read() as tx:
        return {draft.id for draft in drafts.all_drafts(tx)}


def held_by(path):
    with closing(Database(path)) as database:
        return held(database)


# Going back ------------------------------------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgresql"])
def office(towns, request):
    """Offices on each kind of database, as many as are asked for; nobody holds them open."""
    made = []

    def one():
        town = towns()
        address = ""
        if request.param == "postgresql":
            address = request.getfixturevalue("postgres").fresh()
            there = Home(town.folder(), address)
            move(home(town.folder()), there, Clock(moment(LATER)), Chance("t"), "職員 一")
        made.append((town, address))
        return town

    yield one
    for town, address in made:
        town.close()
        if address:
            request.getfixturevalue("postgres").drop(address)


def going_back(town, file):
    def story():
        keeping = Keeping(town.office(LATER))
        return [str(keeping.restore(file)[1].file) for _ in range(TIMES)]

    return story


def lost_by_going_back(town):
    """Go back three times while four save; returns how many saves were told, and which are gone."""
    file = Keeping(town.office()).back_up().file
    town.close()
    savers = [saving(lambda: town.office(LATER), n) for n in range(SAVERS)]
    told = all_well(told_at_once(going_back(town, file), *savers))
    before = [held_by(Path(name)) for name in told[0]]
    confirmed = {name for one in told[1:] for name in one}
    found = held(town.office(LATER).db).union(*before)
    assert Keeping(town.office(LATER)).check() == []
    town.close()  # its connections to a server too
    return len(confirmed), confirmed - found


def test_no_save_is_lost_while_one_goes_back(office, figure):
    saves, lost = 0, set()
    for _ in range(ROUNDS):
        told, gone = lost_by_going_back(office())
        saves += told
        lost |= gone
    figure(f"{ROUNDS} × {TIMES} goings back while {SAVERS} processes save: {saves} told as done, "
           f"{len(lost)} lost")  # fmt: skip
    assert lost == set()
    assert saves


def copied_first(monkeypatch):
    """The copy "before" is made, and only then the lock is taken."""
    real = swapping.put_back

    def put_back(copied, store, keep, finish):
        with store.read() as tx:
            kept = keep(tx)
        real(copied, store, lambda _tx: None, finish)
        return kept

    monkeypatch.setattr(swapping, "put_back", put_back)


def test_a_copy_before_without_the_lock_would_be_caught(office, monkeypatch, figure):
    copied_first(monkeypatch)
    gone, rounds = until_wrong(lambda: lost_by_going_back(office())[1])
    figure(f"wrong, the copy first: {len(gone)} saves lost in {rounds} rounds")
    assert gone


def renamed(monkeypatch):
    """As it was once: the file of the copy takes the name of the live one."""

    def put_back(copied, store, keep, finish):
        with store.read() as tx:
            kept = keep(tx)
        with closing(open_store(copied)) as lifted, lifted.write() as tx:
            finish(tx)
        os.replace(copied, store.path)  # noqa: PTH105 - a test of just that
        return kept

    monkeypatch.setattr(swapping, "put_back", put_back)


def test_a_rename_under_who_works_would_be_caught(towns, monkeypatch, figure):
    renamed(monkeypatch)
    wrong, rounds = until_wrong(lambda: lost_by_going_back(towns())[1])
    figure(f"wrong, a rename: {len(wrong)} saves lost or refused in {rounds} rounds")
    assert wrong


# Lifting ---------------------------------------------------------------------------------------


def older_program(path, number):
    """A program of schema 1 at work: it looked at the schema when it was opened, not since."""

    def story():
        told = []
        for n in range(SAVES * 3):
            with closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as file:
                file.execute("BEGIN IMMEDIATE")
                file.execute("INSERT INTO draft VALUES (?, '', '{}')", (f"{number}-{n}",))
                file.execute("COMMIT")
            told.append(f"{number}-{n}")
        return told

    return story


def lifting(path):
    def story():
        open_store(path).close()
        return []

    return story


def lost_by_lifting(path):
    shutil.copy(DATABASES / "v01.db", path)
    savers = [older_program(path, n) for n in range(SAVERS)]
    told = told_at_once(*savers, lifting(path), lifting(path))
    assert [one for one in told[-2:] if not one.well] == []
    confirmed = {name for one in told if one.well for name in one.value}
    refused = [one.bug for one in told if one.bug]
    with closing(open_store(path)) as database, database.read() as tx:
        gone = confirmed - {draft.id for draft in drafts.all_drafts(tx)}
        problems = checks.problems(tx)
    assert schema_of(path) == SCHEMA
    for left in path.parent.glob(f"{path.name}.*"):
        left.unlink()
    return len(confirmed), gone, [*refused, *problems]


@pytest.fixture
def old(quick):
    """Where an old store is put again and again."""
    folder = quick / "lifted"
    folder.mkdir()
    yield folder / "store.db"
    shutil.rmtree(folder)


def test_no_save_of_an_older_program_is_lost_while_one_lifts(old, figure):
    saves, lost, wrong = 0, set(), []
    for _ in range(ROUNDS):
        told, gone, problems = lost_by_lifting(old)
        saves, lost, wrong = saves + told, lost | gone, wrong + problems
    figure(f"{ROUNDS} lifts while {SAVERS} older programs save: {saves} told as done, "
           f"{len(lost)} lost")  # fmt: skip
    assert (lost, wrong) == (set(), [])
    assert saves


def lifted_beside(monkeypatch):
    """As it was once: steps on a copy, and the copy takes the place."""

    def lift(path, version):
        part = path.with_name("part.db")
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
        database = Database(part, pragmas={"foreign_keys": 0})
        with closing(database), database.write() as tx:
            upgrade.make_tables(tx, version)
            tx.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
        os.replace(part, path)  # noqa: PTH105 - a test of just that

    monkeypatch.setattr(upgrade, "_lift", lift)


def test_a_lift_that_swaps_the_file_would_be_caught(old, monkeypatch, figure):
    lifted_beside(monkeypatch)

    def once():
        _, gone, problems = lost_by_lifting(old)
        return [*gone, *problems]

    wrong, rounds = until_wrong(once)
    figure(f"wrong, a swap at a lift: {len(wrong)} saves lost or broken off in {rounds} rounds")
    assert wrong


def test_a_program_that_was_opened_before_a_lift_writes_nothing_after_it(new_place):
    """Whoever waited for the lock while a newer program lifted the store is refused in words."""
    database = open_store(new_place())
    with database.write() as tx:
        if database.path is not None:
            tx.exec_driver_sql(f"PRAGMA user_version = {SCHEMA + 1}")
        else:
            tx.exec_driver_sql(f"UPDATE alembic_version SET version_num = 'v{SCHEMA + 1:02d}'")
    with pytest.raises(upgrade.StoreError) as told, database.write() as tx:
        drafts.put(tx, Draft("late", LATER, {}))
    assert told.value.code == "too_new"
    assert held(database) == set()
    database.close()


# Recovering ------------------------------------------------------------------------------------


def spoiled(town):
    """A PC whose store has one record that is not what its hash says; returns its copy."""
    store = town.pc()
    Recording(store).add([activity(4)])
    file = Keeping(store).back_up().file
    town.close()
    with closing(sqlite3.connect(town.folder("P001").store)) as live:
        live.execute("UPDATE revision SET line = replace(line, '4日の打合せ', '9日の打合せ')")
        live.commit()
    return file


def recording(town, number):
    def story():
        service, told = Recording(town.pc(at=LATER)), []
        for n in range(SAVES):
            told += service.add([activity(5, title=f"{number}の{n}回目")])
        return told

    return story


def recovering(town, file):
    def story():
        done = Recovering(town.folder("P001"), Clock(moment(LATER))).put_back(file)
        return [str(done.kept)]

    return story


def lost_by_recovering(town):
    file = spoiled(town)
    savers = [recording(town, n) for n in range(SAVERS)]
    told = all_well(told_at_once(*savers, recovering(town, file)))
    confirmed = {name for one in told[:-1] for name in one}
    store = town.pc(at=LATER)
    gone = confirmed - {a.id for a in Recording(store).records()}
    problems = Keeping(store).check()
    town.close()
    return len(confirmed), gone, problems


def test_no_save_is_lost_while_a_copy_takes_the_place_of_a_damaged_store(towns, figure):
    saves, lost = 0, set()
    for _ in range(ROUNDS):
        town = towns()
        told, gone, problems = lost_by_recovering(town)
        assert problems == []
        saves, lost = saves + told, lost | gone
    figure(f"{ROUNDS} recoveries while {SAVERS} processes save: {saves} told as done, "
           f"{len(lost)} lost")  # fmt: skip
    assert lost == set()
    assert saves


def test_a_recovery_that_swaps_the_file_would_be_caught(towns, monkeypatch, figure):
    """The wrong variant: whatever the file is, it is replaced."""

    def never(going):
        with swapping._read_beside(going.path) as file:
            going._set_aside(file)
        return False

    monkeypatch.setattr(swapping._GoingIn, "through_sqlite", never)

    def once():
        _, gone, problems = lost_by_recovering(towns())
        return [*gone, *problems]

    wrong, rounds = until_wrong(once)
    figure(f"wrong, a swap at a recovery: {len(wrong)} saves lost or refused in {rounds} rounds")
    assert wrong
