"""Numbers of a plot."""

from kashiwa_desktop.domain.plot import Plot, Series


def test_sums_and_the_highest_bar():
    series = [Series("a", [1, 2]), Series("b", [3, 0])]
    assert Plot(["x", "y"], series).sums == (4, 2)
    assert Plot(["x", "y"], series).highest == 4
    assert Plot(["x", "y"], series, stacked=False).highest == 3
    assert Plot([], []).highest == 0
    assert Plot(["x"], [], stacked=False).highest == 0


def test_a_column_of_sums_belongs_to_several_stacked_series_only():
    one, two = Series("a", [1]), Series("b", [2])
    assert Plot(["x"], [one, two]).has_sums
    assert not Plot(["x"], [one]).has_sums
    assert not Plot(["x"], [one, two], stacked=False).has_sums
