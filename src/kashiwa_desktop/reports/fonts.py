"""The faces of paper: which glyph of which font stands for each character of a text.

A face is a paper font with its fallback. Every character gets a glyph of its own; what no font
has becomes 〓 and is remembered, so that nothing is ever left out unseen. Loaded once per process.
"""

import re
import unicodedata
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from reportlab.pdfbase import pdfmetrics, ttfonts

from kashiwa_desktop.paths import resource

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
_PARTS = re.compile(f"[^{_SELECTOR}{_MARK}][{_SELECTOR}{_MARK}]|.", re.DOTALL)
_PRESENTATION = range(0xFE00, 0xFE10)
_FIRST_PRIVATE = 0xF0000
_NEVER_DRAWN = frozenset({"Cc", "Cf", "Co", "Cs"})
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


class Glyph(NamedTuple):
    """One drawn glyph: what it says in the text layer, and how it is drawn."""

    text: str
    font: str
    char: str  # the character, or a private one where the glyph has none of its own
    width: float  # 1/1000 of the type size
    lost: str = ""  # what could not be drawn as written, in a form a person can read


class PaperFont(ttfonts.TTFont):  # type: ignore[misc]
    """A TrueType font whose text layer is right beyond the BMP and for variation sequences."""

    def __init__(self, file_stem: str) -> None:
        self.path: Path = resource(f"fonts/{file_stem}.ttf")
        super().__init__(file_stem, str(self.path), asciiReadable=0, shapable=False)
        self._meanings: dict[int, str] = {}
        self._privates: dict[tuple[int, str], str] = {}

    def has(self, char: str) -> bool:
        return ord(char) in self.face.charToGlyph

    def glyph(self, char: str, text: str = "", lost: str = "") -> Glyph:
        """Return the glyph of ``char``; ``text`` where it stands for something else."""
        width = self.face.charWidths[ord(char)]
        if text and text != char:
            char = self._private(self.face.charToGlyph[ord(char)], width, text)
        return Glyph(text or char, self.fontName, char, width, lost)

    def variant(self, base: str, selector: str) -> Glyph | None:
        """Return the glyph that this font has for a variation sequence (cmap format 14)."""
        if (ord(selector), ord(base)) not in self._variants:
            return None
        name = self._variants[ord(selector), ord(base)]
        if name is None:
            return self.glyph(base, base + selector)
        tables = self._tables
        width = tables["hmtx"][name][0] * 1000 / tables["head"].unitsPerEm
        char = self._private(tables.getGlyphID(name), width, base + selector)
        return Glyph(base + selector, self.fontName, char, width)

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Write the font into the document, then put a correct text layer in its place."""
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            prefix = ttfonts.SUBSETN(number).decode("ascii")
            name = f"{prefix}+{self.face.name.decode('ascii')}"
            stream = doc.idToObject[f"toUnicodeCMap:{name}"]
            stream.content = _text_layer(name, [self._meaning(code) for code in subset])

    def _meaning(self, code: int) -> str:
        return self._meanings.get(code) or chr(code)

    def _private(self, glyph_number: int, width: float, text: str) -> str:
        key = glyph_number, text
        if key not in self._privates:
            code = _FIRST_PRIVATE + len(self._privates)
            self.face.charToGlyph[code] = glyph_number
            self.face.charWidths[code] = width
            self._meanings[code] = text
            self._privates[key] = chr(code)
        return self._privates[key]

    @cached_property
    def _tables(self) -> Any:
        from fontTools.ttLib import TTFont as FontTables  # slow; few texts hold a sequence

        return FontTables(self.path, lazy=True)

    @cached_property
    def _variants(self) -> dict[tuple[int, int], str | None]:
        return {
            (selector, base): name
            for table in self._tables["cmap"].tables
            if table.format == 14
            for selector, pairs in table.uvsDict.items()
            for base, name in pairs
        }


class Face(dict[str, Glyph]):
    """The glyphs of one face, each looked up once: paper font first, then the fallback."""

    def __init__(self, *fonts: PaperFont) -> None:
        super().__init__()
        self._fonts = fonts

    def shape(self, text: str) -> list[Glyph]:
        """Return the glyphs of ``text`` (one line), in order, none left out."""
        if not _HAS_SEQUENCE.search(text):
            return [self[char] for char in text]
        glyphs = []
        for part in _PARTS.findall(text):
            whole = self._sequence(*part) if len(part) > 1 else None
            glyphs += [whole] if whole else [self[char] for char in part]
        return glyphs

    def __missing__(self, char: str) -> Glyph:
        self[char] = glyph = self._find(char)
        return glyph

    def _find(self, char: str) -> Glyph:
        if char == "\t" or unicodedata.category(char) == "Zs":
            return self._fonts[0].glyph("\u3000" if char == "\u3000" else " ", char)
        if _can_be_drawn(char):
            for font in self._fonts:
                if font.has(char):
                    return font.glyph(char)
        return self._fonts[0].glyph(GETA, lost=_readable(char))

    def _sequence(self, base: str, mark: str) -> Glyph | None:
        if not re.match(f"[{_SELECTOR}]", mark):
            return self._composed(base, mark)
        for font in self._fonts:
            glyph = font.variant(base, mark)
            if glyph:
                return glyph
        lost = "" if ord(mark) in _PRESENTATION else f"{base}({_readable(mark)})"
        for font in self._fonts:
            if font.has(base) and _can_be_drawn(base):
                return font.glyph(base, base + mark, lost)
        return None

    def _composed(self, base: str, mark: str) -> Glyph | None:
        one = unicodedata.normalize("NFC", base + mark)
        for font in self._fonts:
            if len(one) == 1 and font.has(one):
                return font.glyph(one, base + mark)
        return None


@cache
def face(name: FaceName) -> Face:
    """Return a face by name; its fonts are read on first use and kept."""
    return Face(_font(_FILES[name]), _font(_FALLBACK))


@cache
def _font(file_stem: str) -> PaperFont:
    font = PaperFont(file_stem)
    pdfmetrics.registerFont(font)
    return font


def _can_be_drawn(char: str) -> bool:
    return (
        unicodedata.category(char) not in _NEVER_DRAWN
        and unicodedata.bidirectional(char) not in _RIGHT_TO_LEFT
    )


def _readable(char: str) -> str:
    """Return what cannot be seen alone by its number."""
    return f"U+{ord(char):04X}" if unicodedata.category(char)[0] in "CMZ" else char


def _text_layer(name: str, meanings: list[str]) -> str:
    """Return a ToUnicode map in UTF-16, at most 100 entries a block (PDF 32000-1, 9.10.3)."""
    entries = [
        f"<{code:02X}> <{meaning.encode('utf-16-be').hex().upper()}>"
        for code, meaning in enumerate(meanings)
    ]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <{len(meanings) - 1:02X}>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )
