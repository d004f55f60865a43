"""Numbers of a plot."""

from kashiwa_desktop.domain.plot import Plot, Series


def test_sums_and_the_highest_bar():
    series = [Series("a", [1, 2]), Series("b", [3, 0])]
    assert Plot(["x", "y"], series).sums == (4, 2)
    assert Plot(["x", "y"], series).highest == 4
    assert Plot(["x", "y"], series, stacked=False).highest == 3
    assert Plot([], []).highest == 0
    assert Plot(["x"], [], stacked=False).highest == 0
