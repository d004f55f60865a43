"""Plots: readable at any size, the same bytes for the same numbers."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from kashiwa_desktop.domain.plot import Plot, Series
from kashiwa_desktop.reports.parts import charts, ink
from kashiwa_desktop.reports.parts.page import Flow, Footer, save

MONTHS = [f"{number}月" for number in (*range(4, 13), 1, 2, 3)]
STACKED = Plot(
    MONTHS,
    [
        Series("支えあい会議の展開", [1] * 12),
        Series("ネットワークづくり", [2] * 12),
        Series("地域活動", [0, 3] * 6),
        Series("その他打合せ等", [2] * 12),
    ],
)


def text_of(plot, width=460, size=9):
    [page] = PdfReader(BytesIO(charts.as_pdf(charts.draw(plot, width, size)))).pages
    return page.extract_text()


def test_names_places_and_sums_stand_on_the_drawing():
    text = text_of(STACKED)
    for word in ("支えあい会議の展開", "その他打合せ等", "12月", "8", "5"):
        assert word in text


def test_rare_characters_are_drawn_by_the_fallback_font():
    assert "𠮷" in text_of(Plot(["x"], [Series("𠮷田", [1])]))


@pytest.mark.parametrize("form", ["columns", "lying", "shares", "heat"])
def test_a_character_that_no_font_has_is_told_with_the_paper(form):
    """Names of areas stand in a heat table and nowhere else on that paper."""
    plot = Plot(["見本𫝆"], [Series("名", [3])], form=form)
    flow, out = Flow(Footer(()), ""), BytesIO()
    flow.put(charts.draw(plot, 460, 9))
    assert save("図", [flow], out).missing == ("𫝆",)


def test_series_beside_each_other():
    beside = Plot(["4月"], [Series("令和8年度", [6]), Series("令和7年度", [41])], stacked=False)
    assert "41" in text_of(beside)


def test_larger_type_makes_a_higher_drawing_and_more_lines_in_the_key():
    small, large = (charts.draw(STACKED, 460, size) for size in (9, 24))
    assert large.height > 2.5 * small.height
    assert small.width == large.width == 460


def test_the_same_plot_gives_the_same_bytes():
    one, two = (charts.as_pdf(charts.draw(STACKED, 460, 9)) for _ in range(2))
    assert one == two


def test_an_empty_plot_is_drawn_too():
    assert "0" in text_of(Plot(["4月"], [Series("x", [0])]))
    assert text_of(Plot([], []))


@pytest.mark.parametrize(
    ("highest", "step"), [(0, 1), (4, 1), (5, 2), (8, 2), (20, 5), (21, 10), (900, 500)]
)
def test_lines_of_the_grid_have_round_numbers(highest, step):
    assert charts._step(highest) == step


def test_strokes_of_a_hatch_stay_inside_their_box():
    for x1, y1, x2, y2 in ink.strokes(20, 7, 3):
        assert all(0 <= x <= 20 for x in (x1, x2))
        assert all(0 <= y <= 7 for y in (y1, y2))


LONG = "社会福祉法人 見本会 地域包括支援センター 第二"


def test_lying_bars_stand_under_their_whole_names():
    text = text_of(Plot([LONG, "町会"], [Series("回数", [12_345, 3])], form="lying"))
    for word in (LONG, "町会", "12,345回", "3回"):
        assert "".join(word.split()) in "".join(text.split())


def test_shares_are_equally_long_and_hold_their_numbers():
    plot = Plot(["北部", "南部"], [Series("a", [1, 30]), Series("b", [1, 10])], form="shares")
    drawing = charts.draw(plot, 400, 10)
    bars = [r for r in drawing.contents if type(r).__name__ == "Rect" and r.strokeColor]
    right = {
        round(max(r.x + r.width for r in bars if abs(r.y - y) < 1)) for y in {r.y for r in bars}
    }
    assert len(right - {round(1.2 * 10)}) <= 2
    assert "30" in text_of(plot)


def test_a_part_without_room_has_no_number_on_it():
    plot = Plot(["x"], [Series("a", [1]), Series("b", [4_000])], form="lying")
    assert text_of(plot).count("1") == 1  # that of 4,001 only
    assert text_of(Plot([], [], form="lying")) is not None


def test_a_heat_table_has_every_number_and_is_darker_the_more_there_is():
    plot = Plot(["4月", "5月"], [Series("田中", [9, 0]), Series("西原", [3, 6])], form="heat")
    text = text_of(plot)
    for word in ("4月", "田中", "西原", "9", "3", "6", "–"):
        assert word in text
    tones = [r.fillColor.red for r in charts.draw(plot, 300, 10).contents if hasattr(r, "rx")]
    assert tones[0] < tones[3] < tones[2] < tones[1] == 1
    assert min(tones) >= 0.6  # black type on it at 7:1


def test_an_empty_heat_table_is_drawn_too():
    assert "–" in text_of(Plot(["4月"], [Series("田中", [0])], form="heat"))
    assert charts.draw(Plot([], [], form="heat"), 300, 10).height > 0


def test_a_name_that_is_too_long_becomes_smaller_not_longer():
    assert ink.fitted("あ" * 10, 10, 1000) == 10
    assert ink.text_width("あ" * 10, ink.fitted("あ" * 10, 10, 50)) <= 50.1
