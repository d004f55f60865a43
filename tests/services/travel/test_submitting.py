import shutil

import pytest

from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.travel.submitting import Submitting
from office_world import OCTOBER, activity
from services.merged_sets import contents_of


def submitted(town, promoter="P001", out=None):
    return Submitting(town.pc(promoter)).submit(OCTOBER, out or town.out())


def header(town, made):
    return contents_of(town, made.file).header


def test_a_file_carries_everything_of_its_promoter(town):
    Recording(town.pc()).add([activity(1), activity(8)])
    Closing(town.pc()).close(OCTOBER)
    made = submitted(town)
    contents = contents_of(town, made.file)
    assert (made.revisions, made.months) == (3, ("2026-10",))
    assert made.bundle == contents.bundle_id
    assert {r.by.role for r in contents.revisions} == {"promoter"}
    assert not made.restored


def test_a_folder_gets_a_name_and_a_name_is_kept(town):
    out = town.out()
    assert submitted(town, out=out).file.parent == out
    named = out / "私の提出.kssz"
    assert submitted(town, out=named).file == named


def test_nothing_is_overwritten_and_no_record_is_touched(town):
    Recording(town.pc()).add([activity(1)])
    before = Keeping(town.pc()).digest()
    taken = town.out() / "x.kssz"
    taken.write_bytes(b"old")
    with pytest.raises(PlaceError):
        submitted(town, out=taken)
    assert taken.read_bytes() == b"old"
    assert Keeping(town.pc()).digest() == before
    assert Closing(town.pc()).show(OCTOBER).state == "open"


def test_files_are_numbered_one_by_one_and_name_the_one_before(town):
    made = [submitted(town) for _ in range(3)]
    headers = [header(town, m) for m in made]
    assert [h.sender.seq for h in headers] == [2, 3, 4]
    assert [h.sender.previous for h in headers[1:]] == [m.bundle for m in made[:2]]


def test_a_number_is_not_used_again_after_a_failure(town):
    gone = town.root / "no such folder" / "x.kssz"
    with pytest.raises(PlaceError):
        submitted(town, out=gone)
    made = submitted(town)
    assert header(town, made).sender.seq == 3
    assert not made.restored


def test_a_copy_that_was_made_is_kept_and_the_same(town):
    made = submitted(town)
    (kept,) = list(town.folder("P001").archive.glob("2026-10-31_*.kssz"))
    assert kept.read_bytes() == made.file.read_bytes()


def test_an_older_store_beside_newer_keys_says_so(town):
    """The database was put back by hand; identity/ remembers more files than it does."""
    old = town.folder("P001").store.read_bytes()
    last = [submitted(town) for _ in range(2)][-1]
    town.close()
    town.folder("P001").store.write_bytes(old)
    made = submitted(town)
    assert made.restored
    assert header(town, made).sender.restored
    assert header(town, made).sender.seq == header(town, last).sender.seq + 1
    assert header(town, made).sender.previous == last.bundle
    assert not submitted(town).restored


def test_older_keys_beside_a_newer_store_say_so(town):
    sequence = town.folder("P001").identity / "sequence.json"
    old = sequence.read_bytes()
    last = [submitted(town) for _ in range(2)][-1]
    sequence.write_bytes(old)
    made = submitted(town)
    assert made.restored
    assert header(town, made).sender.seq == header(town, last).sender.seq + 1


def test_two_copies_of_one_folder_use_one_number_and_nothing_is_lost(town):
    """Test 24: both files merge; correctness never depends on noticing."""
    town.close()
    clone = town.copy(town.root.with_name(town.root.name + "-clone"))
    for place, day in ((town, 1), (clone, 8)):
        Recording(place.pc()).add([activity(day)])
    made = [submitted(town), submitted(clone)]
    assert len({header(town, m).sender.seq for m in made}) == 1
    taken = town.intake().take_in([m.file for m in made])
    clone.close()
    assert [f.new for f in taken.files] == [1, 1]


def test_a_lost_stick_costs_nothing(town):
    Recording(town.pc()).add([activity(1)])
    shutil.rmtree(submitted(town).file.parent)
    Recording(town.pc()).add([activity(8)])
    taken = town.intake().take_in([submitted(town).file])
    assert [f.new for f in taken.files] == [2]
