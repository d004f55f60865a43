"""The opening balance: never over months with records, never where its groups are not known."""

import pytest

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.opening import Balance, read, serve

SEED = {
    "counts": {"council": 287, "network": 4089, "community": 2317, "other": 3294},
    "until": "2023-03",
}
H27_R4 = (Month(2015, 4), Month(2023, 3))


def test_the_seeds_table_is_one_row_a_category_since_the_beginning():
    rows = read(SEED)
    assert {(r.first, r.last) for r in rows} == {H27_R4}
    assert sum(r.count for r in rows) == 9987
    assert read(None) == read({}) == ()


def test_rows_may_be_finer_and_say_from_when():
    row = {"from": "2015-04", "to": "2016-03", "area": "01", "type": "study", "count": 3, "days": 2}
    (found,) = read({"rows": [row]})
    assert found.body() == {**row, "category": "", "minutes": 0, "attendees": 0}
    (later,) = read({"counts": {"council": 1}, "from": "2020-04", "until": "2020-04"})
    assert later.first == later.last == Month(2020, 4)


@pytest.mark.parametrize(
    ("first", "last", "by", "group"),
    [
        ("2015-04", "2023-03", ["category"], ("council",)),
        ("2015-04", "2023-03", [], ()),
        ("2015-04", "2023-03", ["year"], None),
        ("2015-04", "2016-03", ["year", "category"], ("2015", "council")),
        ("2015-04", "2016-03", ["calendar"], None),
        ("2015-04", "2015-12", ["calendar"], ("2015",)),
        ("2015-04", "2015-05", ["month"], None),
        ("2015-04", "2015-04", ["month"], ("2015-04",)),
        ("2015-04", "2015-04", ["promoter"], None),
        ("2015-04", "2015-04", ["area"], None),
        ("2015-04", "2015-04", ["zone"], None),
    ],
)
def test_a_balance_tells_only_the_groups_it_knows(first, last, by, group):
    balance = Balance(Month.parse(first), Month.parse(last), category="council", count=1)
    assert balance.group(by) == group


def test_it_is_served_within_the_time_asked_for_only():
    rows = read(SEED)
    assert len(serve(rows, H27_R4, ["category"], []).added) == 4
    later = serve(rows, (Month(2015, 4), Month(2023, 2)), ["category"], [])
    assert (later.added, later.outside) == ((), 4)
    earlier = serve(rows, (Month(2015, 5), Month(2024, 3)), ["category"], [])
    assert (earlier.added, earlier.outside) == ((), 4)


def test_it_is_never_added_to_months_that_have_records():
    rows = read(SEED)
    for month in (Month(2015, 4), Month(2019, 7), Month(2023, 3)):
        served = serve(rows, H27_R4, ["category"], [month])
        assert (served.added, served.overlapping) == ((), 4)
    beside = serve(rows, H27_R4, ["category"], [Month(2023, 4), Month(2015, 3)])
    assert (len(beside.added), beside.overlapping) == (4, 0)


def test_only_the_rows_that_overlap_are_left_out():
    rows = [
        Balance(Month(year, 4), Month(year + 1, 3), category="council", count=year)
        for year in (2015, 2016, 2017)
    ]
    span = (Month(2015, 4), Month(2018, 3))
    served = serve(rows, span, ["year"], [Month(2016, 9)])
    assert [group for group, _ in served.added] == [("2015",), ("2017",)]
    assert (served.overlapping, served.outside, served.untold) == (1, 0, 0)
    assert serve(rows, span, ["area"], []).untold == 3


def test_a_month_alone_brings_nothing():
    """The schema lets the counts be left out: what a store accepts its readers read."""
    assert read({"until": "2026-10"}) == ()
