"""A new version checks itself once; where that fails the person hears how to go back."""

import sys

import pytest
from PySide6.QtCore import QObject

from kashiwa_desktop.app.after_update import AfterUpdate


def checked(qtbot, command):
    owner = QObject()
    check, said = AfterUpdate(owner, command), []
    check.failed.connect(lambda: said.append(True))
    with qtbot.waitSignal(check._process.stateChanged):
        check.begin()
    qtbot.waitUntil(lambda: check._process.state() == check._process.ProcessState.NotRunning)
    qtbot.wait(50)
    return said


@pytest.mark.parametrize(("code", "said"), [(0, []), (1, [True]), (3, [True])])
def test_only_a_check_that_fails_is_told(qtbot, code, said):
    assert checked(qtbot, [sys.executable, "-c", f"raise SystemExit({code})"]) == said


def test_a_check_that_cannot_start_is_told_too(qtbot, tmp_path):
    assert checked(qtbot, [str(tmp_path / "gone")]) == [True]


def test_a_check_that_breaks_off_is_told_too(qtbot):
    words = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert checked(qtbot, [sys.executable, "-c", words]) == [True]
