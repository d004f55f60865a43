"""RELIABILITY.md §6.8: the place that was chosen is the same place at the end, or it is refused.

The stick is a folder on another disk; pulled, its empty folder stays, on the PC's own disk.
"""

import shutil
import tempfile
from pathlib import Path

import pytest

from conftest import MEMORY
from faults.at_once import command, told_at_once
from kashiwa_desktop.bundle import place
from kashiwa_desktop.disk import Disk
from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.services import printed
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.submitting import Submitting
from office_world import OCTOBER, activity

pytestmark = pytest.mark.posix("makes a link, which Windows allows to administrators only")


class Stick:
    """A folder that lies on another disk until it is pulled."""

    def __init__(self, path):
        self.path = path
        self.inside = Path(tempfile.mkdtemp(dir=MEMORY))
        path.symlink_to(self.inside)
        assert path.stat().st_dev != path.parent.stat().st_dev

    def pull(self):
        self.path.unlink()
        self.path.mkdir()

    def files(self):
        """What lies in both, hidden and half files too."""
        return [f.name for folder in (self.path, self.inside) for f in folder.iterdir()]


@pytest.fixture
def stick(tmp_path):
    made = Stick(tmp_path / "USB")
    yield made
    place._chosen.clear()
    shutil.rmtree(made.inside)


class PulledAt(Disk):
    """The stick is pulled at a step, and everything goes on as if nothing was."""

    def __init__(self, stick, step):
        real = getattr(self, step)

        def pulling(*args):
            setattr(self, step, real)
            if step != "read_back":
                stick.pull()
                return real(*args)
            found = real(*args)
            stick.pull()
            return found

        setattr(self, step, pulling)


def at_pc(town, *words):
    """Run a command in a process of its own; returns its status and what it complained of."""
    common = ("--data-dir", town.folder("P001").root)
    (told,) = told_at_once(lambda: command(*common, *words))
    status, _, complained = told.value
    return status, complained


@pytest.fixture
def closed(town):
    """A PC whose month is closed; nobody holds it open."""
    store = town.pc()
    Recording(store).add([activity()])
    Closing(store).close(OCTOBER)
    town.close()
    return town


def accept(_data):
    """Content with everything."""


def test_a_stick_that_was_pulled_since_it_was_chosen_is_refused(stick):
    out = place.chosen(stick.path)
    place.save_verified(b"one", place.within(out, "one.kssz"), accept)
    stick.pull()
    for write in (
        lambda: place.within(out, "two.kssz"),
        lambda: place.save_verified(b"two", out / "two.kssz", accept),
        lambda: printed.replace_file(out / "two.pdf", b"two"),
    ):
        with pytest.raises(PlaceError, match="USBメモリーが抜けていないか") as told:
            write()
        assert told.value.code == "gone"
    assert stick.files() == ["one.kssz"]


@pytest.mark.parametrize("step", ["write_new", "flush_folder", "read_back"])
def test_a_stick_that_is_pulled_on_the_way_is_refused(stick, step):
    out = place.chosen(stick.path)
    with pytest.raises(PlaceError) as told:
        place.save_verified(b"one", out / "one.kssz", accept, PulledAt(stick, step))
    assert told.value.code == "gone"
    assert not list(stick.path.iterdir())


def test_a_paper_whose_stick_is_pulled_on_the_way_is_refused(stick):
    out = place.chosen(stick.path / "one.pdf")

    def write():
        with printed.whole_file(out) as file:
            file.write(b"one")
            stick.pull()

    with pytest.raises(PlaceError) as told:
        write()
    assert told.value.code == "gone"
    assert not list(stick.path.iterdir())


def test_who_does_not_look_again_would_be_caught(stick, monkeypatch):
    """The wrong variant: the file lies on the PC, and 「抜いても大丈夫です」 is said."""
    out = place.chosen(stick.path)
    stick.pull()
    monkeypatch.setattr(place, "still_there", lambda _path: None)
    place.save_verified(b"one", place.within(out, "one.kssz"), accept)
    assert stick.files() == ["one.kssz"]


def test_an_empty_folder_where_sticks_appear_is_one_that_was_pulled(tmp_path, monkeypatch):
    monkeypatch.setattr(place, "STICKS", (tmp_path,))
    (tmp_path / "hanako" / "USB").mkdir(parents=True)
    with pytest.raises(PlaceError) as told:
        place.save_verified(b"one", tmp_path / "hanako" / "USB" / "one.kssz", accept)
    assert told.value.code == "gone"


def test_another_stick_chosen_anew_is_written_to(stick):
    place.chosen(stick.path)
    stick.pull()
    out = place.chosen(stick.path)
    place.save_verified(b"one", place.within(out, "one.kssz"), accept)
    assert stick.files() == ["one.kssz"]


@pytest.mark.parametrize("named", ["USB", "USB/", "USB/old.kssz/", "USB/P001.kssz"])
def test_a_folder_that_is_not_there_never_becomes_a_file(closed, named):
    town = closed
    root, before = town.root, sorted(town.root.iterdir())
    status, said = at_pc(town, "submit", OCTOBER, "--out", f"{root}/{named}")
    assert (status, "USBメモリーが抜けていないか" in said) == (1, True)
    assert sorted(root.iterdir()) == before
    assert Submitting(town.pc()).submit(OCTOBER, town.out()).file.is_file()


def test_a_paper_into_a_folder_that_is_not_there_is_told_as_that(closed):
    out = closed.root / "USB" / "a.pdf"
    status, said = at_pc(closed, "print", "report", "--month", OCTOBER, "--out", out)
    assert (status, "USBメモリーが抜けていないか" in said) == (1, True)
    assert not out.parent.exists()


@pytest.mark.parametrize(("number", "code"), [(1295, "full"), (1816, "full"), (112, "full")])
def test_a_quota_that_is_used_up_is_full(number, code):
    error = OSError(0, "")
    error.winerror = number
    assert place.in_words(error).code == code
