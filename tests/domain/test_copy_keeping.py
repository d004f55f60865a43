"""Which copies may go: spans are kept by the days copies were made on, and doubt keeps all."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.domain.copy_keeping import KeptCopy, lifted_to_remove, to_remove

NOW = datetime.fromisoformat("2026-11-12T17:00")


def copy(days, why="close", hour=16):
    at = (NOW - timedelta(days=days)).replace(hour=hour)
    return KeptCopy(f"{at:%Y-%m-%d_%H%M%S}_{why}.db", at, why)


def left(copies, now=NOW):
    gone = to_remove(copies, now)
    return [one for one in copies if one.name not in gone]


def test_two_years_of_daily_work_leave_days_weeks_and_months():
    copies = [copy(n) for n in range(730)]
    kept = left(copies)
    assert kept[:14] == copies[:14]
    assert {one.made_at.strftime("%Y-%m") for one in kept} == {
        f"{y}-{m:02d}" for y in (2025, 2026) for m in range(1, 13) if (y, m) <= (2026, 11)
    } | {"2024-12"}
    assert len(kept) < 14 + 8 + 24


def test_of_one_day_the_newest_stays():
    morning, evening = copy(3, "start", 9), copy(3, "close", 16)
    assert left([morning, evening, copy(1)]) == [evening, copy(1)]
    assert left([morning, evening]) == [morning, evening]  # of the last day all stay


def test_copies_made_by_hand_and_before_going_back_have_their_own_count():
    by_hand = [copy(30, "", hour) for hour in range(8, 16)]
    before = [copy(31, "before", hour) for hour in range(8, 16)]
    kept = left([*by_hand, *before, copy(0)])
    assert [one.why for one in kept].count("") == 5
    assert [one.why for one in kept].count("before") == 3


def test_nothing_goes_while_clock_or_restoring_is_in_doubt():
    many = [copy(n, hour=h) for n in range(60) for h in (9, 16)]
    assert to_remove(many, NOW)
    assert to_remove([*many, copy(2, "before")], NOW) == set()
    assert to_remove(many, NOW - timedelta(days=1)) == set()
    assert to_remove([], NOW) == set()


def test_a_week_of_last_year_is_another_week():
    """A PC that stood still: the first week of the month before it, with the same number."""
    old = [copy(days) for days in (374, 367)]
    assert {one.made_at.isocalendar()[1] for one in old} == {45, 46}
    lately = [copy(days) for days in range(15)]
    assert set(old) <= set(left([*lately, *old]))


@given(st.lists(st.integers(-4000, 4000), max_size=60), st.integers(-4000, 4000))
def test_however_the_clock_jumps_the_newest_and_fourteen_days_stay(days, today):
    copies = list(dict.fromkeys(copy(n) for n in days))
    kept = left(copies, NOW - timedelta(days=today))
    newest = sorted(copies, key=lambda one: one.made_at, reverse=True)
    assert kept or not copies
    assert set(newest[:14]) <= set(kept)
    assert len(kept) >= min(len(copies), 14)


def lifted(days, schema):
    return KeptCopy(f"store.db.v{schema}", NOW - timedelta(days=days), "lifted")


def test_the_store_before_a_newer_version_stays_a_year_and_two_of_them_stay():
    one, two, three = lifted(300, 3), lifted(100, 4), lifted(1, 5)
    assert lifted_to_remove([one, two], NOW) == set()
    assert lifted_to_remove([three, one, two], NOW) == {"store.db.v3"}
    assert lifted_to_remove([lifted(366, 4)], NOW) == {"store.db.v4"}
    assert lifted_to_remove([lifted(365, 4)], NOW) == set()
    assert lifted_to_remove([], NOW) == set()


def test_a_clock_that_is_behind_takes_no_earlier_store_away():
    assert lifted_to_remove([lifted(-1, 5), lifted(400, 4), lifted(500, 3)], NOW) == set()
