import gzip
import tracemalloc
import zlib

import pytest

from conftest import FULL
from kashiwa_desktop.bundle import container
from kashiwa_desktop.bundle.container import MAX_LINES, MAX_PLAIN, compress, expand, split
from kashiwa_desktop.errors import FileRefusedError

MEGABYTE = 1024 * 1024


def reason(data, call=expand):
    with pytest.raises(FileRefusedError) as refused:
        call(data)
    return refused.value.values["reason"]


def packed(pieces, level=1):
    deflate = zlib.compressobj(level, zlib.DEFLATED, 31)
    return b"".join([*map(deflate.compress, pieces), deflate.flush()])


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 3_000_000])
def test_what_was_packed_comes_out(size):
    data = ((b"abcdefgh " * 6 + b"\n") * (size // 55 + 1))[:size]
    assert gzip.decompress(compress(data)) == data
    assert expand(compress(data)) == data


@pytest.mark.parametrize("level", [1, 6, 9])
def test_other_programs_gzip_is_read_too(level):
    data = b"abc\n" * 1000
    assert expand(gzip.compress(data, level, mtime=0)) == data
    assert expand(packed([data], level)) == data


@pytest.mark.parametrize("size", range(65_500, 65_800, 7))
def test_output_that_waits_at_the_end_comes_out(size):
    """A few bytes at the end of the input may stand for much, or for nothing more."""
    for data in (b"a" * size, b"a" * 65_536 * 3 + b"b" * (size - 65_536 + 300)):
        assert expand(compress(data)) == data


def test_a_tail_or_a_second_member_is_refused():
    good = compress(b"abc\n")
    for tail in (b"\0", b"\n", good, good[:5], compress(b""), b"\0" * 70_000):
        assert reason(good + tail) == "packing"


def test_every_cut_and_a_wrong_end_are_refused():
    good = compress(b"abc\n" * 50)
    for size in range(len(good)):
        assert reason(good[:size]) == "packing"
    for place in range(len(good) - 8, len(good)):
        assert reason(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]) == "packing"


def test_a_gzip_header_with_a_name_or_a_time_is_refused():
    assert reason(gzip.compress(b"abc\n", mtime=1)) == "packing"
    flagged = bytearray(compress(b"abc\n"))
    flagged[3] = 8
    assert reason(bytes(flagged)) == "packing"


def test_random_bytes_are_refused():
    assert reason(b"") == "packing"
    assert reason(b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\xff" * 100) == "packing"


def measured(data):
    """Unpack a bomb; returns its reason and the most memory it took."""
    tracemalloc.start()
    found = reason(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found, peak


def test_a_bomb_is_refused_after_the_limit():
    size = 1024 if FULL else 128
    found, peak = measured(packed(bytes(MEGABYTE) for _ in range(size)))
    assert found == "plain_size"
    assert peak < 1.3 * MAX_PLAIN


def test_a_million_short_lines_are_refused_long_before_the_limit():
    found, peak = measured(packed([b"1\n" * 1_000_000]))
    assert found == "plain_size"
    assert peak < 4 * MEGABYTE


def test_one_long_line_is_refused():
    found, peak = measured(packed(b"a" * MEGABYTE for _ in range(100)))
    assert found == "plain_size"
    assert peak < 1.3 * MAX_PLAIN


def test_limits_are_exact(monkeypatch):
    lines = b"\n" * (MAX_LINES + 2)
    assert expand(packed([lines])) == lines
    assert reason(packed([lines + b"\n"])) == "plain_size"
    monkeypatch.setattr(container, "MAX_PLAIN", 1000)
    assert len(expand(compress(b"a" * 1000))) == 1000
    assert reason(compress(b"a" * 1001)) == "plain_size"


SIGNATURE = b"0" * 128


def test_lines_are_cut_at_their_feeds():
    parts = split(b"{}\n" + SIGNATURE + b"\na\n\nbc\n", sealed=True)
    assert (parts.header, parts.signature) == (b"{}", "0" * 128)
    assert list(parts.lines()) == [b"a", b"", b"bc"]
    assert bytes(parts.body) == b"a\n\nbc\n"
    assert parts.count == 3
    empty = split(b"{}\n" + SIGNATURE + b"\n", sealed=True)
    assert (list(empty.lines()), bytes(empty.body), empty.count) == ([], b"", 0)


@pytest.mark.parametrize(
    "plain",
    [
        b"", b"\n", b"{}", b"{}\n", b"{}\n" + SIGNATURE, b"{}\n" + SIGNATURE + b"0\n",
        b"{}\n" + SIGNATURE[1:] + b"\n", b"{}\n" + SIGNATURE + b"\r\n",
        b"{}\n" + SIGNATURE + b"\nabc",
    ],
)  # fmt: skip
def test_anything_else_is_not_of_our_lines(plain):
    assert reason(plain, lambda data: split(data, sealed=True)) == "lines"


def test_a_header_that_is_too_long_is_refused():
    plain = b"{" * (container.MAX_LINE + 1) + b"\n" + SIGNATURE + b"\n"
    assert reason(plain, lambda data: split(data, sealed=False)) == "plain_size"
