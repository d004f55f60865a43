"""R48: what is printed is what was typed, or a visible 〓 that is reported (RELIABILITY.md)."""

import unicodedata
from functools import cache
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import ttfonts

from conftest import FULL
from kashiwa_desktop.paths import resource
from kashiwa_desktop.reports import fonts
from kashiwa_desktop.reports.fonts import GETA
from kashiwa_desktop.reports.page import Flow, Footer, Made, save
from kashiwa_desktop.reports.paper_font import PaperFont
from kashiwa_desktop.reports.text import BODY, layout
from reports.reread import BLANK, page_texts, solid
from reports.samples import RARE, hard_texts


@cache
def printable() -> frozenset[int]:
    """The characters of the paper's fonts, read from the files and not from the program."""
    files = ("BIZUDMincho-Regular", "VL-PGothic-Regular")
    return frozenset(
        code for name in files for code in TTFont(resource(f"fonts/{name}.ttf")).getBestCmap()
    )


def printed(texts: list[str]) -> tuple[str, Made]:
    flow = Flow(Footer(()), "")
    for text in texts:
        flow.write(text, BODY, width=150)
    out = BytesIO()
    made = save("試験", [flow], out)
    pages = page_texts(out.getvalue())
    return "".join(_without_frame(text, n, made.pages) for n, text in enumerate(pages, 1)), made


def _without_frame(text: str, number: int, pages: int) -> str:
    before = "取扱注意" if number == 1 else "(つづき)取扱注意"
    after = f"{number}/{pages}"
    assert text.startswith(before)
    assert text.endswith(after)
    return text[len(before) : len(text) - len(after)]


def check(texts: list[str]) -> None:
    found, made = printed(texts)
    expected = solid("".join(texts))
    at = 0
    for char in expected:
        if found[at : at + 1] == char or (found[at : at + 1] == GETA and _reported(char, made)):
            at += 1
        else:
            assert _reported(char, made), f"{char!r} became {found[at : at + 3]!r}"
    assert at == len(found)
    for char in expected:
        assert not _reported(char, made) or not _can_be_printed(char), f"{char!r} was given up"


def _reported(char: str, made: Made) -> bool:
    return char in made.missing or f"U+{ord(char):04X}" in made.missing


def _can_be_printed(char: str) -> bool:
    return (
        ord(char) in printable()
        and unicodedata.category(char)[0] != "C"
        and unicodedata.bidirectional(char) not in ("R", "AL", "AN")
    )


HARD = [RARE, "<b>&amp;</b>\u202e", "𠮷\U000e0100", "\ud800\x00", "葛\U000e0101飾", "a" * 200]


@settings(max_examples=20_000 if FULL else 300)
@given(st.lists(hard_texts(), min_size=1, max_size=3))
@example(HARD)
def test_every_text_is_printed_as_typed_or_reported(texts: list[str]) -> None:
    check(texts)


def test_wrong_variant_a_text_layer_of_four_digits_is_noticed(monkeypatch) -> None:
    monkeypatch.setattr(PaperFont, "addObjects", ttfonts.TTFont.addObjects)
    with pytest.raises(AssertionError):
        check(HARD)


def test_wrong_variant_no_fallback_is_noticed(monkeypatch) -> None:
    layout.cache_clear()
    monkeypatch.setattr("kashiwa_desktop.reports.text.face", _without_fallback)
    with pytest.raises(AssertionError):
        check(HARD)
    layout.cache_clear()


def test_wrong_variant_dropping_the_unprintable_is_noticed(monkeypatch) -> None:
    layout.cache_clear()
    monkeypatch.setattr(fonts.Face, "shape", _dropping(fonts.Face.shape))
    with pytest.raises(AssertionError):
        check(HARD)
    layout.cache_clear()


def _without_fallback(name: fonts.FaceName) -> fonts.Face:
    return fonts.Face(fonts.face(name)._fonts[0])


def _dropping(shape):
    def some(self, text):
        return [glyph for glyph in shape(self, text) if not glyph.lost]

    return some


def test_a_variation_sequence_has_its_own_glyph() -> None:
    plain, chosen = fonts.face("mincho").shape("葛葛\U000e0100")
    gid = fonts._font("BIZUDMincho-Regular").face.charToGlyph
    assert chosen.text == "葛\U000e0100"
    assert not chosen.lost
    assert gid[ord(chosen.char)] != gid[ord(plain.char)]


def test_an_unknown_variation_shows_the_plain_character_and_is_reported() -> None:
    (glyph,) = fonts.face("mincho").shape("柏\U000e01ef")
    assert (glyph.char != GETA, glyph.lost) == (True, "柏(U+E01EF)")


def test_a_kana_with_its_own_voicing_mark_is_drawn_as_one() -> None:
    (glyph,) = fonts.face("gothic").shape("か\u3099")
    assert glyph.text == "か\u3099"


def test_blanks_of_every_kind_are_room_and_not_characters() -> None:
    found, made = printed(["柏\u3000花子\u00a0\u2003\t様"])
    assert BLANK.sub("", found).count("柏花子様") == 1
    assert made.missing == ()
