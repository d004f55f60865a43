"""Areas, people and appointments, as the settings say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import (
    Adjustment,
    Appointment,
    Area,
    Contact,
    Payee,
    Period,
    Person,
    Roster,
    overlaps,
    roster,
)
from kashiwa_desktop.domain.withholding import Treatment

OCTOBER = Month(2026, 10)
BODIES = [
    {"kind": "area", "code": "02", "name": "西原", "order": 2},
    {"kind": "area", "code": "01", "name": "田中", "kana": "タナカ", "zone": "未設定", "order": 1,
     "from": "2015-04-01", "to": "2027-03-31"},
    {"kind": "person", "promoter": "P002", "name": "手賀 太郎"},
    {"kind": "person", "promoter": "P001", "name": "柏 花子", "kana": "カシワ ハナコ"},
    {"kind": "appointment", "appointment": "b", "promoter": "P002", "area": "02",
     "from": "2026-04-01"},
    {"kind": "appointment", "appointment": "a", "promoter": "P001", "area": "01",
     "from": "2020-04-01", "to": "2026-10-15"},
    {"kind": "terms", "appointment": "a", "yen": 30_000, "end_reason": "転居",
     "suspended": [{"from": "2026-05-01", "to": "2026-05-31"}, {"from": "2026-09-01"}]},
    {"kind": "contact", "promoter": "P001", "address": "(見本)", "phone": "(見本)"},
    {"kind": "newer"},
    {},
]  # fmt: skip


def an_appointment(first, last=None, **changes):
    return Appointment("a", "P001", "01", first, last, **changes)


def test_the_roster_reads_the_settings_in_a_fixed_order():
    read = roster(BODIES)
    assert read == roster(reversed(BODIES))
    assert [a.code for a in read.areas] == ["01", "02"]
    assert read.areas[0] == Area(
        "01", "田中", "タナカ", "未設定", 1, date(2015, 4, 1), date(2027, 3, 31)
    )
    assert read.people == (
        Person("P001", "柏 花子", "カシワ ハナコ"),
        Person("P002", "手賀 太郎"),
    )
    assert read.appointments == (
        Appointment(
            "a", "P001", "01", date(2020, 4, 1), date(2026, 10, 15), 30_000,
            (Period(date(2026, 5, 1), date(2026, 5, 31)), Period(date(2026, 9, 1))), "転居",
        ),
        Appointment("b", "P002", "02", date(2026, 4, 1)),
    )  # fmt: skip
    assert read.contact("P001") == Contact("(見本)", "(見本)")
    assert read.contact("P002") == Contact()


def test_two_contacts_of_one_promoter_do_not_stop_the_reading():
    two = [{"kind": "contact", "promoter": "P001", "phone": p} for p in "ab"]
    assert len(roster(two).contacts) == 2


def test_an_area_is_found_by_code_or_name_and_shown_by_code_where_unknown():
    old = Area("01", "田中", first=date(2015, 4, 1))
    new = Area("22", "田中", first=date(2026, 4, 1))
    read = Roster(areas=(new, old))
    assert read.area("01") == old
    assert read.area("99") == Area("99", "99")
    assert read.area_named("01") == old
    assert read.area_named("田中") == new
    assert read.area_named("なし") is None


def test_a_person_and_the_appointments_are_found():
    read = roster(BODIES)
    assert read.person("P002") == Person("P002", "手賀 太郎")
    assert read.person("P099") is None
    assert [a.id for a in read.of_promoter("P001")] == ["a"]


def test_active_appointments_stand_in_the_order_of_areas_unknown_areas_last():
    appointments = tuple(
        Appointment(f"{area}{who}", who, area, date(2026, 4, 1))
        for area, who in [("99", "P1"), ("02", "P3"), ("01", "P2"), ("02", "P1")]
    )
    areas = (Area("01", "後", order=2), Area("02", "先", order=1))
    read = Roster(areas=areas, appointments=appointments)
    assert [a.id for a in read.active(OCTOBER)] == ["02P1", "02P3", "01P2", "99P1"]
    assert [a.id for a in read.active(OCTOBER, "P1")] == ["02P1", "99P1"]
    assert read.active(Month(2026, 3)) == []


@pytest.mark.parametrize(
    ("first", "last", "active"),
    [
        (date(2026, 10, 31), None, True),
        (date(2026, 11, 1), None, False),
        (date(2020, 1, 1), date(2026, 10, 1), True),
        (date(2020, 1, 1), date(2026, 9, 30), False),
        (date(2026, 10, 10), date(2026, 10, 10), True),
    ],
)
def test_an_appointment_or_area_holds_in_a_month_it_touches(first, last, active):
    assert an_appointment(first, last).active_in(OCTOBER) is active
    assert Area("01", "田中", first=first, last=last).valid_in(OCTOBER) is active


def test_both_ends_of_an_appointment_belong_to_it():
    held = an_appointment(date(2026, 10, 10), date(2026, 10, 20))
    days = [date(2026, 10, n) for n in (9, 10, 20, 21)]
    assert [held.active_on(day) for day in days] == [False, True, True, False]
    assert an_appointment(date(2026, 10, 10)).active_on(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("periods", "suspended"),
    [
        ([], False),
        ([("10-01", "10-31")], True),
        ([("09-15", None)], True),
        ([("10-02", None)], False),
        ([("09-01", "10-30")], False),
        ([("10-01", "10-15"), ("10-16", "10-31")], True),
        ([("10-01", "10-15"), ("10-17", "10-31")], False),
    ],
)
def test_a_month_is_on_leave_only_when_every_day_is(periods, suspended):
    def day(text):
        return date.fromisoformat(f"2026-{text}") if text else None

    leave = tuple(Period(day(first), day(last)) for first, last in periods)
    assert an_appointment(date(2020, 4, 1), suspended=leave).suspended_in(OCTOBER) is suspended


def test_leave_up_to_the_end_of_the_appointment_covers_its_last_month():
    leave = (Period(date(2026, 10, 1), date(2026, 10, 15)),)
    ended = an_appointment(date(2020, 4, 1), date(2026, 10, 15), suspended=leave)
    assert ended.suspended_in(OCTOBER)
    assert not ended.suspended_in(Month(2026, 11))


@given(st.dates(date(2026, 8, 1), date(2026, 12, 31)), st.integers(0, 90))
def test_an_appointment_holds_in_exactly_the_months_of_its_days(first, length):
    held = an_appointment(first, date.fromordinal(first.toordinal() + length))
    days = [date.fromordinal(n) for n in range(first.toordinal() - 40, first.toordinal() + 140)]
    for month in {Month.of(day) for day in days}:
        expected = any(
            held.active_on(date(month.year, month.number, n + 1)) for n in range(month.days)
        )
        assert held.active_in(month) is expected


def test_terms_of_money_are_read():
    terms = {
        "kind": "terms", "appointment": "b",
        "amounts": [{"from": "2026-10-01", "yen": 20_000}],
        "adjustments": [{"month": "2026-10", "yen": -500, "reason": "戻し"}],
        "withholding": [{"from": "2026-04-01", "reward": "fee"}],
        "payee": {"name": "手賀 次郎", "relation": "相続人"},
    }  # fmt: skip
    plain, paid = roster([*BODIES, terms]).appointments
    assert (plain.amounts, plain.adjustments, plain.withholding, plain.payee) == ((), (), (), None)
    assert paid.amounts == ((date(2026, 10, 1), 20_000),)
    assert paid.adjustments == (Adjustment(OCTOBER, -500, "戻し"),)
    assert paid.withholding == (Treatment(date(2026, 4, 1), None, "none", "fee"),)
    assert paid.payee == Payee("手賀 次郎", relation="相続人")


def test_an_area_lay_in_the_zone_of_that_day():
    spans = ((date(2026, 4, 1), "南部"), (date(2015, 4, 1), "北部"))
    area = Area("01", "田中", zone="南部", zones=spans)
    days = [date(2015, 3, 31), date(2026, 3, 31), date(2026, 4, 1), date(2030, 1, 1)]
    assert [area.zone_on(day) for day in days] == ["北部", "北部", "南部", "南部"]
    assert Area("02", "西原", zone="北部").zone_on(date(2030, 1, 1)) == "北部"


def test_who_may_stand_in_and_where_the_places_are():
    bodies = [
        {"kind": "proxy", "promoter": "P001", "name": "見本 次郎", "standing": "コアメンバー",
         "from": "2026-04-01", "to": "2027-03-31"},
        {"kind": "place", "place": "zone", "code": "Z1", "name": "北部"},
    ]  # fmt: skip
    found = roster(bodies)
    (proxy,), (place,) = found.proxies, found.places
    assert (proxy.name, proxy.standing, proxy.last) == (
        "見本 次郎", "コアメンバー", date(2027, 3, 31),
    )  # fmt: skip
    assert (place.kind, place.name) == ("zone", "北部")


def appointment(number, promoter, area, first, last=None):
    return Appointment(number, promoter, area, date(*first), last and date(*last))


def test_appointments_of_one_person_and_area_that_hold_at_once_are_found():
    one = appointment("a", "P001", "01", (2026, 4, 1), (2026, 10, 15))
    again = appointment("b", "P001", "01", (2026, 10, 10))
    other_area = appointment("c", "P001", "02", (2026, 4, 1))
    later = appointment("d", "P002", "01", (2026, 10, 1))
    assert overlaps([again, one, other_area, later]) == {("a", "b"): 6}
    assert overlaps([one, other_area, later]) == {}
    assert overlaps([one, appointment("e", "P001", "01", (2026, 10, 16))]) == {}
