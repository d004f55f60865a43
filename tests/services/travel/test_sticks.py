"""Sticks are found where the system mounts them."""

import shutil

import pytest

from kashiwa_desktop import windows
from kashiwa_desktop.services.travel import sticks
from kashiwa_desktop.services.travel.sticks import Sticks
from windows_library import Windows


@pytest.mark.posix("looks where Linux mounts sticks")
def test_sticks_one_or_two_folders_deep(tmp_path):
    one, two = tmp_path / "media" / "KIOXIA", tmp_path / "run" / "hanako" / "BUFFALO"
    one.mkdir(parents=True)
    two.mkdir(parents=True)
    (tmp_path / "media" / "file").write_text("x", encoding="utf-8")
    roots = [tmp_path / "media", tmp_path / "run", tmp_path / "none"]
    found = Sticks(roots, {one, two}.__contains__).find()
    assert [(s.name, s.path) for s in found] == [("BUFFALO", two), ("KIOXIA", one)]
    assert all(s.free > 0 for s in found)


def test_an_ordinary_folder_is_no_stick(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert Sticks([tmp_path]).find() == []
    assert Sticks().find() is not None


def test_a_stick_that_is_being_pulled_out_is_left_out(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()

    def pulled(place):
        place.rmdir()
        return True

    assert Sticks([tmp_path], pulled).find() == []


def test_on_windows_sticks_have_the_name_that_stands_on_them(tmp_path, monkeypatch):
    pc = Windows(
        {
            "C:\\": (3, 11, "OS"),
            "D:\\": (5, 11, "DVD"),
            "E:\\": (2, 7, "BUFFALO"),
            "F:\\": (3, 7, "控え"),
            "G:\\": (2, 7, None),
            "H:\\": (2, 7, ""),
            "Z:\\": (4, None, "share"),
        }
    )
    monkeypatch.setattr(windows, "is_here", lambda: True)
    monkeypatch.setattr(windows, "library", pc.library)
    empty = shutil.disk_usage(tmp_path)._replace(free=5)

    def usage(place):
        if str(place) == "G:\\":
            raise OSError(21, "no card")
        return empty

    monkeypatch.setattr(sticks.shutil, "disk_usage", usage)
    found = Sticks().find()
    assert [(s.name, str(s.path), s.free) for s in found] == [
        ("BUFFALO (E:)", "E:\\", 5), ("H:", "H:\\", 5), ("控え (F:)", "F:\\", 5),
    ]  # fmt: skip
    assert pc.modes[0] == 0x8001
    assert pc.modes[-1] == 0
    assert pc.open == {}
