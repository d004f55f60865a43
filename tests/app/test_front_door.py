"""The front door from outside: quiet, in UTF-8, and without Qt where no window is wanted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kashiwa_desktop.app import front_door


def _run(*args, **environment):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "KASHIWA_"))}
    return subprocess.run(
        [sys.executable, *args],
        env={**kept, **environment},
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_no_qt_before_a_window_is_wanted():
    code = (
        "import sys, kashiwa_desktop.app.front_door\n"
        "assert not [m for m in sys.modules if m.startswith('PySide6')]"
    )
    done = _run("-c", code)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_the_self_check_passes_and_says_nothing_else(locale):
    done = _run("-m", "kashiwa_desktop", "--self-check", LC_ALL=locale, LANG=locale)
    lines = done.stdout.decode("utf-8").splitlines()
    assert done.returncode == 0, lines
    assert done.stderr == b""
    assert [line[0] for line in lines[:-1]] == ["○"] * 5
    assert lines[-1].endswith("すべて整っています")


def test_a_clock_that_cannot_be_read_is_wrong_usage(tmp_path):
    folder = str(tmp_path / "data")
    done = _run("-m", "kashiwa_desktop", "--data-dir", folder, KASHIWA_NOW="きのう")
    assert done.returncode == 2
    assert "KASHIWA_NOW" in done.stderr.decode("utf-8")


@pytest.mark.parametrize(
    ("words", "left", "files"),
    [
        (["a.kssr"], [], ["a.kssr"]),
        (["C:/受け取り/a.KSSR", "b.kssc"], [], ["C:/受け取り/a.KSSR", "b.kssc"]),
        (["--data-dir", "intake", "a.kssz"], ["--data-dir", "intake"], ["a.kssz"]),
        (["intake", "a.kssz"], ["intake", "a.kssz"], []),
        (["--json", "receive", "a.kssr"], ["--json", "receive", "a.kssr"], []),
        (["a.txt"], ["a.txt"], []),
        ([], [], []),
    ],
)
def test_a_double_click_names_files_and_a_command_keeps_its_own(words, left, files):
    assert front_door._split_files(words) == (left, [Path(name) for name in files])
