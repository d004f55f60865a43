"""Tests 9 and 10, R28: whatever happens to a file's bytes, it is refused in true words."""

import pytest

from conftest import FULL
from kashiwa_desktop.bundle import contents, reader
from kashiwa_desktop.bundle.header import KINDS
from kashiwa_desktop.errors import FileRefusedError

STRIDE = 1 if FULL else 7
BEFORE_DECRYPTION = {"empty", "not_ours", "sealed"}
PLAIN = {"empty", "not_ours", "lines", "header", "newer_or_damaged", "device", "signature", "body"}


def refusals(world, kind, variants):
    """Read every variant; returns the reasons met and how many were accepted."""
    reasons, accepted = set(), 0
    for variant in variants:
        try:
            world.read(kind, variant)
        except FileRefusedError as error:
            reasons.add(error.values["reason"])
        else:
            accepted += 1
    return reasons, accepted


def flips(data, stride=1):
    for bit in range(0, len(data) * 8, stride):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        yield bytes(flipped)


def small(world, kind):
    return world.file(kind, None if kind == "setup" else [])


@pytest.mark.parametrize("kind", KINDS)
def test_every_flipped_bit_is_refused(world, kind):
    data = small(world, kind)
    stride = 1 if kind in ("setup", "submission") else STRIDE
    reasons, accepted = refusals(world, kind, flips(data, stride))
    assert accepted == 0
    assert reasons <= (PLAIN if kind == "setup" else BEFORE_DECRYPTION)


@pytest.mark.parametrize("kind", KINDS)
def test_every_cut_is_refused(world, kind):
    data = small(world, kind)
    reasons, accepted = refusals(world, kind, (data[:size] for size in range(len(data))))
    assert accepted == 0
    assert reasons <= (PLAIN if kind == "setup" else BEFORE_DECRYPTION)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_appended_or_joined_is_refused(world, kind):
    data = small(world, kind)
    tails = [bytes([byte]) for byte in range(256)] + [data, b"\n" * 4096, b"\0" * 65_536]
    tails += [
        world.line() + b"\n",
        world.settings_line() + b"\n",
        *(small(world, k) for k in KINDS),
    ]
    reasons, accepted = refusals(world, kind, (data + tail for tail in tails))
    assert accepted == 0
    assert reasons <= (PLAIN if kind == "setup" else BEFORE_DECRYPTION)
    reasons, accepted = refusals(world, kind, (tail + data for tail in tails))
    assert accepted == 0


def test_a_tail_or_a_second_member_inside_is_refused(world):
    from kashiwa_desktop.bundle.container import compress

    packed = compress(world.built("submission").plain)
    for tail in (b"\0", b"\n", compress(b""), packed):
        variant = world.seal_packed(packed + tail, "submission")
        assert refusals(world, "submission", [variant]) == ({"packing"}, 0)
    for size in range(len(packed)):
        variant = world.seal_packed(packed[:size], "submission")
        assert refusals(world, "submission", [variant]) == ({"packing"}, 0)


def test_swapped_lines_and_lines_of_another_file_are_refused(world):
    lines = [world.line(), world.line(month="2026-09")]
    plain = world.built("submission", lines).plain
    first, signature, one, two, _ = plain.split(b"\n")
    other = world.line(month="2026-08")
    for body in ([two, one], [one, one, two], [one], [one, other], [one, two, other], []):
        changed = b"".join(line + b"\n" for line in [first, signature, *body])
        variant = world.seal_plain(changed, "submission")
        assert refusals(world, "submission", [variant]) == ({"body"}, 0)


def test_a_header_with_the_body_and_signature_of_another_is_refused(world):
    one = world.built("submission").plain.split(b"\n", 2)
    two = world.built("submission", [], seq=2).plain.split(b"\n", 2)
    mixed = world.seal_plain(b"\n".join([one[0], two[1], one[2]]), "submission")
    assert refusals(world, "submission", [mixed]) == ({"signature"}, 0)
    mixed = world.seal_plain(b"\n".join([one[0], one[1], two[2]]), "submission")
    assert refusals(world, "submission", [mixed]) == ({"body"}, 0)


def test_a_reader_that_skips_the_signature_would_be_caught(world, monkeypatch):
    """The wrong variant: with it, the sweep over a setup turns red."""
    monkeypatch.setattr(reader, "check_signature", lambda *_: None)
    assert refusals(world, "setup", flips(world.file("setup")))[1] > 100


def test_a_reader_that_skips_the_body_would_be_caught(world, monkeypatch):
    """The wrong variant: with it, flips inside the texts go through."""
    monkeypatch.setattr(reader, "check_body", lambda *_: None)
    assert refusals(world, "setup", flips(world.file("setup")))[1] > 100


def test_a_reader_that_believes_any_device_would_be_caught(world, monkeypatch):
    """The wrong variant: with it, a key that is not the device's is accepted."""
    monkeypatch.setattr(contents.signing, "device_of", lambda _key: "ff" * 32)
    crafted = world.craft(header={"from": {"device": "ff" * 32}})
    assert refusals(world, "submission", [crafted])[1] == 1
