"""A new version on a stick: only the very file that the office named is ever offered or started."""

import shutil

import pytest

from kashiwa_desktop import __version__
from kashiwa_desktop.domain import release
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.office.enrolling import Enrolling
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.safety.looking_into import named_copies
from kashiwa_desktop.services.travel import updating as module
from kashiwa_desktop.services.travel.updating import ANOTHER, UPDATES, Updating
from office_world import OCTOBER
from services.key_scenes import LATE, receive, returned, take_in

NAME = "kashiwa-desktop-9.1.0-setup.exe"
BYTES = b"MZ a setup file, invented" * 1000


@pytest.fixture
def handed(town):
    """The office hands out 9.1.0; a stick holds the file, P001 knows it by a return."""
    stick = town.out()
    file = stick / NAME
    file.write_bytes(BYTES)
    Releasing(town.office(LATE)).announce(file, ("画面が見やすくなりました",))
    receive(town.pc(at=LATE), returned(town))
    return town, stick


def updating(town, started=None, version=__version__):
    start = (started if started is not None else []).append
    return Updating(town.pc(at=LATE), lambda file: start(file) or "入れています", version)


def test_it_is_offered_by_name_size_and_fingerprint(handed):
    town, stick = handed
    offer = updating(town).offer([town.out(), stick])
    assert offer is not None
    assert (offer.release.version, offer.file, offer.refused) == ("9.1.0", stick / NAME, "")
    assert offer.release.notes == ("画面が見やすくなりました",)


def test_the_settings_file_tells_it_too(handed):
    town, stick = handed
    file = OfficeSetup(town.office(LATE)).setup_file(town.out(), town.keys).file
    pc = town.pc("P002", LATE)
    PromoterSetup(pc).read(file, "P002")
    assert Updating(pc).offer([stick]) is not None


def test_another_file_of_that_name_is_never_offered_nor_started(handed):
    town, stick = handed
    for spoiled in (BYTES[:-1] + b"X", BYTES + b"X", b""):
        (stick / NAME).write_bytes(spoiled)
        started = []
        desk = updating(town, started)
        offer = desk.offer([stick])
        assert offer is not None
        assert offer.refused == ANOTHER
        with pytest.raises(RefusedError):
            desk.put_in(offer)
        assert started == []


def test_a_file_that_is_exchanged_between_the_look_and_the_start_is_not_started(handed):
    town, stick = handed
    started = []
    desk = updating(town, started)
    offer = desk.offer([stick])
    (stick / NAME).write_bytes(b"MZ something else")
    with pytest.raises(RefusedError):
        desk.put_in(offer)
    assert started == []


def test_without_the_fingerprint_it_would_be_started(handed, monkeypatch):
    """The wrong variant: only the size is compared."""
    town, stick = handed
    wanted = updating(town).wanted()
    monkeypatch.setattr(
        module, "fingerprint", lambda file, _=None: (file.stat().st_size, wanted.sha256)
    )
    (stick / NAME).write_bytes(bytes(len(BYTES)))
    assert updating(town).offer([stick]).refused == ""


def test_nothing_else_on_a_stick_is_opened(handed, monkeypatch):
    town, stick = handed
    (stick / "kashiwa-desktop-9.9.9-setup.exe").write_bytes(BYTES)
    (stick / "inner").mkdir()
    shutil.move(stick / NAME, stick / "inner" / NAME)
    opened = []
    monkeypatch.setattr(module, "fingerprint", lambda file, _=None: opened.append(file))
    assert updating(town).offer([stick]) is None
    assert opened == []


def test_who_is_as_new_or_newer_is_offered_nothing(handed):
    town, stick = handed
    for version in ("9.1.0", "9.2.0", "10.0.0"):
        assert updating(town, version=version).offer([stick]) is None
    assert updating(town, version="9.0.9").offer([stick]) is not None


def test_it_copies_before_it_starts_and_the_stick_may_go(handed):
    town, stick = handed
    store = town.pc(at=LATE)
    before = len(named_copies(store.folder))
    started = []
    desk = updating(town, started)
    assert desk.put_in(desk.offer([stick])) == "入れています"
    assert started == [store.folder.root / UPDATES / NAME]
    shutil.rmtree(stick)
    assert started[0].read_bytes() == BYTES
    assert len(named_copies(store.folder)) == before + 1


def test_the_office_lays_it_beside_the_returns_and_reads_it_back(handed):
    town, stick = handed
    office = Releasing(town.office(LATE))
    other = town.out()
    assert office.lay(stick / NAME, other).read_bytes() == BYTES
    assert [path.name for path in other.iterdir()] == [NAME]
    (stick / NAME).write_bytes(BYTES + b"!")
    with pytest.raises(RefusedError):
        office.lay(stick / NAME, other)
    with pytest.raises(PlaceError):
        office.lay(stick / "gone.exe", other)
    assert (other / NAME).read_bytes() == BYTES


def test_what_is_no_setup_file_is_not_named(town):
    file = town.out() / "setup.exe"
    file.write_bytes(BYTES)
    office = Releasing(town.office(LATE))
    with pytest.raises(RefusedError):
        office.announce(file)
    assert office.present() is None


def test_it_can_be_taken_back(handed):
    town, stick = handed
    Releasing(town.office(LATE)).withdraw()
    receive(town.pc(at=LATE), returned(town))
    assert updating(town).offer([stick]) is None


def test_the_office_sees_which_pc_has_which_version(town):
    take_in(town, town.month())
    office = town.office(LATE)
    assert {pc.app for pc in Enrolling(office).pcs("P001")} == {__version__}
    rows = Reviewing(office).board(OCTOBER, Month(2026, 10)).rows
    assert {row.app for row in rows if row.promoter == "P001"} == {__version__}


@pytest.mark.parametrize(
    ("name", "version"),
    [(NAME, "9.1.0"), ("kashiwa-desktop_0.2.0_amd64.deb", "0.2.0"), ("setup.exe", None),
     ("kashiwa-desktop-9.1-setup.exe", None), ("xkashiwa-desktop-9.1.0-setup.exe", None)],
)  # fmt: skip
def test_the_version_is_in_the_name(name, version):
    assert release.version_in(name) == version
