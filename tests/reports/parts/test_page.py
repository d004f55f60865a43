"""The frame of every paper: bytes, fonts, footers, caution, language."""

import re
from io import BytesIO
from pathlib import Path

import pytest

from kashiwa_desktop.reports.parts.page import Flow, Footer, fit, save
from kashiwa_desktop.reports.parts.text import BODY
from reports import marks
from reports.reread import fonts, page_texts, reader
from reports.samples import LONG, RARE

ROOM = Path(__file__).parents[3] / "src" / "kashiwa_desktop" / "reports"


def a_paper(text: str = RARE, *, trial: bool = False) -> Flow:
    flow = Flow(Footer(("柏中央", "照合番号 7K3M-Q2PX"), trial), "試みの紙")
    flow.write(text, BODY)
    return flow


def pdf(*papers: Flow) -> bytes:
    out = BytesIO()
    save("試みの紙", papers, out)
    return out.getvalue()


def test_the_same_paper_gives_the_same_bytes() -> None:
    first = pdf(a_paper())
    pdf(a_paper("葛\U000e0102 か\u3099 \u2003 邉\U000e0101"))
    assert pdf(a_paper()) == first


def test_every_font_is_embedded_in_part_and_can_be_read_back() -> None:
    found = fonts(pdf(a_paper(RARE + LONG)))
    assert found
    for font in found:
        assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"])
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font


def test_more_than_256_characters_of_one_font() -> None:
    many = "".join(chr(0x4E00 + n) for n in range(600))
    texts = page_texts(pdf(a_paper(many)))
    known = [char for char in many if char in texts[0]]
    assert len(known) > 400


def test_language_and_title_without_metadata_of_persons() -> None:
    document = reader(pdf(a_paper()))
    assert document.trailer["/Root"]["/Lang"] == "ja-JP"
    assert document.metadata.title == "試みの紙"
    assert not document.metadata.author


def test_a_title_from_a_setting_cannot_break_the_file() -> None:
    out = BytesIO()
    save("題\ud800\x00", [a_paper()], out)
    assert reader(out.getvalue()).metadata.title == "題〓〓"


def test_each_paper_counts_its_own_pages() -> None:
    texts = page_texts(pdf(a_paper((LONG + "\n") * 40), a_paper()))
    assert [re.search(r"\d/\d", text)[0] for text in texts] == ["1/3", "2/3", "3/3", "1/1"]
    assert all("取扱注意" in text and "照合番号7K3M-Q2PX" in text for text in texts)
    assert ["つづき" in text for text in texts] == [False, True, True, False]


def test_trial_papers_say_so_in_the_footer() -> None:
    assert "試験用" in page_texts(pdf(a_paper(trial=True)))[0]
    assert "試験用" not in page_texts(pdf(a_paper()))[0]


def test_a_long_text_goes_on_over_pages_and_loses_nothing() -> None:
    sentences = [f"No{n:04d}は、柏市の地域支えあい活動の記録です。" for n in range(900)]
    flow = a_paper("".join(sentences))
    marks.check(flow)
    found = "".join(page_texts(pdf(flow)))
    assert re.findall(r"No(\d{4})", found) == [f"{n:04d}" for n in range(900)]


def test_a_path_and_an_open_file_get_the_same(tmp_path: Path) -> None:
    place = tmp_path / "紙.pdf"
    assert save("試みの紙", [a_paper()], place)[:2] == (1, ())
    assert place.read_bytes() == pdf(a_paper())


def test_closer_spacing_only_where_it_saves_a_page() -> None:
    def compose(points: float, air: float) -> Flow:
        flow = Flow(Footer(()), "", air)
        for _ in range(20):
            flow.write("柏", BODY)
            flow.gap(points)
        return flow

    assert fit(lambda air: compose(10, air)).air == 1.0
    assert fit(lambda air: compose(30, air)).air == 0.4
    assert fit(lambda air: compose(500, air)).air in (0.4, 1.0)


@pytest.mark.parametrize("word", ["Paragraph", "platypus", "Helvetica", "paraparser"])
def test_no_markup_is_ever_read(word: str) -> None:
    assert not [path.name for path in ROOM.rglob("*.py") if word in path.read_text("utf-8")]


def test_for_both_sides_every_paper_begins_on_a_sheet_of_its_own() -> None:
    """What is on the back of one person's page must never be another person's."""
    papers = [a_paper(name * n) for name, n in (("甲", 1), ("乙", 2_500), ("丙", 1), ("丁", 1))]
    out = BytesIO()
    made = save("試みの紙", papers, out, duplex=True)
    pages = page_texts(out.getvalue())
    assert made.pages == len(pages)
    assert {n for n, text in enumerate(pages) if "1/" in text[-4:]} <= {0, 2, 4, 6, 8}
    sheets = ["".join(pages[n : n + 2]) for n in range(0, len(pages), 2)]
    assert all(sum(name in sheet for name in "甲乙丙丁") == 1 for sheet in sheets)
    save("試みの紙", papers, plain := BytesIO())
    assert len(page_texts(plain.getvalue())) < len(pages)
