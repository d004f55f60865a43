"""The log holds codes and numbers, stays small and private, and forgets."""

import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kashiwa_desktop import logs
from kashiwa_desktop.paths import is_private

DAY = 86_400


@pytest.fixture
def lines(tmp_path):
    return lambda: (tmp_path / logs.LOG).read_text(encoding="utf-8").splitlines()


def test_an_event_is_a_code_and_numbers_in_a_private_file(tmp_path, lines):
    with logs.kept_in(tmp_path):
        logs.note("intake-done", files=21, record="0195aa-7f")
    (line,) = lines()
    assert line.endswith(" INFO kashiwa_desktop intake-done files=21 record=0195aa-7f")
    assert is_private(tmp_path / logs.LOG)


def failing(name):
    try:
        {}[name]
    except KeyError as error:
        raise OSError(28, f"for {name} hanako") from error


def test_names_do_not_get_into_the_log_by_any_way(tmp_path, lines):
    name = "架空 花子"
    with logs.kept_in(tmp_path):
        logs.note("opened", who=name, place="/home/hanako/x y")
        logging.getLogger("kashiwa_desktop.ui").warning("shown\nto %s", name)
        try:
            failing(name)
        except OSError:
            logging.getLogger("kashiwa_desktop").exception("bug")
    text = "\n".join(lines())
    assert "花子" not in text
    assert "hanako" not in text
    assert "who=? place=?" in text
    assert "OSError[28] at test_logs:" in text.replace("tests.", "")
    assert "; after KeyError at " in text
    assert len(lines()) == 3


def test_five_files_of_one_megabyte(tmp_path):
    with logs.kept_in(tmp_path):
        for _ in range(7000):
            logging.getLogger("kashiwa_desktop").info("x" * 950)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 5
    assert max(file.stat().st_size for file in files) <= 1_000_000


def test_what_is_older_than_ninety_days_is_gone(tmp_path):
    page = tmp_path / f"{logs.LOG}.1"
    page.write_text("old\n", encoding="utf-8")
    os.utime(page, (time.time() - 61 * DAY,) * 2)
    old = time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(time.time() - 31 * DAY))
    (tmp_path / logs.LOG).write_text(f"{old} INFO kashiwa_desktop first\n", encoding="utf-8")
    with logs.kept_in(tmp_path):
        logs.note("started")
    assert "first" in page.read_text(encoding="utf-8")
    assert (tmp_path / logs.LOG).read_text(encoding="utf-8").count("\n") == 1


def test_a_page_without_a_readable_time_is_turned_and_a_fresh_one_is_not(tmp_path, lines):
    (tmp_path / logs.LOG).write_bytes(b"\xff broken\n")
    for _ in range(2):
        with logs.kept_in(tmp_path):
            logs.note("started")
    assert len(lines()) == 2
    assert (tmp_path / f"{logs.LOG}.1").exists()


def test_without_a_place_for_the_log_work_goes_on(tmp_path):
    with logs.kept_in(tmp_path / "nowhere"):
        logs.note("started")
    assert not list(tmp_path.iterdir())


@pytest.mark.posix("fills a disk by /dev/full")
def test_a_full_disk_does_not_stop_the_program(tmp_path, capsys):
    (tmp_path / logs.LOG).symlink_to("/dev/full")
    with logs.kept_in(tmp_path):
        logs.note("started")
    assert capsys.readouterr().err == ""


def test_a_bug_is_logged_and_told_wherever_it_arises(tmp_path, lines):
    told = []
    with logs.kept_in(tmp_path), logs.bugs_caught(told.append):
        sys.excepthook(ValueError, ValueError("main"), None)
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
    assert [type(error) for error in told] == [ValueError, ZeroDivisionError]
    assert [" bug " in line for line in lines()] == [True, True]


def test_stopping_by_hand_is_not_a_bug(capsys):
    told = []
    with logs.bugs_caught(told.append):
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not told
    assert "KeyboardInterrupt" in capsys.readouterr().err


CRASHING = """
import ctypes, pathlib, sys
from kashiwa_desktop import logs
with logs.crash_notes(pathlib.Path(sys.argv[1])) as last:
    print(last)
    if len(sys.argv) > 2:
        ctypes.string_at(0)
"""


def crashing(tmp_path, *more):
    script = tmp_path / "hanako" / "script.py"
    script.parent.mkdir(exist_ok=True)
    script.write_text(CRASHING, encoding="utf-8")
    folder = tmp_path / "log"
    folder.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, script, folder, *more], capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.posix("crashes by a wild read, which ctypes catches on Windows")
def test_a_crash_of_the_interpreter_is_told_at_the_next_start_and_only_once(tmp_path):
    assert crashing(tmp_path, "now").returncode < 0
    told = crashing(tmp_path).stdout
    assert "Segmentation fault" in told
    assert 'File "script.py", line 7' in told
    assert "hanako" not in told
    assert crashing(tmp_path).stdout == "\n"


def test_a_note_taker_already_at_work_stays(tmp_path):
    with logs.crash_notes(tmp_path) as last:
        assert last == ""
    assert not list(tmp_path.iterdir())


ORDERLY = CRASHING.replace("ctypes.string_at(0)", "faulthandler.dump_traceback(open(HERE, 'a'))")
ORDERLY = ORDERLY.replace("import ctypes", "import faulthandler").replace(
    "HERE", "pathlib.Path(sys.argv[1]) / logs.CRASH"
)


def test_what_was_noted_before_an_orderly_end_is_no_crash(tmp_path):
    script, folder = tmp_path / "script.py", tmp_path / "log"
    script.write_text(ORDERLY, encoding="utf-8")
    folder.mkdir()
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, script, folder, "now"], capture_output=True, encoding="utf-8"
        )
        assert (done.returncode, done.stdout) == (0, "\n")
    assert "most recent call first" in (folder / logs.CRASH_SEEN).read_text(encoding="utf-8")
    assert (folder / logs.CRASH).read_bytes() == b""


def refuse_to_move(monkeypatch, *names):
    """Let another process hold these pages: on Windows an open file cannot be renamed."""
    real = Path.replace

    def replace(self, target):
        if self.name in names or Path(target).name in names:
            raise PermissionError(13, "held", str(self), 32)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


PAGES = [logs.LOG, *(f"{logs.LOG}.{n}" for n in range(1, 5))]


@pytest.mark.parametrize("held", PAGES)
def test_no_page_is_lost_while_another_process_holds_one(tmp_path, monkeypatch, held):
    for page in PAGES:
        (tmp_path / page).write_text(f"broken {page}\n", encoding="utf-8")
    refuse_to_move(monkeypatch, held)
    for _ in range(3):
        with logs.kept_in(tmp_path):
            logs.note("started")
    text = "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    lost = [page for page in PAGES if f"broken {page}\n" not in text]
    assert lost in ([], [PAGES[-1]])
    assert text.count(" started") == 3
    if held == logs.LOG:
        assert lost == []


def test_a_page_that_cannot_be_removed_is_no_reason_to_have_no_log(tmp_path, monkeypatch, lines):
    page = tmp_path / f"{logs.LOG}.1"
    page.write_text("old\n", encoding="utf-8")
    os.utime(page, (time.time() - 61 * DAY,) * 2)
    monkeypatch.setattr(Path, "unlink", lambda *_a, **_k: (_ for _ in ()).throw(PermissionError()))
    with logs.kept_in(tmp_path):
        logs.note("started")
    assert len(lines()) == 1


def test_a_crash_is_told_though_another_process_holds_its_note(tmp_path, monkeypatch):
    (tmp_path / logs.CRASH).write_text('File "/home/hanako/x.py", line 7\n', encoding="utf-8")
    refuse_to_move(monkeypatch, logs.CRASH, logs.CRASH_SEEN)
    for told in ('File "x.py", line 7\n', ""):
        with logs.crash_notes(tmp_path) as last:
            assert last == told
