"""The faces of paper: which glyph of which font stands for each character of a text.

A face is a paper font with its fallback. Every character gets a glyph of its own; what no font
has becomes 〓 and is remembered, so that nothing is ever left out unseen. A character that has no
form at all, such as one that only joins, takes no room and stays in the text layer. Loaded once per
process.
"""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Literal

from kashiwa_desktop.reports.parts.glyph import Glyph

if TYPE_CHECKING:
    from kashiwa_desktop.reports.parts.paper_font import PaperFont

FaceName = Literal["mincho", "gothic", "bold"]
GETA = "〓"

_FALLBACK = "VL-PGothic-Regular"
_FILES: dict[FaceName, str] = {
    "mincho": "BIZUDMincho-Regular",
    "gothic": "BIZUDGothic-Regular",
    "bold": "BIZUDGothic-Bold",
}
_SELECTOR = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_MARK = "\u0300-\u036f\u3099\u309a"
_HAS_SEQUENCE = re.compile(f"[{_SELECTOR}{_MARK}]")
_PARTS = re.compile(f"[^{_SELECTOR}{_MARK}][{_SELECTOR}{_MARK}]{{1,3}}|.", re.DOTALL)
_STYLES = "\ufe0e\ufe0f"  # plain or coloured: on paper the same
_UNSEEN = re.compile(f"[\u00ad\u034f\u200b-\u200d\u2060-\u2064{_SELECTOR}]")
_NEVER_DRAWN = frozenset({"Cc", "Cf", "Co", "Cs", "Me"})
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


class Face(dict[str, Glyph]):
    """The glyphs of one face, each looked up once: paper font first, then the fallback."""

    def __init__(self, *fonts: "PaperFont") -> None:
        super().__init__()
        self._fonts = fonts

    def shape(self, text: str) -> list[Glyph]:
        """Return the glyphs of ``text`` (one line), in order, none left out."""
        if not _HAS_SEQUENCE.search(text):
            return [self[char] for char in text]
        return [glyph for part in _PARTS.findall(text) for glyph in self._cluster(part)]

    def _cluster(self, part: str) -> list[Glyph]:
        """Return the glyphs of a character and what belongs to it, as few as the fonts allow."""
        for end in range(len(part), 1, -1):
            whole = self._sequence(part[0], part[1:end])
            if whole:
                return [whole, *(self[char] for char in part[end:])]
        return [self[char] for char in part]

    def __missing__(self, char: str) -> Glyph:
        self[char] = glyph = self._find(char)
        return glyph

    def _find(self, char: str) -> Glyph:
        if char == "\t" or unicodedata.category(char) == "Zs":
            return self._fonts[0].glyph("\u3000" if char == "\u3000" else " ", char)
        if _UNSEEN.match(char):
            return self._fonts[0].unseen(char)
        if _can_be_drawn(char):
            for font in self._fonts:
                if font.has(char):
                    return font.glyph(char)
        return self._fonts[0].glyph(GETA, lost=_readable(char))

    def _sequence(self, base: str, marks: str) -> Glyph | None:
        if not re.fullmatch(f"[{_SELECTOR}]", marks):
            return self._as_one(unicodedata.normalize("NFC", base + marks), base + marks)
        for font in self._fonts:
            glyph = font.variant(base, marks)
            if glyph:
                return glyph
        lost = "" if marks in _STYLES else f"{base}({_readable(marks)})"
        return self._as_one(base, base + marks, lost)

    def _as_one(self, one: str, text: str, lost: str = "") -> Glyph | None:
        """Return the glyph of the single character ``one``, standing for ``text``."""
        for font in self._fonts:
            if len(one) == 1 and font.has(one) and _can_be_drawn(one):
                return font.glyph(one, text, lost)
        return None


@cache
def face(name: FaceName) -> Face:
    """Return a face by name; its fonts are read on first use and kept."""
    return Face(_font(_FILES[name]), _font(_FALLBACK))


def text_of(font: str, drawn: str) -> str:
    """Return what drawn characters of a font mean in the text layer."""
    from reportlab.pdfbase import pdfmetrics  # as in ``_font``

    return "".join(pdfmetrics.getFont(font).meaning(ord(char)) for char in drawn)


@cache
def _font(file_stem: str) -> "PaperFont":
    from kashiwa_desktop.reports.parts.paper_font import (
        registered,  # ReportLab: only where text is set
    )

    return registered(file_stem)


def _can_be_drawn(char: str) -> bool:
    return (
        unicodedata.category(char) not in _NEVER_DRAWN
        and unicodedata.bidirectional(char) not in _RIGHT_TO_LEFT
    )


def _readable(char: str) -> str:
    """Return what cannot be seen alone by its number."""
    return f"U+{ord(char):04X}" if unicodedata.category(char)[0] in "CMZ" else char
