"""R30 and test 11: well signed, well sealed, and full of traps."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.bundle.reader import Contents, inspect
from kashiwa_desktop.errors import FileRefusedError
from ratios import least

TRAPS = (
    "NaN", "Infinity", "1e999", "-0", "0.5", "1.0", "1E2", "9007199254740992", "-9007199254740992",
    "18446744073709551616", "1" * 400, '"\\ud800"', '"\\u0000"', '"\\u0041"', '"\\/"', "[" * 1000,
    '{"a":' * 1000, "[" * 100_000, "", " ", "null", "true", "[]", "{}", '""', "'x'",
    '{"a":1,"a":1}',
    "[[[[[[[[1]]]]]]]]", '"' + "x" * 20_001 + '"', '"\\n"', '"\\u2028"', "\u2028", "01", "1,2", "﻿1",
)  # fmt: skip
FIELDS = ("at", "body", "by", "deleted", "id", "month", "parents", "promoter", "salt", "type", "v")


LIMIT = 8
"""How many times the cost of an honest file of 1,000 records any other may take to be read."""


def reason(world, data):
    """Read a file; returns the reason of its refusal or 「accepted」."""
    try:
        assert isinstance(world.read("submission", data), Contents)
    except FileRefusedError as error:
        return error.values["reason"]
    return "accepted"


def verdict(world, data):
    """Read a file; returns what became of it, at a cost that honest files may have too."""
    found = set()
    cost = least(lambda: found.add(reason(world, data)), tries=1)
    assert cost < LIMIT * world.honest_cost
    (told,) = found
    return told


def crafted(world, *lines):
    return world.craft(body=b"".join(line + b"\n" for line in lines))


def test_a_reader_that_takes_much_longer_would_be_noticed(world, monkeypatch):
    """The wrong variant: everything is read over and over again."""
    read, floor = world.read, world.honest_cost

    def slow(kind, data):
        for _ in range(2 * LIMIT):
            found = read(kind, data)
        return found

    monkeypatch.setattr(world, "read", slow)
    assert floor == world.honest_cost, "measured before"
    with pytest.raises(AssertionError):
        verdict(world, world.honest)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda text: ascii(text[:20]))
def test_a_trap_in_any_place_is_refused(world, trap):
    raw = trap.encode()
    assert verdict(world, crafted(world, raw)) in ("line", "plain_size")
    good = json.loads(world.line())
    for name in FIELDS:
        text = json.dumps({**good, name: "\x01trap"}, sort_keys=True, separators=(",", ":"))
        line = text.replace('"\\u0001trap"', trap).encode()
        assert verdict(world, crafted(world, line)) in (
            "line",
            "order",
            "foreign_record",
            "plain_size",
        )
    inside = world.line(body=world.activity(extra="TRAP")).replace(b'"TRAP"', raw)
    harmless = trap in ("null", "true", "[]", "{}", '""', '"\\n"')
    assert (verdict(world, crafted(world, inside)) == "accepted") == harmless


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line + b" ",
        lambda line: b" " + line,
        lambda line: line.replace(b'":', b'": ', 1),
        lambda line: line.replace(b'{"at":"2026', b'{"at":"1999-01-01T00:00:00","at":"2026'),
        lambda line: line.replace(b'"deleted":false', b'"deleted":0'),
        lambda line: line.replace(b'"v":1', b'"v":1.0'),
        lambda line: line.replace(b'"v":1', b'"v":9007199254740993'),
        lambda line: line.replace("試".encode(), b"\\u8a66"),
        lambda line: line.replace("試".encode(), "試".encode()[:2]),
        lambda line: line.replace("試".encode(), b"\xed\xa0\x80"),
        lambda line: line.replace(b"A01", b"A\0001"),
        lambda line: b"\xef\xbb\xbf" + line,
        lambda line: line + b"\r",
        lambda line: line[:-1],
        lambda line: line.replace(b'"month":"2026-10"', b'"month":"2026-13"'),
        lambda line: line.replace(b'"date":"2026-10-14"', b'"date":"14.10.2026"'),
        lambda line: line.replace(b'"parents":[]', b'"parents":["' + b"A" * 64 + b'"]'),
        lambda line: line.replace(b'"type":"activity"', b'"type":"Activity"'),
    ],
)
def test_a_line_in_another_form_is_refused(world, change):
    line = world.line()
    assert change(line) != line
    assert verdict(world, crafted(world, change(line))) == "line"


def test_lines_in_another_order_or_twice_are_refused(world):
    one, two = sorted([world.line(), world.line(month="2026-09")])
    assert verdict(world, crafted(world, one, two)) == "accepted"
    assert verdict(world, crafted(world, two, one)) == "order"
    assert verdict(world, crafted(world, one, one)) == "order"
    assert verdict(world, crafted(world, one, b"", two)) == "line"


def test_doubts_about_content_refuse_nothing(world):
    """A date outside its month, the year 1 or 9999, the 31st of February: stored, asked about."""
    days = ("2026-02-31", "0001-01-01", "9999-12-31", "2019-01-01")
    lines = [world.line(body=world.activity(date=day, area="?" * 99)) for day in days]
    assert verdict(world, crafted(world, *sorted(lines))) == "accepted"


@pytest.mark.parametrize("count", [199_999, 200_001])
def test_very_many_lines_are_refused(world, count):
    data = world.craft(body=b"1\n" * count)
    assert verdict(world, data) == ("plain_size" if count > 200_000 else "line")


def test_a_line_above_the_limit_is_refused(world):
    line = world.line().replace(b"A01", b"A" * 300_000)
    assert verdict(world, crafted(world, line)) == "plain_size"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def dumped(value):
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass").replace(b"\n", b"")


@given(name=st.sampled_from(FIELDS), value=JSON)
def test_any_value_in_any_field_is_accepted_or_refused(world, name, value):
    line = dumped({**json.loads(world.line()), name: value})
    verdict(world, crafted(world, line))


@given(body=st.dictionaries(st.sampled_from(["date", "area", "minutes", "council", "x"]), JSON))
def test_any_body_is_accepted_or_refused(world, body):
    line = dumped({**json.loads(world.line()), "body": {**world.activity(), **body}})
    verdict(world, crafted(world, line))


@given(line=st.binary(max_size=200))
def test_any_bytes_as_a_line_are_refused(world, line):
    assert verdict(world, crafted(world, line)) != "accepted"


@given(
    name=st.sampled_from(["format", "requires", "kind", "from", "to", "settings", "app", "count"]),
    value=JSON,
)
def test_any_header_is_accepted_or_refused(world, name, value):
    try:
        data = world.craft(header={name: value})
    except (TypeError, AttributeError):
        return
    verdict(world, data)
    try:
        told = inspect(data, world.keys("submission"))
    except FileRefusedError:
        return
    assert told["signature"] in ("good", "bad", "unknown")


@given(data=st.binary(max_size=400), start=st.sampled_from([b"", b"{", b"age-encryption.org/v1\n"]))
def test_any_bytes_as_a_file_are_refused(world, data, start):
    assert verdict(world, start + data) != "accepted"


@given(packed=st.binary(max_size=200))
def test_any_bytes_sealed_to_us_are_refused(world, packed):
    assert verdict(world, world.seal_packed(packed, "submission")) == "packing"
    plain = world.seal_plain(packed, "submission")
    assert verdict(world, plain) in ("lines", "header")
