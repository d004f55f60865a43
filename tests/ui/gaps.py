"""How long the window did not answer while work was running, beside a loop that has no window."""

import threading
import time

from PySide6.QtCore import QEventLoop, QTimer

LIMIT = 10
"""How many times as long as a bare loop a window may stop at most while work runs."""
_WINDOW_MS = 150


class Gaps:
    """Counts the pauses of the event loop from its making on; ``longest`` is in seconds."""

    def __init__(self):
        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer(interval=2)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def longest(self):
        self._tick()
        self._timer.stop()
        return self._longest

    def _tick(self):
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now


def bare_gap():
    """The longest gap of a loop without a window, while another thread counts for a moment."""
    counting = threading.Event()
    counting.set()
    thread = threading.Thread(target=_count, args=(counting,))
    loop = QEventLoop()
    QTimer.singleShot(_WINDOW_MS, loop.quit)
    thread.start()
    gaps = Gaps()
    loop.exec()
    found = gaps.longest()
    counting.clear()
    thread.join()
    return found


def _count(counting):
    number = 0
    while counting.is_set():
        number += 1


class InTheWindow:
    """The wrong variant of the pool of ``Jobs``: it works in the window itself."""

    def start(self, work):
        work()

    def waitForDone(self):  # noqa: N802 - Qt's name
        return True


def times_a_bare_gap(work, tries=5):
    """How many times as long as a bare loop's the longest gap during ``work`` is.

    The best turn of each side counts, since what another program takes away meets both; the turns
    end as soon as the window is shown to be alive.
    """
    ours, bare = [], []
    for _ in range(tries):
        bare.append(bare_gap())
        gaps = Gaps()
        work()
        ours.append(gaps.longest())
        ratio = min(ours) / min(bare)
        if ratio < LIMIT:
            break
    return ratio
