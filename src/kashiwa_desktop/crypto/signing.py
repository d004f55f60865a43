"""Ed25519: who made a file, provable from its bytes alone (BUNDLE.md §2, §6)."""

import hashlib
import re
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_PUBLIC: Final = re.compile(r"\A[0-9a-f]{64}\Z")
_SIGNATURE: Final = re.compile(r"\A[0-9a-f]{128}\Z")


class SigningKey:
    """The private half of one PC's, the office's or the recovery key's signature."""

    __slots__ = ("_key", "public")

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public: Final = key.public_key().public_bytes_raw().hex()

    @classmethod
    def generate(cls) -> "SigningKey":
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, raw: bytes) -> "SigningKey":
        """Take a key from its 32 raw bytes; ValueError where there are not 32."""
        return cls(Ed25519PrivateKey.from_private_bytes(raw))

    @property
    def raw(self) -> bytes:
        """The 32 bytes to keep; whoever has them can sign."""
        return self._key.private_bytes_raw()

    @property
    def device(self) -> str:
        """The PC's name in revisions and headers: 64 hex digits."""
        return device_of(self.public)

    def sign(self, message: bytes) -> str:
        """Return the signature as 128 lower-case hex digits; equal bytes give an equal one."""
        return self._key.sign(message).hex()

    def __repr__(self) -> str:
        return f"SigningKey(device={self.device[:8]})"


def verify(public: str, message: bytes, signature: str) -> bool:
    """Say whether ``signature`` (128 lower-case hex digits) was made by ``public`` (64)."""
    if not (_PUBLIC.match(public) and _SIGNATURE.match(signature)):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def device_of(public: str) -> str:
    """Return the device id of a public key: SHA-256 of its 32 raw bytes, in hex."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()
