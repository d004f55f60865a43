"""Garbage is collected on the UI thread only: a widget taken apart by the worker ends all."""

import gc
import threading


class _Ring:
    """Garbage that only the collector finds, and that says who took it apart."""

    def __init__(self, seen):
        self.me, self.seen = self, seen

    def __del__(self):
        self.seen.append(threading.current_thread())


def _make_garbage(_progress):
    for _ in range(200):
        [[] for _ in range(1000)]
        held = [{"n": n} for n in range(1000)]
        held[0]["ring"] = held


def test_the_worker_never_collects(jobs, qtbot):
    seen = []
    gc.collect()
    for _ in range(50):
        _Ring(seen)
    job = jobs.start(_make_garbage)
    with qtbot.waitSignal(job.finished, timeout=30_000):
        pass
    qtbot.waitUntil(lambda: not jobs.busy)
    gc.collect()
    assert len(seen) == 50
    assert set(seen) == {threading.main_thread()}


def test_python_collects_by_itself_again_afterwards(jobs, qtbot):
    job = jobs.start(_make_garbage)
    assert not gc.isenabled()
    with qtbot.waitSignal(job.finished, timeout=30_000):
        pass
    qtbot.waitUntil(lambda: not jobs.busy)
    assert gc.isenabled()
