"""A font of paper as ReportLab draws it. Loaded with the first text that is set, never before."""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics, ttfonts

from kashiwa_desktop.paths import resource
from kashiwa_desktop.reports.parts.glyph import Glyph

_FIRST_PRIVATE = 0xF0000


class PaperFont(ttfonts.TTFont):  # type: ignore[misc]
    """A TrueType font whose text layer is right beyond the BMP and for variation sequences."""

    def __init__(self, file_stem: str) -> None:
        self.path: Path = resource(f"fonts/{file_stem}.ttf")
        super().__init__(file_stem, str(self.path), asciiReadable=0, shapable=False)
        self.face.makeSubset = _remembered(self.face.makeSubset)
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

    def unseen(self, text: str) -> Glyph:
        """Return a glyph of no width for a character that has no form: it stays in the text."""
        char = self._private(self.face.charToGlyph[ord(" ")], 0.0, text)
        return Glyph(text, self.fontName, char, 0.0)

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
            stream.content = _text_layer(name, [self.meaning(code) for code in subset])

    def meaning(self, code: int) -> str:
        """Return what a character that is drawn means in the text layer."""
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


def registered(file_stem: str) -> PaperFont:
    """Return a font that ReportLab knows by its name."""
    font = PaperFont(file_stem)
    pdfmetrics.registerFont(font)
    return font


def _remembered(make: Callable[[Sequence[int]], bytes]) -> Callable[[Sequence[int]], bytes]:
    """Cut a font once for the same characters: the labels of many sheets are alike."""
    once = lru_cache(maxsize=8)(make)
    return lambda codes: once(tuple(codes))


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
