import shutil
import sqlite3
from contextlib import closing

import pytest

from faults import bits, moments, trap
from faults.trap import Trap
from kashiwa_desktop.errors import AppError, RefusedError, StoreError
from kashiwa_desktop.paths import is_private
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel.submitting import Submitting
from office_world import OCTOBER, activity


@pytest.fixture
def kept(town):
    """A promoter's PC with one record, and its copy."""
    Recording(town.pc()).add([activity(3)])
    return town, Keeping(town.pc()).back_up()


def test_a_copy_holds_all_and_is_private(kept):
    town, copy = kept
    digest, revisions = Keeping(town.pc()).digest()
    assert (copy.digest, copy.revisions) == (digest, revisions)
    assert copy.file.parent == town.folder("P001").copies
    assert copy.bytes == copy.file.stat().st_size
    for path in copy.file.parent.iterdir():
        assert is_private(path)
    assert Keeping(town.pc()).all_copies() == [copy]


def test_two_copies_in_one_second_are_two_files(kept):
    town, copy = kept
    other = Keeping(town.pc()).back_up()
    assert other.file != copy.file
    assert len(Keeping(town.pc()).all_copies()) == 2


def test_a_copy_of_a_store_that_is_being_written_is_whole(kept):
    town, _ = kept
    store = town.pc()
    for n in range(5):
        Recording(store).add([activity(10 + n)])
        assert Keeping(store).back_up().digest == Keeping(store).digest()[0]


def test_going_back_brings_the_state_of_then_and_keeps_that_of_now(kept):
    town, copy = kept
    store = town.pc()
    Recording(store).add([activity(20)])
    now, _ = Keeping(store).digest()
    wanted, before = Keeping(store).restore(copy.file)
    assert wanted.digest == copy.digest == Keeping(store).digest()[0]
    assert before.digest == now
    assert [a.date.day for a in Recording(town.pc()).records()] == [3]
    assert Keeping(town.pc()).check() == []
    Keeping(town.pc()).restore(before.file)
    assert Keeping(town.pc()).digest()[0] == now


def test_after_going_back_work_goes_on_and_the_next_file_says_so(kept):
    """Test 23: restored, three more recorded: the office has the old and the new, none reverted."""
    town, copy = kept
    Recording(town.pc()).add([activity(8)])
    town.intake().take_in([town.submit()])
    Keeping(town.pc()).restore(copy.file)
    Recording(town.pc()).add([activity(d) for d in (20, 21, 22)])
    made = Submitting(town.pc()).submit(OCTOBER, town.out())
    assert made.restored
    town.intake().take_in([made.file])
    with town.office().db.read() as tx:
        days = tx.exec_driver_sql("SELECT date FROM activity ORDER BY date").scalars().all()
    assert [int(day[-2:]) for day in days] == [3, 8, 20, 21, 22]
    assert not Submitting(town.pc()).submit(OCTOBER, town.out()).restored


def damaged(path):
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE revision SET line = replace(line, '打合せ', '打合わ')")
        file.commit()


def cut(path):
    path.write_bytes(path.read_bytes()[:-4096])


def emptied(path):
    path.write_bytes(b"")


def a_picture(path):
    path.write_bytes(b"\xff\xd8\xff\xe0" * 999)


def newer(path):
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize("fingerprint", [True, False])
@pytest.mark.parametrize("spoil", [damaged, cut, emptied, a_picture, newer])
def test_a_bad_copy_is_never_put_back(kept, spoil, fingerprint):
    town, copy = kept
    before = town.folder("P001").store.read_bytes()
    spoil(copy.file)
    if not fingerprint:
        copy.file.with_suffix(".sha256").unlink()
    with pytest.raises(StoreError):
        Keeping(town.pc()).restore(copy.file)
    assert town.folder("P001").store.read_bytes() == before
    assert Keeping(town.pc()).all_copies() == []


def test_any_flipped_bit_of_a_copy_is_noticed_by_its_fingerprint(kept):
    town, copy = kept
    clean = copy.file.read_bytes()
    for changed in bits.random_flips(clean, 50):
        copy.file.write_bytes(changed)
        with pytest.raises(StoreError):
            Keeping(town.pc()).look(copy.file)
    copy.file.write_bytes(clean)
    assert Keeping(town.pc()).look(copy.file) == copy


def test_the_copy_of_another_person_or_office_is_refused(kept):
    town, _ = kept
    other = Keeping(town.pc("P002")).back_up()
    for file in (other.file, Keeping(town.office()).back_up().file):
        with pytest.raises(RefusedError, match="ほかの方の予備の写し"):
            Keeping(town.pc()).restore(file)


def test_a_copy_that_is_not_there_is_said(kept):
    town, copy = kept
    with pytest.raises(RefusedError, match="見つかりません"):
        Keeping(town.pc()).restore(copy.file.with_name("gone.db"))


@pytest.mark.posix("needs a door between SQLite and the disk")
def test_a_full_disk_leaves_no_half_copy(kept):
    town, copy = kept
    with (
        moments.at_sqlite_calls(Trap(3, trap.FULL, onwards=True, only="write")),
        pytest.raises(AppError),
    ):
        Keeping(town.pc()).back_up()
    names = {path.name for path in copy.file.parent.iterdir()}
    assert not any(name.endswith(".part") for name in names)
    assert Keeping(town.pc()).all_copies() == [copy]


def test_a_copy_does_not_contain_the_keys(kept):
    town, copy = kept
    identity = town.folder("P001").identity
    secret = (identity / "pc.key").read_bytes()
    data = copy.file.read_bytes()
    assert secret not in data
    assert secret[20:60] not in data


def test_a_store_without_copies_has_none(town):
    assert Keeping(town.pc()).all_copies() == []
    shutil.rmtree(town.folder("P001").copies)
    assert Keeping(town.pc()).all_copies() == []
