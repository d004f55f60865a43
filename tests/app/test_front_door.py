"""The front door from outside: quiet, in UTF-8, and without Qt where no window is wanted."""

import os
import subprocess
import sys

import pytest


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
