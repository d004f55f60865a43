"""Counts: 回数, 活動日数, 時間, 参加人数, side by side and never mixed."""

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.builders import an_activity
from kashiwa_desktop.domain.category import CATEGORIES
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.totals import Counts, Sum, counts, cumulated, in_order, time_keys

KINDS = [(c, t) for c, known in CATEGORIES.items() for t in known.types]
ACTIVITIES = st.lists(
    st.builds(
        lambda kind, day, who, status, proxy, numbers: an_activity(
            category=kind[0], type=kind[1], date=date(2026, 10, day), promoter=who, status=status,
            by_proxy=proxy, minutes=numbers[0], attendees=numbers[1],
        ),
        st.sampled_from(KINDS), st.integers(1, 5), st.sampled_from(["P001", "P002"]),
        st.sampled_from(["held", "held", "cancelled", "postponed"]),
        st.sampled_from([None, None, "代理"]),
        st.tuples(st.none() | st.integers(0, 300), st.none() | st.integers(0, 99)),
    ),
    max_size=20,
)  # fmt: skip


def test_nothing_gives_zero_for_each_category():
    empty = counts([])
    assert empty.by_category == {"council": 0, "network": 0, "community": 0, "other": 0}
    assert empty.fields() == Counts().fields()
    assert empty.fields() == {"count": 0, "days": 0, "minutes": 0, "attendees": 0}


def test_days_are_distinct_days_of_each_promoter():
    held = [
        an_activity(id="1"),
        an_activity(id="2"),
        an_activity(id="3", promoter="P002"),
        an_activity(id="4", date=date(2026, 10, 15)),
    ]
    assert (counts(held).count, counts(held).days) == (4, 3)


def test_cancelled_postponed_and_proxy_records_add_to_nothing():
    off = [
        an_activity(status="cancelled", minutes=60, attendees=9),
        an_activity(status="postponed", minutes=60),
        an_activity(by_proxy="コアメンバー", minutes=60),
    ]
    assert counts(off) == counts([])


def test_what_nobody_knows_is_counted_under_sonota():
    newer = [an_activity(category="newer", type="x"), an_activity(category="council", type="x")]
    found = counts(newer)
    assert found.by_category == {"council": 1, "network": 0, "community": 0, "other": 1}
    assert found.by_type == {("other", "misc"): 1, ("council", "misc"): 1}
    assert found.count == 2


@given(ACTIVITIES, st.integers())
def test_the_sums_agree_with_counting_by_hand_in_any_order(activities, seed):
    found = counts(activities)
    shuffled = list(activities)
    random.Random(seed).shuffle(shuffled)
    assert counts(shuffled) == found
    held = [a for a in activities if a.status == "held" and not a.by_proxy]
    assert found.count == len(held) == sum(found.by_category.values())
    assert found.count == sum(found.by_type.values())
    assert found.minutes == sum(a.minutes for a in held if a.minutes is not None)
    assert found.attendees == sum(a.attendees for a in held if a.attendees is not None)
    assert found.days <= found.count


@given(ACTIVITIES, ACTIVITIES)
def test_times_and_people_of_two_groups_add_up(one, two):
    both = counts([*one, *two])
    assert both.count == counts(one).count + counts(two).count
    assert both.minutes == counts(one).minutes + counts(two).minutes
    assert both.days <= counts(one).days + counts(two).days


def test_two_sums_together():
    both = Sum(("a",), 1, 2, 3, 4, 1).plus(Sum(("b",), 10, 20, 30, 40))
    assert both == Sum(("a",), 11, 22, 33, 44, 1)
    assert both.measures() == (11, 22, 33, 44)


def test_time_has_keys_by_month_fiscal_year_and_calendar_year():
    first, last = Month(2026, 2), Month(2026, 5)
    assert list(time_keys(first, last, "month")) == ["2026-02", "2026-03", "2026-04", "2026-05"]
    assert time_keys(first, last, "year") == {"2025": Month(2026, 3), "2026": Month(2026, 5)}
    assert time_keys(first, last, "calendar") == {"2026": Month(2026, 5)}


def test_running_sums_hold_everything_up_to_their_end():
    rows = [Sum(("a", "2026-01"), 1), Sum(("a", "2026-03"), 2), Sum(("b", "2026-02"), 5)]
    keys = ["2026-02", "2026-03"]
    found = {row.group: row.count for row in cumulated(rows, 1, keys)}
    assert found == {("a", "2026-02"): 1, ("a", "2026-03"): 3, ("b", "2026-02"): 5,
                     ("b", "2026-03"): 5}  # fmt: skip
    assert cumulated([Sum(("2026-09",), 1)], 0, keys) == []


def test_rows_stand_in_the_order_that_is_known_then_by_their_codes():
    rows = [Sum((c, m)) for c in ("other", "newer", "council") for m in ("2026-02", "2026-01")]
    ordered = in_order(rows, ("category", "month"), {"category": ["council", "other"]})
    assert [row.group for row in ordered] == [
        ("council", "2026-01"), ("council", "2026-02"), ("other", "2026-01"),
        ("other", "2026-02"), ("newer", "2026-01"), ("newer", "2026-02"),
    ]  # fmt: skip


def test_a_stand_ins_activity_is_neither_counted_nor_lost():
    mine, other = an_activity(), an_activity(by_proxy="コアメンバー")
    assert [(a.counted, a.is_proxy) for a in (mine, other)] == [(True, False), (False, True)]
    assert not an_activity(by_proxy="コアメンバー", status="cancelled").is_proxy
