"""The texts of a finished PDF and where they stand, read from its bytes and nothing else.

Follows the operators of ISO 32000-1 §8.4 and §9.4 that place a text, and takes its characters from
the ToUnicode map of its font, as a search or a screen reader does.
"""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from math import hypot
from typing import Any, ClassVar, NamedTuple, Self

# What the codes of a font say: its ToUnicode map, read again (ISO 32000-1 §9.10.3).
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


Matrix = tuple[float, float, float, float, float, float]

_UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST = 8  # drawings within drawings


class Word(NamedTuple):
    """A text on a page: where it begins, in points from the lower left, and its size."""

    page: int
    x: float
    y: float
    size: float
    text: str


class _Drawn(NamedTuple):
    """What ``q`` keeps and ``Q`` brings back."""

    moved: Matrix = _UNMOVED
    font: CharacterMap = CharacterMap()
    size: float = 0.0
    leading: float = 0.0


def words(pdf: bytes) -> list[Word]:
    """Return every text of the PDF in the order it was written; blanks around it are left out.

    A text goes from one place to the next, whatever fonts it takes. pikepdf.PdfError for bytes
    that are no PDF.
    """
    import pikepdf  # with the first paper, never at the start

    found: list[Word] = []
    with pikepdf.open(BytesIO(pdf)) as file:
        for number, page in enumerate(file.pages):
            reader = _Reader(number, found)
            reader.read(page, page.resources)
            reader.end()
    return found


class _Reader:
    """Walks through one page and notes its texts."""

    def __init__(self, page: int, found: list[Word]) -> None:
        self._page, self._found = page, found
        self._now = _Drawn()
        self._kept: list[_Drawn] = []
        self._line = _UNMOVED
        self._said: list[str] = []
        self._size = 0.0
        self._fonts: dict[str, CharacterMap] = {}
        self._resources: Any = None
        self._depth = 0

    def read(self, content: Any, resources: Any) -> None:
        """Read a page or a drawing that names its fonts in ``resources``."""
        import pikepdf

        outer = self._fonts, self._resources
        self._fonts, self._resources = {}, resources
        for step in pikepdf.parse_content_stream(content, _WANTED):
            self._DOES[str(step.operator)](self, step.operands)
        self._fonts, self._resources = outer

    def end(self) -> None:
        """Note the text that was being shown."""
        text = "".join(self._said).strip()
        if text:
            *_, x, y = _times(self._line, self._now.moved)
            self._found.append(Word(self._page, x, y, self._size, text))
        self._said = []

    def _keep(self, _: Sequence[Any]) -> None:
        self._kept.append(self._now)

    def _bring_back(self, _: Sequence[Any]) -> None:
        self.end()
        if self._kept:
            self._now = self._kept.pop()

    def _move(self, operands: Sequence[Any]) -> None:
        self.end()
        self._now = self._now._replace(moved=_times(_matrix(operands), self._now.moved))

    def _begin(self, _: Sequence[Any]) -> None:
        self._put(_UNMOVED)

    def _place(self, operands: Sequence[Any]) -> None:
        self._put(_matrix(operands))

    def _step(self, operands: Sequence[Any]) -> None:
        x, y = map(float, operands)
        self._put(_times((1.0, 0.0, 0.0, 1.0, x, y), self._line))

    def _step_and_lead(self, operands: Sequence[Any]) -> None:
        self._now = self._now._replace(leading=-float(operands[1]))
        self._step(operands)

    def _lead(self, operands: Sequence[Any]) -> None:
        self._now = self._now._replace(leading=float(operands[0]))

    def _next_line(self, _: Sequence[Any] = ()) -> None:
        self._step((0, -self._now.leading))

    def _take(self, operands: Sequence[Any]) -> None:
        name = str(operands[0])
        if name not in self._fonts:
            self._fonts[name] = CharacterMap.of(self._resources["/Font"][name])
        self._now = self._now._replace(font=self._fonts[name], size=float(operands[1]))

    def _show(self, operands: Sequence[Any]) -> None:
        if not self._said:
            *_, c, d, _x, _y = _times(self._line, self._now.moved)
            self._size = round(self._now.size * hypot(c, d), 3)
        self._said.append(self._now.font.read(bytes(operands[-1])))

    def _show_many(self, operands: Sequence[Any]) -> None:
        import pikepdf

        for part in operands[0]:
            if isinstance(part, pikepdf.String):
                self._show([part])

    def _show_next(self, operands: Sequence[Any]) -> None:
        self._next_line()
        self._show(operands)

    def _draw(self, operands: Sequence[Any]) -> None:
        form = self._resources["/XObject"][str(operands[0])]
        if form.get("/Subtype") != "/Form" or self._depth == _DEEPEST:
            return
        self._keep(())
        self._depth += 1
        self._move(form.get("/Matrix", _UNMOVED))
        self.read(form, form.get("/Resources", self._resources))
        self._depth -= 1
        self._bring_back(())

    def _put(self, line: Matrix) -> None:
        self.end()
        self._line = line

    _DOES: ClassVar[dict[str, Any]] = {
        "q": _keep, "Q": _bring_back, "cm": _move, "Do": _draw, "BT": _begin, "Tf": _take,
        "Tm": _place, "Td": _step, "TD": _step_and_lead, "TL": _lead, "T*": _next_line,
        "Tj": _show, "TJ": _show_many, "'": _show_next, '"': _show_next,
    }  # fmt: skip


_WANTED = " ".join(_Reader._DOES)  # noqa: SLF001


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that moves by ``first`` and then by ``then``."""
    a, b, c, d, e, f = first
    m, n, o, p, q, r = then
    return (
        a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p,
        e * m + f * o + q, e * n + f * p + r,
    )  # fmt: skip
