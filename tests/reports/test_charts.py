"""Plots: readable at any size, the same bytes for the same numbers."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from kashiwa_desktop.domain.plot import Plot, Series
from kashiwa_desktop.reports import charts, ink

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
