"""What something costs beside a floor of the same run; no test asserts a time of its own."""

from time import thread_time

_LEAST = 1e-7  # what a clock that ticks rarely (15.6 ms on Windows) does not see


def least(work, clock=thread_time, tries=3):
    """The processor time of ``work`` in its best turn; what other programs take is not counted."""
    return min(_cost(work, clock) for _ in range(tries))


def times_the_floor(ours, floor, limit, clock=thread_time, tries=5):
    """How many times the processor time of ``floor`` ``ours`` takes, each by its best turn.

    They take turns, which end as soon as the ratio is below ``limit``. ``process_time`` counts
    what is done on other threads too.
    """
    mine, bare = [], []
    for _ in range(tries):
        bare.append(_cost(floor, clock))
        mine.append(_cost(ours, clock))
        ratio = min(mine) / min(bare)
        if ratio < limit:
            break
    return ratio


def _cost(work, clock):
    before = clock()
    work()
    return max(clock() - before, _LEAST)
