"""The text of an age identity and the 32 bytes in it (Bech32, BIP 173); age proves the text."""

from collections.abc import Iterable
from typing import Final

_PREFIX: Final = "age-secret-key-"
_LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_STEPS: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_DATA: Final = 52  # letters of five bits: 256 bits and four that are empty
_CHECK: Final = 6


def seed_of(identity: str) -> bytes:
    """Return the 32 bytes inside an age identity whose checksum was proved when it was read."""
    number = 0
    for letter in identity.lower().rpartition("1")[2][:_DATA]:
        number = number << 5 | _LETTERS.index(letter)
    return (number >> 4).to_bytes(32, "big")


def text_of(seed: bytes) -> str:
    """Return the age identity ``AGE-SECRET-KEY-1…`` of 32 bytes."""
    number = int.from_bytes(seed, "big") << 4
    values = [number >> 5 * n & 31 for n in reversed(range(_DATA))]
    check = _checksum((*values, *[0] * _CHECK)) ^ 1
    values += [check >> 5 * n & 31 for n in reversed(range(_CHECK))]
    return (_PREFIX + "1" + "".join(_LETTERS[value] for value in values)).upper()


def _checksum(values: Iterable[int]) -> int:
    spread = [ord(c) >> 5 for c in _PREFIX] + [0] + [ord(c) & 31 for c in _PREFIX]
    check = 1
    for value in (*spread, *values):
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for bit, step in enumerate(_STEPS):
            check ^= step * (top >> bit & 1)
    return check
