"""How long the window did not answer while work was running."""

import time

from PySide6.QtCore import QTimer


class Gaps:
    """Counts the pauses of the event loop from its making on; ``longest`` is in milliseconds."""

    def __init__(self):
        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer(interval=2)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def longest(self):
        self._tick()
        self._timer.stop()
        return self._longest * 1000

    def _tick(self):
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now


def best_of(work, tries=3, enough=100):
    """The shortest of the longest gaps of some tries: a busy machine is no fault of the window."""
    found = []
    for _ in range(tries):
        gaps = Gaps()
        work()
        found.append(gaps.longest())
        if found[-1] < enough:
            break
    return min(found)
