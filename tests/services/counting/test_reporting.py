"""集計: every number is the number of its records, whatever the world, the groups and the time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.domain.category import CATEGORIES
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Content, RecordKey, make
from kashiwa_desktop.domain.totals import GROUPS, TIMES, counts, time_keys
from kashiwa_desktop.errors import WrongUsageError
from kashiwa_desktop.services.checking.reviewing import Reviewing, approved_months
from kashiwa_desktop.services.counting.reporting import Reporting
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.storage import projections, revisions
from office_world import OCTOBER, activity
from services.counted_world import BY, FIRST, LAST, fill, move_zone


@pytest.fixture(scope="module")
def office(towns):
    town = towns()
    store = town.office()
    move_zone(store)
    fill(store, 7)
    yield store
    town.close()


BYS = st.lists(st.sampled_from(GROUPS), max_size=3, unique=True)
MONTHS = st.tuples(st.integers(0, 23), st.integers(0, 23)).map(sorted)


def month(n):
    return Month(2025 + n // 12, n % 12 + 1)


@given(by=BYS, span=MONTHS, cumulative=st.booleans(), proxy=st.booleans())
def test_every_number_is_the_number_of_its_records(office, by, span, cumulative, proxy):
    if cumulative and len(set(by) & set(TIMES)) > 1:
        by = [name for name in by if name not in TIMES]
    service = Reporting(office)
    found = service.totals(month(span[0]), month(span[1]), by, cumulative=cumulative)
    rows, total = (
        (found.proxy_rows, found.proxy_total) if proxy else (found.rows, found.total)
    )  # fmt: skip
    for row in rows:
        behind = service.records_behind(found, row.group, proxy=proxy)
        assert row.count == len(behind) > 0
        assert row.days == len({(a.promoter, a.date) for a in behind})
        assert row.minutes == sum(a.minutes or 0 for a in behind)
        assert row.attendees == sum(a.attendees or 0 for a in behind)
        assert all(a.is_proxy if proxy else a.counted for a in behind)
    behind = service.records_behind(found, proxy=proxy)
    assert total.count == len(behind)
    assert total.days == len({(a.promoter, a.date) for a in behind})
    if not set(by) & {"area", "zone", "tag", *(TIMES if cumulative else ())}:
        assert sum(row.count for row in rows) == total.count


def test_a_joint_meeting_is_once_for_the_city_and_once_for_each_of_its_areas(town):
    store = town.office()
    council = {"joint_areas": ["A2", "A3"], "lead_area": "A1"}
    body = {"date": "2026-10-14", "area": "A1", "category": "council", "type": "exchange",
            "title": "合同", "attendees": 30, "council": council}  # fmt: skip
    made = make(
        Content(RecordKey("P001", "activity", "r1"), "2026-10", body), (), BY,
        at="2026-10-14T10:00:00+09:00", salt="0" * 16,
    )  # fmt: skip
    with store.db.write() as tx:
        revisions.add(tx, [made], made_here=False)
        projections.refresh(tx, [made.key])
    service = Reporting(store)
    found = service.totals(OCTOBER, OCTOBER, ["area"])
    assert [(row.group, row.count) for row in found.rows] == [
        (("A1",), 1), (("A2",), 1), (("A3",), 1),
    ]  # fmt: skip
    assert (found.total.count, found.total.attendees) == (1, 30)
    zones = service.totals(OCTOBER, OCTOBER, ["zone"])
    assert {row.group: row.count for row in zones.rows} == {("北部",): 1, ("南部",): 1}


def test_a_zone_is_that_of_the_records_day(town):
    store = town.office()
    move_zone(store)
    for n, day in enumerate(("2026-03-31", "2026-04-01")):
        body = {"date": day, "area": "A1", "category": "other", "type": "misc", "title": "打合せ"}
        made = make(
            Content(RecordKey("P001", "activity", f"r{n}"), day[:7], body), (), BY,
            at="2026-10-14T10:00:00+09:00", salt="0" * 16,
        )  # fmt: skip
        with store.db.write() as tx:
            revisions.add(tx, [made], made_here=False)
            projections.refresh(tx, [made.key])
    found = Reporting(store).totals(Month(2026, 3), Month(2026, 4), ["zone", "month"])
    assert [row.group for row in found.rows] == [("南部", "2026-04"), ("北部", "2026-03")]


def test_a_fiscal_year_begins_in_april_a_calendar_year_in_january(office):
    service = Reporting(office)
    for name, keys in (("year", {"2024", "2025", "2026"}), ("calendar", {"2025", "2026"})):
        rows = service.totals(FIRST, LAST, [name]).rows
        assert {row.group[0] for row in rows} == keys
        assert set(time_keys(FIRST, LAST, name)) == keys
        assert sum(row.count for row in rows) == service.totals(FIRST, LAST, []).total.count


def test_the_sum_agrees_with_counting_by_hand(office):
    service = Reporting(office)
    found = service.totals(FIRST, LAST, ["category", "type"])
    by_hand = counts(service.records_behind(found))
    assert {row.group: row.count for row in found.rows} == by_hand.by_type
    assert found.total.measures() == tuple(by_hand.fields().values())


def test_what_is_unknown_or_doubtful_is_wrong_usage(office):
    service = Reporting(office)
    for by, cumulative in (["planet"], False), (["area", "area"], False), (["month", "year"], True):
        with pytest.raises(WrongUsageError):
            service.totals(FIRST, LAST, by, cumulative=cumulative)


def test_only_approved_months_where_that_is_asked(town):
    town.intake().take_in(town.months())
    office = town.office()
    Reviewing(office).approve(OCTOBER, ["P001", "P003"])
    service = Reporting(office)
    every, approved = (
        service.totals(OCTOBER, OCTOBER, ["promoter"], approved=only) for only in (False, True)
    )
    assert [row.group for row in every.rows] == [("P001",), ("P002",), ("P003",)]
    assert [row.group for row in approved.rows] == [("P001",), ("P003",)]
    assert {a.promoter for a in service.records_behind(approved)} == {"P001", "P003"}
    assert approved.total.count == sum(row.count for row in approved.rows)
    Recording(town.pc("P003")).add([activity(20)], next_version=True)
    town.intake().take_in([town.submit("P003")])
    with town.office().db.read() as tx:
        assert approved_months(tx) == {("P001", "2026-10")}
        assert approved_months(tx, OCTOBER) == approved_months(tx)


def test_a_promoters_own_pc_counts_his_own_and_no_opening_balance(town):
    MoneySettings(town.office()).change_office(
        {"opening": {"counts": {"council": 287}, "until": "2023-03"}}
    )
    town.month("P001")
    found = Reporting(town.pc("P001")).totals(Month(2015, 4), OCTOBER, ["category"])
    assert (found.total.count, found.opening.added) == (3, ())


# The opening balance -------------------------------------------------------------------------

SEED = {"council": 287, "network": 4089, "community": 2317, "other": 3294}
H27, R4 = Month(2015, 4), Month(2023, 3)


@pytest.fixture
def opened(town):
    store = town.office()
    MoneySettings(store).change_office({"opening": {"counts": SEED, "until": "2023-03"}})
    return town, store


def test_the_table_of_h27_to_r4_is_reproduced(opened):
    _, store = opened
    found = Reporting(store).totals(H27, R4, ["category"])
    assert {row.group[0]: row.count for row in found.rows} == SEED
    assert found.total.count == 9987
    assert all(row.opening == row.count for row in found.rows)
    assert [row.group[0] for row in found.rows] == list(CATEGORIES)
    assert Reporting(store).records_behind(found, ("council",)) == []


def test_it_is_added_where_it_can_be_told_and_nowhere_else(opened):
    town, store = opened
    town.intake().take_in(town.months())
    service = Reporting(store)
    for by, opening in (([], 9987), (["category"], 9987), (["year"], 0), (["area"], 0),
                        (["category", "month"], 0), (["promoter"], 0)):  # fmt: skip
        found = service.totals(H27, OCTOBER, by)
        assert found.total.count - found.total.opening == 9
        assert found.total.opening == sum(row.opening for row in found.rows) == opening
        assert bool(found.opening.untold) == (opening == 0)
    assert service.totals(OCTOBER, OCTOBER, ["category"]).total.opening == 0


def test_it_is_never_added_to_months_that_have_records(opened):
    _, store = opened
    body = {"date": "2019-07-01", "area": "A1", "category": "other", "type": "misc", "title": "x"}
    key = RecordKey("P001", "activity", "old")
    made = make(Content(key, "2019-07", body), (), BY, at="2019-07-01T10:00:00+09:00",
                salt="0" * 16)  # fmt: skip
    with store.db.write() as tx:
        revisions.add(tx, [made], made_here=False)
        projections.refresh(tx, [key])
    found = Reporting(store).totals(H27, R4, ["category"])
    assert (found.total.count, found.total.opening, found.opening.overlapping) == (1, 0, 4)


def test_running_sums_begin_with_it(opened):
    town, store = opened
    town.intake().take_in(town.months())
    found = Reporting(store).totals(
        Month(2026, 9), Month(2026, 11), ["category", "month"], cumulative=True
    )
    network = {row.group[1]: row.count for row in found.rows if row.group[0] == "network"}
    assert network == {"2026-09": 4089, "2026-10": 4098, "2026-11": 4098}
    assert found.total.count == 9987 + 9
    behind = Reporting(store).records_behind(found, ("network", "2026-11"))
    assert len(behind) == 9


def test_a_year_of_it_may_be_told_by_year(town):
    rows = [
        {"from": f"{y}-04", "to": f"{y + 1}-03", "area": "A1", "category": "council", "count": y,
         "days": 2, "minutes": 60, "attendees": 9}
        for y in (2015, 2016)
    ]  # fmt: skip
    store = town.office()
    MoneySettings(store).change_office({"opening": {"rows": rows}})
    found = Reporting(store).totals(H27, OCTOBER, ["year", "area"])
    assert [(row.group, row.measures()) for row in found.rows] == [
        (("2015", "A1"), (2015, 2, 60, 9)), (("2016", "A1"), (2016, 2, 60, 9)),
    ]  # fmt: skip
    running = Reporting(store).totals(H27, Month(2017, 3), ["year"], cumulative=True)
    assert [(row.group[0], row.count) for row in running.rows] == [("2015", 2015), ("2016", 4031)]
