"""Accounts of staff: who may do what, and when."""

from datetime import date

from kashiwa_desktop.domain.staff import Member, members

BODIES = [
    {"kind": "staff", "name": "職員 二", "role": "supervisor", "from": "2026-04-01", "to": None},
    {"kind": "area", "code": "01"},
    {"kind": "staff", "name": "職員 一", "role": "district", "from": "2026-04-01",
     "to": "2026-09-30"},
]  # fmt: skip


def test_they_are_read_by_name():
    one, two = members(BODIES)
    assert (one.name, one.role, one.last) == ("職員 一", "district", date(2026, 9, 30))
    assert (two.name, two.role, two.last) == ("職員 二", "supervisor", None)


def test_they_count_from_their_first_to_their_last_day():
    one, two = members(BODIES)
    assert not one.active_on(date(2026, 3, 31))
    assert one.active_on(date(2026, 4, 1))
    assert one.active_on(date(2026, 9, 30))
    assert not one.active_on(date(2026, 10, 1))
    assert two.active_on(date(2036, 1, 1))


def test_a_supervisor_may_do_what_district_staff_may():
    district, supervisor = (Member("x", role, date(2026, 4, 1)) for role in
                            ("district", "supervisor"))  # fmt: skip
    assert [m.may(None) for m in (district, supervisor)] == [True, True]
    assert [m.may("district") for m in (district, supervisor)] == [True, True]
    assert [m.may("supervisor") for m in (district, supervisor)] == [False, True]
