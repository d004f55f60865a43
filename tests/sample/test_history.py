"""H27 to R4 of the invented world: exactly the counts of the council's own slides."""

from collections import Counter

import pytest

from kashiwa_desktop.domain import activity, totals
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.sample import history, world
from kashiwa_desktop.sample.days import regular_meeting_day
from sample import builders

SEED_TABLE = {"council": 287, "network": 4_089, "community": 2_317, "other": 3_294}
PROMOTERS = world.promoters(builders.AREAS, 1)
PAST = list(history.history(PROMOTERS, 1))
RECORDS = [record for past in PAST for record in past.records]


def counted(records):
    """Count by hand, without the program's own rule."""
    return Counter(
        r["category"] for r in records if r["status"] == "held" and r["by_proxy"] is None
    )


def test_the_totals_are_those_of_the_slides():
    assert counted(RECORDS) == SEED_TABLE
    assert sum(counted(RECORDS).values()) == 9_987


def test_the_programs_own_counting_agrees():
    read = [
        builders.read(record, f"{n}-{i}", past.promoter.promoter)
        for n, past in enumerate(PAST)
        for i, record in enumerate(past.records)
    ]
    found = totals.counts(read)
    assert found.by_category == SEED_TABLE
    assert found.count == 9_987


def test_some_records_do_not_count_and_would_change_the_totals_if_they_did():
    assert sum(r["status"] == "cancelled" for r in RECORDS) == 48
    assert sum(r["by_proxy"] is not None for r in RECORDS) == 24
    assert Counter(r["category"] for r in RECORDS) != SEED_TABLE


@pytest.mark.parametrize("seed", [0, 2, -7])
def test_the_totals_hold_for_every_seed(seed):
    other = [r for past in history.history(PROMOTERS, seed) for r in past.records]
    assert counted(other) == SEED_TABLE
    assert other != RECORDS


def test_twenty_promoters_have_each_of_the_96_months_with_its_regular_meeting():
    expected = [
        (p.promoter, m) for p in PROMOTERS[:20] for m in months(Month(2015, 4), Month(2023, 3))
    ]
    assert [(past.promoter.promoter, past.month) for past in PAST] == expected
    for past in PAST:
        regular = [r for r in past.records if r["type"] == "regular_meeting"]
        assert [r["date"] for r in regular] == [regular_meeting_day(past.month).isoformat()]


def test_every_record_is_valid_and_free_of_doubts():
    for past in PAST:
        read = [builders.read(r, n, past.promoter.promoter) for n, r in enumerate(past.records)]
        for record, one in zip(past.records, read, strict=True):
            builders.assert_valid(record, past.promoter, past.month)
            assert activity.doubts(one, read, None) == []


def test_the_same_seed_gives_the_same_years():
    assert list(history.history(PROMOTERS, 1)) == PAST
