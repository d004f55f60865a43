import hashlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.bundle import container, writer
from kashiwa_desktop.crypto.sealing import unseal
from kashiwa_desktop.domain import canonical
from kashiwa_desktop.errors import RefusedError


def test_the_bytes_are_those_of_the_contract(world):
    lines = [world.line(), world.line(month="2026-09"), world.line()]
    built = world.built("submission", lines)
    first, signature, *body, end = built.plain.split(b"\n")
    assert body == sorted(set(lines))
    assert end == b""
    fields = json.loads(first)
    assert first == rfc8785.dumps(fields)
    text = b"".join(line + b"\n" for line in body)
    assert fields == {
        "app": "test",
        "body_sha256": hashlib.sha256(text).hexdigest(),
        "bytes": len(text),
        "count": 2,
        "format": 1,
        "from": {
            "device": world.pc_signing.device,
            "key": world.pc_signing.public,
            "previous": None,
            "promoter": "P001",
            "recipient": world.pc_receiving.recipient,
            "restored": False,
            "seq": 1,
        },
        "kind": "submission",
        "made_at": "2026-10-14T10:05:00+09:00",
        "requires": ["core1"],
        "settings": "2026-04-01",
        "to": {"office": world.office, "promoter": None},
    }
    assert signature.decode() == world.pc_signing.sign(b"kashiwa-sasaeai bundle 1\n" + first)
    assert built.bundle_id == hashlib.sha256(first).hexdigest()
    assert built.count == 2


def test_a_setup_is_the_plain_lines_for_every_office(world):
    built = world.built("setup")
    assert writer.pack(built, []) == built.plain
    assert json.loads(built.plain.split(b"\n")[0])["to"] == {"office": "*"}


def test_everything_but_the_sealing_is_reproducible(world):
    one, two = (unseal(world.file("submission"), world.keys("submission")) for _ in range(2))
    assert one == two
    assert one[:10] == bytes.fromhex("1f8b08000000000000ff")


def test_no_name_and_no_text_stands_in_the_file(world):
    """Test 16, in part."""
    data = world.file("submission", [world.line(body=world.activity(content="転倒の心配"))])
    for text in ("試験", "花子", "打合せ", "転倒", "P001", "A01"):
        assert text.encode() not in data
        assert text.encode() in data + world.built("submission", [
            world.line(body=world.activity(content="転倒の心配"))
        ]).plain  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("submission", {"promoter": "P002"}),
        ("submission", {"type": "approval", "body": {}}),
        ("submission", {"role": "office"}),
        ("setup", {}),
        ("return", {"promoter": "P002"}),
    ],
)
def test_what_would_be_refused_is_not_written(world, kind, change):
    line = world.line(**change)
    with pytest.raises(RefusedError, match="ファイルを作れませんでした。何も書いていません"):
        world.built(kind, [line])


@pytest.mark.parametrize("line", [b"", b"{}", b"x", b"\xff", b"[" * 3000, b'{"a":1.5}'])
def test_what_is_no_revision_is_not_written(world, line):
    with pytest.raises(RefusedError) as refused:
        world.built("submission", [line])
    assert refused.value.code == "schema"


def test_a_line_with_a_feed_inside_is_not_written(world):
    with pytest.raises(RefusedError):
        world.built("submission", [world.line() + b"\n" + world.line(month=None)])


@pytest.mark.parametrize(
    ("name", "limit"), [("MAX_PLAIN", 500), ("MAX_LINES", -1), ("MAX_LINE", 100)]
)
def test_limits_hold_when_writing_too(world, monkeypatch, name, limit):
    monkeypatch.setattr(container, name, limit)
    with pytest.raises(RefusedError, match="大きすぎて作れません") as refused:
        world.built("submission")
    assert refused.value.code == "too_large"


def test_a_file_above_the_limit_is_not_made(world, monkeypatch):
    monkeypatch.setattr(writer, "MAX_FILE", 100)
    with pytest.raises(RefusedError, match="大きすぎて作れません"):
        world.file("submission")


def test_a_line_of_the_greatest_size_travels(world):
    text = "あ" * canonical.MAX_TEXT
    line = world.line(body=world.activity(content=text, findings=text, next=text, place=text))
    assert world.read("submission", world.file("submission", [line])).revisions[0].line == line


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(max_codepoint=126, min_codepoint=1)), inner)
    ),
    max_leaves=8,
)


@given(value=VALUES)
def test_the_canonical_writer_is_the_standards(value):
    """Test 12: our writer and RFC 8785 agree on the whole profile."""
    try:
        ours = canonical.encode(value)
    except canonical.NotCanonicalError:
        return
    assert ours == rfc8785.dumps(value)
    assert canonical.decode(ours) == value
