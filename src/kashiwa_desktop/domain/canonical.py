"""Canonical JSON: one value, one row of bytes, so that a hash stands for a value.

The profile is BUNDLE.md §2: sorted ASCII keys, no spaces, UTF-8 unescaped, strings, booleans,
null, arrays, objects, and integers within ±(2^53−1). No floats. On this profile the writer equals
RFC 8785.
"""

import re
from typing import Any

import msgspec

MAX_INTEGER = 2**53 - 1
MAX_LINE = 256 * 1024
MAX_TEXT = 20_000
MAX_DEPTH = 6

_encoder = msgspec.json.Encoder(order="sorted")
_TEXTS = re.compile(rb'"(?:[^"\\]|\\.)*+"?')
_BRACKETS = re.compile(rb"[\[\]{}]")


class NotCanonicalError(ValueError):
    """The value or the bytes lie outside the profile; the message names the rule, not the text."""


def encode(value: Any) -> bytes:
    """Return the canonical bytes of ``value``; NotCanonicalError outside the profile."""
    check(value)
    return _encoder.encode(value)


def bytes_of(value: Any) -> bytes:
    """Return the canonical bytes of a value that was checked before."""
    return _encoder.encode(value)


def decode(line: bytes) -> Any:
    """Read one line without its line feed; NotCanonicalError unless it is canonical."""
    if len(line) > MAX_LINE:
        raise NotCanonicalError("line too long")
    if is_too_deep(line):
        raise NotCanonicalError("too deep")
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotCanonicalError("not JSON") from error
    check(value)
    if _encoder.encode(value) != line:
        raise NotCanonicalError("not in canonical form")
    return value


def is_too_deep(data: bytes) -> bool:
    """Whether JSON is nested beyond the limit, told from its bytes before any parser goes in.

    How deep a parser can go, and how it gives up, differs from Python to Python.
    """
    if data.count(b"[") + data.count(b"{") <= MAX_DEPTH:
        return False
    depth = 0
    for bracket in _BRACKETS.finditer(_TEXTS.sub(b"", data)):
        depth += 1 if bracket[0] in (b"[", b"{") else -1
        if depth > MAX_DEPTH:
            return True
    return False


def check(value: Any, depth: int = 1) -> None:
    """Raise NotCanonicalError unless ``value`` lies within the profile and its limits."""
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise NotCanonicalError("integer out of range")
    elif isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict | list | tuple):
        if depth > MAX_DEPTH:
            raise NotCanonicalError("too deep")
        _check_members(value, depth)
    else:
        raise NotCanonicalError(f"{type(value).__name__} is not allowed")


def _check_members(value: Any, depth: int) -> None:
    if not isinstance(value, dict):
        for member in value:
            check(member, depth + 1)
        return
    for key, member in value.items():
        if not isinstance(key, str) or not key.isascii():
            raise NotCanonicalError("key is not ASCII text")
        _check_text(key)
        check(member, depth + 1)


def _check_text(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise NotCanonicalError("text too long")
    if "\0" in text:
        raise NotCanonicalError("NUL in text")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonicalError("lone surrogate") from error
