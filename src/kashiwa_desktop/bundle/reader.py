"""Reading a travelling file: everything is checked before anything of it is believed.

The order is BUNDLE.md §4: size, age header, decryption, bounded unpacking, header known, to us, by
a listed key, signature, body, then every line. Any failure refuses the whole file. A setup is not
encrypted, so accident can change it: there the signature comes before the header's words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from kashiwa_desktop.bundle import header as headers
from kashiwa_desktop.bundle.container import MAX_FILE, Parts, expand, split
from kashiwa_desktop.bundle.contents import (
    Contents,
    check_body,
    check_signature,
    foreign_parents,
    read_contents,
    read_header,
    signed,
)
from kashiwa_desktop.bundle.header import Header
from kashiwa_desktop.bundle.reasons import KIND_NAMES, refusal
from kashiwa_desktop.crypto.sealing import MAGIC, ReceivingKey, SealedForOthersError, unseal
from kashiwa_desktop.domain import canonical
from kashiwa_desktop.errors import FileRefusedError

__all__ = ["ANYTHING", "Contents", "Expect", "foreign_parents", "inspect", "read"]


@dataclass(frozen=True, slots=True)
class Expect:
    """What the reader is ready to accept; None is 「any」.

    ``signers``: the office's listed keys (public, hex). None accepts whatever key signed a setup
    (the first one) and no key at all for the other files of an office. ``revoked``: public keys
    of PCs reported lost.
    """

    office: str | None = None
    kind: str | None = None
    promoter: str | None = None
    signers: frozenset[str] | None = None
    revoked: frozenset[str] = frozenset()


ANYTHING: Final = Expect()


def read(data: bytes, keys: Sequence[ReceivingKey], expect: Expect = ANYTHING) -> Contents:
    """Return what is in the file; FileRefusedError with a code of PRODUCT.md §8 otherwise."""
    parts = open_file(data, keys)
    header = read_header(parts)
    if parts.sealed:
        _check_address(header, expect)
        check_signature(parts, header)
    else:
        check_signature(parts, header)
        _check_address(header, expect)
    check_body(parts, header)
    return read_contents(parts, header)


def open_file(data: bytes, keys: Sequence[ReceivingKey]) -> Parts:
    """Take off the outer layers; before decryption no sentence says more than is known."""
    if not data:
        raise refusal("empty")
    if len(data) > MAX_FILE:
        raise refusal("file_size")
    if data.startswith(b"{"):
        return split(data, sealed=False)
    if not data.startswith(MAGIC):
        raise refusal("not_ours")
    try:
        packed = unseal(data, keys)
    except SealedForOthersError:
        raise refusal("sealed") from None
    return split(expand(packed), sealed=True)


def _check_address(header: Header, expect: Expect) -> None:
    """To us, of the kind that was asked for, and by a key that counts."""
    office = headers.EVERY_OFFICE if header.kind == "setup" else expect.office
    if office is not None and header.to.office != office:
        raise refusal("other_office")
    if expect.kind not in (None, header.kind):
        raise refusal("kind", kind=KIND_NAMES.get(header.kind, header.kind))
    if header.kind in ("submission", "transfer", "return", "handover"):
        by_promoter = header.kind in headers.FROM_PROMOTER
        promoter = header.sender.promoter if by_promoter else header.to.promoter
        if expect.promoter not in (None, promoter):
            raise refusal("other_promoter")
    _check_signer(header, expect)


def _check_signer(header: Header, expect: Expect) -> None:
    key = header.sender.key
    if key in expect.revoked:
        raise refusal("revoked")
    if header.kind in headers.FROM_PROMOTER:
        return
    if header.kind == "setup":
        if expect.signers is not None and key not in expect.signers:
            raise refusal("setup_of_other")
    elif key not in (expect.signers or ()):
        raise refusal("not_listed")


def inspect(
    data: bytes, keys: Sequence[ReceivingKey], known: frozenset[str] | None = None
) -> dict[str, Any]:
    """Return what the file says of itself (the shape of PRODUCT.md §8, ``inspect``).

    ``signature``: ``bad`` where header or lines are not what was signed, ``unknown`` where the
    format cannot be checked or the signer is not among ``known`` (public keys), else ``good``.
    FileRefusedError where it cannot be opened.
    """
    parts = open_file(data, keys)
    try:
        fields = headers.decode(parts.header)
    except canonical.NotCanonicalError:
        raise refusal("header") from None
    named = {name: fields.get(name) for name in ("format", "kind", "from", "to", "count", "bytes")}
    named["months"] = _months(parts)
    named["signature"] = _judge(parts, fields, known)
    return named


def _judge(parts: Parts, fields: Mapping[str, Any], known: frozenset[str] | None) -> str:
    try:
        header = read_header(parts)
        check_body(parts, header)
    except FileRefusedError as error:
        return "unknown" if error.code == "newer_format" else "bad"
    if not signed(parts, fields):
        return "bad"
    return "good" if known is None or header.sender.key in known else "unknown"


def _months(parts: Parts) -> list[str]:
    """The months that the lines name; lines that cannot be read name none."""
    found: set[str] = set()
    for line in parts.lines():
        if canonical.is_too_deep(line):
            continue
        try:
            month = msgspec.json.decode(line, type=_MonthOnly).month
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
        if month is not None:
            found.add(month)
    return sorted(found)


class _MonthOnly(msgspec.Struct):
    """The one field of a revision that ``inspect`` shows."""

    month: str | None = None
