"""What is inside a travelling file, checked line by line, for the reader and for the writer."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from kashiwa_desktop.bundle import header as headers
from kashiwa_desktop.bundle.container import Parts
from kashiwa_desktop.bundle.header import Header
from kashiwa_desktop.bundle.reasons import refusal
from kashiwa_desktop.crypto import signing
from kashiwa_desktop.domain import schema
from kashiwa_desktop.domain.canonical import MAX_LINE, NotCanonicalError
from kashiwa_desktop.domain.revision import OFFICE_TYPES, SHARED_TYPES, RecordKey, Revision

SETTINGS_TYPES = frozenset({"settings", "keys"})


@dataclass(frozen=True, slots=True)
class Contents:
    """A file that holds together: its header, its id, and its revisions in the order of bytes."""

    header: Header
    bundle_id: str
    revisions: list[Revision]


def read_header(parts: Parts) -> Header:
    """Read the header of a known format; FileRefusedError (newer_format, damaged, schema)."""
    try:
        fields = headers.decode(parts.header)
        versions = msgspec.convert(fields, headers.Versions, strict=True)
        if not versions.known:
            raise _not_known(parts, versions)
        found = msgspec.convert(fields, Header, strict=True)
    except (NotCanonicalError, msgspec.ValidationError):
        raise refusal("header") from None
    if found.sender.device != signing.device_of(found.sender.key):
        raise refusal("device")
    return found


def _not_known(parts: Parts, versions: headers.Versions) -> Exception:
    """A sealed file cannot be damaged by accident; a plain one must prove that it is whole."""
    proved = parts.sealed or any(
        signed(parts, headers.decode(parts.header), number)
        for number in {headers.FORMAT, versions.format}
    )
    return refusal("newer" if proved else "newer_or_damaged")


def signed(parts: Parts, fields: Mapping[str, object], number: int = headers.FORMAT) -> bool:
    """Say whether the signature line belongs to the header line and the key it names."""
    sender = fields.get("from")
    key = sender.get("key") if isinstance(sender, dict) else None
    message = headers.signed_bytes(parts.header, number)
    return isinstance(key, str) and signing.verify(key, message, parts.signature)


def check_signature(parts: Parts, header: Header) -> None:
    """FileRefusedError unless the key in the header made the signature."""
    message = headers.signed_bytes(parts.header)
    if not signing.verify(header.sender.key, message, parts.signature):
        raise refusal("signature")


def check_body(parts: Parts, header: Header) -> None:
    """FileRefusedError unless the lines are those that the header was signed for."""
    digest = hashlib.sha256(parts.body).hexdigest()
    if (len(parts.body), digest, parts.count) != (header.size, header.body_sha256, header.count):
        raise refusal("body")


def read_contents(parts: Parts, header: Header) -> Contents:
    """Read every line and check who may bring what; FileRefusedError refuses the whole file."""
    if header.kind not in headers.KINDS:
        raise refusal("unknown_kind")
    if parts.sealed == (header.kind == "setup"):
        raise refusal("sealed_setup" if parts.sealed else "unsealed")
    if header.kind in headers.FROM_PROMOTER and header.sender.promoter is None:
        raise refusal("no_promoter")
    revisions = _revisions(parts)
    for revision in revisions:
        _check_scope(header, revision)
    if foreign_parents(revisions):
        raise refusal("foreign_parents")
    return Contents(header, hashlib.sha256(parts.header).hexdigest(), revisions)


def _revisions(parts: Parts) -> list[Revision]:
    found: list[Revision] = []
    before = b""
    for number, line in enumerate(parts.lines(), start=3):
        if len(line) > MAX_LINE:
            raise refusal("plain_size")
        try:
            found.append(schema.read_revision(line))
        except (NotCanonicalError, schema.SchemaError):
            raise refusal("line", number=number) from None
        if line <= before:
            raise refusal("order")
        before = line
    return found


def _check_scope(header: Header, revision: Revision) -> None:
    kind, key = header.kind, revision.key
    if kind in headers.FROM_PROMOTER:
        if key.promoter != header.sender.promoter:
            raise refusal("foreign_record")
        if revision.by.role != "promoter" or key.type in OFFICE_TYPES:
            raise refusal("office_record")
        return
    if key.type in OFFICE_TYPES and revision.by.role != "office":
        raise refusal("office_record")
    if kind == "setup":
        _check_setup(key)
    elif kind == "return":
        _check_return(header, key)


def _check_setup(key: RecordKey) -> None:
    other = (SHARED_TYPES | OFFICE_TYPES) - SETTINGS_TYPES
    if key.promoter is not None or key.type in other:
        raise refusal("not_settings")


def _check_return(header: Header, key: RecordKey) -> None:
    """A return brings all of its promoter's records and the office's settings, and no others."""
    settings = key.promoter is None and key.type not in SHARED_TYPES
    if not settings and key.promoter != header.to.promoter:
        raise refusal("foreign_record")


def foreign_parents(
    revisions: Sequence[Revision],
    lookup: Callable[[Iterable[str]], Mapping[str, RecordKey]] = lambda _: {},
) -> list[str]:
    """Return the ids of revisions that name a parent of another record, in the given order.

    Parents are looked for among the revisions themselves, then with ``lookup``, which is asked once
    for all others and answers with those that the store holds. Unknown parents may still come.
    """
    known = {revision.id: revision.key for revision in revisions}
    asked = {parent for revision in revisions for parent in revision.parents} - known.keys()
    known.update(lookup(asked) if asked else {})
    return [r.id for r in revisions if any(known.get(p, r.key) != r.key for p in r.parents)]
