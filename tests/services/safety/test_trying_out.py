"""写しを試す: one copy a month is gone back to beside the records, and what came of it is kept."""

import sqlite3
from contextlib import closing

import pytest

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.copying import Copying
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.looking_into import last_trial
from kashiwa_desktop.services.safety.trying_out import TryingOut
from kashiwa_desktop.storage import copies
from office_world import activity


def opened(town, at):
    """The PC after its first start of that day, with one more record written."""
    store = town.pc(at=at)
    Recording(store).add([activity(3)])
    Copying(store).at_start()
    return store


def test_once_a_month_and_the_records_stay_as_they_are(town, figure):
    store = opened(town, "2026-10-20T09:00")
    before = Keeping(store).digest()
    trial = TryingOut(store).when_due()
    assert (str(trial.day), trial.whole) == ("2026-10-20", True)
    assert last_trial(store.folder) == trial
    assert Keeping(store).digest() == before
    assert not list(store.folder.root.glob("store.db.*"))
    assert TryingOut(opened(town, "2026-10-31T09:00")).when_due() is None
    months = [Month(2026, n) for n in (11, 12)]
    tried = [TryingOut(opened(town, f"{m}-02T09:00")).when_due() for m in months]
    figure(f"{1 + len(tried)} months, {1 + len(tried)} copies gone back to, all whole")
    assert all(trial.whole for trial in tried)
    assert {trial.copy.file.parent for trial in tried} == {store.folder.copies}


def test_nothing_to_try_before_the_first_copy_nor_when_the_clock_went_back(town):
    assert TryingOut(town.pc()).when_due() is None
    assert last_trial(town.folder("P001")) is None
    TryingOut(opened(town, "2026-10-20T09:00")).when_due()
    assert TryingOut(town.pc(at="2026-08-20T09:00")).when_due() is None


def flip_a_category(path):
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE activity SET category = 'other' WHERE category = 'network'")
        file.commit()


def cut_short(path):
    path.write_bytes(path.read_bytes()[:-4096])


@pytest.mark.parametrize("damage", [flip_a_category, cut_short])
@pytest.mark.parametrize("fingerprint", [True, False])
def test_a_damaged_copy_is_found_and_another_is_tried_at_the_next_start(town, damage, fingerprint):
    store = opened(town, "2026-10-20T09:00")
    (copy,) = store.folder.copies.glob("*.db")
    damage(copy)
    if not fingerprint:
        copy.with_suffix(".sha256").unlink()
    trial = TryingOut(store).when_due()
    assert not trial.whole
    assert last_trial(store.folder) == trial
    copy.unlink()
    later = opened(town, "2026-10-21T09:00")
    assert TryingOut(later).when_due().whole


def test_a_copy_that_comes_back_as_something_else_is_not_whole(town, monkeypatch):
    """The wrong variant: a way back that loses a record is noticed, though the copy is good."""
    store = opened(town, "2026-10-20T09:00")
    real = copies.copy

    def lossy(source, target):
        facts = real(source, target)
        with closing(sqlite3.connect(target)) as file:
            for table in ("edge", "revision", "activity"):
                file.execute(f"DELETE FROM {table}")
            file.commit()
        return facts

    monkeypatch.setattr(copies, "copy", lossy)
    assert not TryingOut(store).when_due().whole


def test_a_full_disk_is_told_and_says_nothing_about_the_copy(town, monkeypatch):
    store = opened(town, "2026-10-20T09:00")

    def full(*_):
        raise StoreError("空きがありません。", code="disk_full")

    monkeypatch.setattr(copies, "try_out", full)
    with pytest.raises(StoreError, match="空き"):
        TryingOut(store).when_due()
    assert last_trial(store.folder) is None


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"day": 3}', '{"day":"x","copy":"y"}'])
def test_an_unreadable_note_is_no_trial(town, said):
    store = opened(town, "2026-10-20T09:00")
    (store.folder.copies / "tried.json").write_text(said, encoding="utf-8")
    assert last_trial(store.folder) is None
    assert TryingOut(store).when_due().whole
