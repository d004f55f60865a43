"""RELIABILITY.md R33, R36: of a messy stick only our files are found, and nothing is opened."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kashiwa_desktop.progress import CancelledError, Progress
from kashiwa_desktop.services.travel.gathering import DEEPEST, gather
from ratios import times_the_floor

_OPENED = """
import sys
from pathlib import Path
opened = []
sys.addaudithook(lambda name, args: opened.append(str(args[0])) if name == "open" else None)
from kashiwa_desktop.services.travel.gathering import gather
opened.clear()
found = gather([Path(sys.argv[1])])
inside = [name for name in opened if name.startswith(sys.argv[1])]
print(len(found.files), found.unread, len(inside))
"""


LIMIT = 4
"""How many times a bare listing of its folders looking for our files may take at most."""


def messy(stick, others=5_000):
    """A stick as people have them, with two files of ours among everything else."""
    (stick / "写真").mkdir(parents=True)
    for number in range(others):
        folder = stick / "写真" if number % 2 else stick
        (folder / f"IMG_{number:05d}.jpg").touch()
    (stick / "autorun.inf").write_text("[autorun]\nopen=evil.exe\n", encoding="utf-8")
    (stick / "提出用.kssz.lnk").write_bytes(b"L\x00\x00\x00")
    (stick / "evil.exe").write_bytes(b"MZ")
    for hidden in (".Trashes", "$RECYCLE.BIN", "System Volume Information"):
        (stick / hidden).mkdir()
        (stick / hidden / "P009.kssz").write_bytes(b"thrown away")
    (stick / "._P001.kssz").write_bytes(b"left by a Mac")
    (stick / "P003.kssz").mkdir()
    if os.name == "posix":  # no stick of Windows has any
        os.mkfifo(stick / "P004.kssz")
        (stick / "link.kssz").symlink_to("/etc/hostname")
        (stick / "round").symlink_to(stick, target_is_directory=True)
    (stick / "P001.kssz").write_bytes(b"one")
    (stick / "写真" / "P002.KSSZ").write_bytes(b"two")
    return [stick / "P001.kssz", stick / "写真" / "P002.KSSZ"]


@pytest.fixture(scope="module")
def stick(quick):
    folder = quick / "messy-stick"
    messy(folder)
    return folder


def test_only_ours_are_found(stick):
    found = gather([stick])
    assert found.files == (stick / "P001.kssz", stick / "写真" / "P002.KSSZ")
    assert found.unread == 0


def listed(stick):
    """The floor: both large folders are read, and of every name it is asked what it is."""
    for folder in (stick, stick / "写真"):
        with os.scandir(folder) as entries:
            for entry in entries:
                entry.is_dir(follow_symlinks=False)


def test_5000_other_files_cost_little_more_than_listing_them(stick, figure):
    ratio = times_the_floor(lambda: gather([stick]), lambda: listed(stick), LIMIT)
    figure(f"5,000 other files: {ratio:.1f} times a bare listing")
    assert ratio < LIMIT


def test_asking_each_file_more_would_be_noticed(stick):
    """The wrong variant: every file is looked at by itself."""

    def asking():
        for path in stick.rglob("*"):
            path.is_file()

    assert times_the_floor(asking, lambda: listed(stick), LIMIT) > LIMIT


def test_nothing_is_opened(tmp_path):
    messy(tmp_path / "stick", others=50)
    done = subprocess.run(
        [sys.executable, "-c", _OPENED, str(tmp_path / "stick")],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["2", "0", "0"]


def test_the_watcher_of_opened_files_has_teeth(tmp_path):
    (tmp_path / "a").write_text("x", encoding="utf-8")
    reading = _OPENED.replace(
        "found = gather", "Path(sys.argv[1], 'a').read_text(); found = gather"
    )
    done = subprocess.run(
        [sys.executable, "-c", reading, str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.split()[2] == "1"


def test_what_cannot_be_read_does_not_stop_the_rest(tmp_path, monkeypatch):
    wanted = messy(tmp_path / "stick", others=4)
    (tmp_path / "stick" / "closed").mkdir()
    real = os.scandir

    def refusing(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "closed")
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = gather([tmp_path / "stick"])
    assert found.files == tuple(wanted)
    assert found.unread == 1


def test_named_files_and_folders_together_each_once(tmp_path):
    wanted = messy(tmp_path / "stick", others=4)
    elsewhere = tmp_path / "P010.kssz"
    found = gather([elsewhere, wanted[0], tmp_path / "stick"])
    assert found.files == (elsewhere, *wanted)


def test_folders_too_deep_are_counted_and_not_looked_into(tmp_path):
    deep = tmp_path
    for number in range(DEEPEST + 2):
        deep = deep / f"d{number}"
    deep.mkdir(parents=True)
    (deep / "P001.kssz").touch()
    (deep.parents[2] / "P002.kssz").touch()
    found = gather([tmp_path])
    assert [f.name for f in found.files] == ["P002.kssz"]
    assert found.unread == 1


def test_a_stick_that_is_gone_is_a_file_that_cannot_be_found(tmp_path):
    assert gather([tmp_path / "gone"]).files == (tmp_path / "gone",)


def test_looking_can_be_broken_off(tmp_path):
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        gather([tmp_path], progress)
