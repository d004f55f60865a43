"""R48: what is printed is what was typed, or a visible 〓 that is reported (RELIABILITY.md)."""

import unicodedata
from functools import cache
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtPdf import QPdfDocument
from reportlab.pdfbase import ttfonts

from conftest import FULL
from kashiwa_desktop.paths import resource
from kashiwa_desktop.reports.parts import fonts
from kashiwa_desktop.reports.parts.fonts import GETA
from kashiwa_desktop.reports.parts.page import Flow, Footer, Made, save
from kashiwa_desktop.reports.parts.paper_font import PaperFont
from kashiwa_desktop.reports.parts.text import BODY, layout
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
    monkeypatch.setattr("kashiwa_desktop.reports.parts.text.face", _without_fallback)
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


@pytest.mark.parametrize(
    "typed", ["柏\u200b花子", "柏\u2060花子", "柏\u00ad花子", "❤\ufe0f", "\U000e0100"]
)
def test_what_has_no_form_takes_no_room_and_stays_in_the_text(typed: str) -> None:
    glyphs = fonts.face("mincho").shape(typed)
    unseen = [glyph for glyph in glyphs if unicodedata.category(glyph.text[0]) in ("Cf", "Mn")]
    assert [(glyph.width, glyph.lost) for glyph in unseen] == [(0.0, "")]
    assert printed([typed])[0] == typed.replace("❤", GETA)


def test_another_reader_reads_the_same(qapp) -> None:
    """PDFium, which shows the preview, finds every rare character as it was typed."""
    flow, out, document = Flow(Footer(()), ""), BytesIO(), QPdfDocument()
    flow.write(RARE, BODY)
    save("試験", [flow], out)
    buffer = QBuffer()
    buffer.setData(QByteArray(out.getvalue()))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    assert solid(RARE) in solid(document.getAllText(0).text())
    document.close()


def test_several_marks_on_one_letter_are_one_character() -> None:
    """As Vietnamese names come from some keyboards."""
    (glyph,) = fonts.face("mincho").shape("e\u0302\u0301")
    assert (glyph.text, glyph.lost) == ("e\u0302\u0301", "")
    assert glyph.width == fonts.face("mincho")["\u1ebf"].width


def test_a_standard_variant_has_its_own_glyph_or_is_reported() -> None:
    """塚 with the first selector is 塚 (U+FA10); nobody has 邨 with it."""
    chosen, like, unknown = fonts.face("mincho").shape("塚\ufe00\ufa10邨\ufe00")
    gid = fonts._font("BIZUDMincho-Regular").face.charToGlyph
    assert gid[ord(chosen.char)] == gid[ord(like.char)]
    assert (chosen.lost, unknown.lost) == ("", "邨(U+FE00)")


def test_a_frame_around_a_digit_is_not_put_beside_it() -> None:
    assert [glyph.lost for glyph in fonts.face("mincho").shape("1\ufe0f\u20e3")] == ["", "U+20E3"]
