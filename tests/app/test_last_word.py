"""Whatever stands in the way before the window shows: said in Japanese, with the log's place."""

from argparse import Namespace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from kashiwa_desktop import logs, windows
from kashiwa_desktop.app import front_door, log_place, opening, starting, window
from kashiwa_desktop.app.opening import StoppedWindow
from kashiwa_desktop.errors import PlaceError
from kashiwa_desktop.paths import DataFolder
from kashiwa_desktop.ui import theme
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from windows_library import Windows


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Open the window of a folder by the front door."""
    monkeypatch.setattr(log_place.tempfile, "gettempdir", lambda: str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()

    def run(*files):
        return front_door.main(["--data-dir", str(tmp_path / "data"), *map(str, files)])

    return run


@pytest.fixture
def boxes(monkeypatch):
    """The boxes of Windows; gives what they said."""
    pc, said = Windows(), []
    monkeypatch.setattr(windows, "say", lambda _title, text: said.append(text))
    monkeypatch.setattr(windows, "library", pc.library)
    monkeypatch.setattr(windows, "is_here", lambda: True)
    return said


def seen(act):
    """Do something with the window that says why, then close it; gives what was on it."""
    words = []

    def step():
        for one in QApplication.topLevelWidgets():
            if isinstance(one, StoppedWindow) and one.isVisible():
                words.append(one.page.messages.text)
                words.extend(label.text() for label in one.page.findChildren(TextLabel))
                timer.stop()
                try:
                    act(one)
                finally:
                    one.close()

    timer = QTimer(QApplication.instance(), interval=20)
    timer.timeout.connect(step)
    timer.start()
    return words


def broken(*_args, **_more):
    raise ZeroDivisionError("of 架空 花子")


@pytest.mark.parametrize("where", ["in_right_place", "make_folder", "opened"])
def test_a_bug_before_the_window_is_told_with_ways_on(
    start, tmp_path, monkeypatch, qapp, look, where
):
    monkeypatch.setattr(window, "start_qt", lambda: (qapp, look))
    monkeypatch.setattr(starting, "start_qt", lambda: (qapp, look))
    monkeypatch.setattr(opening, where, broken)
    out = tmp_path / "support.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))

    def act(one):
        named(one, QPushButton, "サポート用の情報を保存").click()
        named(one, QPushButton, "最大").click()

    words = seen(act)
    assert start() == 1
    assert look.text_size == 24
    look.reset_text_size()
    assert any("思いがけないこと" in text for text in words)
    log = tmp_path / ("data/log" if where == "opened" else "temp/kashiwa-desktop-log")
    assert any(str(log) in text for text in words)
    kept = (log / logs.LOG).read_text(encoding="utf-8")
    assert kept.count("not-opened ZeroDivisionError at ") == 1
    assert "花子" not in kept
    assert out.exists()


def test_records_that_cannot_be_opened_leave_a_line_in_the_log(
    start, tmp_path, monkeypatch, qapp, look
):
    monkeypatch.setattr(window, "start_qt", lambda: (qapp, look))

    def refuse(*_):
        raise PlaceError("開けません。", code="cannot_open")

    monkeypatch.setattr(opening, "_looked_over", refuse)
    seen(lambda _: None)
    assert start() == 1
    assert "not-opened PlaceError at" in (tmp_path / "data/log/kashiwa.log").read_text("utf-8")


@pytest.mark.parametrize("what", ["fonts", "qt", "log"])
def test_where_even_our_window_cannot_come_up_the_system_says_it(
    start, tmp_path, monkeypatch, boxes, capsys, qapp, what
):
    if what == "fonts":
        missing = tmp_path / "none"
        monkeypatch.setattr(theme, "load_fonts", lambda: missing.read_bytes())
    elif what == "qt":
        monkeypatch.setattr(window, "start_qt", broken)
        monkeypatch.setattr(opening, "StoppedWindow", broken)
    else:
        monkeypatch.setattr(theme, "load_fonts", broken)
        monkeypatch.setattr(logs, "kept_in", broken)
    assert start() == 1
    (text,) = boxes
    assert "開けませんでした。記録はそのまま残っています。" in text
    assert capsys.readouterr().err.strip() == text.strip()
    log = tmp_path / "temp" / "kashiwa-desktop-log" / logs.LOG
    if what == "log":
        assert "ZeroDivisionError" in text
    else:
        assert str(log.parent) in text
        assert "not-opened" in log.read_text(encoding="utf-8")


def test_wrong_words_are_in_a_box_too(tmp_path, monkeypatch, boxes):
    monkeypatch.setenv("KASHIWA_NOW", "yesterday")
    assert front_door.main(["--data-dir", str(tmp_path)]) == 2
    assert "KASHIWA_NOW" in boxes[0]


def test_the_process_leaves_the_stick_it_was_started_from(tmp_path, monkeypatch):
    """A folder that is somebody's working folder cannot be taken out safely."""
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "P001.kssz").touch()
    monkeypatch.chdir(stick)
    given = []

    def open_window(desk, files):
        given.append((desk.folder.root, list(files)))
        return 0

    monkeypatch.setattr(window, "open_window", open_window)
    assert front_door.main(["--data-dir", "data", "P001.kssz"]) == 0
    assert given == [(stick / "data", [stick / "P001.kssz"])]
    cwd = []
    monkeypatch.setattr(window, "_open_alone", lambda *_: cwd.append(Path.cwd()) or 0)
    monkeypatch.undo()
    monkeypatch.chdir(stick)
    monkeypatch.setattr(window, "start_qt", lambda: (None, None))
    monkeypatch.setattr(window, "_open_alone", lambda *_: cwd.append(Path.cwd()) or 0)
    asked = Namespace(data_dir=tmp_path / "data", database=None, staff=None, command=None)
    assert window.open_window(front_door.Desk(asked, {})) == 0
    assert cwd == [DataFolder(tmp_path / "data").root]
    assert Path.cwd() == stick
    assert not windows.is_here()
