"""R42: what several processes do at one moment on one store: nothing lost, nothing "damaged".

Each with the deliberately wrong variant of RELIABILITY.md §6.1: somebody opens and closes the
store's file inside a transaction, and gives this process's locks away.
"""

import json
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import exc

from conftest import FULL
from faults.at_once import command, told_at_once, watch_the_store
from kashiwa_desktop.errors import AppError, StoreError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.copying import Copying
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.migrating import Home, home, move
from kashiwa_desktop.services.store import open_folder
from kashiwa_desktop.storage import checks, copies, engines, meta, payments, shape
from kashiwa_desktop.storage.database import Database
from kashiwa_desktop.storage.upgrade import SCHEMA, open_store, schema_of
from office_world import OCTOBER, PEOPLE, RECORDING, activity, moment
from services.money_world import approve, deliver

pytestmark = pytest.mark.posix("forks processes that work at once")

PROCESSES, SAVES = 8, 25
ROUNDS = 20 if FULL else 1
READERS = 8
COPIES = 60 if FULL else 6
DATABASES = Path(__file__).parents[1] / "data" / "databases"


@pytest.fixture(autouse=True)
def a_clock(monkeypatch):
    monkeypatch.setenv("KASHIWA_NOW", RECORDING)
    monkeypatch.delenv("KASHIWA_SEED", raising=False)


def giving_the_lock_away():
    """How commits were counted once: by reading the file, and closing it again."""
    real = Database.write

    @contextmanager
    def write(self, confirm=None):
        with real(self, confirm) as tx:
            self.path.open("rb").close()
            yield tx

    Database.write = write


def as_told(save):
    """Save, and once more where one is told that somebody else was writing all these ten seconds.

    SQLite's waiting is no queue: on a machine that does much else one of eight may come too late.
    """
    while True:
        try:
            return save()
        except StoreError as error:
            if error.code != "busy":
                raise


def saving(town, number, before):
    """A process that records 25 activities, one after the other."""

    def story():
        before()
        recording = Recording(town.pc())
        return [
            as_told(lambda n=n: recording.add([activity(1 + n, title=f"{number}の{n}回目")])[0])
            for n in range(SAVES)
        ]

    return story


def saved_at_once(town, before=watch_the_store):
    told = told_at_once(*(saving(town, n, before) for n in range(PROCESSES)))
    confirmed = [record for one in told if one.well for record in one.value]
    return told, confirmed


def judged(town, confirmed):
    """Return (confirmed saves that are not there, what ``check`` says)."""
    store = town.pc()
    held = {a.id for a in Recording(store).records()}
    return set(confirmed) - held, Keeping(store).check()


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_r42_eight_processes_of_25_saves_lose_nothing(town, turn, figure):
    told, confirmed = saved_at_once(town)
    assert [one for one in told if not one.well] == []
    gone, problems = judged(town, confirmed)
    figure(f"R42: {PROCESSES} processes of {SAVES} saves, {len(gone)} lost")
    assert (gone, problems, len(confirmed)) == (set(), [], PROCESSES * SAVES)


def test_r42_who_opens_the_file_himself_would_be_caught(town, figure):
    told, confirmed = saved_at_once(town, giving_the_lock_away)
    bad = [one for one in told if not one.well]
    try:
        gone, problems = judged(town, confirmed)
    except (AppError, exc.DBAPIError) as error:
        gone, problems = confirmed, [str(error)]
    figure(f"R42, wrong: {len(bad)} processes broke off, {len(gone)} saves lost, {problems[:1]}")
    assert bad or gone or problems


@pytest.fixture(params=["sqlite", "postgresql"])
def office(towns, request):
    """An office on each kind of database; nobody holds it open."""
    town = towns()
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        address = server.fresh()
        place, clock = town.folder(), Clock(moment("2026-04-01T12:00"))
        move(home(place), Home(place, address), clock, Chance("tests"), "職員 一")
    yield town
    town.close()
    if request.param == "postgresql":
        server.drop(address)


def all_well(told):
    """Every story came to its end, and no command spoke of damage or broke off."""
    assert [one for one in told if not one.well] == []
    return [one.value for one in told]


def at_office(town, *words):
    return lambda: command(
        "--data-dir", town.folder().root, "--passphrase-file", town.words_file,
        "--as", "職員 二", "--json", *words,
    )  # fmt: skip


def counting(town):
    """A process that reads a number, adds one, and writes it, 25 times."""

    def story():
        store = town.office()
        for _ in range(SAVES):
            with store.db.write() as tx:
                meta.put(tx, "n", str(int(meta.get(tx, "n", "0")) + 1))

    return story


def test_r42_who_reads_decides_and_writes_never_finds_it_changed(office, figure):
    all_well(told_at_once(*[counting(office)] * PROCESSES))
    with office.office().db.read() as tx:
        done = int(meta.get(tx, "n"))
    figure(f"R42: {PROCESSES} processes, {done} of {PROCESSES * SAVES} counted")
    assert done == PROCESSES * SAVES


def test_20_files_taken_in_by_four_processes_are_new_once(office, figure):
    """Beside them two others write: intake beside a save."""
    files = office.months()
    office.close()

    def writing():
        roster = RosterService(office.office())
        for n in range(SAVES):
            roster.set_contact("P001", phone=f"04-0000-{n:04d}")

    taking = [at_office(office, "intake", *order) for order in (files, files[::-1]) * 2]
    told = all_well(told_at_once(*taking, writing, writing))[:4]
    states = [f["state"] for _, out, _ in told for f in json.loads(out)["files"]]
    figure(f"R42: {states.count('new')} new, {states.count('same')} same of 3 files by 4 at once")
    assert [status for status, _, _ in told] == [0] * 4
    assert (states.count("new"), states.count("same")) == (3, 9)
    assert Keeping(office.office()).check() == []


@pytest.fixture
def approved(office):
    """Three promoters approved for October."""
    store = office.office(staff="職員 二")
    for name in PEOPLE:
        deliver(store, name, OCTOBER)
    approve(store, OCTOBER, PEOPLE)
    office.close()
    return office


def problems_of(town):
    """What is wrong with the rows; the files of these months were never in the archive."""
    with town.office().db.read() as tx:
        return checks.problems(tx)


def test_papers_by_eight_processes_are_issued_once_and_nobody_speaks_of_damage(approved, figure):
    out = approved.out()
    told = all_well(told_at_once(*(
        at_office(approved, "print", "honorarium", "--month", "2026-10", "--out", out / f"{n}.pdf")
        for n in range(READERS)
    )))  # fmt: skip
    assert [status for status, _, _ in told] == [0] * READERS, told
    numbers = {tuple(s["number"] for s in json.loads(o)["sheets"]) for _, o, _ in told}
    figure(f"{READERS} × print honorarium at once: {len(numbers)} set of numbers, 0 of damage")
    assert len(numbers) == 1
    assert problems_of(approved) == []


def test_r55_eight_processes_that_pay_pay_once(approved, figure):
    all_well([*told_at_once(at_office(approved, "print", "honorarium", "--month", "2026-10",
                                      "--out", approved.out() / "a.pdf"))])  # fmt: skip
    words = ("--on", "2026-11-05", "--method", "振込", "--voucher", "V-7")
    paying = [
        at_office(approved, "pay", "2026-10", "--promoter", name, *words)
        for name in PEOPLE
        for _ in range(3)
    ]
    told = all_well(told_at_once(*paying))
    done = sorted(p for _, out, _ in told for p in json.loads(out).get("done", []))
    with approved.office().db.read() as tx:
        paid = len(payments.every(tx))
    figure(f"R55: {len(paying)} payments at once, {paid} paid")
    assert (done, paid) == (sorted(PEOPLE), len(PEOPLE))
    assert problems_of(approved) == []


def test_r23_copies_by_one_process_while_others_save_are_whole(town, figure):
    def copying():
        watch_the_store()
        keeping = Keeping(town.pc())
        return [str(keeping.back_up().file) for _ in range(COPIES)]

    told = all_well(told_at_once(copying, *(saving(town, n, watch_the_store) for n in range(3))))
    made = [Path(name) for name in told[0]]
    whole = sum(copies.verify(path).schema == SCHEMA for path in made)
    figure(f"R23: {whole} of {COPIES} copies whole while 3 processes saved {3 * SAVES} records")
    assert whole == COPIES
    assert judged(town, [record for ids in told[1:] for record in ids]) == (set(), [])


def test_the_window_beside_commands(town, figure):
    """A window that records, keeps drafts, undoes and copies, while commands write and read."""
    folder = town.folder("P001").root

    def window():
        watch_the_store()
        store = town.pc()
        recording, made = Recording(store), []
        Copying(store).at_start()
        for n in range(SAVES):
            recording.keep_draft("d", {"title": f"書きかけ {n}"})
            made += recording.add([activity(1 + n, title=f"画面の{n}回目")])
            assert len(recording.records()) >= n
        Copying(store).at_close()
        return made

    def commands(*words, given=""):
        return lambda: [
            command("--data-dir", folder, "--json", *words, given=given) for _ in range(5)
        ]

    adding = [
        commands("record", "add", "-", given=json.dumps(activity(20 + n, title=f"{n}")) + "\n")
        for n in range(3)
    ]
    told = all_well(told_at_once(
        window, *adding, commands("record", "list"), commands("backup"), commands("digest"),
    ))  # fmt: skip
    said = [one for ones in told[1:] for one in ones]
    assert [one for one in said if one[0]] == []
    ids = [i for ones in told[1:4] for _, out, _ in ones for i in json.loads(out)["ids"]]
    figure(f"a window and {len(said)} commands at once: {SAVES} + {len(ids)} saves, 0 refused")
    assert judged(town, [*told[0], *ids]) == (set(), [])


@contextmanager
def held(path, how="EXCLUSIVE"):
    """Another process has the file for itself until the block ends."""
    told, begun = os.pipe()
    waiting, end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(end)
        file = sqlite3.connect(path, isolation_level=None)
        file.execute(f"BEGIN {how}")
        os.write(begun, b"1")
        os.read(waiting, 1)
        os._exit(0)
    os.close(waiting)
    os.read(told, 1)
    try:
        yield
    finally:
        os.close(end)
        os.waitpid(child, 0)
        os.close(told)
        os.close(begun)


def test_r43_a_store_that_is_long_held_is_busy_and_not_damaged(town, monkeypatch):
    path = town.pc().db.path
    town.close()
    monkeypatch.setattr(engines, "WAIT", 20)
    with held(path), pytest.raises(StoreError) as told:
        schema_of(path)
    assert told.value.code == "busy"
    with held(path), pytest.raises(StoreError) as told:
        shape.is_ours(path, SCHEMA)
    assert told.value.code == "busy"


def test_r43_who_opens_a_held_store_waits_for_it(town):
    path = town.pc().db.path
    town.close()
    told, trying = os.pipe()

    def opening():
        os.write(trying, b"1")
        return schema_of(path)

    def holding():
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.execute("BEGIN EXCLUSIVE")
            os.read(told, 1)
            file.execute("COMMIT")

    assert all_well(told_at_once(holding, opening))[1] == SCHEMA
    os.close(told)
    os.close(trying)


def test_r41_many_first_starts_make_one_store(tmp_path, figure):
    kept, times = 0, 5 * ROUNDS
    for n in range(times):
        folder = DataFolder(tmp_path / f"new{n}")

        def starting(folder=folder):
            store = open_folder(folder, Clock(), Chance())
            with store.db.write() as tx:
                tx.exec_driver_sql("INSERT INTO draft VALUES (hex(randomblob(8)), '', '{}')")
            store.close()

        all_well(told_at_once(*[starting] * PROCESSES))
        store = open_folder(folder, Clock(), Chance())
        with store.db.read() as tx:
            kept += tx.exec_driver_sql("SELECT count(*) FROM draft").scalar()
        store.close()
    figure(f"R41: {times} × {PROCESSES} first starts at once, {kept} saves kept")
    assert kept == times * PROCESSES


def test_r41_an_old_store_lifted_by_four_processes_loses_nothing(tmp_path, figure):
    path, lost = tmp_path / "store.db", 0

    def lifting():
        store = open_store(path)
        with store.write() as tx:
            tx.exec_driver_sql("INSERT INTO draft VALUES (hex(randomblob(8)), '', '{}')")
        store.close()

    for _ in range(ROUNDS):
        shutil.copy(DATABASES / "v01.db", path)
        all_well(told_at_once(*[lifting] * 4))
        store = open_store(path)
        with store.read() as tx:
            lost += 4 - tx.exec_driver_sql("SELECT count(*) FROM draft").scalar()
            assert checks.problems(tx) == []
        store.close()
    figure(f"R41: {ROUNDS} old stores lifted by four processes, {lost} saves lost")
    assert lost == 0
