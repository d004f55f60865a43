"""Sticks that come and go, and files that arrive in a folder, looked for off the UI thread."""

import pytest
from PySide6.QtCore import QObject

from kashiwa_desktop.services.travel.inbox import Inbox
from kashiwa_desktop.services.travel.sticks import Sticks
from kashiwa_desktop.ui.widgets.folder_watch import FolderWatch
from kashiwa_desktop.ui.widgets.stick_watch import StickWatch


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "media"
    folder.mkdir()
    return folder


@pytest.fixture
def watch(media, jobs, qapp):
    holder = QObject()
    one = StickWatch(Sticks([media], lambda place: place.parent == media), jobs, holder)
    yield one
    one.stop()
    jobs.shut_down()
    holder.deleteLater()


@pytest.fixture
def rest(qtbot, jobs):
    return lambda: qtbot.waitUntil(lambda: not jobs.busy, timeout=10_000)


def test_a_stick_that_comes_is_told_once_and_one_that_goes_too(watch, media, rest):
    came, changes = [], []
    watch.came.connect(lambda stick: came.append(stick.name))
    watch.changed.connect(lambda sticks: changes.append([s.name for s in sticks]))
    (media / "A").mkdir()
    watch.start()
    rest()
    watch.look()
    rest()
    (media / "B").mkdir()
    watch.look()
    rest()
    (media / "A").rmdir()
    watch.look()
    rest()
    (media / "A").mkdir()
    watch.look()
    rest()
    assert came == ["A", "B", "A"]
    assert changes == [["A"], ["A", "B"], ["B"], ["A", "B"]]
    watch.forget()
    watch.look()
    rest()
    assert came == ["A", "B", "A", "A", "B"]


def test_nothing_is_told_after_stopping(watch, media, rest):
    came = []
    watch.came.connect(came.append)
    watch.start()
    rest()
    watch.stop()
    (media / "A").mkdir()
    watch.look()
    rest()
    assert came == []
    assert [s.name for s in watch.here] == ["A"]


@pytest.fixture
def folder_watch(jobs, qapp):
    holder = QObject()
    one = FolderWatch(jobs, holder)
    yield one
    one.stop()
    jobs.shut_down()
    holder.deleteLater()


def test_a_file_in_the_folder_is_told_when_it_kept_still(folder_watch, tmp_path, rest):
    seconds = [0.0]
    told = []
    folder_watch.changed.connect(told.append)
    folder_watch.watch(Inbox(tmp_path, lambda: seconds[0]))
    folder_watch.start()
    rest()
    file = tmp_path / "P001.kssz"
    file.write_bytes(b"one")
    folder_watch.look()
    rest()
    assert folder_watch.ready == ()
    seconds[0] = 10.0
    folder_watch.look()
    rest()
    assert folder_watch.ready == (file,)
    folder_watch.deal_with([file])
    rest()
    assert told == [[], [file], []]


def test_the_system_tells_of_an_arrival(folder_watch, tmp_path, qtbot, rest):
    seconds = iter(range(0, 10_000, 5))
    folder_watch.watch(Inbox(tmp_path, lambda: next(seconds)))
    folder_watch.start()
    rest()
    with qtbot.waitSignal(folder_watch.changed, timeout=10_000) as told:
        (tmp_path / "P001.kssz").write_bytes(b"one")
    assert told.args == [[tmp_path / "P001.kssz"]]


def test_no_folder_is_no_watch(folder_watch, tmp_path, jobs):
    folder_watch.start()
    folder_watch.deal_with([tmp_path])
    assert not jobs.busy
    folder_watch.watch(Inbox(tmp_path / "gone"))
    folder_watch.start()
    folder_watch.watch(None)
