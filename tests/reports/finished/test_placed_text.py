"""Reading a page by place: against papers of earlier versions, another reader, and the standard."""

import json
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from conftest import FULL
from kashiwa_desktop.reports.finished.placed_text import UNKNOWN, CharacterMap, words
from kashiwa_desktop.reports.finished.rereading import sheet_sums
from kashiwa_desktop.reports.parts import page as pages
from kashiwa_desktop.reports.parts.page import Flow, Footer, save
from kashiwa_desktop.reports.parts.text import BODY
from reports.every_paper import PAPERS, render
from reports.reread import solid
from reports.samples import LONG, RARE, hard_texts

KEPT = Path(__file__).parents[2] / "data" / "papers"


def at_places(found):
    """One text a place, without blanks: readers cut where the font changes, or they do not."""
    places = groupby(found, lambda w: (w[0], round(w[1], 2), round(w[2], 2), round(w[3], 2)))
    joined = [(place, solid("".join(w[4] for w in some))) for place, some in places]
    return [(place, text) for place, text in joined if text]


def by_another_reader(pdf):
    found = []
    for number, page in enumerate(PdfReader(BytesIO(pdf)).pages):

        def note(text, _cm, tm, _font, size, number=number):
            found.append((number, tm[4], tm[5], size, text))

        page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("name", sorted(file.stem for file in KEPT.glob("*.pdf")))
def test_a_kept_paper_is_read_as_it_was_read_when_it_was_made(name):
    pdf = (KEPT / f"{name}.pdf").read_bytes()
    told = json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))
    assert at_places(words(pdf)) == at_places(told["words"])
    read = sheet_sums(pdf)
    for field, value in told["sums"].items():
        assert getattr(read, field) == (tuple(value) if isinstance(value, list) else value), field


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_read_as_another_reader_reads_it(name):
    out = BytesIO()
    render(name, f"{RARE}、{LONG}40,000円", out)
    own, other = at_places(words(out.getvalue())), at_places(by_another_reader(out.getvalue()))
    assert own == other
    assert len(own) > 5


@settings(max_examples=10_000 if FULL else 60)
@given(st.lists(hard_texts(), min_size=1, max_size=3))
def test_every_text_comes_back_where_it_was_put(texts):
    flow = Flow(Footer(()), "")
    for text in texts:
        flow.write(text, BODY, width=150)
    out = BytesIO()
    save("試験", [flow], out)
    put = [
        (n, run.x, pages.PAGE_HEIGHT - run.y, run.line.style.size,
         "".join(glyph.text for glyph in run.line.glyphs))
        for n, page in enumerate(flow.pages)
        for run in page.runs
    ]  # fmt: skip
    assert at_places(words(out.getvalue())) == at_places(put)


def test_wrong_variant_a_map_of_single_characters_loses_what_is_beyond(monkeypatch):
    real = CharacterMap.parse
    plain = {1: real.__func__}
    monkeypatch.setattr(
        CharacterMap,
        "parse",
        classmethod(lambda cls, data: _cut(plain[1](cls, data))),
    )
    with pytest.raises(AssertionError):
        test_a_kept_paper_is_read_as_it_was_read_when_it_was_made("refund-1")


def _cut(found):
    return found._replace(texts={code: text[:1] for code, text in found.texts.items()})


def drawn(content, *, kind="/TrueType", to_unicode=None, form=None):
    """A page with a content of our own, in a font whose codes are ASCII."""
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(200, 100))
    ascii_map = b"1 beginbfrange\n<20> <7e> <0020>\nendbfrange"
    data = ascii_map if to_unicode is None else to_unicode
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name(kind))
    if data:
        font.ToUnicode = file.make_stream(data)
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=file.make_indirect(font)))
    page.obj.Contents = file.make_stream(content)
    if form is not None:
        made = file.make_stream(form, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                                Matrix=[1, 0, 0, 1, 100, 0])  # fmt: skip
        picture = file.make_stream(b"", Subtype=pikepdf.Name.Image)
        page.obj.Resources.XObject = pikepdf.Dictionary(X=made, P=picture)
    out = BytesIO()
    file.save(out)
    return [(w.x, w.y, w.size, w.text) for w in words(out.getvalue())]


def test_texts_stand_where_the_operators_of_the_standard_put_them():
    assert drawn(b"BT /F 10 Tf 5 6 Td (a) Tj 1 2 Td (b) Tj ET") == [
        (5, 6, 10, "a"), (6, 8, 10, "b"),
    ]  # fmt: skip
    assert drawn(b"BT /F 10 Tf 12 TL 5 60 Td (a) Tj T* (b) Tj (c) ' 1 2 (d) \" ET") == [
        (5, 60, 10, "a"), (5, 48, 10, "b"), (5, 36, 10, "c"), (5, 24, 10, "d"),
    ]  # fmt: skip
    assert drawn(b"BT /F 10 Tf 5 60 Td (a) Tj 1 -7 TD (b) Tj T* (c) Tj ET") == [
        (5, 60, 10, "a"), (6, 53, 10, "b"), (6, 46, 10, "c"),
    ]  # fmt: skip
    assert drawn(b"BT /F 10 Tf 2 0 0 3 5 6 Tm [(a) -200 (b) 3.5 (c)] TJ (d) Tj ET") == [
        (5, 6, 30, "abcd"),
    ]  # fmt: skip


def test_what_moves_the_page_moves_its_texts_until_it_is_brought_back():
    content = b"Q q 2 0 0 2 10 20 cm q 1 0 0 1 1 1 cm BT /F 5 Tf 3 4 Td (a) Tj ET Q BT 3 4 Td"
    content += b" /F 5 Tf (b) Tj ET Q BT /F 5 Tf (c) Tj ET"
    assert drawn(content) == [(18, 30, 10, "a"), (16, 28, 10, "b"), (0, 0, 5, "c")]


def test_a_form_is_read_where_it_is_drawn_and_a_picture_has_no_text():
    form = b"BT /F 10 Tf 5 6 Td (inner) Tj ET /X Do"  # even one that draws itself
    found = drawn(b"BT /F 8 Tf 1 1 Td (a) Tj ET /X Do /P Do BT /F 8 Tf (b) Tj ET", form=form)
    assert found[:2] == [(1, 1, 8, "a"), (105, 6, 10, "inner")]
    assert found[-1] == (0, 0, 8, "b")
    assert len(found) == 10


def test_codes_without_a_meaning_are_read_as_unknown():
    assert drawn(b"BT /F 9 Tf (ab) Tj ET", to_unicode=b"")[0][3] == UNKNOWN * 2
    some = b"1 beginbfchar <61> <D842DFB7> endbfchar"
    assert drawn(b"BT /F 9 Tf (ab) Tj ET", to_unicode=some)[0][3] == "𠮷" + UNKNOWN
    assert drawn(b"BT (a) Tj ET")[0][3] == UNKNOWN


def test_codes_of_two_bytes_and_rows_of_codes():
    told = b"""begincodespacerange <0000> <FFFF> endcodespacerange
    2 beginbfrange <0001> <0003> <3042> <0010> <0011> [<8FBBDB40DD00> <67CF>] endbfrange"""
    found = CharacterMap.parse(told)
    assert found.read(b"\0\1\0\3\0\x10\0\x11\0\x12") == "あい辻\U000e0100柏" + UNKNOWN


def test_what_is_no_pdf_cannot_be_read():
    with pytest.raises(pikepdf.PdfError):
        words(b"no paper")
