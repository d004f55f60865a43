"""Counts: 回数, 活動日数, 時間, 参加人数, side by side and never mixed."""

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.builders import an_activity
from kashiwa_desktop.domain.category import CATEGORIES
from kashiwa_desktop.domain.totals import Counts, counts

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


def test_a_category_of_a_newer_version_is_counted_under_its_code():
    found = counts([an_activity(category="newer", type="x")])
    assert found.by_category["newer"] == 1
    assert found.by_type == {("newer", "x"): 1}


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
