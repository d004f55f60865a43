"""The keys of a PC and of the office: made, kept and proved before anything is entrusted to them.

BUNDLE.md §6, RELIABILITY.md §2: after a key is made it is read again from disk, and a canary is
signed, sealed and opened with it. Where that fails nothing is accepted.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Final, TypeVar

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kashiwa_desktop.crypto import age_identity, key_files, recovery_words, sealing, signing
from kashiwa_desktop.crypto.sealing import ReceivingKey
from kashiwa_desktop.crypto.signing import SigningKey
from kashiwa_desktop.errors import AppError, StoreError

PC_FILE: Final = "pc.key"
SEQUENCE_FILE: Final = "sequence.json"
OFFICE_PUBLIC_FILE: Final = "office.json"

_RECOVERY_INFO: Final = b"kashiwa-sasaeai recovery signing 1"
_IDENTITY: Final = re.compile(r"AGE-SECRET-KEY-1\w+", re.IGNORECASE | re.ASCII)

Hex64 = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Recipient = Annotated[str, msgspec.Meta(pattern=r"\Aage1[02-9ac-hj-np-z]{58}\Z")]
Stored = TypeVar("Stored", bound=msgspec.Struct)


def office_id(public: str) -> str:
    """Return the office id: SHA-256, in hex, of the raw bytes of its FIRST signing key."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()


def office_file(public: str) -> str:
    """Return the name under which the office's working key lies, locked, in ``identity/``.

    Each key has a name of its own, so a change of keys takes effect by one rename (office.json).
    """
    return f"office.{public[:16]}.key.age"


class _KeyPair(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a signing and a receiving key lie on disk; ``retired`` ones only read old files.

    ``device`` follows from the signing key: another one betrays a damaged file.
    """

    signing: Hex64
    receiving: str
    retired: tuple[str, ...] = ()
    device: str = ""


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
        return cls._write_new(folder)

    @classmethod
    def renew(cls, folder: Path) -> "PcIdentity":
        """Make other keys, for a copy of a PC or where the old ones are lost or damaged.

        The old file stays beside them, out of use.
        """
        key_files.make_folder(folder)
        if cls.exists(folder):
            old = key_files.read(folder / PC_FILE)
            aside = folder / f"pc.{hashlib.sha256(old).hexdigest()[:16]}.key"
            key_files.write(aside, old, replace=True)
        held = cls._write_new(folder, replace=True)
        held.write_sequence(0, None)
        return held

    @classmethod
    def _write_new(cls, folder: Path, *, replace: bool = False) -> "PcIdentity":
        """Write new keys, and only then trust them: they get their name once read and proved."""
        if PcIdentity.exists(folder) and not replace:
            raise key_files.exists()
        new = folder / f"{PC_FILE}.new"
        made = _pack(SigningKey.generate(), ReceivingKey.generate())
        key_files.write(new, made, replace=True)
        held = cls._read(folder, new)
        if _pack(held.signing, held.receiving) != made:
            raise key_files.damaged()
        key_files.move(new, folder / PC_FILE)
        return held

    @classmethod
    def load(cls, folder: Path) -> "PcIdentity":
        """Read and prove the keys of this PC; StoreError where they are missing or damaged."""
        return cls._read(folder, folder / PC_FILE)

    @classmethod
    def _read(cls, folder: Path, path: Path) -> "PcIdentity":
        signing_key, receiving, _ = _unpack(key_files.read(path))
        prove(signing_key, [receiving])
        return cls(folder, signing_key, receiving)

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
        self.signing = SigningKey.from_bytes(derive.derive(age_identity.seed_of(receiving.secret)))

    @classmethod
    def generate(cls) -> "RecoveryKey":
        return cls(ReceivingKey.generate())

    @classmethod
    def from_age_identity(cls, text: str) -> "RecoveryKey":
        """Take the key from its text ``AGE-SECRET-KEY-1…``; RefusedError where it is none."""
        return cls(ReceivingKey.from_text(text))

    @classmethod
    def from_text(cls, text: str) -> "RecoveryKey":
        """Take the key from what was kept of it: its text in an age identity file, or its words.

        RefusedError says what is wrong with the copy.
        """
        lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
        kept = "\n".join(lines)
        found = _IDENTITY.search(kept)
        if found:
            return cls.from_age_identity(found[0])
        return cls.from_age_identity(age_identity.text_of(recovery_words.from_text(kept)))

    @property
    def secret(self) -> str:
        return self.receiving.secret

    @property
    def recipient(self) -> str:
        return self.receiving.recipient

    def words(self) -> list[list[str]]:
        """Return the key as eight lines of five words, proved to lead back to it."""
        lines = recovery_words.to_lines(age_identity.seed_of(self.secret))
        if self.from_text("\n".join(map(" ".join, lines))).secret != self.secret:
            raise key_files.damaged()
        return lines


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

    def save(self, folder: Path) -> None:
        """Make this the office's working key, by one rename; StoreError changes nothing."""
        key_files.write(folder / OFFICE_PUBLIC_FILE, msgspec.json.encode(self), replace=True)


class OfficeKeys:
    """The office's working keys, and the retired ones that only read what was sealed to them."""

    __slots__ = ("receiving", "retired", "signing")

    def __init__(
        self,
        signing: SigningKey,
        receiving: ReceivingKey,
        retired: Sequence[ReceivingKey] = (),
    ) -> None:
        self.signing = signing
        self.receiving = receiving
        self.retired = tuple(retired)

    @classmethod
    def generate(cls) -> "OfficeKeys":
        return cls(SigningKey.generate(), ReceivingKey.generate())

    @property
    def reading(self) -> tuple[ReceivingKey, ...]:
        """Every key that files to the office may be sealed to."""
        return (self.receiving, *self.retired)

    def and_reading(self, more: Iterable[ReceivingKey]) -> "OfficeKeys":
        """Return the same working keys, able to read what is sealed to ``more`` too."""
        known = {key.recipient for key in self.reading}
        new = [key for key in more if key.recipient not in known]
        return OfficeKeys(self.signing, self.receiving, (*self.retired, *new))

    def save(self, folder: Path, passphrase: str, recovery: RecoveryKey) -> OfficePublic:
        """Keep a new office's keys under the 合言葉; the recovery key is proved, not kept.

        ``office.json`` comes last: without it there is no office yet and a new try begins anew.
        """
        key_files.make_folder(folder)
        if (folder / OFFICE_PUBLIC_FILE).exists():
            raise key_files.exists()
        again = RecoveryKey.from_age_identity(recovery.secret)
        self.lock(folder, passphrase, [again.receiving])
        public = OfficePublic(
            office=office_id(self.signing.public),
            key=self.signing.public,
            recipient=self.receiving.recipient,
            recovery_key=again.signing.public,
            recovery_recipient=again.recipient,
        )
        public.save(folder)
        return public

    def lock(self, folder: Path, passphrase: str, others: Sequence[ReceivingKey] = ()) -> None:
        """Write the keys, locked with the 合言葉, in place of the same keys under an older one.

        The file gets its name only after it was opened again from disk and a canary was opened
        with each of its keys and with ``others``; StoreError, and then the older one still holds.
        """
        path = folder / office_file(self.signing.public)
        new = path.with_name(path.name + ".new")
        key_files.write(new, sealing.lock(self.packed(), passphrase), replace=True)
        held = self._open(new, passphrase)
        if held.packed() != self.packed():
            raise key_files.damaged()
        prove(held.signing, [*held.reading, *others])
        key_files.move(new, path)

    @classmethod
    def unlock(cls, folder: Path, passphrase: str) -> "OfficeKeys":
        """Read and prove the keys with the 合言葉; WrongPassphraseError, StoreError."""
        public = OfficePublic.load(folder)
        held = cls._open(folder / office_file(public.key), passphrase)
        if (held.signing.public, held.receiving.recipient) != (public.key, public.recipient):
            raise key_files.damaged()
        prove(held.signing, held.reading)
        return held

    @staticmethod
    def forget(folder: Path, public: str) -> None:
        """Remove the locked file of a key that another one has taken the place of."""
        key_files.remove(folder / office_file(public))

    @staticmethod
    def follow(folder: Path, present: Sequence[OfficePublic]) -> None:
        """Finish a change of keys that stopped halfway: name the present key that lies here locked.

        ``present`` is what the office's list of keys says, which is written after the locked file
        and before ``office.json``.
        """
        named = (folder / OFFICE_PUBLIC_FILE).exists() and OfficePublic.load(folder).key
        if named not in {public.key for public in present}:
            here = [public for public in present if (folder / office_file(public.key)).exists()]
            if here:
                here[0].save(folder)

    def packed(self) -> bytes:
        """Return the keys as they lie in their file, before it is locked; only for this room."""
        return _pack(self.signing, self.receiving, self.retired)

    @classmethod
    def _open(cls, path: Path, passphrase: str) -> "OfficeKeys":
        return cls(*_unpack(sealing.unlock(key_files.read(path), passphrase)))


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


def _pack(
    signing_key: SigningKey, receiving: ReceivingKey, retired: Sequence[ReceivingKey] = ()
) -> bytes:
    old = tuple(key.secret for key in retired)
    pair = _KeyPair(signing_key.raw.hex(), receiving.secret, old, signing_key.device)
    return msgspec.json.encode(pair)


def _unpack(data: bytes) -> tuple[SigningKey, ReceivingKey, list[ReceivingKey]]:
    try:
        pair = msgspec.json.decode(data, type=_KeyPair)
        signing_key = SigningKey.from_bytes(bytes.fromhex(pair.signing))
        receiving, *retired = map(ReceivingKey.from_text, (pair.receiving, *pair.retired))
    except (msgspec.DecodeError, ValueError, AppError):
        raise key_files.damaged() from None
    if pair.device not in ("", signing_key.device):
        raise key_files.damaged()
    return signing_key, receiving, retired


def _read(path: Path, kind: type[Stored]) -> Stored:
    try:
        return msgspec.json.decode(key_files.read(path), type=kind)
    except msgspec.DecodeError:
        raise key_files.damaged() from None
