"""Canonical JSON: equal to RFC 8785 on our profile, and nothing else is accepted."""

import json

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.domain import canonical
from kashiwa_desktop.domain.canonical import NotCanonicalError

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
KEYS = st.text(st.characters(max_codepoint=127, exclude_characters="\0"), max_size=8)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-canonical.MAX_INTEGER, canonical.MAX_INTEGER),
    TEXT,
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def depth(value):
    members = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        return 1 + max(map(depth, members), default=0)
    return 0


PROFILE = VALUES.filter(lambda value: depth(value) <= canonical.MAX_DEPTH)


@given(PROFILE)
def test_the_writer_equals_the_oracle_of_rfc_8785(value):
    assert canonical.encode(value) == rfc8785.dumps(value)
    assert canonical.bytes_of(value) == canonical.encode(value)


@given(PROFILE)
def test_what_was_written_reads_back_as_the_same_value(value):
    assert canonical.decode(canonical.encode(value)) == value


@given(PROFILE)
def test_any_other_spelling_of_the_same_value_is_refused(value):
    spelled = json.dumps(value, indent=1).encode()
    if spelled != canonical.encode(value):
        with pytest.raises(NotCanonicalError):
            canonical.decode(spelled)


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused_and_what_is_read_is_canonical(line):
    try:
        value = canonical.decode(line)
    except NotCanonicalError:
        return
    assert rfc8785.dumps(value) == line


@pytest.mark.parametrize("character", list('\x01\x08\t\n\x0c\r\x1f"\\/\x7f\u2028\u2029\ufeff髙𠮷'))
def test_characters_that_writers_disagree_about_are_written_as_the_oracle_does(character):
    assert canonical.encode(character) == rfc8785.dumps(character)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff", "not JSON"),
        (b'"\xff"', "not JSON"),
        (b"NaN", "not JSON"),
        (b"1e999", "not JSON"),
        (b'"\\ud800"', "not JSON"),
        (b"[" * 5000 + b"]" * 5000, "too deep"),
        (b"[" * 200_000, "too deep"),
        (b'{"a":' * 50_000, "too deep"),
        (b'["[[[[[[[","{{{{","\\"[[["]x', "not JSON"),
        (b'{"a":1,"a":1}', "not in canonical form"),
        (b'{"a":2,"a":1}', "not in canonical form"),
        (b'{"b":1,"a":1}', "not in canonical form"),
        (b'{"a": 1}', "not in canonical form"),
        (b" 1", "not in canonical form"),
        (b"1\n", "not in canonical form"),
        (b"-0", "not in canonical form"),
        (b'"\\u0041"', "not in canonical form"),
        (b'"\\/"', "not in canonical form"),
        (b'"\\u00e9"', "not in canonical form"),
        (b"1.0", "float is not allowed"),
        (b"1e2", "float is not allowed"),
        (b"9007199254740992", "integer out of range"),
        (b"-9007199254740992", "integer out of range"),
        (b"18446744073709551616", "integer out of range"),
        (b'"\\u0000"', "NUL in text"),
        (b'{"\\u0000":1}', "NUL in text"),
        ('{"髙":1}'.encode(), "key is not ASCII text"),
        (b"[[[[[[[1]]]]]]]", "too deep"),
        (b'{"a":[{"a":[{"a":[{}]}]}]}', "too deep"),
        (b'"' + b"a" * (canonical.MAX_TEXT + 1) + b'"', "text too long"),
        (b'"' + b"a" * canonical.MAX_LINE + b'"', "line too long"),
    ],
)
def test_each_rule_of_the_profile_refuses(line, rule):
    with pytest.raises(NotCanonicalError, match=rule):
        canonical.decode(line)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (1.0, "float is not allowed"),
        (b"bytes", "bytes is not allowed"),
        ({1: "a"}, "key is not ASCII text"),
        (["\ud800"], "lone surrogate"),
        ({"a": "\0"}, "NUL in text"),
        (2**53, "integer out of range"),
    ],
)
def test_the_writer_refuses_what_a_reader_would(value, rule):
    with pytest.raises(NotCanonicalError, match=rule):
        canonical.encode(value)


@pytest.mark.parametrize(
    "value",
    [2**53 - 1, -(2**53 - 1), "a" * canonical.MAX_TEXT, [[[[[[1]]]]]], ("a", ["b"]), "", {"": 0}],
)
def test_the_limits_themselves_are_allowed(value):
    assert canonical.encode(value) == rfc8785.dumps(value)


def test_a_message_names_the_rule_and_never_the_text():
    with pytest.raises(NotCanonicalError) as refused:
        canonical.encode({"title": "ひみつ\0"})
    assert "ひみつ" not in str(refused.value)


def test_a_reader_that_does_not_compare_bytes_would_take_a_repeated_key():
    line = b'{"yen":1,"yen":40000}'
    assert msgspec.json.decode(line) == {"yen": 40000}
    with pytest.raises(NotCanonicalError):
        canonical.decode(line)


def test_brackets_in_texts_and_side_by_side_are_no_depth():
    value = {"a": ["[" * 90, '"{[' * 30, "\\" * 7], "b": [{} for _ in range(90)], "c": [[[[[1]]]]]}
    assert canonical.decode(canonical.encode(value)) == value
    assert canonical.is_too_deep(canonical.bytes_of([value]))


def test_a_kind_of_value_that_json_does_not_have_is_refused():
    with pytest.raises(NotCanonicalError, match="not allowed"):
        canonical.check(object())


def test_a_value_that_is_too_deep_is_refused_before_it_is_written():
    with pytest.raises(NotCanonicalError, match="too deep"):
        canonical.check([[[[[[[]]]]]]])
