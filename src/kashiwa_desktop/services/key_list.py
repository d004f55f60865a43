"""The office's list of keys: which count, how one follows from another, to whom is sealed."""

from collections.abc import Sequence
from typing import Any

from kashiwa_desktop.bundle import reader
from kashiwa_desktop.bundle.reader import Contents, Expect
from kashiwa_desktop.bundle.reasons import refusal
from kashiwa_desktop.crypto.keys import OfficePublic, office_id
from kashiwa_desktop.crypto.signing import SigningKey, verify
from kashiwa_desktop.domain.revision import RecordKey, derived_id
from kashiwa_desktop.errors import FileRefusedError, RefusedError
from kashiwa_desktop.storage import revisions
from kashiwa_desktop.storage.database import Tx

KEYS = RecordKey(None, "keys", derived_id("keys"))
_STATES = ("present", "retired", "revoked")
ASK_FOR_KEYWORD = "合言葉をお知らせください(--passphrase-file または KASHIWA_PASSPHRASE)。"


def endorse(signer: SigningKey, office: str, key: str) -> dict[str, str]:
    """Return one link of the office's chain of keys: ``signer`` says that ``key`` is the office's.

    The chain begins at the first signing key, whose SHA-256 is the office id itself, so a PC that
    has never seen this office can follow it to whichever key signed the file before it.
    """
    signature = signer.sign(_link(office, key))
    return {"by": signer.public, "key": key, "signature": signature}


def chained_keys(body: dict[str, Any]) -> set[str]:
    """Return the keys that follow, link by link, from the key the office id was made of."""
    office = body["office"]
    names = {link["by"] for link in body.get("chain", [])} | {k["key"] for k in body["keys"]}
    return followed({key for key in names if office_id(key) == office}, body)


def followed(trusted: set[str], body: dict[str, Any]) -> set[str]:
    """Return ``trusted`` and all keys that the chain of this list leads to from them."""
    found, before = set(trusted), set[str]()
    while found != before:
        before = set(found)
        found |= {link["key"] for link in body.get("chain", []) if _holds(body, link, before)}
    return found


def _holds(body: dict[str, Any], link: dict[str, str], trusted: set[str]) -> bool:
    message = _link(body["office"], link["key"])
    return link["by"] in trusted and verify(link["by"], message, link["signature"])


def _link(office: str, key: str) -> bytes:
    return f"kashiwa-sasaeai key 1\n{office}\n{key}".encode()


def keys_body(tx: Tx) -> dict[str, Any]:
    """Return the office's list of keys; RefusedError before any settings file.

    Where two lists do not know of each other, both count: each key in its later state.
    """
    held = [r.body for r in revisions.heads_of_record(tx, KEYS) if not r.deleted]
    if not held:
        text = "はじめに設定ファイルを読み込んでください(はじめての設定)。"
        raise RefusedError(text, code="no_setup")
    return merged_lists(held)


def merged_lists(bodies: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return one list of all keys and links in ``bodies``."""
    keys: dict[str, dict[str, str]] = {}
    chain: list[dict[str, str]] = []
    for body in bodies:
        for key in body["keys"]:
            known = keys.get(key["key"], key)
            keys[key["key"]] = max(known, key, key=lambda k: _STATES.index(k["state"]))
        chain += [link for link in body.get("chain", []) if link not in chain]
    return {**bodies[0], "keys": list(keys.values()), "chain": chain}


def present_keys(body: dict[str, Any]) -> list[OfficePublic]:
    """Return the office's present working keys: one, but for two stores that changed apart."""
    fixed = {name: body[name] for name in ("office", "recovery_key", "recovery_recipient")}
    return [
        OfficePublic(key=k["key"], recipient=k["recipient"], **fixed)
        for k in body["keys"]
        if k["state"] == "present"
    ]


def listed_keys(tx: Tx) -> frozenset[str]:
    """Return the public signing keys of the office that count: present, retired, and recovery.

    Files signed before a change of keys stay good; a key reported stolen is ``revoked``.
    """
    body = keys_body(tx)
    listed = {k["key"] for k in body["keys"] if k["state"] in ("present", "retired")}
    return frozenset(listed | {body["recovery_key"]})


def office_recipients(tx: Tx) -> list[str]:
    """Return to whom a file for the office is sealed: the working and the recovery key."""
    body = keys_body(tx)
    return [*(public.recipient for public in present_keys(body)), body["recovery_recipient"]]


def read_settings(data: bytes, listed: frozenset[str] | None) -> Contents:
    """Read a settings file that counts here: FileRefusedError unless a listed key signed it.

    A key also counts where the file's own chain leads to it from a listed one: so a change of keys
    arrives, however many settings files this PC missed. ``listed`` is None before the first one.
    """
    contents = reader.read(data, [], Expect(kind="setup"))
    signer = contents.header.sender.key
    if listed is not None and signer not in listed:
        lists = key_lists(contents)
        if not any(signer in followed(set(listed), body) - _revoked(body) for body in lists):
            raise refusal("setup_of_other")
    return contents


def key_lists(contents: Contents) -> list[dict[str, Any]]:
    """Return the lists of keys that a file brings."""
    return [r.body for r in contents.revisions if r.key == KEYS and not r.deleted]


def _revoked(body: dict[str, Any]) -> set[str]:
    return {k["key"] for k in body["keys"] if k["state"] == "revoked"}


def proved_office(contents: Contents) -> str:
    """Return the office id of a settings file whose signer is proved to be that office's."""
    signer = contents.header.sender.key
    for body in key_lists(contents):
        if signer in chained_keys(body) - _revoked(body):
            return str(body["office"])
    text = "設定ファイルに書かれた事務局と、作った人のかぎが合いません。事務局にご確認ください。"
    raise FileRefusedError(text, code="other_office")
