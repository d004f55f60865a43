"""R14, R15, R11: records that can only be read or belong to somebody else, and a full disk.

As root nothing is forbidden: there the stories are told by a child that became nobody. A full disk
is a limit on the size of files (RLIMIT_FSIZE), which needs no mount. A disk that can only be read
is one, where this machine lets us mount it, else a folder of root's that nobody may write to.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from functools import partial
from pathlib import Path

import pytest

from faults import children
from kashiwa_desktop.errors import AppError
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.safety.copying import Copying
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.store import open_folder
from kashiwa_desktop.services.travel.submitting import Submitting
from office_world import OCTOBER, activity, moment
from posix_parts import resource

pytestmark = pytest.mark.posix("takes rights away, and limits the size of files by resource")

NOBODY = 65534


@pytest.fixture
def pc():
    """A promoter's folder with one record, in a place that everybody may reach."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        root.chmod(0o755)
        yield root


def moved_to(town, root):
    """A promoter's data folder with one record in it."""
    Recording(town.pc()).add([activity(3)])
    town.pc().folder.log.mkdir(exist_ok=True)
    town.close()
    shutil.copytree(town.folder("P001").root, root / "P001")
    return type(town.folder("P001"))(root / "P001")


def as_somebody_else(folder, story):
    """Tell a story as a person who is not root; returns its exit code."""

    def told():
        if os.getuid() == 0:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        story(folder)

    return children.told(told)


def opened(folder):
    return open_folder(folder, Clock(moment("2026-10-31T18:00")), Chance("tests"))


def look_and_be_refused(folder):
    """The records are seen, a save is refused in words, and nothing else goes wrong."""
    store = opened(folder)
    assert len(Recording(store).records()) == 1
    assert "書き込めません" in store.db.closed_for
    with pytest.raises(AppError, match="書き込めません"):
        Recording(store).add([activity(4)])
    assert Copying(store).at_start() is None
    assert Copying(store).at_close() is None
    store.close()


def be_refused(folder):
    """Nothing can be opened, and that is said in words."""
    with pytest.raises((AppError, PermissionError)):  # the desk has a sentence for the second
        opened(folder)


def work_as_ever(folder):
    """Its owner may mend the folder's mode, and does."""
    store = opened(folder)
    Recording(store).add([activity(4)])
    store.close()


def given_away(folder, *, files, folders):
    for path in [folder.root, *folder.root.rglob("*")]:
        if os.getuid() == 0:
            os.chown(path, NOBODY, NOBODY)
        path.chmod(folders if path.is_dir() else files)


@pytest.mark.parametrize(
    ("files", "folders", "story"),
    [
        (0o400, 0o500, look_and_be_refused),
        (0o400, 0o700, look_and_be_refused),
        (0o600, 0o500, work_as_ever),
        (0o000, 0o700, be_refused),
        (0o000, 0o000, be_refused),
    ],
)
def test_r15_what_may_only_be_read_is_shown_and_said(town, pc, files, folders, story, capfd):
    folder = moved_to(town, pc)
    given_away(folder, files=files, folders=folders)
    try:
        assert as_somebody_else(folder, story) == 0, capfd.readouterr().err
    finally:
        given_away(folder, files=0o600, folders=0o700)


@contextlib.contextmanager
def read_only(folder):
    """Let a folder be read only, by a mount where possible; gives how to tell a story there."""
    bind = ["mount", "--bind", folder, folder]
    again = ["mount", "-o", "remount,bind,ro", folder]
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    if os.getuid() == 0 and subprocess.run(bind, capture_output=True, check=False).returncode == 0:
        try:
            subprocess.run(again, capture_output=True, check=True)
            yield children.told, "a disk mounted to be read only"
        finally:
            subprocess.run(["umount", folder], check=True)
        return
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield partial(as_somebody_else, folder), "a folder that one may only read"


def test_r14_a_disk_that_can_only_be_read_is_shown_and_said(town, pc, figure, capfd):
    folder = moved_to(town, pc)
    before = folder.store.read_bytes()
    with read_only(folder.root) as (tell, what):
        story = partial(look_and_be_refused, folder)
        ended = tell(story) if tell is children.told else tell(lambda _: story())
        assert ended == 0, capfd.readouterr().err
    figure(f"R14: {what}: shown, said, 0 tracebacks")
    assert folder.store.read_bytes() == before


def test_r15_a_program_that_does_not_ask_would_be_caught(town, pc, monkeypatch, capfd):
    """The wrong variant: nobody looks whether the place can be written to."""
    folder = moved_to(town, pc)
    given_away(folder, files=0o400, folders=0o500)
    monkeypatch.setattr(os, "access", lambda *_: True)
    try:
        assert as_somebody_else(folder, look_and_be_refused) != 0
    finally:
        given_away(folder, files=0o600, folders=0o700)
    assert "AssertionError" in capfd.readouterr().err


def until_full(town, limit):
    """Save until the disk is full; returns (saves told to be done, saves there, saves after)."""
    store = town.pc()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = store.folder.store.stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + limit, before[1]))
    done = 0
    try:
        with contextlib.suppress(AppError):
            for n in range(400):
                Recording(store).add([activity(1 + n % 28, content="長い話。" * 400)])
                done += 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    held = len(Recording(town.pc()).records())
    Recording(town.pc()).add([activity(2)])
    return done, held, len(Recording(town.pc()).records())


def test_r11_a_full_disk_refuses_in_words_and_loses_nothing(town, figure):
    done, held, after = until_full(town, 120_000)
    figure(f"R11: {done} saves until the disk was full, {held} there, {after - held} after release")
    assert 0 < done < 400
    assert held == done
    assert after == held + 1
    assert Keeping(town.pc()).check() == []


def test_r11_with_a_full_disk_one_can_look_and_hand_over_elsewhere(town):
    store = town.pc()
    Recording(store).add([activity(3)])
    size = store.folder.store.stat().st_size
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, before[1]))
    try:
        assert len(Recording(store).records()) == 1
        with pytest.raises(AppError):
            Keeping(store).back_up()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert Submitting(store).submit(OCTOBER, town.out()).revisions
    assert Keeping(town.pc()).check() == []
    assert not list(store.folder.copies.iterdir())
