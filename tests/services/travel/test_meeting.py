"""定例会モード: one stick after the other; what is wrong with one concerns that one alone."""

import re
from datetime import date

import pytest

from kashiwa_desktop.bundle import place
from kashiwa_desktop.domain.regular_meeting import RegularMeeting
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.travel.attending import Attending
from kashiwa_desktop.services.travel.intake import Intake
from kashiwa_desktop.services.travel.meeting import Meeting, Plan
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.sticks import Stick
from office_world import OCTOBER
from services.travel.test_intake import reinstalled

DAY = date(2026, 11, 5)
PLAN = Plan(RegularMeeting(DAY, "10:00", "12:00"))


def stick(folder):
    return Stick(folder, folder.name, 10**9)


def visit(town, folder, plan=PLAN, **options):
    return Meeting(town.office(), town.keys).visit(stick(folder), plan, **options)


def test_a_stick_is_taken_in_and_gets_its_receipt(town):
    file = town.month()
    done = visit(town, file.parent)
    assert (done.promoters, done.answered, done.stopped) == (("P001",), ("P001",), ())
    assert done.went_well
    (answer,) = file.parent.glob("*.kssr")
    store = town.pc("P001", "2026-11-06T09:00")
    Receiving(store).receive(answer)
    assert Closing(store).show(OCTOBER).state == "received"
    assert file.exists()
    assert Attending(town.office()).attended(DAY, ["P001", "P002"]) == {"P001"}


def test_the_stick_is_cleared_where_that_was_wanted(town):
    file = town.month()
    done = visit(town, file.parent, Plan(None, clear=True))
    assert done.cleared == 1
    assert not file.exists()
    assert len(list(file.parent.glob("*.kssr"))) == 1
    assert Attending(town.office()).attended(DAY, ["P001"]) == set()


def test_two_people_on_one_stick(town):
    first, second = town.month(), town.month("P002")
    second = second.rename(first.with_name(second.name))
    done = visit(town, first.parent)
    assert done.answered == ("P001", "P002")
    assert len(list(first.parent.glob("*.kssr"))) == 2


def test_the_same_stick_twice_changes_nothing_at_the_office(town):
    file = town.month()
    visit(town, file.parent)
    done = visit(town, file.parent)
    assert [f.state for f in done.files] == ["same"]
    assert done.went_well


def test_an_empty_stick_says_so_and_gets_nothing(town):
    done = visit(town, town.out())
    assert (done.files, done.went_well, done.trouble) == ((), False, "")


def test_an_unknown_pc_stops_its_stick_until_a_person_lets_it_in(town):
    reinstalled(town)
    file = town.month()
    done = visit(town, file.parent)
    assert [f.reason for f in done.stopped] == ["unknown_device"]
    assert not done.went_well
    assert list(file.parent.glob("*.kssr")) == []
    done = visit(town, file.parent, accept=True)
    assert done.went_well
    assert done.answered == ("P001",)


def test_a_broken_file_stops_only_its_stick(town):
    broken = town.out() / "P009.kssz"
    broken.write_bytes(b"broken")
    done = visit(town, broken.parent)
    assert [f.state for f in done.stopped] == ["refused"]
    file = town.month("P002")
    assert visit(town, file.parent).went_well


def test_a_stick_that_takes_no_more_is_told_and_the_intake_stands(town, monkeypatch):
    file = town.month()
    real = place.save_verified

    def full(data, path, verify, disk=None):
        if path.parent == file.parent:
            raise PlaceError("保存先に空きがありません。", code="full")
        real(data, path, verify, disk)

    monkeypatch.setattr(place, "save_verified", full)
    done = visit(town, file.parent, Plan(None, clear=True))
    assert done.trouble == "保存先に空きがありません。"
    assert (done.promoters, done.answered, done.cleared) == (("P001",), (), 0)
    assert not done.went_well
    assert file.exists()


def _tree(folder):
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and not p.is_symlink()}


@pytest.mark.posix("writes files with names that Windows cannot have, and a link")
def test_r33_names_lead_nowhere(town, tmp_path):
    """Names are only ever shown: what is written has names of our own, in our own places."""
    names = [
        "CON.kssz", "aux.KSSZ", "末尾.kssz", "か\u3099き.kssz", "\u202egpj.kssz", "a\nb.kssz",
        "%2e%2e%2fetc.kssz", "C:\\temp\\x.kssz", "\\\\server\\share.kssz", "x" * 240 + ".kssz",
    ]  # fmt: skip
    whole = town.month()
    stick_folder = tmp_path / "stick"
    stick_folder.mkdir()
    for name in names:
        (stick_folder / name).write_bytes(whole.read_bytes())
    (stick_folder / "link.kssz").symlink_to(whole)
    outside = _tree(town.folder("P001").root)
    done = visit(town, stick_folder, Plan(None))
    assert len(done.files) == len(names)
    assert {f.state for f in done.files} == {"new", "same"}
    assert _tree(town.folder("P001").root) == outside
    archived = [p.name for p in town.folder().archive.glob("*_P001_*.kssz")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d_P001_[0-9a-f]{12}\.kssz", n) for n in archived)
    (answer,) = stick_folder.glob("*.kssr")
    assert re.fullmatch(r"P001_\d{4}\.kssr", answer.name)


def test_an_intake_whose_receipt_was_given_stays(town):
    """BUNDLE.md §4: undo only before anything was decided, printed or returned on it."""
    done = visit(town, town.month().parent)
    with pytest.raises(RefusedError, match="返事のファイル"):
        Intake(town.office(), town.keys).undo(done.intake)


def test_an_intake_that_brought_nothing_new_to_an_older_return_goes_back(town):
    intake = Intake(town.office(), town.keys)
    intake.take_in([town.month()])
    Returning(town.office()).return_file("P001", town.out(), town.keys)
    again = intake.take_in([town.submit(), town.month("P002")])
    assert intake.undo(again.intake) > 0
