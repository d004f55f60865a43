"""age: what only the addressee can read (BUNDLE.md §2); work with a 合言葉 in ``passphrase``."""

from collections.abc import Sequence
from typing import Final

import pyrage

from kashiwa_desktop.crypto.passphrase import WrongPassphraseError, lock, unlock
from kashiwa_desktop.errors import AppError, RefusedError

__all__ = [
    "MAGIC",
    "MAX_RECIPIENTS",
    "ReceivingKey",
    "SealedForOthersError",
    "WrongPassphraseError",
    "lock",
    "seal",
    "unlock",
    "unseal",
]

MAGIC: Final = b"age-encryption.org/v1\n"
"""How every sealed file starts; the text form (armour) is not accepted."""
MAX_RECIPIENTS: Final = 32
"""So many fit before the end mark must have come (about 100 bytes each)."""

_HEADER_END: Final = b"\n--- "
_HEADER_LIMIT: Final = 4_096


class SealedForOthersError(AppError):
    """None of our keys opens it; for another office and damaged cannot be told apart."""

    def __init__(self) -> None:
        super().__init__("別の事務局あてか、こわれています。", code="unreadable")


class ReceivingKey:
    """An age X25519 identity: what is sealed to ``recipient`` can be read with it."""

    __slots__ = ("_identity", "recipient")

    def __init__(self, identity: pyrage.x25519.Identity) -> None:
        self._identity = identity
        self.recipient: Final = str(identity.to_public())

    @classmethod
    def generate(cls) -> "ReceivingKey":
        return cls(pyrage.x25519.Identity.generate())

    @classmethod
    def from_text(cls, text: str) -> "ReceivingKey":
        """Take a key from its text ``AGE-SECRET-KEY-1…``; RefusedError where it is none."""
        try:
            return cls(pyrage.x25519.Identity.from_str(text.strip().upper()))
        except pyrage.IdentityError:
            raise RefusedError(
                "かぎの文字が読み取れません。書き写しをもう一度ご確認ください。", code="bad_key"
            ) from None

    @property
    def secret(self) -> str:
        """The text to keep; whoever has it can read everything sealed to this key."""
        return str(self._identity)

    @property
    def identity(self) -> pyrage.x25519.Identity:
        """The key as age takes it; only for this room."""
        return self._identity

    def __repr__(self) -> str:
        return f"ReceivingKey({self.recipient[:12]})"


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """Return ``data`` as an age file that each of the ``age1…`` recipients alone can open."""
    unique = sorted(set(recipients))
    if not 1 <= len(unique) <= MAX_RECIPIENTS:
        raise RefusedError(
            f"あて先のパソコンは、1台から{MAX_RECIPIENTS}台までです。"
            "使っていないパソコンの登録を外してください。",
            code="recipients",
        )
    try:
        keys = [pyrage.x25519.Recipient.from_str(text) for text in unique]
    except pyrage.RecipientError:
        raise RefusedError(
            "あて先のかぎが読み取れません。もう一度ご確認ください。", code="bad_key"
        ) from None
    sealed: bytes = pyrage.encrypt(data, keys)
    return sealed


def unseal(data: bytes, keys: Sequence[ReceivingKey]) -> bytes:
    """Return what was sealed; SealedForOthersError where no key opens it or a byte is wrong.

    A long header would hold the interpreter for minutes: its end must come within 4,096 bytes.
    """
    if not data.startswith(MAGIC) or _HEADER_END not in data[:_HEADER_LIMIT] or not keys:
        raise SealedForOthersError
    try:
        opened: bytes = pyrage.decrypt(data, [key.identity for key in keys])
    except pyrage.DecryptError:
        raise SealedForOthersError from None
    return opened
