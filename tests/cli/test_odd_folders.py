"""A data folder may be called anything, and what is left of it is never taken for a new one."""

import argparse
import contextlib
import json
import shutil
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from faults.at_once import command, told_at_once
from kashiwa_desktop.cli.parser import build_parser
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.storage import engines
from office_world import RECORDING, activity

pytestmark = pytest.mark.posix("forks processes that work at once")

DATABASES = Path(__file__).parents[1] / "data" / "databases"
NAMES = [
    "a%20b", "a?b", "a%41b", "a#b", "a&b=c;d", "記録 の 場所", "quote'\"s", "line\nbreak", "%",
    "%2e", "file:x", ":memory:", "x?mode=ro", "~", "$HOME", "髙𠮷", "\udcff", " ",
    "a\tb", "-", "@host",
]  # fmt: skip


@pytest.fixture(autouse=True)
def a_clock(monkeypatch):
    monkeypatch.setenv("KASHIWA_NOW", RECORDING)


@pytest.fixture(scope="module")
def made(towns):
    town = towns()
    Recording(town.pc()).add([activity(3)])
    town.close()
    return town


def called(calls):
    """Do these commands one after the other in a process of their own."""
    (told,) = told_at_once(lambda: [command(*words, given=given) for words, given in calls])
    assert not told.bug, told.bug
    return told.value


@pytest.mark.parametrize("name", NAMES, ids=[ascii(name) for name in NAMES])
def test_a_folder_may_be_called_anything(made, tmp_path, name):
    folder = tmp_path / name
    shutil.copytree(made.folder("P001").root, folder)
    old = tmp_path / f"{name}old"
    old.mkdir()
    shutil.copy(DATABASES / "v01.db", old / "store.db")
    shutil.copytree(made.folder("P001").identity, old / "identity")
    record = json.dumps(activity(4)) + "\n"
    copy = f"{folder}/copies/2026-10-31_170000.db"
    calls = [("record", "add", "-"), ("backup",), ("record", "add", "-"), ("restore", copy),
             ("record", "list", "--json"), ("check",)]  # fmt: skip
    told = called([
        *((("--data-dir", folder, *words), record) for words in calls),
        (("--data-dir", old, "digest"), ""),
        (("--data-dir", tmp_path / f"{name}new", "setup", made.settings, "--promoter", "P001"), ""),
    ])  # fmt: skip
    assert [said[0] for said in told] == [0] * len(told), told
    assert len(json.loads(told[4][1])["records"]) == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, f"{name}new", f"{name}old"])


def test_an_address_that_is_a_text_would_be_caught(made, tmp_path, monkeypatch):
    """The wrong variant: SQLAlchemy takes the text apart at its ? and another store is made."""

    def as_text(path, _pragmas):
        engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
        return engines.Engines(engine, engine)

    monkeypatch.setattr(engines, "of_file", as_text)
    folder = tmp_path / "a?b"
    shutil.copytree(made.folder("P001").root, folder)
    (told,) = told_at_once(lambda: command("--data-dir", folder, "record", "list"))
    assert told.bug or told.value[0] or sorted(p.name for p in tmp_path.iterdir()) != ["a?b"]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PurePosixPath("/a b/ü?#%.db"), "file:///a%20b/%C3%BC%3F%23%25.db?mode=rw"),
        (PureWindowsPath(r"C:\記録 1\a%20b.db"),
         "file:///C%3A/%E8%A8%98%E9%8C%B2%201/a%2520b.db?mode=rw"),
        (PureWindowsPath(r"\\server\share\x.db"), "file:////server/share/x.db?mode=rw"),
    ],
)  # fmt: skip
def test_addresses_are_right_on_every_system(path, address):
    assert engines.address_of(path, "rw") == address


def every_command(parser, words=()):
    """Every command with something for each word that it must have."""
    inner = next((a for a in parser._actions if hasattr(a, "choices") and a.dest in
                  ("command", "action") and isinstance(a.choices, dict)), None)  # fmt: skip
    if inner is not None:
        for word, one in inner.choices.items():
            yield from every_command(one, (*words, word))
        return
    given = list(words)
    for action in parser._actions:
        must = action.required if action.option_strings else action.nargs != "?"
        if must and action.dest != "help":
            given += [*action.option_strings[:1], fitting(action)]
    yield given


def fitting(action):
    """The first of a few words that this option's own type takes."""
    if action.choices:
        return next(iter(action.choices))
    for text in ("2026-10", "2026-10-01", "2026", "1"):
        with contextlib.suppress(ValueError, argparse.ArgumentTypeError):
            (action.type or str)(text)
            return text
    raise AssertionError(action)


OF_NO_STORE = ("demo", "screens", "office migrate-from", "office rebuild", "inspect")


@pytest.mark.parametrize("who", ["office", "P001"])
@pytest.mark.parametrize("left", ["identity", "archive", "copies"])
def test_a_store_that_is_gone_is_refused_by_every_command(made, tmp_path, who, left, figure):
    folder = tmp_path / who
    shutil.copytree(made.folder(who).root / "identity", folder / "identity")
    if left == "archive":
        (folder / "identity").rename(folder / "archive")
    if left == "copies":
        shutil.rmtree(folder / "identity")
        (folder / "copies").mkdir()
        shutil.copy(made.folder(who).store, folder / "copies" / "2026-10-31_170000.db")
    commands = [w for w in every_command(build_parser()) if " ".join(w[:2]) not in OF_NO_STORE]
    commands = [w for w in commands if w[0] not in OF_NO_STORE]
    told = called([
        (("--data-dir", folder, "--passphrase-file", made.words_file, "--json", *words), "{}")
        for words in commands
    ])  # fmt: skip
    done = [words for words, said in zip(commands, told, strict=True) if said[0] not in (1, 2)]
    in_words = sum("記録のファイルが見つかりません" in said[2] for said in told)
    figure(
        f"a store that is gone: {in_words} of {len(commands)} commands say so, {len(done)} went on"
    )
    assert done == []
    assert in_words > 60  # the others complained of their words first
    assert not (folder / "store.db").exists()


def test_a_gone_store_comes_back_from_its_copy(made, tmp_path):
    folder = tmp_path / "P001"
    shutil.copytree(made.folder("P001").root, folder)
    (backed, gone, back, listed) = (
        called([(("--data-dir", folder, "backup", "--json"), "")])[0],
        (folder / "store.db").unlink(),
        called([(("--data-dir", folder, "restore", next((folder / "copies").glob("*.db"))), "")]),
        called([(("--data-dir", folder, "record", "list", "--json"), "")]),
    )
    assert (backed[0], gone, back[0][0]) == (0, None, 0)
    assert len(json.loads(listed[0][1])["records"]) == 1


def test_an_empty_folder_is_a_first_start(tmp_path):
    """The folders that a start makes, and the lock and settings of a window, are no remains."""
    for name in ("identity", "archive", "copies", "log"):
        (tmp_path / name).mkdir()
    (tmp_path / "settings.toml").write_text("", encoding="utf-8")
    assert called([(("--data-dir", tmp_path, "digest"), "")])[0][0] == 0
