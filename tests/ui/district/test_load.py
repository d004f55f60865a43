"""RELIABILITY.md R40, R43 and two staff at once, through the page and its worker.

R40: 21 files of a full month (40 activities of 8 names) come in within 30 s; the window never
stops for 100 ms. CI: six files; full: 21.
"""

import sqlite3
import threading
import time
from dataclasses import replace

import pytest

import office_day_world
import office_world
from conftest import FULL
from kashiwa_desktop.domain.people import Area
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.closing import Closing
from kashiwa_desktop.services.keeping import Keeping
from kashiwa_desktop.services.key_ring import KeyRing
from kashiwa_desktop.services.migrating import Home, home, move
from kashiwa_desktop.services.recording import Recording
from kashiwa_desktop.services.roster import RosterService
from kashiwa_desktop.services.sticks import Sticks
from kashiwa_desktop.services.submitting import Submitting
from kashiwa_desktop.storage.database import PRAGMAS, Database
from kashiwa_desktop.ui.district.intake_page import IntakePage, Sources
from kashiwa_desktop.ui.jobs import Jobs
from office_world import OCTOBER, WORDS, activity
from ui.gaps import best_of

FILES = 21 if FULL else 6
ACTIVITIES, NAMES = 40, 8
LIMIT_MS, LIMIT_S = 100, 30


@pytest.fixture(scope="module")
def full_month(quick):
    """An office and a file of a full month from each of its promoters, in one folder."""
    numbers = range(1, FILES + 1)
    areas = [Area(f"A{n}", f"地域{n}", f"チイキ{n}", "", n) for n in numbers]
    people = {f"P{n:03d}": (f"試験 {n}", "シケン", f"A{n}") for n in numbers}
    world = office_world.make(quick / "full-month", people, areas)
    inbox = world.out()
    for promoter in people:
        pc = world.pc(promoter)
        Recording(pc).add([_activity(n) for n in range(ACTIVITIES)])
        Closing(pc).close(OCTOBER)
        Submitting(pc).submit(OCTOBER, inbox)
    world.close()
    yield world, inbox
    world.close()


def _activity(n):
    names = [f"名前 {n}-{k}" for k in range(NAMES)]
    return activity(1 + n % 28, title=f"打合せ {n}", counterparts=names)


@pytest.fixture
def page_on(come_up, tmp_path):
    """受け取る on a store, its keys open."""

    def page(store, jobs, words):
        ring = KeyRing(store)
        ring.open(words)
        sources = Sources(ring, RosterService(store), Sticks([tmp_path]), None, lambda _: None)
        return come_up(IntakePage(sources, jobs))

    return page


def test_r40_a_full_month_of_everybody(full_month, page_on, jobs, rest, figure):
    world, inbox = full_month
    store = world.office()
    page = page_on(store, jobs, WORDS)
    took = []

    def take_in():
        before = time.perf_counter()
        page.check_files([inbox])
        rest()
        page._take_all()
        rest()
        took.append(time.perf_counter() - before)
        assert page.can_undo
        page.undo()
        rest()

    gap = best_of(take_in, enough=LIMIT_MS)
    figure(f"{FILES} files of {ACTIVITIES} activities in {min(took):.1f} s, gap {gap:.0f} ms")
    assert min(took) < LIMIT_S
    assert gap < LIMIT_MS


def _holding(path, seconds):
    """Another program that holds the store's lock and lets go by itself."""
    own = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    own.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(seconds, own.rollback)
    timer.start()
    return own, timer


@pytest.mark.parametrize("seconds", [1, 5] if FULL else [1])
def test_r43_the_window_lives_while_somebody_holds_the_lock(open_intake, day, store, rest, seconds):
    def check():
        own, timer = _holding(store.folder.store, seconds)
        before = time.perf_counter()
        open_intake.check_files([day.inbox])
        rest()
        waited.append(time.perf_counter() - before)
        timer.join()
        own.close()

    waited = []
    assert best_of(check, enough=LIMIT_MS) < LIMIT_MS
    assert min(waited) >= seconds, "it did wait for the lock"
    assert open_intake._take.isVisible(), "and then went on"


def test_r43_who_waits_too_long_is_told_in_words_and_loses_nothing(store, day, page_on, jobs, rest):
    """Ten seconds in real life; here the store waits a fifth of a second."""
    impatient = Database(store.folder.store, pragmas={**PRAGMAS, "busy_timeout": 200})
    page = page_on(replace(store, db=impatient), jobs, day.passphrase)
    before = Keeping(store).digest()
    with store.db.write():

        def check():
            page.check_files([day.inbox])
            rest()

        assert best_of(check, enough=LIMIT_MS) < LIMIT_MS
        assert "書き込んでいます" in page.messages.text
    page.check_files([day.inbox])
    rest()
    assert page._take.isVisible()
    assert Keeping(store).digest() == before
    impatient.close()


def test_two_staff_take_the_same_stick_in_at_once(day, page_on, postgres, qtbot, tmp_path):
    """As if one after the other: nothing twice, nothing lost, both are told the truth."""
    address = postgres.fresh()
    clock = Clock(office_day_world.office_day.MORNING)
    move(home(day.office), Home(day.office, address), clock, Chance("two"), "職員 一")
    workers = [Jobs(), Jobs()]
    with office_day_world.office(day) as one, office_day_world.office(day) as two:
        assert one.db.path is None
        pages = [page_on(s, w, day.passphrase) for s, w in zip((one, two), workers, strict=True)]
        for page in pages:
            page.check_files([day.inbox])
        _quiet(qtbot, workers)
        for page in pages:
            page._take_all()
        _quiet(qtbot, workers)
        brought = sorted(sum(count for _, count in page._done) for page in pages)
        assert brought == [0, 2], "the other found it there"
        assert Keeping(one).digest() == Keeping(two).digest()
        assert Keeping(one).check() == []
        for page, worker in zip(pages, workers, strict=True):
            page.close()
            worker.shut_down()
    postgres.drop(address)


def _quiet(qtbot, workers):
    qtbot.waitUntil(lambda: not any(w.busy for w in workers), timeout=60_000)
