"""An independent reader of 総合振込 files: bytes and offsets of DOMAIN.md §3.4, nothing shared."""

import struct

HEADER = struct.Struct("1s2s1s10s40s4s4s15s3s15s1s7s17s")
DATA = struct.Struct("1s4s15s3s15s4s1s7s30s10s1s10s10s1s1s7s")
TRAILER = struct.Struct("1s6s12s101s")
END = struct.Struct("1s119s")
NAME_BYTES = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ()-./") | frozenset(range(0xB1, 0xE0))


def read(data, *, newline=True):
    """Return (header, list of data records, trailer); AssertionError where a rule is broken."""
    step = 122 if newline else 120
    assert len(data) % step == 0
    records = [data[at : at + step] for at in range(0, len(data), step)]
    if newline:
        assert all(record[120:] == b"\r\n" for record in records)
    head, *middle, trailer, end = [record[:120] for record in records]
    h, t = HEADER.unpack(head), TRAILER.unpack(trailer)
    assert (h[0], h[1], h[2], h[12]) == (b"1", b"21", b"0", b" " * 17)
    assert END.unpack(end) == (b"9", b" " * 119)
    rows = [DATA.unpack(record) for record in middle]
    assert all(row[0] == b"2" for row in rows)
    assert (t[0], t[3]) == (b"8", b" " * 101)
    assert int(t[1]) == len(rows)
    assert int(t[2]) == sum(int(row[9]) for row in rows)
    for names in [(h[4], h[7], h[9]), *((row[2], row[4], row[8]) for row in rows)]:
        assert all(set(name) <= NAME_BYTES for name in names)
    for number in [h[3], h[5], h[6], h[8], h[11], *(n for row in rows for n in (row[1], row[7]))]:
        assert number.isdigit()
    return h, rows, t


def name(field):
    """Return a name field as half-width text."""
    return "".join(
        chr(byte - 0xA1 + 0xFF61) if byte >= 0xA1 else chr(byte) for byte in field
    ).rstrip()
