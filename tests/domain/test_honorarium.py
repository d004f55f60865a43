"""The honorarium: whole yen, by appointment, by date, whatever the number of activities."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.builders import an_activity
from kashiwa_desktop.domain.honorarium import (
    HonorariumLine,
    Item,
    activity_days,
    amount,
    lines,
    pay_day,
)
from kashiwa_desktop.domain.month import Month, months
from kashiwa_desktop.domain.office import Office, Prorating
from kashiwa_desktop.domain.people import Adjustment, Appointment, Period

OFFICE = Office(rates=((date(2015, 4, 1), 40_000), (date(2027, 4, 1), 45_000)))
OCTOBER = Month(2026, 10)


def an_appointment(**changes):
    fields = {"id": "a", "promoter": "P001", "area": "01", "first": date(2020, 4, 1)} | changes
    return Appointment(**fields)


def test_a_line_says_how_it_came_about_and_what_travels():
    (line,) = lines([an_appointment()], OFFICE, OCTOBER)
    formula = "月額 40,000円 × 1か月"
    item = Item("whole", 40_000, formula)
    assert line == HonorariumLine("a", "01", 40_000, formula, (item,))
    assert line.body() == {"appointment": "a", "area": "01", "yen": 40_000}
    assert line.approved_body()["items"] == [item.body()]
    assert HonorariumLine.read(line.approved_body()) == line
    assert HonorariumLine.read(line.body()) == line
    assert item.label == "委託金(活動・報償費)"
    assert Item("newer", 1).label == "newer"


@pytest.mark.parametrize(("month", "yen"), [(Month(2027, 3), 40_000), (Month(2027, 4), 45_000)])
def test_the_rate_follows_the_date(month, yen):
    assert amount(an_appointment(), OFFICE, month) == yen


def test_an_amount_of_its_own_comes_before_the_rate_even_where_it_is_zero():
    assert amount(an_appointment(yen=20_000), OFFICE, OCTOBER) == 20_000
    assert amount(an_appointment(yen=0), OFFICE, OCTOBER) == 0
    (line,) = lines([an_appointment(yen=0)], OFFICE, OCTOBER)
    assert line.yen == 0


def test_an_amount_of_its_own_that_begins_within_a_month_holds_from_the_next_one():
    changed = an_appointment(amounts=((date(2020, 4, 1), 20_000), (date(2026, 10, 15), 30_000)))
    assert amount(changed, OFFICE, OCTOBER) == 20_000
    assert amount(changed, OFFICE, OCTOBER.next()) == 30_000
    new = an_appointment(first=date(2026, 10, 15), amounts=((date(2026, 10, 15), 30_000),))
    assert amount(new, OFFICE, OCTOBER) == 30_000


@pytest.mark.parametrize(
    ("first", "last", "paid"),
    [
        (date(2026, 10, 31), None, True),
        (date(2026, 11, 1), None, False),
        (date(2020, 4, 1), date(2026, 10, 1), True),
        (date(2020, 4, 1), date(2026, 9, 30), False),
    ],
)
def test_a_month_touched_at_either_end_counts_whole(first, last, paid):
    found = lines([an_appointment(first=first, last=last)], OFFICE, OCTOBER)
    assert [line.yen for line in found] == ([40_000] if paid else [])


def test_a_month_wholly_on_leave_pays_nothing_and_one_partly_on_leave_pays_whole():
    whole = an_appointment(suspended=(Period(date(2026, 10, 1), date(2026, 10, 31)),))
    partly = an_appointment(suspended=(Period(date(2026, 10, 2)),))
    assert lines([whole], OFFICE, OCTOBER) == []
    assert [line.yen for line in lines([partly], OFFICE, OCTOBER)] == [40_000]


def test_two_areas_are_two_lines_in_the_order_given():
    two = [an_appointment(id="b", area="02", yen=10_000), an_appointment()]
    assert [(line.area, line.yen) for line in lines(two, OFFICE, OCTOBER)] == [
        ("02", 10_000),
        ("01", 40_000),
    ]


@given(
    st.dates(date(2024, 4, 1), date(2028, 3, 31)),
    st.integers(0, 1200),
    st.none() | st.integers(0, 100_000),
)
def test_a_whole_appointment_is_paid_a_whole_amount_for_each_month_it_touches(first, days, yen):
    last = date.fromordinal(first.toordinal() + days)
    held = an_appointment(first=first, last=last, yen=yen)
    paid = [
        sum(line.yen for line in lines([held], OFFICE, month))
        for month in months(Month(2024, 3), Month(2032, 3))
    ]
    touched = list(months(Month.of(first), Month.of(last)))
    assert sum(paid) == sum(OFFICE.rate(m) if yen is None else yen for m in touched)
    assert all(isinstance(part, int) for part in paid)


def an_office(rule="full", **more):
    begin = date(2015, 4, 1)
    return Office(prorating=((begin, Prorating(rule, **more)),))


def paid(office, month=OCTOBER, days=None, **appointment):
    return sum(line.yen for line in lines([an_appointment(**appointment)], office, month, days))


FROM_22ND = {"first": date(2026, 10, 22)}


def test_ten_of_31_days_by_either_order_of_rounding():
    """西目屋村 rounds the daily rate down (12,900円), 壬生町 the result (12,903円)."""
    assert paid(an_office("days"), **FROM_22ND) == 12_900
    assert paid(an_office("days", rounding="last"), **FROM_22ND) == 12_903
    assert paid(an_office("days"), last=date(2026, 10, 10)) == 12_900


def test_days_on_leave_are_not_paid_by_the_day_and_a_whole_month_is_paid_whole():
    leave = (Period(date(2026, 10, 11), date(2026, 10, 31)),)
    assert paid(an_office("days"), suspended=leave) == 12_900
    assert paid(an_office("days")) == 40_000
    assert paid(an_office("days"), Month(2026, 2), first=date(2026, 2, 1)) == 40_000


@pytest.mark.parametrize(
    ("appointment", "yen"),
    [
        (FROM_22ND, 40_000),
        ({"last": date(2026, 10, 30)}, 0),
        ({"last": date(2026, 10, 31)}, 40_000),
        ({"last": date(2026, 11, 1)}, 40_000),
        ({"first": date(2026, 10, 2), "last": date(2026, 10, 20)}, 0),
    ],
)
def test_whole_months_count_the_first_and_not_the_last(appointment, yen):
    """北広島町: 就任月は算入、退任月は不算入、末日退任なら算入."""
    assert paid(an_office("months"), **appointment) == yen


def test_activity_days_pay_a_part_month_up_to_a_whole_one():
    rule = an_office("activity_days", day_yen=3_000)
    assert paid(rule, days={"01": 4, "02": 9}, **FROM_22ND) == 12_000
    assert paid(rule, days={"01": 20}, **FROM_22ND) == 40_000
    assert paid(rule, **FROM_22ND) == 0
    assert paid(rule, days={"01": 4}) == 40_000
    (line,) = lines([an_appointment(**FROM_22ND)], rule, OCTOBER, {"01": 20})
    assert line.formula == "活動日数 20日 × 3,000円(月額まで)"


def test_a_rule_holds_from_its_month_on():
    rules = ((date(2026, 4, 1), Prorating()), (date(2026, 10, 2), Prorating("days")))
    assert paid(Office(prorating=rules), **FROM_22ND) == 40_000
    november = {"first": date(2026, 11, 21)}
    assert paid(Office(prorating=rules), Month(2026, 11), **november) == 13_330


def test_two_lines_are_the_whole_to_the_yen():
    parts = ((date(2015, 4, 1), 10_000),)
    office = Office(activity_parts=parts, prorating=an_office("days", rounding="last").prorating)
    (line,) = lines([an_appointment(**FROM_22ND)], office, OCTOBER)
    assert [(i.label, i.yen) for i in line.items] == [("活動費", 3_225), ("報償費", 9_678)]
    assert line.items[1].formula.endswith("－ 活動費 3,225円")
    (small,) = lines([an_appointment(yen=6_000)], office, OCTOBER)
    assert [i.yen for i in small.items] == [6_000, 0]
    months = Office(activity_parts=parts, prorating=an_office("months").prorating)
    (none,) = lines([an_appointment(last=date(2026, 10, 5))], months, OCTOBER)
    assert [(i.kind, i.yen, i.formula) for i in none.items] == [
        ("whole", 0, "退任の月は算入しません")
    ]


def test_an_own_amount_by_date_comes_first_and_begins_with_the_appointment():
    amounts = ((date(2026, 10, 10), 30_000), (date(2027, 1, 1), 20_000))
    held = an_appointment(first=date(2026, 10, 10), amounts=amounts, yen=1)
    assert amount(held, OFFICE, OCTOBER) == 30_000
    assert amount(held, OFFICE, Month(2026, 12)) == 30_000
    assert amount(held, OFFICE, Month(2027, 1)) == 20_000
    late = an_appointment(amounts=((date(2030, 1, 1), 5),))
    assert amount(late, OFFICE, OCTOBER) == 40_000


def test_an_adjustment_has_its_reason_and_never_takes_a_month_below_zero():
    more = (Adjustment(OCTOBER, 500, "研修"), Adjustment(Month(2026, 9), 9, "九月"))
    (line,) = lines([an_appointment(adjustments=more)], OFFICE, OCTOBER)
    assert (line.yen, line.items[1]) == (40_500, Item("adjustment", 500, "研修"))
    back = (Adjustment(OCTOBER, -41_000, "戻し"),)
    (line,) = lines([an_appointment(adjustments=back)], OFFICE, OCTOBER)
    assert line.yen == 0
    assert line.items[1] == Item("adjustment", -40_000, "戻し(△41,000円のうち。残り 1,000円)")


def test_activity_days_are_days_with_something_that_counts():
    done = [
        an_activity(), an_activity(id="b"), an_activity(date=date(2026, 10, 15), area="02"),
        an_activity(date=date(2026, 10, 16), status="cancelled"),
    ]  # fmt: skip
    assert activity_days(done) == {"01": 1, "02": 1}


def test_the_planned_day_of_payment_lies_in_the_next_month():
    assert pay_day(OCTOBER, 20) == date(2026, 11, 20)
    assert pay_day(Month(2027, 1), 31) == date(2027, 2, 28)


@given(
    st.sampled_from(["full", "months", "days", "activity_days"]),
    st.sampled_from(["daily", "last"]),
    st.integers(0, 200_000),
    st.integers(0, 60_000),
    st.integers(1, 31),
    st.integers(0, 31),
)
def test_no_rule_ever_pays_more_than_a_month_or_less_than_nothing(
    rule, rounding, yen, part, begin, days
):
    office = Office(
        prorating=((date(2015, 4, 1), Prorating(rule, rounding, 1_000)),),
        activity_parts=((date(2015, 4, 1), part),),
    )
    held = an_appointment(first=date(2026, 10, begin), yen=yen)
    (line,) = lines([held], office, OCTOBER, {"01": days})
    assert 0 <= line.yen <= yen
    assert line.yen == sum(item.yen for item in line.items)
    assert all(type(item.yen) is int and item.yen >= 0 for item in line.items)


def test_a_line_of_nothing_says_why():
    line = HonorariumLine.nothing("a", "01")
    assert (line.yen, [item.yen for item in line.items]) == (0, [0])
    assert "委嘱のない月か、休止の月" in line.formula
    assert HonorariumLine.read(line.approved_body()) == line
