"""The recovery key (予備のかぎ) as 40 plain words that can be read aloud, copied and typed again.

Eight lines of four words, one for each byte of the seed, and a fifth word that proves its line: a
slip of the pen names the word, words in the wrong order name the line.
"""

import hashlib
import re
import unicodedata
from functools import cache
from typing import Final

from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.paths import resource

LINES: Final = 8
IN_A_LINE: Final = 5
COUNT: Final = LINES * IN_A_LINE

_BYTES: Final = 4  # of the seed in a line; the last word is its check
_KANA: Final = re.compile("[ぁ-ゖ]+")
_LARGE: Final = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
_AGAIN: Final = "紙のことばと、もう一度くらべてください。"


def to_lines(seed: bytes) -> list[list[str]]:
    """Return the words of a seed of 32 bytes: eight lines of five."""
    words = _words()
    parts = (seed[i : i + _BYTES] for i in range(0, len(seed), _BYTES))
    return [[words[b] for b in (*part, _check(n, part))] for n, part in enumerate(parts)]


def from_text(text: str) -> bytes:
    """Return the seed of 32 bytes; RefusedError says which word or which line is wrong.

    Katakana, small kana written large, numbers, and blanks too many or too few do not matter.
    """
    numbers = _numbers(_KANA.findall(_folded(text)))
    if len(numbers) != COUNT:
        text = f"予備のかぎのことばは{COUNT}個です(いまは{len(numbers)}個)。{_AGAIN}"
        raise RefusedError(text, code="bad_key")
    seed = b""
    for n in range(LINES):
        *part, check = numbers[n * IN_A_LINE : (n + 1) * IN_A_LINE]
        if _check(n, bytes(part)) != check:
            text = f"{n + 1}行目のことばが合いません。ことばの順番もご確認ください。{_AGAIN}"
            raise RefusedError(text, code="bad_key", line=n + 1)
        seed += bytes(part)
    return seed


def is_same(one: str, other: str) -> bool:
    """Whether two spellings are the same word: kana, size and blanks do not matter."""
    folded = ["".join(_KANA.findall(_folded(text))) for text in (one, other)]
    return bool(folded[0]) and folded[0] == folded[1]


def _numbers(pieces: list[str]) -> list[int]:
    """Look the words up; where they are not 40 pieces, blanks do not tell where a word ends."""
    known = _index()
    pieces = pieces if len(pieces) == COUNT else _cut("".join(pieces))
    for n, piece in enumerate(pieces):
        if piece not in known:
            line, word = n // IN_A_LINE + 1, n % IN_A_LINE + 1
            text = (
                f"{line}行目の{word}番目のことば「{piece}」が、ことばの一覧にありません。{_AGAIN}"
            )
            raise RefusedError(text, code="bad_key", line=line, word=word)
    return [known[piece] for piece in pieces]


def _cut(text: str) -> list[str]:
    """Cut words that run together; no word begins another, so there is one way at most."""
    known, found = _index(), []
    while text:
        sizes = [n for n in range(1, 7) if text[:n] in known]
        found.append(text[: sizes[0]] if sizes else text[:6])
        text = text[len(found[-1]) :] if sizes else ""
    return found


def _check(line: int, part: bytes) -> int:
    return hashlib.sha256(b"kashiwa-sasaeai words 1\n" + bytes([line]) + part).digest()[0]


def _folded(text: str) -> str:
    """Hiragana only, small kana as large ones: what reads alike is the same word."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in wide).translate(_LARGE)


@cache
def _words() -> tuple[str, ...]:
    lines = resource("recovery-words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _index() -> dict[str, int]:
    return {_folded(word): n for n, word in enumerate(_words())}
