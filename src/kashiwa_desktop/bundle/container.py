"""The outer layers of a travelling file: gzip, lines, and the limits on both (BUNDLE.md §2)."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kashiwa_desktop.bundle.reasons import refusal
from kashiwa_desktop.domain.canonical import MAX_LINE

MAX_FILE: Final = 25 * 1024 * 1024
MAX_PLAIN: Final = 64 * 1024 * 1024
MAX_LINES: Final = 200_000

_GZIP: Final = bytes.fromhex("1f8b08000000000000ff")
_FIXED: Final = 8  # deflate, no name, no time; the two bytes after it say nothing about content
_PIECE: Final = 64 * 1024
_SIGNATURE_SIZE: Final = 128


@dataclass(frozen=True, slots=True)
class Parts:
    """An opened file: header line without its feed, signature, and where lines 3… start."""

    header: bytes
    signature: str
    plain: bytes | bytearray
    start: int
    sealed: bool

    @property
    def body(self) -> memoryview:
        """Lines 3… with their feeds, not copied."""
        return memoryview(self.plain)[self.start :]

    @property
    def count(self) -> int:
        """How many lines there are from line 3 on."""
        return self.plain.count(b"\n", self.start)

    def lines(self) -> Iterator[bytes]:
        """Give lines 3… one by one, without their feeds."""
        start = self.start
        while start < len(self.plain):
            end = self.plain.index(b"\n", start)
            yield bytes(self.plain[start:end])
            start = end + 1


def compress(plain: bytes) -> bytes:
    """Return one gzip member with the fixed header: equal bytes give equal bytes."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflate.compress(plain) + deflate.flush()
    return _GZIP + packed + struct.pack("<II", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)


def expand(packed: bytes) -> bytearray:
    """Unpack one gzip member with nothing after it, piece by piece against the limits."""
    if packed[:_FIXED] != _GZIP[:_FIXED]:
        raise refusal("packing")
    inflate = zlib.decompressobj(wbits=31)
    plain = bytearray()
    feeds = 0
    try:
        for piece in _inflated(inflate, packed):
            plain += piece
            feeds += piece.count(b"\n")
            if len(plain) > MAX_PLAIN or feeds > MAX_LINES + 2:
                raise refusal("plain_size")
    except zlib.error:
        raise refusal("packing") from None
    if not inflate.eof or inflate.unused_data:
        raise refusal("packing")
    return plain


def _inflated(inflate: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    for start in range(0, len(packed), _PIECE):
        if inflate.eof:
            raise refusal("packing")
        rest = packed[start : start + _PIECE]
        while True:
            piece = inflate.decompress(rest, _PIECE)
            rest = inflate.unconsumed_tail
            yield piece
            if not (piece or rest):
                break


def split(plain: bytes | bytearray, *, sealed: bool) -> Parts:
    """Cut the plain bytes into header, signature and body; every line ends in one feed."""
    if len(plain) > MAX_PLAIN or plain.count(b"\n") > MAX_LINES + 2:
        raise refusal("plain_size")
    first = plain.find(b"\n")
    second = plain.find(b"\n", first + 1)
    if first < 0 or second - first - 1 != _SIGNATURE_SIZE or not plain.endswith(b"\n"):
        raise refusal("lines")
    if first > MAX_LINE:
        raise refusal("plain_size")
    return Parts(
        header=bytes(plain[:first]),
        signature=plain[first + 1 : second].decode("ascii", "replace"),
        plain=plain,
        start=second + 1,
        sealed=sealed,
    )
