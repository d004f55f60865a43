"""The month of ``month_story_world`` by two people at once, on PostgreSQL, each in his own process.

Both take in the same folder of files at the same moment, and each approves half of what is clean,
by commands. The same month by one person on a single file ends with the same board and totals.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import month_story_world
from kashiwa_desktop.app import front_door
from month_story_world import DEADLINE_DAY

SRC = Path(front_door.__file__).parents[2]
FIRST, SECOND = "見本 花枝", "例示 健"


class Staff:
    """A process of its own; ``begin`` gives it a command, ``end`` waits for status and answer."""

    def __init__(self, name, common):
        self._common = [*common, "--as", name]
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("staff_at_work.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(SRC), "KASHIWA_NOW": DEADLINE_DAY,
                 "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip

    def begin(self, *words):
        self._process.stdin.write(json.dumps([*self._common, *map(str, words)]) + "\n")
        self._process.stdin.flush()

    def end(self):
        told = []
        while not (line := self._process.stdout.readline()).startswith("status "):
            assert line, "the process ended"
            told.append(json.loads(line))
        return int(line.split()[1]), told[0]

    def leave(self):
        self._process.communicate(timeout=60)
        return self._process.returncode


@pytest.fixture
def story(tmp_path):
    one = month_story_world.made().copied_to(tmp_path / "story")
    yield one
    one.world.close()


@pytest.fixture
def at(story, command):
    """A command of one person on one of the folders; returns its JSON value."""

    def run(folder, *words, status=0):
        said = command(
            "--data-dir", folder, "--passphrase-file", story.world.words_file, "--json",
            "--as", "練習 担当", *words,
        )  # fmt: skip
        assert said.status == status
        return said.value

    return run


@pytest.fixture
def two(story):
    """Two people whose processes work on one folder."""
    common = ("--data-dir", str(story.world.root / "shared"), "--json")
    common += ("--passphrase-file", str(story.world.words_file))
    both = [Staff(name, common) for name in (FIRST, SECOND)]
    yield both
    for one in both:
        one.leave()


def take_in_at_once(two, files):
    """Both take in all files, in opposite order; each file is new for exactly one of them."""
    for one, order in zip(two, (files, files[::-1]), strict=True):
        one.begin("intake", *order)
    told = [one.end() for one in two]
    assert [status for status, _ in told] == [1, 1]  # two of the files are no submissions to us
    states = [[f["state"] for f in answer["files"]] for _, answer in told]
    assert [s.count("refused") for s in states] == [2, 2]
    assert sum(s.count("new") for s in states) == 18
    assert sum(s.count("same") for s in states) == 2 * len(files) - 2 * 2 - 18


def approve_halves(two, clean):
    """Each goes through his half, one month after the other, while the other does the same."""
    halves = (clean[::2], clean[1::2])
    for one, half in zip(two, halves, strict=True):
        for promoter in half:
            one.begin("approve", "2026-10", "--promoter", promoter)
    for one, half in zip(two, halves, strict=True):
        assert [one.end() for _ in half] == [(0, {"done": [p], "left": []}) for p in half]
    return halves


def what_is_told(at, folder):
    """Board and totals as anybody is told them."""
    month = ("--from", "2026-10", "--to", "2026-10")
    by = ("--by", "area,category")
    return [
        at(folder, "board", *month),
        at(folder, "totals", *month, *by),
        at(folder, "totals", *month, *by, "--approved"),
    ]


def test_two_people_and_one_come_to_the_same(story, at, two, postgres, figure):
    root, files = story.world.root, sorted(story.inbox.iterdir())
    alone, shared, back = root / "alone", root / "shared", root / "back"
    shutil.copytree(root / "office", alone)
    at(shared, "office", "migrate-from", root / "office", "--database", postgres.fresh())

    take_in_at_once(two, files)
    at(alone, "intake", *files, status=1)
    assert at(shared, "digest") == at(alone, "digest")

    halves = approve_halves(two, story.clean)
    at(alone, "approve", "2026-10", "--all-clean")
    told = what_is_told(at, shared)
    assert told == what_is_told(at, alone)
    assert told[0]["summary"]["approved"] == len(story.clean)
    assert at(shared, "check")["problems"] == []
    log = at(shared, "office", "log", "--event", "approved")["entries"]
    assert {e["who"] for e in log} == {FIRST, SECOND}

    # each approval has its own salt: the whole digest is compared on one and the same month
    before = at(shared, "digest")
    at(back, "office", "migrate-from", shared)
    assert at(back, "digest") == before
    assert what_is_told(at, back) == told
    figure(f"{len(files)} files by two processes at once, approved {len(halves[0])} and"
           f" {len(halves[1])}")  # fmt: skip
