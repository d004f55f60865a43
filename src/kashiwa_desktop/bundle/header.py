"""The header line of a travelling file: what it is, from whom, to whom (BUNDLE.md §2)."""

from typing import Annotated, Any, Final

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from kashiwa_desktop.domain import canonical
from kashiwa_desktop.domain.keys_schema import Hex64, Recipient
from kashiwa_desktop.domain.office_schema import Name as Label

FORMAT: Final = 1
CAPABILITIES: Final = frozenset({"core1"})
KINDS: Final = {
    "submission": ".kssz",
    "return": ".kssr",
    "setup": ".kssc",
    "transfer": ".ksst",
    "handover": ".kssr",
    "journal": ".kssj",
}
"""Every kind with the extension of its file."""
FROM_PROMOTER: Final = frozenset({"submission", "transfer"})
"""Kinds that a promoter's PC signs; all others need a listed key of the office."""
EVERY_OFFICE: Final = "*"

Whole = Annotated[int, Meta(ge=0, le=canonical.MAX_INTEGER)]


class Sender(Struct, frozen=True):
    """Who made the file, on which PC, and which of that PC's files it is."""

    promoter: Label | None
    device: Hex64
    key: Hex64
    recipient: Recipient
    seq: Annotated[int, Meta(ge=1, le=canonical.MAX_INTEGER)]
    previous: Hex64 | None
    restored: bool


class Address(Struct, frozen=True):
    """For whom the file is; a setup is for every promoter of whatever office signed it."""

    office: Annotated[str, Meta(pattern=r"\A([0-9a-f]{64}|\*)\Z")]
    promoter: Label | None = None


class LogHead(Struct, frozen=True):
    """How long the office's log was, and the hash of its last line, when the file was made."""

    n: Annotated[int, Meta(ge=1, le=canonical.MAX_INTEGER)]
    hash: Hex64


class Header(Struct, frozen=True):
    """The header as values; ``size`` and ``body_sha256`` are of lines 3… with their feeds.

    ``log`` stands in what an office signs: whoever keeps such a file can show that the
    log was cut or rewritten later.
    """

    format: int
    requires: list[str]
    kind: str
    sender: Sender = msgspec.field(name="from")
    to: Address
    settings: Annotated[str, Meta(pattern=r"\A\d{4}-\d{2}-\d{2}\Z")] | None
    app: Annotated[str, Meta(max_length=200)]
    made_at: Annotated[str, Meta(min_length=10, max_length=40)]
    count: Whole
    size: Whole = msgspec.field(name="bytes")
    body_sha256: Hex64
    log: LogHead | UnsetType = UNSET


class Versions(Struct, frozen=True):
    """What must be known of a header before anything else of it is believed."""

    format: Annotated[int, Meta(ge=1)]
    requires: list[str]

    @property
    def known(self) -> bool:
        return self.format == FORMAT and CAPABILITIES.issuperset(self.requires)


def decode(line: bytes) -> dict[str, Any]:
    """Read a header line without its feed; NotCanonicalError, also where it is no object."""
    fields = canonical.decode(line)
    if not isinstance(fields, dict):
        raise canonical.NotCanonicalError("header is not an object")
    return fields


def signed_bytes(line: bytes, number: int = FORMAT) -> bytes:
    """Return what the signature is over: a fixed prefix and the header line without its feed."""
    return b"kashiwa-sasaeai bundle %d\n" % number + line
