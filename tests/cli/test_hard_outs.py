"""Whatever place a command is told to write to or to work in: done, or one sentence and status 1.

Every command with ``--out`` is found in the parser itself, so that a new one cannot be forgotten.
"""

import argparse
import ctypes
import os

import pytest

from faults.at_once import command, told_at_once
from kashiwa_desktop.bundle import place
from kashiwa_desktop.cli import run
from kashiwa_desktop.cli.parser import build_parser
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.records.recording import Recording
from office_world import REVIEWING, activity
from services.money_world import OCTOBER, approve, deliver

pytestmark = pytest.mark.posix("forks processes that work at once")

MONTH = ("--month", "2026-10")
KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
GIVEN = {
    "demo": ("office", ("--areas", "1")),
    "screens": ("office", ("--role", "supervisor")),
    "office init": ("new", ("--name", "ためし")),
    "office setup-file": ("office", ()),
    "office handover": ("office", ("--area", "A1", "--to", "P002")),
    "office write": ("office", ("people",)),
    "resource excel": ("office", ()),
    "submit": ("P001", ("2026-10",)),
    "return-file": ("office", ("--promoter", "P001")),
    "transfer": ("P001", ("--to", KEY)),
    "excel": ("office", MONTH),
    "reprint": ("office", ("R8-10-001",)),
    "zengin": ("office", ("2026-10", "--date", "2026-11-25")),
    "print report": ("P001", MONTH),
    "print slip": ("P001", MONTH),
}
"""On whose folder a command works and what it needs; every other paper is printed by the office."""


def with_outs(parser, name=""):
    """Every command that writes a file to a place it is told, with that option's name."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from with_outs(inner, f"{name} {word}".strip())
        elif action.option_strings and action.option_strings[0].endswith("-out"):
            yield name, action.option_strings[0]


NOT_THERE = "a folder that is not there"
MAKES_IT = ("demo", "screens")
OUTS = sorted(with_outs(build_parser()))


@pytest.fixture(scope="module")
def town(towns):
    """An office and a promoter with all that any of these commands needs."""
    made = towns()
    store = made.office(staff="職員 二")
    for name in ("P001", "P002"):
        deliver(store, name, OCTOBER)
    approve(store, OCTOBER, ["P001", "P002"])
    Printing(store).honorarium(OCTOBER, None, made.root / "a.pdf")
    Recording(made.pc()).add([activity(3)])
    made.close()
    return made


@pytest.fixture(scope="module")
def places(town):
    """Places that nobody can write to, each with what is wrong with it."""
    (town.root / "locked").mkdir(mode=0o000)
    (town.root / "seen").mkdir(mode=0o555)
    (town.root / "file").write_bytes(b"")
    yield {
        "too long": town.root / ("長い名前" * 60 + ".x"),
        "a path that is too long": town.root / ("名前/" * 700) / "a.x",
        "below a folder one may not enter": town.root / "locked" / "a.x",
        "deep below it": town.root / "locked" / "in" / "a.x",
        "a folder one may not write to": town.root / "seen" / "a.x",
        "below a file": town.root / "file" / "a.x",
        NOT_THERE: town.root / "gone" / "in" / "a.x",
    }
    (town.root / "locked").chmod(0o700)


def without_privileges():
    """Let what is forbidden be forbidden to root too: this process gives its powers away."""
    if os.getuid() == 0:
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)
        assert ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)()) == 0


def by_hand(calls):
    """A process that calls one command after the other; returns what is wrong with each answer."""

    def story():
        without_privileges()
        return {what: refused_in_words(*command(*words)) for what, words in calls.items()}

    return story


def refused_in_words(status, out, err):
    """One sentence and a status of the contract; returns what is wrong."""
    said = f"status {status}: {out}{err}"
    return "" if status in (1, 2) and err.count("\n") == 1 and not err.isascii() else said


def problems(calls):
    (told,) = told_at_once(by_hand(calls))
    assert not told.bug, told.bug
    return {what: said for what, said in told.value.items() if said}


@pytest.fixture(autouse=True)
def a_clock(monkeypatch):
    monkeypatch.setenv("KASHIWA_NOW", REVIEWING)
    monkeypatch.delenv("KASHIWA_PASSPHRASE", raising=False)


def test_every_command_that_writes_somewhere_is_known():
    names = {name for name, _ in OUTS}
    assert len(names) > 20
    assert set(GIVEN) <= names


@pytest.mark.parametrize(("name", "option"), OUTS, ids=[name for name, _ in OUTS])
def test_a_place_that_cannot_be_written_to_is_one_sentence(town, places, name, option):
    who, more = GIVEN.get(name, ("office", MONTH))
    common = ("--data-dir", town.root / who, "--passphrase-file", town.words_file, "--as",
              "--as", "職員 二", "--json")  # fmt: skip
    wanted = {k: v for k, v in places.items() if not (name in MAKES_IT and k == NOT_THERE)}
    calls = {k: (*common, *name.split(), *more, option, v) for k, v in wanted.items()}
    assert problems(calls) == {}


@pytest.mark.parametrize("words", [("digest",), ("check",), ("office", "init", "--name", "x"),
                                   ("backups",)])  # fmt: skip
def test_a_data_folder_that_cannot_be_entered_is_one_sentence(town, places, words):
    wanted = {k: v for k, v in places.items() if k != NOT_THERE}
    calls = {k: ("--data-dir", v, "--passphrase-file", town.words_file, *words)
             for k, v in wanted.items()}  # fmt: skip
    assert problems(calls) == {}


def test_without_its_sentence_a_name_that_is_too_long_would_be_caught(town, places, monkeypatch):
    """The wrong variant: the system's refusal is nobody's business."""
    monkeypatch.setattr(place, "within", lambda out, name: out / name if out.is_dir() else out)
    monkeypatch.setattr(run, "_refused", lambda _args, error: error.missing)
    calls = {"x": ("--data-dir", town.root / "P001", "submit", "2026-10", "--out",
                   places["too long"])}  # fmt: skip
    (told,) = told_at_once(by_hand(calls))
    assert told.bug
