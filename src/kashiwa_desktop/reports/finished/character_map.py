"""What the codes of a font say: its ToUnicode map, read again (ISO 32000-1 §9.10.3)."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, Self

UNKNOWN = "\ufffd"

_WIDTH = re.compile(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]*)>|\[(.*?)\])", re.S)
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")


class CharacterMap(NamedTuple):
    """The text of each code; what no map explains reads as U+FFFD and so agrees with nothing."""

    width: int = 1
    texts: Mapping[int, str] = {}

    @classmethod
    def of(cls, font: Any) -> Self:
        """Return the map of a font of a PDF, an empty one where it has none."""
        stream = font.get("/ToUnicode")
        return cls.parse(stream.read_bytes()) if stream is not None else cls()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a map as it stands in a file."""
        found: dict[int, str] = {}
        for kind, block in _BLOCK.findall(data):
            if kind == b"char":
                found.update((int(code, 16), _text(said)) for code, said in _PAIR.findall(block))
            else:
                for first, last, said, each in _RANGE.findall(block):
                    found.update(_spread(int(first, 16), int(last, 16), said, each))
        wide = _WIDTH.search(data)
        return cls(len(wide[1]) // 2 if wide else 1, found)

    def read(self, codes: bytes) -> str:
        """Return what a shown string says."""
        if self.width == 1:
            return "".join([self.texts.get(code, UNKNOWN) for code in codes])
        starts = range(0, len(codes), self.width)
        numbers = (int.from_bytes(codes[at : at + self.width]) for at in starts)
        return "".join([self.texts.get(number, UNKNOWN) for number in numbers])


def _text(said: bytes) -> str:
    return bytes.fromhex(said.decode("ascii")).decode("utf-16-be", "replace")


def _spread(first: int, last: int, said: bytes, each: bytes) -> dict[int, str]:
    """Return the texts of a row of codes: counted up from ``said``, or one for each."""
    if not said:
        return {first + n: _text(part) for n, part in enumerate(_HEX.findall(each))}
    text = _text(said)
    return {code: text[:-1] + chr(ord(text[-1]) + code - first) for code in range(first, last + 1)}
