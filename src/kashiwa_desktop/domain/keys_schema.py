"""The schema of the office's list of keys, and of what names a key or a PC."""

from typing import Annotated

from msgspec import Meta, Struct

Hex64 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Hex128 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{128}\Z")]
Recipient = Annotated[str, Meta(pattern=r"\Aage1[02-9ac-hj-np-z]{58}\Z")]


class ListedKey(Struct):
    """One working key of the office: present, retired or revoked."""

    key: Hex64
    recipient: Recipient
    state: Annotated[str, Meta(pattern=r"\A(present|retired|revoked)\Z")]


class Link(Struct):
    """One key vouching for another."""

    by: Hex64
    key: Hex64
    signature: Hex128


class KeysBody(Struct):
    """The office's list of keys (BUNDLE.md §6)."""

    office: Hex64
    keys: Annotated[list[ListedKey], Meta(min_length=1, max_length=100)]
    recovery_key: Hex64
    recovery_recipient: Recipient
    chain: Annotated[list[Link], Meta(max_length=200)] = []
