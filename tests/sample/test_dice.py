"""Choices are repeatable, and do not repeat early."""

import math

from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.sample.dice import choose, dice

SIZES = st.lists(st.integers(1, 7), min_size=1, max_size=7)


def test_the_same_parts_give_the_same_choices_for_ever():
    assert dice(1, "P001", "2026-10").sample(range(100), 5) == [51, 39, 4, 78, 10]
    assert dice(1, "P001").random() != dice(2, "P001").random()


@given(SIZES, st.integers(-(10**6), 10**6), st.integers(1, 7))
def test_the_first_pools_do_not_repeat_within_the_product_of_their_sizes(sizes, first, k):
    pools = [range(size) for size in sizes]
    period = math.prod(sizes[:k])
    seen = {tuple(choose(pools, first + n)[:k]) for n in range(period)}
    assert len(seen) == period


def test_later_pools_vary_between_neighbours_too():
    last = [choose([range(4), range(5), range(3), range(3)], n)[3] for n in range(21)]
    assert min(last.count(n) for n in range(3)) >= 4
