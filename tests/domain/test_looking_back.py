"""A year and the year before."""

from datetime import date

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.domain.looking_back import categories_of, look_back


def an_activity(day, category="other", **more):
    return Activity(
        id=f"{day}{more}", promoter="P", date=date.fromisoformat(day), area="A",
        category=category, type="misc", title="x", **more,
    )  # fmt: skip


THIS = [
    an_activity("2026-04-03", counterparts=("包括", "町会", "包括")),
    an_activity("2026-04-20", "network", counterparts=("町会",)),
    an_activity("2026-11-01", "network", counterparts=("包括",)),
    an_activity("2026-11-02", "network", status="cancelled", counterparts=("だれか",)),
]
BEFORE = [an_activity("2025-04-01"), an_activity("2025-10-01"), an_activity("2026-03-01")]


def test_months_are_summed_beside_the_same_months_before():
    view = look_back(2026, THIS, BEFORE, date(2026, 11, 12))
    assert [c.count for c in view.sums] == [2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    assert [c.count for c in view.before] == [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
    assert (view.reached, view.count, view.count_before) == (8, 3, 2)
    assert str(view.months[0]) == "2026-04"
    assert str(view.months[-1]) == "2027-03"


def test_with_whom_counts_each_record_once_the_most_frequent_first():
    view = look_back(2026, THIS, [], date(2026, 11, 12))
    assert view.counterparts == (("包括", 2), ("町会", 2))
    assert view.most == ("network", 2)


def test_an_empty_year_has_no_most():
    view = look_back(2026, [], [], date(2026, 3, 31))
    assert (view.reached, view.most, view.counterparts) == (0, None, ())


def test_a_category_of_a_newer_version_is_counted_under_sonota():
    view = look_back(2026, [an_activity("2026-05-01", "future")], [], date(2026, 11, 12))
    assert categories_of(view) == ["council", "network", "community", "other"]
    assert view.most == ("other", 1)
