"""A new version on a stick: only the very file that the office named is ever offered or started."""

import shutil
from pathlib import Path

import pytest

from kashiwa_desktop import __version__
from kashiwa_desktop.bundle import place
from kashiwa_desktop.disk import Disk
from kashiwa_desktop.domain import release, settings_schema
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.release import LINUX, WINDOWS
from kashiwa_desktop.errors import PlaceError, RefusedError
from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.office.enrolling import Enrolling
from kashiwa_desktop.services.office.releasing import Releasing
from kashiwa_desktop.services.office.settings_changes import shared_patch
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.safety import updating as module
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.safety.looking_into import named_copies
from kashiwa_desktop.services.safety.updating import ANOTHER, Came, Updating
from kashiwa_desktop.services.store import save
from kashiwa_desktop.services.travel import setup_start
from kashiwa_desktop.services.travel.setup_start import LINES, WAITER, SetupStart
from kashiwa_desktop.storage import audit, revisions
from office_world import OCTOBER
from services.key_scenes import LATE, receive, returned, take_in

NAME = "kashiwa-desktop-9.1.0-setup.exe"
PACKAGE = "kashiwa-desktop_9.2.0_amd64.deb"
BYTES = b"MZ a setup file, invented" * 1000
NOTES = ("画面が見やすくなりました",)


@pytest.fixture(autouse=True)
def on_windows(monkeypatch):
    monkeypatch.setattr(setup_start, "system", lambda: WINDOWS)


@pytest.fixture
def handed(town):
    """The office hands out 9.1.0; a stick holds the file, P001 knows it by a return."""
    stick = town.out()
    file = stick / NAME
    file.write_bytes(BYTES)
    Releasing(town.office(LATE)).announce(file, NOTES)
    receive(town.pc(at=LATE), returned(town))
    return town, stick


class Started:
    """What would have been started."""

    def __init__(self):
        self.calls = []

    def __call__(self, words, **more):
        self.calls.append((words, more))


def updating(town, started=None, version=__version__):
    return Updating(town.pc(at=LATE), SetupStart(started or Started()), version)


def test_it_is_offered_by_name_size_and_fingerprint(handed):
    town, stick = handed
    offer = updating(town).offer([town.out(), stick])
    assert offer is not None
    assert (offer.release.version, offer.file, offer.refused) == ("9.1.0", stick / NAME, "")
    assert offer.release.notes == NOTES


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
        desk = updating(town)
        offer = desk.offer([stick])
        assert offer is not None
        assert offer.refused == ANOTHER
        with pytest.raises(RefusedError):
            desk.put_in(offer)


def test_a_file_that_is_exchanged_between_the_look_and_the_copy_is_not_taken(handed):
    town, stick = handed
    desk = updating(town)
    offer = desk.offer([stick])
    (stick / NAME).write_bytes(b"MZ something else")
    with pytest.raises(RefusedError):
        desk.put_in(offer)
    assert list(town.pc(at=LATE).folder.updates.iterdir()) == []


def test_a_file_that_is_exchanged_before_the_start_is_not_started(handed):
    town, stick = handed
    started = Started()
    desk = updating(town, started)
    ready = desk.put_in(desk.offer([stick]))
    ready.file.write_bytes(BYTES[:-1] + b"X")
    with pytest.raises(RefusedError):
        desk.start(ready)
    assert started.calls == []


def test_without_the_fingerprint_it_would_be_offered(handed, monkeypatch):
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
    (stick / NAME).symlink_to(stick / "inner" / NAME)
    assert updating(town).offer([stick]) is None
    assert opened == []


def test_who_is_as_new_or_newer_is_offered_nothing(handed):
    town, stick = handed
    for version in ("9.1.0", "9.2.0", "10.0.0"):
        assert updating(town, version=version).offer([stick]) is None
    assert updating(town, version="9.0.9").offer([stick]) is not None


def test_each_system_is_offered_its_own_file_only(handed, monkeypatch):
    town, stick = handed
    (stick / PACKAGE).write_bytes(b"!<arch>, invented")
    office = Releasing(town.office(LATE))
    office.announce(stick / PACKAGE)
    assert [one.file for one in office.present()] == [NAME, PACKAGE]
    receive(town.pc(at=LATE), returned(town))
    assert updating(town).offer([stick]).file == stick / NAME
    monkeypatch.setattr(setup_start, "system", lambda: LINUX)
    desk = updating(town)
    ready = desk.put_in(desk.offer([stick]))
    assert ready.file.name == PACKAGE
    assert f"sudo apt install '{ready.file}'" in ready.by_hand
    started = Started()
    updating(town, started).start(ready)
    assert started.calls == []
    assert updating(town).came().wanted == ""


def test_it_copies_before_it_starts_and_the_stick_may_go(handed):
    town, stick = handed
    store = town.pc(at=LATE)
    before = len(named_copies(store.folder))
    started = Started()
    desk = updating(town, started)
    ready = desk.put_in(desk.offer([stick]))
    assert started.calls == []
    shutil.rmtree(stick)
    assert ready.file == store.folder.updates / NAME
    assert ready.file.read_bytes() == BYTES
    assert (len(named_copies(store.folder)), named_copies(store.folder)[0].why) == (
        before + 1, "update",
    )  # fmt: skip
    assert updating(town).offer([]).file == ready.file
    desk.start(ready)
    ((words, more),) = started.calls
    assert words[1:] == ["/d", "/c", str(store.folder.updates / WAITER)]
    assert (more["env"]["KASHIWA_SETUP"], more["env"]["KASHIWA_DATA"]) == (
        str(ready.file), str(store.folder.root),
    )  # fmt: skip
    assert Path(words[-1]).read_bytes().decode("ascii") == LINES.replace("\n", "\r\n")


def test_where_the_setup_cannot_start_the_person_hears_that_all_is_as_it_was(handed):
    town, stick = handed

    def refuse(_words, **_more):
        raise PermissionError(13, "not allowed here")

    desk = updating(town, refuse)
    with pytest.raises(PlaceError) as told:
        desk.start(desk.put_in(desk.offer([stick])))
    assert told.value.code == "cannot_start"


def test_what_became_of_it_is_told_once(handed):
    town, stick = handed
    desk = updating(town)
    assert desk.came() == Came(__version__)
    desk.put_in(desk.offer([stick]))
    refused = updating(town).came()
    assert (refused.wanted, refused.is_in, refused.before) == ("9.1.0", False, "")
    assert updating(town).came() == Came(__version__)
    assert updating(town).offer([]) is not None  # it can be tried again without the stick
    desk.put_in(desk.offer([]))
    done = updating(town, version="9.1.0").came()
    assert (done.wanted, done.is_in, done.before) == ("9.1.0", True, __version__)
    store = town.pc(at=LATE)
    assert list(store.folder.updates.iterdir()) == []
    with store.db.read() as tx:
        assert [e.detail["before"] for e in audit.entries(tx, "version")] == [__version__]


def test_pcs_that_share_a_store_are_told_apart(handed, monkeypatch):
    town, _ = handed
    for name, version in (("one", "0.2.0"), ("two", "0.3.0"), ("one", "0.2.0"), ("two", "0.3.0")):
        monkeypatch.setattr(module.platform, "node", lambda name=name: name)
        assert updating(town, version=version).came().before == ""


def test_the_office_chooses_once_and_lays_it_beside_what_it_hands_out(handed):
    town, stick = handed
    office = Releasing(town.office(LATE))
    shutil.rmtree(stick)
    other = town.out()
    assert office.lay(other) == [other / NAME]
    assert (other / NAME).read_bytes() == BYTES
    assert [path.name for path in other.iterdir()] == [NAME]
    stamp = (other / NAME).stat().st_mtime_ns
    office.lay(other)
    assert (other / NAME).stat().st_mtime_ns == stamp
    (other / NAME).write_bytes(bytes(len(BYTES)))
    office.lay(other)
    assert (other / NAME).read_bytes() == BYTES


def test_a_pc_of_the_office_that_has_not_the_file_is_given_it_again(handed):
    town, stick = handed
    store = town.office(LATE)
    (store.folder.updates / NAME).unlink()
    office, other = Releasing(store), town.out()
    assert office.at_hand() == ()
    with pytest.raises(RefusedError) as told:
        office.lay(other)
    assert told.value.code == "no_release"
    wrong = town.out() / NAME
    wrong.write_bytes(BYTES + b"!")
    with pytest.raises(RefusedError) as told:
        office.lay(other, file=wrong)
    assert told.value.code == "another_release"
    assert list(other.iterdir()) == []
    with pytest.raises(PlaceError):
        office.lay(other, file=town.out() / NAME)
    assert office.lay(other, file=stick / NAME) == [other / NAME]


class Lying(Disk):
    """A medium that gives back something else than it was given."""

    def pieces(self, path, limit):
        yield bytes(path.stat().st_size)


def test_what_cannot_be_read_back_from_the_medium_is_not_laid(handed, monkeypatch):
    town, _ = handed
    office, other = Releasing(town.office(LATE)), town.out()
    monkeypatch.setattr(place, "Disk", Lying)
    with pytest.raises(PlaceError) as told:
        office.lay(other)
    assert told.value.code == "different"
    assert list(other.iterdir()) == []


def test_a_stick_without_room_is_told_before_anything_is_written(handed, monkeypatch):
    town, _ = handed
    office, other = Releasing(town.office(LATE)), town.out()
    full = shutil.disk_usage(other)._replace(free=len(BYTES) - 1)
    monkeypatch.setattr(place.shutil, "disk_usage", lambda _: full)
    with pytest.raises(PlaceError) as told:
        office.lay(other)
    assert told.value.code == "full"
    assert list(other.iterdir()) == []


def test_it_can_be_stopped_and_leaves_nothing(handed):
    town, stick = handed
    office, other, progress = Releasing(town.office(LATE)), town.out(), Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        office.lay(other, progress)
    assert list(other.iterdir()) == []
    with pytest.raises(CancelledError):
        updating(town).offer([stick], progress)


def test_what_is_no_setup_file_is_not_named(town):
    file = town.out() / "setup.exe"
    file.write_bytes(BYTES)
    office = Releasing(town.office(LATE))
    with pytest.raises(RefusedError):
        office.announce(file)
    assert office.present() == ()


def test_what_is_new_is_as_long_as_a_file_can_hold(town):
    file = town.out() / NAME
    file.write_bytes(BYTES)
    office = Releasing(town.office(LATE))
    for notes in (["あ" * 201], ["1行"] * 21):
        with pytest.raises(RefusedError) as told:
            office.announce(file, notes)
        assert told.value.code == "notes"
    assert office.present() == ()
    assert office.announce(file, ["速くなりました\n\n 見やすくなりました "]).notes == (
        "速くなりました", "見やすくなりました",
    )  # fmt: skip


def test_it_can_be_taken_back(handed):
    town, stick = handed
    office = town.office(LATE)
    Releasing(office).withdraw()
    assert list(office.folder.updates.iterdir()) == []
    receive(town.pc(at=LATE), returned(town))
    assert updating(town).offer([stick]) is None


def test_the_office_sees_which_pc_has_which_version(handed):
    town, _ = handed
    take_in(town, town.month())
    store = town.office(LATE)
    assert {pc.app for pc in Enrolling(store).pcs("P001")} == {__version__}
    rows = Reviewing(store).board(OCTOBER, Month(2026, 10)).rows
    assert {row.app for row in rows if row.promoter == "P001"} == {__version__}
    behind = {one.promoter: one.app for one in Releasing(store).behind()}
    assert behind["P001"] == __version__
    Releasing(store).withdraw()
    assert Releasing(store).behind() == []


@pytest.mark.parametrize(
    ("name", "version"),
    [(NAME, "9.1.0"), ("kashiwa-desktop_0.2.0_amd64.deb", "0.2.0"), ("setup.exe", None),
     ("kashiwa-desktop-9.1-setup.exe", None), ("xkashiwa-desktop-9.1.0-setup.exe", None)],
)  # fmt: skip
def test_the_version_is_in_the_name(name, version):
    assert release.version_in(name) == version


def test_a_program_that_does_not_know_the_kind_carries_it_along(handed, monkeypatch):
    """As the version before reads it: nothing is refused, and after the update it counts."""
    town, stick = handed
    file = OfficeSetup(town.office(LATE)).setup_file(town.out(), town.keys).file
    monkeypatch.delitem(settings_schema.SETTINGS, "release")
    pc = town.pc("P002", LATE)
    assert Updating(pc).wanted() is None
    PromoterSetup(pc).read(file, "P002")
    assert Keeping(pc).check(rebuild=True) == []
    with pc.db.read() as tx, town.office(LATE).db.read() as held:
        assert revisions.shared_lines(tx) == revisions.shared_lines(held)
    monkeypatch.undo()
    monkeypatch.setattr(setup_start, "system", lambda: WINDOWS)
    assert Updating(pc).offer([stick]) is not None


def test_what_a_later_version_says_of_a_release_stays_in_it(handed, monkeypatch):
    """Fields that this version does not know travel on, and do not hinder it."""
    town, stick = handed
    store = town.office(LATE)
    with store.db.write() as tx:
        change = shared_patch(tx, {"kind": "release"}, WINDOWS, {"signed_by": "of tomorrow"})
        save(store, tx, [change])
    Releasing(store).announce(stick / NAME, ("直しました",))
    receive(town.pc(at=LATE), returned(town))
    assert updating(town).offer([stick]).release.notes == ("直しました",)
    with town.pc(at=LATE).db.read() as tx:
        (body,) = [
            r.body for r in revisions.shown(tx, "settings") if r.body.get("kind") == "release"
        ]
    assert body["signed_by"] == "of tomorrow"
