"""Looking into a 予備の写し without going back to it."""

import pytest

import promoter_world
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.looking_into import LookingInto


@pytest.fixture
def store(tmp_path):
    with promoter_world.opened(tmp_path, "months") as one:
        yield one


def test_copies_are_listed_by_name_only(store):
    made = Keeping(store).back_up("close")
    (store.folder.copies / "notes.db").write_bytes(b"x")
    [one] = LookingInto(store).copies()
    assert (one.file, one.why) == (made.file, "close")
    assert one.made_at.strftime("%H:%M") == "10:00"


def test_what_would_go_come_and_change(store):
    recording = Recording(store)
    path = Keeping(store).back_up().file
    first, second = recording.records(Month(2026, 11))
    recording.delete(first.id)
    recording.edit(second.id, {"title": "直した"})
    [new] = recording.add(
        [{"date": "2026-11-10", "category": "other", "type": "misc", "title": "新しい"}]
    )
    found = LookingInto(store).contents(path)
    assert (found.count, found.would_change) == (28, 1)
    assert [a.id for a in found.would_go] == [new]
    assert [a.id for a in found.would_come] == [first.id]
    assert [a.date.isoformat() for a in found.newest] == ["2026-11-09", "2026-11-02", "2026-10-22"]
    assert (found.first.isoformat(), found.last.isoformat()) == ("2026-05-05", "2026-11-09")


def test_an_empty_copy_has_no_days(tmp_path):
    with promoter_world.opened(tmp_path) as store:
        found = LookingInto(store).contents(Keeping(store).back_up().file)
        assert (found.count, found.first, found.last) == (0, None, None)


def test_a_file_of_another_name_is_no_copy(store):
    path = Keeping(store).back_up().file
    other = path.rename(path.with_name("mine.db"))
    with pytest.raises(RefusedError):
        LookingInto(store).contents(other)
