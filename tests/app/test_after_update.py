"""A new version checks itself once; where that fails the person hears how to go back."""

import sys

import pytest
from PySide6.QtCore import QObject

from kashiwa_desktop import __version__
from kashiwa_desktop.app.after_update import WORDS, AfterUpdate
from kashiwa_desktop.services.travel.updating import Updating
from kashiwa_desktop.storage import audit, meta


def checked(qtbot, command):
    owner = QObject()
    check, said = AfterUpdate(owner, command), []
    check.failed.connect(said.append)
    with qtbot.waitSignal(check._process.stateChanged):
        check.begin()
    qtbot.waitUntil(lambda: check._process.state() == check._process.ProcessState.NotRunning)
    qtbot.wait(50)
    return said


@pytest.mark.parametrize(("code", "said"), [(0, []), (1, [WORDS]), (3, [WORDS])])
def test_only_a_check_that_fails_is_told(qtbot, code, said):
    assert checked(qtbot, [sys.executable, "-c", f"raise SystemExit({code})"]) == said


def test_a_check_that_cannot_start_is_told_too(qtbot, tmp_path):
    assert checked(qtbot, [str(tmp_path / "gone")]) == [WORDS]


def test_a_version_is_asked_for_once_and_the_log_keeps_it(town):
    store = town.pc()
    assert Updating(store, version="0.1.0").came_from() == ""
    assert Updating(store, version="0.1.0").came_from() == ""
    assert Updating(store, version="0.2.0").came_from() == "0.1.0"
    assert Updating(store, version="0.2.0").came_from() == ""
    with store.db.read() as tx:
        assert meta.get(tx, "version") == "0.2.0"
        assert [e.detail["before"] for e in audit.entries(tx, "version")] == ["0.1.0"]
    assert __version__
