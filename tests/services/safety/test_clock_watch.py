"""Test 22 and R44: a clock before the program or the last use is told of, and work goes on."""

from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import FULL
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.clock import Chance, Clock
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.records.tidying import Tidying
from kashiwa_desktop.services.safety import clock_watch
from kashiwa_desktop.services.safety.keeping import Keeping
from kashiwa_desktop.services.store import open_folder
from office_world import OCTOBER, RECORDING, activity, moment

MADE = moment("2026-04-01T00:00")
JUMPS = (
    "1970-01-01T00:00", "1980-01-01T00:00", "2016-02-29T23:59", "2026-03-31T23:59",
    "2026-04-01T00:00", "2026-10-31T23:59", "2026-11-01T00:00", "2036-10-31T17:00",
    "2028-02-29T12:00", "2035-01-01T00:00",
)  # fmt: skip


def test_a_clock_that_went_back_is_told_of_once(town):
    assert clock_watch.notice(town.pc(), MADE) == ""
    said = clock_watch.notice(town.pc(at="2026-10-01T09:00"), MADE)
    assert "令和8年10月1日(木)" in said
    assert "前に使ったときは 令和8年10月31日(土)" in said
    assert clock_watch.notice(town.pc(at="2026-10-01T09:00"), MADE) == ""
    assert clock_watch.notice(town.pc(at="2026-12-01T09:00"), MADE) == ""


def test_two_pcs_a_few_minutes_apart_are_no_news(town):
    clock_watch.notice(town.pc(), MADE)
    assert clock_watch.notice(town.pc(at="2026-10-31T16:05"), MADE) == ""
    assert clock_watch.notice(town.pc(at="2026-10-31T14:59"), MADE) != ""


def test_a_clock_before_the_program_is_told_of_at_every_start(town):
    for _ in range(2):
        said = clock_watch.notice(town.pc(at="1980-01-01T09:00"), MADE)
        assert "昭和55年1月1日" in said
    assert clock_watch.notice(town.pc(at="1980-01-01T09:00"), None) == ""


def test_the_program_knows_when_it_was_made():
    assert Clock().now() > clock_watch.installed() > moment("2020-01-01T00:00")


@settings(max_examples=2000 if FULL else 8)
@given(jumps=st.lists(st.sampled_from(JUMPS), min_size=1, max_size=5))
def test_r44_clocks_that_jump_change_times_and_nothing_else(towns, jumps):
    """Order, ids and months are unaffected; copies and deleted records stay; nothing is refused."""
    town = towns()
    try:
        first = town.pc()
        ids = Recording(first).add([activity(1), activity(2)])
        Recording(first).delete(ids[1])
        kept = Keeping(first).back_up().file
        state = Keeping(first).digest()
        for n, at in enumerate(jumps):
            store = open_folder(town.folder("P001"), Clock(moment(at)), Chance(f"{n}"))
            clock_watch.notice(store, MADE)
            assert Keeping(store).digest() == state
            assert Keeping(store).check() == []
            assert kept in [copy.file for copy in Keeping(store).all_copies()]
            Keeping(store).back_up()
            if moment(at) >= moment(RECORDING):
                Recording(store).edit(ids[0], {"attendees": n})
                state = Keeping(store).digest()
            store.close()
        last = town.pc(at="2026-11-01T09:00")
        assert [a.id for a in Recording(last).records(OCTOBER)] == [ids[0]]
        assert Recording(last).records(Month(2026, 11)) == []
        Tidying(last).bring_back([ids[1]])
        assert [a.date.day for a in Recording(last).records(OCTOBER)] == [1, 2]
    finally:
        town.close()
