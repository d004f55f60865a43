"""The keys of a PC and of the office: made, kept and proved before anything is entrusted to them.

BUNDLE.md §6, RELIABILITY.md §2: after a key is made it is read again from disk, and a canary is
signed, sealed and opened with it. Where that fails nothing is accepted.
"""

import hashlib
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, TypeVar

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kashiwa_desktop.crypto import key_files, sealing, signing
from kashiwa_desktop.crypto.sealing import ReceivingKey
from kashiwa_desktop.crypto.signing import SigningKey
from kashiwa_desktop.errors import AppError, StoreError

PC_FILE: Final = "pc.key"
SEQUENCE_FILE: Final = "sequence.json"
OFFICE_FILE: Final = "office.key.age"
OFFICE_PUBLIC_FILE: Final = "office.json"

_RECOVERY_INFO: Final = b"kashiwa-sasaeai recovery signing 1"
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

Hex64 = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Recipient = Annotated[str, msgspec.Meta(pattern=r"\Aage1[02-9ac-hj-np-z]{58}\Z")]
Stored = TypeVar("Stored", bound=msgspec.Struct)


def office_id(public: str) -> str:
    """Return the office id: SHA-256, in hex, of the raw bytes of its FIRST signing key."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()


class _KeyPair(msgspec.Struct, frozen=True):
    """How a signing and a receiving key lie on disk."""

    signing: Hex64
    receiving: str


class LastFile(msgspec.Struct, frozen=True):
    """The number of the last file made on this PC, and that file's bundle id."""

    seq: Annotated[int, msgspec.Meta(ge=0)]
    previous: Hex64 | None


class PcIdentity:
    """One PC: the key it signs with, the key it receives with, and its last file's number."""

    __slots__ = ("folder", "receiving", "signing")

    def __init__(self, folder: Path, signing: SigningKey, receiving: ReceivingKey) -> None:
        self.folder = folder
        self.signing = signing
        self.receiving = receiving

    @classmethod
    def create(cls, folder: Path) -> "PcIdentity":
        """Make this PC's keys, read them again and prove them; StoreError stops everything."""
        key_files.make_folder(folder)
        made = _pack(SigningKey.generate(), ReceivingKey.generate())
        key_files.write(folder / PC_FILE, made)
        held = cls.load(folder)
        if _pack(held.signing, held.receiving) != made:
            raise key_files.damaged()
        return held

    @classmethod
    def load(cls, folder: Path) -> "PcIdentity":
        """Read and prove the keys of this PC; StoreError where they are missing or damaged."""
        held = cls(folder, *_unpack(key_files.read(folder / PC_FILE)))
        prove(held.signing, [held.receiving])
        return held

    @staticmethod
    def exists(folder: Path) -> bool:
        return (folder / PC_FILE).exists()

    @property
    def device(self) -> str:
        return self.signing.device

    def read_sequence(self) -> LastFile:
        """Return the last number and bundle id; ``seq`` 0 before the first file."""
        place = self.folder / SEQUENCE_FILE
        return _read(place, LastFile) if place.exists() else LastFile(0, None)

    def write_sequence(self, seq: int, previous: str | None) -> None:
        """Keep the number and the bundle id of the file just made; StoreError where it fails."""
        data = msgspec.json.encode(LastFile(seq, previous))
        key_files.write(self.folder / SEQUENCE_FILE, data, replace=True)


class RecoveryKey:
    """予備のかぎ: one 32-byte seed that opens every file and can replace the office's key."""

    __slots__ = ("receiving", "signing")

    def __init__(self, receiving: ReceivingKey) -> None:
        self.receiving = receiving
        derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=_RECOVERY_INFO)
        self.signing = SigningKey.from_bytes(derive.derive(_seed(receiving.secret)))

    @classmethod
    def generate(cls) -> "RecoveryKey":
        return cls(ReceivingKey.generate())

    @classmethod
    def from_age_identity(cls, text: str) -> "RecoveryKey":
        """Take the key from its text ``AGE-SECRET-KEY-1…``; RefusedError where it is none."""
        return cls(ReceivingKey.from_text(text))

    @property
    def secret(self) -> str:
        return self.receiving.secret

    @property
    def recipient(self) -> str:
        return self.receiving.recipient


class OfficePublic(msgspec.Struct, frozen=True):
    """What anybody may know of the office's keys; needs no 合言葉."""

    office: Hex64
    key: Hex64
    recipient: Recipient
    recovery_key: Hex64
    recovery_recipient: Recipient

    @classmethod
    def load(cls, folder: Path) -> "OfficePublic":
        """Read ``office.json``; StoreError where it is missing or damaged."""
        return _read(folder / OFFICE_PUBLIC_FILE, cls)

    @property
    def recipients(self) -> tuple[str, str]:
        """To whom every file for the office is sealed: the working and the recovery key."""
        return (self.recipient, self.recovery_recipient)


class OfficeKeys:
    """The office's working keys; on disk they are locked with a 合言葉."""

    __slots__ = ("receiving", "signing")

    def __init__(self, signing: SigningKey, receiving: ReceivingKey) -> None:
        self.signing = signing
        self.receiving = receiving

    @classmethod
    def generate(cls) -> "OfficeKeys":
        return cls(SigningKey.generate(), ReceivingKey.generate())

    def save(self, folder: Path, passphrase: str, recovery: RecoveryKey) -> OfficePublic:
        """Keep the keys under the 合言葉, read them again, prove them and the recovery key.

        ``office.json`` comes last: without it there is no office yet and a new try begins anew.
        """
        key_files.make_folder(folder)
        public = OfficePublic(
            office=office_id(self.signing.public),
            key=self.signing.public,
            recipient=self.receiving.recipient,
            recovery_key=recovery.signing.public,
            recovery_recipient=recovery.recipient,
        )
        if (folder / OFFICE_PUBLIC_FILE).exists():
            raise key_files.exists()
        locked = sealing.lock(_pack(self.signing, self.receiving), passphrase)
        key_files.write(folder / OFFICE_FILE, locked, replace=True)
        held = self._open(folder, passphrase)
        again = RecoveryKey.from_age_identity(recovery.secret)
        if held.signing.public != public.key or again.signing.public != public.recovery_key:
            raise key_files.damaged()
        prove(held.signing, [held.receiving, again.receiving])
        key_files.write(folder / OFFICE_PUBLIC_FILE, msgspec.json.encode(public))
        return public

    @classmethod
    def unlock(cls, folder: Path, passphrase: str) -> "OfficeKeys":
        """Read and prove the keys with the 合言葉; WrongPassphraseError, StoreError."""
        public = OfficePublic.load(folder)
        held = cls._open(folder, passphrase)
        if (held.signing.public, held.receiving.recipient) != (public.key, public.recipient):
            raise key_files.damaged()
        prove(held.signing, [held.receiving])
        return held

    @classmethod
    def _open(cls, folder: Path, passphrase: str) -> "OfficeKeys":
        locked = key_files.read(folder / OFFICE_FILE)
        return cls(*_unpack(sealing.unlock(locked, passphrase)))


def prove(signing_key: SigningKey, receiving: Sequence[ReceivingKey]) -> None:
    """Sign a canary, seal it to all keys and open it with each; StoreError where one fails."""
    canary = secrets.token_bytes(32)
    sealed = sealing.seal(canary, [key.recipient for key in receiving])
    signed = signing.verify(signing_key.public, canary, signing_key.sign(canary))
    try:
        opened = all(sealing.unseal(sealed, [key]) == canary for key in receiving)
    except AppError:
        opened = False
    if not (signed and opened):
        raise StoreError(
            "かぎの試験が通りませんでした。何も書いていません。もう一度お試しください。",
            code="key_not_proved",
        )


def _pack(signing_key: SigningKey, receiving: ReceivingKey) -> bytes:
    return msgspec.json.encode(_KeyPair(signing_key.raw.hex(), receiving.secret))


def _unpack(data: bytes) -> tuple[SigningKey, ReceivingKey]:
    try:
        pair = msgspec.json.decode(data, type=_KeyPair)
        return SigningKey.from_bytes(bytes.fromhex(pair.signing)), ReceivingKey.from_text(
            pair.receiving
        )
    except (msgspec.DecodeError, ValueError, AppError):
        raise key_files.damaged() from None


def _read(path: Path, kind: type[Stored]) -> Stored:
    try:
        return msgspec.json.decode(key_files.read(path), type=kind)
    except msgspec.DecodeError:
        raise key_files.damaged() from None


def _seed(identity: str) -> bytes:
    """Return the 32 bytes inside an age identity; its checksum was proved when it was read."""
    letters = identity.lower().rpartition("1")[2][:-6]
    number = 0
    for letter in letters:
        number = number << 5 | _BECH32.index(letter)
    return (number >> (5 * len(letters) - 256)).to_bytes(32, "big")
