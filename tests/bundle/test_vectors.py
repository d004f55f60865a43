"""R31: files kept for ever with their verdicts, read by the program and by a reader without it."""

import importlib.util
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kashiwa_desktop.bundle import reader
from kashiwa_desktop.errors import FileRefusedError

pytestmark = pytest.mark.posix("needs the age command")

ROOT = Path(__file__).parents[2]
V1 = ROOT / "tests" / "data" / "vectors" / "v1"
EXPECTED = json.loads((V1 / "expected.json").read_text("utf-8"))
ALONE = ROOT / "docs" / "open_file.py"


def _stand_alone():
    spec = importlib.util.spec_from_file_location("open_file", ALONE)
    module = importlib.util.module_from_spec(spec)
    sys.modules["open_file"] = module
    spec.loader.exec_module(module)
    return module


open_file = _stand_alone()


@pytest.fixture(scope="module")
def identities(world, tmp_path_factory):
    """Key files as the ``age`` command takes them, by who reads."""
    folder = tmp_path_factory.mktemp("keys")
    for kind in ("submission", "return"):
        (folder / kind).write_text(world.keys(kind)[0].secret + "\n", encoding="utf-8")
    return folder


def identity(identities, kind):
    return identities / ("submission" if kind in ("submission", "journal") else "return")


def programs_verdict(world, kind, data):
    try:
        world.read(kind, data)
    except FileRefusedError as error:
        return error.code
    return "accepted"


def other_verdict(world, identities, kind, data):
    expect = world.expect(kind)
    who = open_file.Reader(
        identity(identities, kind),
        expect.office,
        expect.promoter,
        set(expect.signers or ()) or None,
    )
    return open_file.verdict(data, who)


@pytest.mark.parametrize("name", EXPECTED)
def test_r31_both_readers_say_what_is_expected(world, identities, name):
    told, data = EXPECTED[name], (V1 / name).read_bytes()
    assert programs_verdict(world, told["kind"], data) == told["expect"]
    assert other_verdict(world, identities, told["kind"], data) == told["expect"]


def test_r31_the_folder_is_whole_and_of_every_kind(figure):
    assert {path.name for path in V1.iterdir()} == set(EXPECTED) | {"expected.json"}
    assert len(EXPECTED) >= 60
    assert {told["kind"] for told in EXPECTED.values()} == set(reader.headers.KINDS)
    verdicts = Counter(told["expect"] for told in EXPECTED.values())
    assert set(verdicts) >= {
        "accepted", "unreadable", "damaged", "other_office", "wrong_promoter", "unknown_device",
        "newer_format", "too_large", "schema",
    }  # fmt: skip
    figure(f"R31: {len(EXPECTED)} vectors, two readers, {len(EXPECTED)} equal verdicts")


def test_a_reader_that_forgets_a_check_would_be_caught(world, identities, monkeypatch):
    """The wrong variant: without the check who may bring what, verdicts differ."""
    monkeypatch.setattr(open_file, "check_scope", lambda *_: None)
    differ = [
        name
        for name, told in EXPECTED.items()
        if told["kind"] == "setup"
        and other_verdict(world, identities, "setup", (V1 / name).read_bytes()) != told["expect"]
    ]
    assert differ


def test_a_lost_pc_is_said_by_both(world, identities):
    data = (V1 / "001-good-submission.kssz").read_bytes()
    who = open_file.Reader(identity(identities, "submission"), world.office)
    who.revoked.add(world.pc_signing.public)
    assert open_file.verdict(data, who) == "revoked"


def test_the_command_prints_the_lines(world, identities):
    """As a person would call it in ten years, with the recovery key on a stick."""
    words = [sys.executable, str(ALONE), str(V1 / "001-good-submission.kssz")]
    words += ["--identity", str(identity(identities, "submission")), "--office", world.office]
    done = subprocess.run(words, capture_output=True, check=True)
    assert done.stderr == b"accepted\n"
    assert done.stdout.count(b"\n") == 3
    assert json.loads(done.stdout.splitlines()[2])["type"] == "activity"


def test_it_stands_alone():
    """It takes nothing of the program, and is short enough to read in one sitting."""
    text = ALONE.read_text("utf-8")
    assert "kashiwa_desktop" not in text
    assert len(text.splitlines()) < 300
