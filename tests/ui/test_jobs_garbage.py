"""Garbage is collected on the UI thread only: a widget taken apart by the worker ends all."""

import gc
import threading
import time

from kashiwa_desktop.ui.jobs import Job


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


def test_nor_does_it_between_its_answer_and_its_end(jobs, qtbot, monkeypatch):
    """The result is told from inside the work: on a busy machine the worker lingers there."""
    collected = []
    told = Job.run_in_worker

    def linger(job):
        told(job)
        end = time.monotonic() + 0.2
        while time.monotonic() < end:
            collected.append(gc.isenabled())
            time.sleep(0.005)

    monkeypatch.setattr(Job, "run_in_worker", linger)
    job = jobs.start(lambda _progress: None)
    with qtbot.waitSignal(job.finished, timeout=30_000):
        pass
    jobs.shut_down()
    assert collected
    assert not any(collected)
