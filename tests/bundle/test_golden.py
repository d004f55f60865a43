"""Files of every released format are read for ever, with the same result (tests 33 and 35)."""

import hashlib
import json
from pathlib import Path

import pytest

from kashiwa_desktop.bundle import reader, writer
from kashiwa_desktop.domain.revision import state_digest

F1 = Path(__file__).parents[1] / "data" / "bundles" / "f1"
EXPECTED = json.loads((F1 / "expected.json").read_text("utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_of_format_1_is_read_for_ever(world, name):
    told = EXPECTED[name]
    data = (F1 / name).read_bytes()
    found = world.read(told["kind"], data)
    ids = [revision.id for revision in found.revisions]
    assert found.bundle_id == told["bundle_id"]
    assert sorted(ids) == told["revisions"]
    assert state_digest(ids) == told["state"]
    plain = reader.open_file(data, world.keys(told["kind"])).plain
    assert hashlib.sha256(plain).hexdigest() == told["plain_sha256"]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_same_lines_still_give_the_same_bytes(world, name):
    kind = EXPECTED[name]["kind"]
    found = world.read(kind, (F1 / name).read_bytes())
    again = world.built(kind, [revision.line for revision in found.revisions])
    assert hashlib.sha256(again.plain).hexdigest() == EXPECTED[name]["plain_sha256"]
    if kind == "setup":
        assert writer.pack(again, []) == (F1 / name).read_bytes()


def test_there_is_one_of_every_kind():
    assert {told["kind"] for told in EXPECTED.values()} == set(writer.headers.KINDS)


def test_names_come_through_as_they_were_typed(world):
    found = world.read("submission", (F1 / "submission.kssz").read_bytes())
    content = next(r.body["content"] for r in found.revisions if r.body.get("content"))
    assert content == "髙橋﨑𠮷 辻\U000e0100 塚 神 ㈱①㋿ 〜−¥ 葛\U000e0100飾"
