"""Moving the office to a shared database and back: equal digests, and only one that is written."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from kashiwa_desktop.errors import PlaceError, RefusedError, StoreError
from kashiwa_desktop.paths import DataFolder, is_private
from kashiwa_desktop.services import whereabouts
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.safety import migrating
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.migrating import Home, home, move
from kashiwa_desktop.services.store import open_folder
from kashiwa_desktop.services.travel import merging
from kashiwa_desktop.services.travel.intake import Intake, waiting
from kashiwa_desktop.storage import audit, transfer
from kashiwa_desktop.storage.database import PRAGMAS, SESSION, Database
from office_world import OCTOBER, PEOPLE, REVIEWING, moment
from services.merged_sets import picture

CLOCK = Clock(moment(REVIEWING))


def shift(source, target, staff="職員 一"):
    return move(source, target, CLOCK, Chance("tests"), staff)


def to_server(town, postgres):
    """Move the town's office into a database of its own; returns the new folder."""
    folder = DataFolder(town.root / "shared")
    shift(home(town.folder()), Home(folder, postgres.fresh()))
    return folder


def opened(town, folder, staff="職員 一"):
    store = open_folder(folder, CLOCK, Chance("tests"), staff)
    town.opened.append(store)
    return store


def rows(store):
    with store.db.read() as tx:
        return transfer.digests(tx), picture(tx)


def but_the_log(told):
    """The log alone says that something broke off (R35)."""
    digests, shown = told
    return {name: value for name, value in digests.items() if name not in ("audit", "meta")}, shown


def test_there_and_back_every_row_is_the_same(town, postgres):
    town.intake().take_in(town.months())
    Reviewing(town.office()).approve(OCTOBER, ["P001"])
    RosterService(town.office()).set_contact("P001", phone="04-0000-0000")
    digest = Keeping(town.office()).digest()
    before = rows(town.office())[1]
    folder = to_server(town, postgres)
    shared = opened(town, folder)
    assert shared.db.path is None
    assert not folder.store.exists()
    assert Keeping(shared).digest() == digest
    assert rows(shared)[1] == before
    assert Keeping(shared).check() == []
    back = DataFolder(town.root / "back")
    moved = shift(home(folder), Home(back))
    assert (moved.digest, moved.revisions) == digest
    alone = opened(town, back)
    assert alone.db.path == back.store
    assert rows(alone)[1] == before
    assert Keeping(alone).check() == []


def test_the_old_store_can_only_be_read_afterwards(town, postgres):
    folder = to_server(town, postgres)
    old = town.office()
    assert Keeping(old).digest() == Keeping(opened(town, folder)).digest()
    with pytest.raises(RefusedError, match="移してあります") as caught:
        RosterService(old).set_contact("P001", phone="1")
    assert caught.value.code == "moved"
    with pytest.raises(RefusedError) as caught:
        shift(home(town.folder()), Home(DataFolder(town.root / "again")))
    assert caught.value.code == "moved"


def test_both_sides_note_the_move(town, postgres):
    folder = to_server(town, postgres)
    for store, event in ((town.office(), "move_out"), (opened(town, folder), "move_in")):
        with store.db.read() as tx:
            last = audit.entries(tx)[-1]
            assert audit.is_whole(tx)
        assert (last.event, last.who) == (event, "職員 一")
        assert last.detail["state"] == Keeping(store).digest()[0]


def test_it_may_stay_in_its_folder(town, postgres):
    """The same data folder: its file is set aside when the rows come home again."""
    folder = town.folder()
    digest = Keeping(town.office()).digest()
    shift(home(folder), Home(folder, postgres.fresh()))
    assert town.office().db.path is None
    shift(home(folder), Home(folder))
    alone = town.office()
    assert alone.db.path == folder.store
    assert Keeping(alone).digest() == digest
    assert (folder.root / "store.moved-1.db").exists()
    RosterService(alone).set_contact("P001", phone="1")


def test_a_target_that_holds_something_is_refused_and_nothing_changes(town, postgres):
    address = postgres.fresh()
    folder = DataFolder(town.root / "shared")
    shift(home(town.folder()), Home(folder, address))
    other = town.copy(town.root / "other")
    before = rows(other.office())
    with pytest.raises(RefusedError) as caught:
        shift(home(other.folder()), Home(DataFolder(town.root / "third"), address))
    assert caught.value.code in ("not_empty", "moved")
    assert rows(other.office()) == before
    other.close()


def test_a_fresh_copy_of_the_office_finds_the_database_full(towns, postgres):
    one, two = towns(), towns()
    address = postgres.fresh()
    shift(home(one.folder()), Home(DataFolder(one.root / "shared"), address))
    before = rows(two.office())
    with pytest.raises(RefusedError, match="空の場所") as caught:
        shift(home(two.folder()), Home(DataFolder(two.root / "shared"), address))
    assert caught.value.code == "not_empty"
    assert rows(two.office()) == before
    RosterService(two.office()).set_contact("P001", phone="1")
    one.close()
    two.close()


def test_the_same_place_is_refused(town, postgres):
    with pytest.raises(RefusedError) as caught:
        shift(home(town.folder()), Home(town.folder()))
    assert caught.value.code == "same_place"
    folder = to_server(town, postgres)
    with pytest.raises(RefusedError) as caught:
        shift(home(folder), Home(DataFolder(town.root / "x"), whereabouts.remembered(folder)))
    assert caught.value.code == "same_place"


def test_where_nothing_is_nothing_is_made(town, postgres):
    empty = DataFolder(town.root / "nothing")
    with pytest.raises(RefusedError) as caught:
        shift(home(empty), Home(DataFolder(town.root / "y"), postgres.fresh()))
    assert caught.value.code == "no_store"
    assert not empty.root.exists()


def test_a_promoters_store_is_no_office(town, postgres):
    with pytest.raises(RefusedError) as caught:
        shift(home(town.folder("P001")), Home(DataFolder(town.root / "z"), postgres.fresh()))
    assert caught.value.code == "not_office"


def test_another_file_in_the_way_stops_it(town, postgres):
    target = DataFolder(town.root / "shared")
    target.create()
    key = next(town.folder().identity.iterdir())
    (target.identity / key.name).write_text("somebody else's", encoding="utf-8")
    with pytest.raises(RefusedError, match=key.name):
        shift(home(town.folder()), Home(target, postgres.fresh()))
    RosterService(town.office()).set_contact("P001", phone="1")


def test_a_difference_is_never_told_as_success(town, postgres, monkeypatch):
    """The copying that loses a row is caught before anything is told, and rolled back."""
    address, real = postgres.fresh(), transfer.copy_rows

    def lossy(source, target):
        real(source, target)
        target.execute(transfer.metadata.tables["device"].delete())

    target = Home(DataFolder(town.root / "shared"), address)
    with monkeypatch.context() as patch:
        patch.setattr(migrating.transfer, "copy_rows", lossy)
        with pytest.raises(Exception, match="合いません"):
            shift(home(town.folder()), target)
    RosterService(town.office()).set_contact("P001", phone="1")
    assert shift(home(town.folder()), target).revisions > 0


def test_a_folder_remembers_its_database_without_the_password(town, postgres):
    folder = to_server(town, postgres)
    assert (
        whereabouts.remembered(folder) == folder.database_note.read_text(encoding="utf-8").strip()
    )
    assert is_private(folder.database_note)
    whereabouts.remember(folder, "postgresql://staff:secret@db/office")
    assert "secret" not in folder.database_note.read_text(encoding="utf-8")
    folder.database_note.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(Exception, match="読めません"):
        whereabouts.remembered(folder)


def test_copies_and_going_back_work_there_too(town, postgres):
    folder = to_server(town, postgres)
    shared = opened(town, folder)
    copy = Keeping(shared).back_up()
    before = rows(shared)[1]
    RosterService(shared).set_contact("P001", phone="1")
    assert rows(shared)[1] != before
    wanted, earlier = Keeping(shared).restore(copy.file)
    assert wanted.digest == copy.digest
    assert rows(shared)[1] == before
    assert earlier.revisions == copy.revisions + 1
    assert Keeping(shared).check() == []
    assert not list(folder.root.glob("store.db*"))
    RosterService(shared).set_contact("P001", phone="2")


def test_a_copy_that_cannot_be_written_is_said_in_words(town, postgres, monkeypatch):
    folder = DataFolder(town.root / "shared")

    def fail(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrating.shutil, "copyfile", fail)
    with pytest.raises(PlaceError, match="空き"):
        shift(home(town.folder()), Home(folder, postgres.fresh()))


# Tests 6 and 20 of BUNDLE.md §9 --------------------------------------------------------------


def test_6_the_same_files_on_both_give_the_same(towns, postgres):
    """SQLite office and PostgreSQL office: the same S, the same projections, the same answers."""
    alone, shared = towns(), None
    files = alone.months()
    shared = alone.copy(alone.root.with_name(alone.root.name + "-6"))
    folder = to_server(shared, postgres)
    office = opened(shared, folder)
    for heap in ([files[0]], files, [files[2], files[0]]):
        told = [Intake(s, alone.keys).take_in(heap) for s in (alone.office(), office)]
        assert told[0] == told[1]
    for store in (alone.office(), office):
        assert len(Reviewing(store).approve(OCTOBER, None).done) == len(PEOPLE)
    assert rows(alone.office())[1][1] != []
    assert Reviewing(alone.office()).board(OCTOBER, OCTOBER) == Reviewing(office).board(
        OCTOBER, OCTOBER
    )
    last = Keeping(alone.office()).digest(), Keeping(office).digest()
    assert last[0] == last[1]
    assert rows(alone.office())[1] == rows(office)[1]
    alone.close()
    shared.close()


def test_20_two_staff_take_in_at_once_as_if_one_after_the_other(towns, postgres, figure):
    town = towns()
    files = town.months()
    calm = town.copy(town.root.with_name(town.root.name + "-calm"))
    calm.intake().take_in(files)
    expected = rows(calm.office())[1]
    folder = to_server(town, postgres)
    start = threading.Barrier(4)

    def take_in(n):
        store = open_folder(folder, CLOCK, Chance("tests"), f"職員 {n}")
        try:
            mine = files[n % 3 :] + files[: n % 3]
            start.wait()
            return Intake(store, town.keys).take_in(mine)
        finally:
            store.close()

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(take_in, range(4)))
    office = opened(town, folder)
    assert all(t.all_in for t in taken)
    states = sorted(f.state for t in taken for f in t.files)
    figure(
        f"{len(files)} files by 4 at once: {states.count('new')} new, {states.count('same')} same"
    )
    assert states.count("new") == len(files)
    assert rows(office)[1] == expected
    assert Keeping(office).check() == []
    assert len(list(folder.archive.glob("*_P00?_*"))) == len(
        list(calm.folder().archive.glob("*_P00?_*"))
    )
    calm.close()
    town.close()


def test_20_one_undoes_while_another_takes_in_again(town, postgres):
    """Whatever comes first: a file that is held lies in the archive, one that is not does not."""
    files = town.months()
    folder = to_server(town, postgres)
    first = Intake(opened(town, folder), town.keys).take_in(files)
    start = threading.Barrier(2)

    def undo(store):
        start.wait()
        try:
            return Intake(store, town.keys).undo(first.intake)
        except RefusedError:
            return 0

    def again(store):
        start.wait()
        return Intake(store, town.keys).take_in(files)

    stores = [opened(town, folder, "職員 二"), opened(town, folder, "職員 三")]
    with ThreadPoolExecutor(2) as pool:
        gone, back = pool.submit(undo, stores[0]), pool.submit(again, stores[1])
        assert gone.result() >= 0
        assert back.result().all_in
    assert Keeping(opened(town, folder)).check() == []


def test_20_two_decide_on_the_same_month(town, postgres):
    town.intake().take_in([town.month("P001")])
    folder = to_server(town, postgres)
    stores = [opened(town, folder, f"職員 {n}") for n in "二三"]
    start = threading.Barrier(2)

    def approve(store):
        start.wait()
        return Reviewing(store).approve(OCTOBER, ["P001"])

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(approve, stores))
    assert sorted(len(t.done) for t in told) == [0, 1]
    assert [left.reason for t in told for left in t.left] == ["もう承認してあります。"]


def test_a_waiting_file_is_not_swept_away_by_a_colleague(town, postgres):
    folder = to_server(town, postgres)
    one, two = opened(town, folder), opened(town, folder, "職員 二")
    stranger = replace(town, opened=town.opened)
    path = stranger.month("P001")
    with one.db.write() as tx:
        from kashiwa_desktop.storage import devices

        known = devices.of_promoter(tx, "P001")[0]
        devices.put(tx, replace(known, state="lost"))
    Intake(one, town.keys).take_in([path])
    Intake(two, town.keys).take_in([town.month("P002")])
    (held,) = waiting(two)
    assert (folder.waiting / held.file).exists()


# Test 18: what the environment refuses leaves everything as it was ----------------------------


@pytest.fixture(params=["alone", "shared"])
def office_folder(request, town, postgres):
    if request.param == "alone":
        return town.folder()
    return to_server(town, postgres)


def impatient(town, folder):
    """The office as one opens it who does not wait ten seconds for a colleague."""
    store = opened(town, folder)
    place = whereabouts.remembered(folder) or folder.store
    limits = {**SESSION, "lock_timeout": "50"} if isinstance(place, str) else None
    limits = limits or {**PRAGMAS, "busy_timeout": 50}
    found = replace(store, db=Database(place, pragmas=limits))
    town.opened.append(found)
    return found


def test_18_a_colleague_who_writes_long_is_named_and_nothing_is_lost(town, office_folder):
    files = town.months()
    hasty, calm = impatient(town, office_folder), opened(town, office_folder)
    before = rows(calm)
    with (
        calm.db.write(),
        pytest.raises(StoreError, match="書き込んでいます"),
    ):
        Intake(hasty, town.keys).take_in(files)
    assert rows(calm) == before
    assert sorted(p.name for p in office_folder.archive.iterdir()) == sorted(
        p.name for p in town.folder().archive.iterdir()
    )
    assert Intake(hasty, town.keys).take_in(files).all_in
    assert Keeping(calm).check() == []


def test_18_a_server_that_goes_away_in_the_middle_leaves_nothing_half_done(
    town, postgres, monkeypatch
):
    folder = to_server(town, postgres)
    store, files = opened(town, folder), town.months()
    before = rows(store)
    real = merging.projections.refresh

    def cut(tx, keys):
        real(tx, keys)
        own = tx.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        with postgres.connect() as admin:
            admin.execute("SELECT pg_terminate_backend(%s)", (own,))

    with monkeypatch.context() as patch:
        patch.setattr(merging.projections, "refresh", cut)
        with pytest.raises(StoreError, match="つながりません"):
            Intake(store, town.keys).take_in(files)
    assert but_the_log(rows(store)) == but_the_log(before)
    with store.db.read() as tx:
        assert audit.entries(tx, "intake")[-1].detail == {"files": len(files), "state": "broken"}
    assert list(folder.archive.glob("2026-11-05*")) == []
    assert Intake(store, town.keys).take_in(files).all_in
    assert Keeping(store).check() == []
