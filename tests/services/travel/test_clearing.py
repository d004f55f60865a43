"""A stick is cleared of what the office holds for certain, and of nothing else."""

import pytest

from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.services.travel.clearing import Clearing
from kashiwa_desktop.services.travel.intake import Intake
from services.merged_sets import everything


def clearing(town):
    return Clearing(town.office(), town.keys)


def test_what_was_taken_in_goes_and_the_rest_stays(town):
    file = town.month()
    other = file.with_name("家計簿.xlsx")
    other.write_text("mine", encoding="utf-8")
    taken = town.intake().take_in([file])
    assert taken.all_in
    cleared = clearing(town).clear([file])
    assert cleared.gone == (file,)
    assert sorted(p.name for p in file.parent.iterdir()) == ["家計簿.xlsx"]
    assert len(list(town.folder().archive.glob("*.kssz"))) >= 1


def test_a_file_that_was_not_taken_in_stays(town):
    file = town.month()
    assert clearing(town).clear([file]).kept == (file,)
    assert file.exists()


def test_after_the_intake_went_back_the_file_stays(town):
    file = town.month()
    intake = town.intake()
    intake.undo(intake.take_in([file]).intake)
    assert clearing(town).clear([file]).kept == (file,)
    assert file.exists()


@pytest.mark.parametrize("harm", ["gone", "cut", "flipped", "another"])
def test_where_the_archive_is_not_whole_the_file_stays(town, harm):
    file, other = town.month(), town.month("P002")
    town.intake().take_in([file, other])
    (kept,) = [p for p in town.folder().archive.iterdir() if "_P001_" in p.name and _is_new(p)]
    (second,) = [p for p in town.folder().archive.iterdir() if "_P002_" in p.name and _is_new(p)]
    data = bytearray(kept.read_bytes())
    if harm == "gone":
        kept.unlink()
    elif harm == "cut":
        kept.write_bytes(data[:-1])
    elif harm == "flipped":
        data[len(data) // 2] ^= 1
        kept.write_bytes(data)
    else:
        kept.write_bytes(second.read_bytes())
    assert clearing(town).clear([file, other]).gone == (other,)
    assert file.exists()


def _is_new(path):
    return path.name.startswith("2026-11")


@pytest.mark.posix("makes a link, which Windows allows to administrators only")
def test_a_link_and_a_file_of_another_kind_stay(town):
    file = town.month()
    town.intake().take_in([file])
    link = file.with_name("P001-link.kssz")
    link.symlink_to(file)
    setup = file.with_name("settings.kssc")
    setup.write_bytes(town.settings.read_bytes())
    assert clearing(town).clear([link, setup, file.with_name("none.kssz")]).gone == ()
    assert file.exists()
    assert link.is_symlink()
    assert setup.exists()


def test_the_office_s_own_archive_is_never_cleared(town):
    town.intake().take_in([town.month()])
    own = sorted(town.folder().archive.glob("*.kssz"))
    assert clearing(town).clear(own).gone == ()
    assert sorted(town.folder().archive.glob("*.kssz")) == own


def test_a_stick_that_cannot_be_written_keeps_its_files(town, monkeypatch):
    file = town.month()
    town.intake().take_in([file])

    def refuse(_path):
        raise PlaceError("保存先は書き込みが禁止されています。", code="read_only")

    monkeypatch.setattr("kashiwa_desktop.bundle.place.remove", refuse)
    assert clearing(town).clear([file]).kept == (file,)
    assert file.exists()


def test_nothing_of_the_records_changes(town):
    file = town.month()
    store = town.office()
    Intake(store, town.keys).take_in([file])
    before = everything(store)
    clearing(town).clear([file])
    assert everything(store) == before
