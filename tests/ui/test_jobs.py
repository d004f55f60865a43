"""One worker: results, errors and cancelling always arrive on the UI thread."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, Signal
from PySide6.QtWidgets import QWidget

from kashiwa_desktop.ui.jobs import Jobs


class Ear(QObject):
    """Notes what a job says and on which thread."""

    def __init__(self, job):
        super().__init__()
        self.heard, self.threads = [], set()
        job.succeeded.connect(self.on_success)
        job.failed.connect(self.on_failure)
        job.cancelled.connect(self.on_cancel)
        job.finished.connect(self.on_finish)

    def note(self, *what):
        self.heard.append(what)
        self.threads.add(QThread.currentThread())

    def on_success(self, result):
        self.note("succeeded", result)

    def on_failure(self, error):
        self.note("failed", error)

    def on_cancel(self):
        self.note("cancelled")

    def on_finish(self):
        self.note("finished")


def answer(value, progress):
    return value


def fail(progress):
    raise LookupError("gone")


def wait_for(gate, progress):
    gate.wait(10)
    return "late"


def test_result_comes_back_on_the_ui_thread(jobs, qapp):
    ear = Ear(jobs.start(partial(answer, 7)))
    jobs.shut_down()
    assert ear.heard == [("succeeded", 7), ("finished",)]
    assert ear.threads == {qapp.thread()}


def test_work_runs_elsewhere(jobs):
    ear = Ear(jobs.start(lambda progress: threading.get_ident()))
    jobs.shut_down()
    assert ear.heard[0][1] != threading.get_ident()


def test_error_comes_back_on_the_ui_thread(jobs, qapp):
    ear = Ear(jobs.start(fail))
    jobs.shut_down()
    assert [word for word, *_ in ear.heard] == ["failed", "finished"]
    assert isinstance(ear.heard[0][1], LookupError)
    assert ear.threads == {qapp.thread()}


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, MemoryError])
def test_no_kind_of_error_is_lost(jobs, error):
    def work(progress):
        raise error

    ear = Ear(jobs.start(work))
    jobs.shut_down()
    assert isinstance(ear.heard[0][1], error)


def test_an_error_nobody_listens_to_is_passed_on(jobs, qtbot):
    with qtbot.waitSignal(jobs.unheard) as blocker:
        jobs.start(fail)
    assert isinstance(blocker.args[0], LookupError)


def test_an_error_somebody_listens_to_is_not_passed_on(jobs, qtbot):
    with qtbot.assertNotEmitted(jobs.unheard):
        ear = Ear(jobs.start(fail))
        jobs.shut_down()
    assert ear.heard[0][0] == "failed"


def test_jobs_run_in_order(jobs):
    done = []
    for number in range(20):
        jobs.start(lambda progress, number=number: done.append(number))
    jobs.shut_down()
    assert done == list(range(20))


def test_cancelled_before_start_never_begins(jobs):
    gate, begun = threading.Event(), []
    first = Ear(jobs.start(partial(wait_for, gate)))
    job = jobs.start(lambda progress: begun.append(True))
    second = Ear(job)
    job.cancel()
    gate.set()
    jobs.shut_down()
    assert first.heard[0] == ("succeeded", "late")
    assert second.heard == [("cancelled",), ("finished",)]
    assert not begun


def test_cancelled_while_running_stops_at_the_next_step(jobs, qtbot):
    def work(progress):
        for number in range(10_000_000):
            progress.step("受け取っています", number, 10_000_000)
        return "all"

    job = jobs.start(work)
    ear = Ear(job)
    with qtbot.waitSignal(job.progressed):
        pass
    job.cancel()
    jobs.shut_down()
    assert ear.heard[0] == ("cancelled",)


def test_progress_is_told_while_it_runs(jobs, qtbot):
    gate = threading.Event()

    def work(progress):
        progress.step("受け取っています", 7, 21)
        gate.wait(10)

    job = jobs.start(work)
    with qtbot.waitSignal(job.progressed) as told:
        pass
    gate.set()
    assert told.args == ["受け取っています", 7, 21]


def test_a_page_destroyed_first_is_not_called(jobs, qtbot):
    heard = []

    class Page(QWidget):
        def hear(self, result):
            heard.append(result)

    gate, page = threading.Event(), Page()
    job = jobs.start(partial(wait_for, gate))
    job.succeeded.connect(page.hear)
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)
    gate.set()
    jobs.shut_down()
    assert not heard


def test_shut_down_waits_and_delivers(qapp):
    jobs = Jobs()
    done = threading.Event()

    def work(progress):
        done.wait(0.2)
        return "written"

    ear = Ear(jobs.start(work))
    jobs.shut_down()
    assert ear.heard[0] == ("succeeded", "written")
    assert not jobs.busy


def test_busy_and_idle_are_told(jobs, qtbot):
    with qtbot.waitSignals([jobs.became_busy, jobs.became_idle]):
        jobs.start(partial(answer, 1))
    assert not jobs.busy


def test_cancel_all(jobs):
    gate = threading.Event()
    ears = [Ear(jobs.start(partial(wait_for, gate))) for _ in range(3)]
    jobs.cancel_all()
    gate.set()
    jobs.shut_down()
    assert [ear.heard[0][0] for ear in ears[1:]] == ["cancelled", "cancelled"]


def test_fifteen_hundred_jobs(jobs, qapp):
    class Count(QObject):
        total = 0

        def add(self, result):
            self.total += result

        def mind(self, error):
            self.total += 1

    count = Count()
    for number in range(1500):
        job = jobs.start(fail if number % 10 == 0 else partial(answer, 1))
        job.succeeded.connect(count.add)
        job.failed.connect(count.mind)
    jobs.shut_down()
    assert count.total == 1500


def test_many_thousand_signals_in_one_process(qapp):
    """PySide6 6.12.0 on Python 3.11 lost a reference to ``True`` with each emit."""

    class Sender(QObject):
        told = Signal(bool)

    class Receiver(QObject):
        count = 0

        def hear(self, value):
            self.count += value is True

    sender, receiver = Sender(), Receiver()
    sender.told.connect(receiver.hear)
    for _ in range(20_000):
        sender.told.emit(True)
    assert receiver.count == 20_000


def test_after_the_end_nothing_begins(qapp):
    """A page that is still there may ask for work; its worker goes, and must not wait for it."""
    jobs, begun = Jobs(), []
    jobs.start(lambda _: begun.append("before"))
    jobs.end()
    jobs.start(lambda _: begun.append("after"))
    assert not jobs.busy
    assert begun == ["before"]
    jobs.deleteLater()
