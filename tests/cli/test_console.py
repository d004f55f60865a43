"""A program with an icon has no streams on Windows: what it says is shown, and nothing breaks."""

import sys

import pytest

from kashiwa_desktop import windows
from kashiwa_desktop.app import front_door, self_check
from kashiwa_desktop.cli import console
from windows_library import Windows


@pytest.fixture
def boxes(monkeypatch):
    """Windows; gives what its boxes said."""
    pc = Windows()
    monkeypatch.setattr(windows, "is_here", lambda: True)
    monkeypatch.setattr(windows, "library", pc.library)
    monkeypatch.setattr(windows, "is_private", lambda _: True)
    return pc.said


@pytest.fixture
def ended(boxes, monkeypatch):
    """Run the program as one with an icon is run, without streams; gives its status."""

    def run(words):
        with monkeypatch.context() as windowed:
            for name in ("stdin", "stdout", "stderr"):
                windowed.setattr(sys, name, None)
            try:
                status = front_door.main(words)
            except SystemExit as end:
                status = end.code
            assert (sys.stdin, sys.stdout, sys.stderr) == (None, None, None)
        return status

    return run


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--version"], 0, "地域支えあい活動記録 0."),
        (["--version", "--json"], 0, '"trial":'),
        (["--help"], 0, "使い方: kashiwa-desktop"),
        (["--wrong"], 2, "知らない言葉です: --wrong"),
        (["month", "show"], 2, "月 をお書きください"),
        (["month", "close", "2026-10"], 1, "はじめに設定ファイルを読み込んでください"),
    ],
)
def test_everything_it_says_is_in_a_box(ended, boxes, tmp_path, words, status, said):
    assert ended(["--data-dir", str(tmp_path / "data"), *words]) == status
    ((title, text),) = boxes
    assert title == "地域支えあい活動記録"
    assert said in text


def test_the_self_check_can_be_heard_on_the_telephone(ended, boxes, tmp_path, monkeypatch):
    log = tmp_path / "log"
    log.mkdir()
    monkeypatch.setattr(self_check, "_files", lambda _: 1 / 0)
    monkeypatch.setattr(self_check, "_window", lambda _: "描きました")
    assert ended(["--data-dir", str(tmp_path), "--self-check"]) == 1
    ((_, text),) = boxes
    assert "× 提出用のファイルと書類: ZeroDivisionError" in text
    assert "○ 記録の保存" in text
    kept = (log / "kashiwa.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError at " in kept
    assert "self-check parts=5 good=4" in kept


def test_a_long_answer_is_cut_and_what_the_window_said_is_forgotten(boxes, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with console.streams():
        sys.stdout.write("あ" * 10_000)
    assert len(boxes[0][1]) < 3_100
    with console.streams() as unseen:
        sys.stderr.write("warning")
        unseen.forget()
    assert len(boxes) == 1


def test_elsewhere_nothing_is_shown(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    with console.streams():
        sys.stdout.write("seen by nobody")
    assert sys.stdout is None
