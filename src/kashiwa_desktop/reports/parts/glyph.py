"""A glyph as it is set: what it says and how it is drawn."""

from typing import NamedTuple


class Glyph(NamedTuple):
    """One drawn glyph: what it says in the text layer, and how it is drawn."""

    text: str
    font: str
    char: str  # the character, or a private one where the glyph has none of its own
    width: float  # 1/1000 of the type size
    lost: str = ""  # what could not be drawn as written, in a form a person can read
