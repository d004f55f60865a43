"""The office's settings: safe defaults, and rates and chairs by date."""

from datetime import date

import pytest

from kashiwa_desktop.domain import office
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office, Prorating
from kashiwa_desktop.domain.withholding import OtsuRow


def test_the_defaults_are_the_safe_ones():
    plain = office.read({})
    assert plain == Office()
    assert plain.rate(Month(2026, 10)) == 40_000
    assert (plain.deadline_day, plain.guideline, plain.seal) == (5, 6, True)
    assert plain.full_name() == "社会福祉法人柏市社会福祉協議会"
    assert plain.chair(date(2026, 10, 1)) == ""
    assert plain.opening == {}


def test_every_setting_is_read():
    body = {
        "name": "見本市社会福祉協議会", "deadline_day": 10, "guideline": 4, "claim": False,
        "claim_title": "請求書", "claim_form": "様式第2号", "seal": False, "issuer": "発行",
        "officer": "担当", "phone": "(見本)", "phone_hours": "平日", "account_title": "報償費",
        "rates": [{"from": "2015-04-01", "yen": 40_000}, {"from": "2027-04-01", "yen": 45_000}],
        "chairs": [{"from": "2020-04-01", "name": "見本 一郎"}],
        "closures": ["12-28"], "approval_boxes": ["課長"],
        "opening": {"until": "2023-03", "counts": {"council": 287}},
        "new_setting": 1,
    }  # fmt: skip
    read = office.read(body)
    assert (read.name, read.deadline_day, read.guideline) == ("見本市社会福祉協議会", 10, 4)
    assert (read.claim, read.claim_title, read.claim_form) == (False, "請求書", "様式第2号")
    assert (read.seal, read.issuer, read.officer, read.phone) == (False, "発行", "担当", "(見本)")
    assert (read.telephone, Office(phone_hours="平日").telephone) == ("(見本)(平日)", "")
    assert Office(phone="000").telephone == "000"
    assert (read.account_title, read.closures, read.approval_boxes) == (
        "報償費", ("12-28",), ("課長",),
    )  # fmt: skip
    assert (read.opening, read.opening_until) == ({"council": 287}, Month(2023, 3))
    assert read.chair(date(2020, 4, 1)) == "見本 一郎"
    assert read.chair(date(2020, 3, 31)) == ""


@pytest.mark.parametrize(
    ("month", "yen"),
    [
        (Month(2015, 3), 0),
        (Month(2015, 4), 40_000),
        (Month(2027, 3), 40_000),
        (Month(2027, 4), 45_000),
        (Month(2030, 1), 45_000),
    ],
)
def test_the_rate_in_force_on_the_first_of_the_month_holds(month, yen):
    rates = ((date(2027, 4, 1), 45_000), (date(2015, 4, 1), 40_000))
    assert Office(rates=rates).rate(month) == yen


def test_a_rate_that_begins_within_a_month_holds_from_the_next():
    changed = Office(rates=((date(2015, 4, 1), 40_000), (date(2026, 10, 2), 45_000)))
    assert changed.rate(Month(2026, 10)) == 40_000
    assert changed.rate(Month(2026, 11)) == 45_000


def test_the_rules_of_money_are_dated_and_off_by_default():
    plain = Office()
    assert plain.prorating_in(Month(2026, 10)) == Prorating("full", "daily", 0)
    assert plain.activity_part(Month(2026, 10)) == 0
    assert (plain.amount_style, plain.pay_day, plain.sheet_boxes, plain.otsu) == (
        "arabic", 20, (), (),
    )  # fmt: skip
    body = {
        "prorating": [
            {"from": "2026-04-01", "rule": "days", "rounding": "last"},
            {"from": "2027-04-01", "rule": "activity_days", "day_yen": 500},
        ],
        "activity_parts": [{"from": "2026-04-01", "yen": 10_000}],
        "amount_style": "daiji", "pay_day": 25, "sheet_boxes": ["担当"],
        "otsu": [{"from": "2026-01-01", "at_least": 0, "below": 105_000, "rate": 3063}],
    }  # fmt: skip
    read = office.read(body)
    assert read.prorating_in(Month(2026, 3)) == Prorating()
    assert read.prorating_in(Month(2026, 4)) == Prorating("days", "last", 0)
    assert read.prorating_in(Month(2027, 4)) == Prorating("activity_days", "daily", 500)
    assert (read.activity_part(Month(2026, 4)), read.pay_day) == (10_000, 25)
    assert (read.amount_style, read.sheet_boxes) == ("daiji", ("担当",))
    assert read.otsu == (OtsuRow(date(2026, 1, 1), 0, 105_000, 3063),)


def test_the_deadline_follows_the_rule_that_was_set():
    plain = Office()
    assert plain.due(Month(2026, 10)) == (date(2026, 11, 5), True)
    assert Office(deadline_day=31).due(Month(2026, 1)) == (date(2026, 2, 28), True)
    march = Office(deadline_march=2)
    assert march.due(Month(2027, 3)) == (date(2027, 4, 2), True)
    assert march.due(Month(2027, 2)) == (date(2027, 3, 5), True)


def test_the_deadline_may_be_the_day_of_the_regular_meeting():
    days = [date(2026, 11, 18), date(2026, 11, 10), date(2027, 1, 12)]
    body = {"deadline_rule": "meeting", "meetings": [day.isoformat() for day in days]}
    said = office.read(body)
    assert said.due(Month(2026, 10)) == (date(2026, 11, 10), False)
    assert said.due(Month(2026, 11)) == (date(2026, 12, 5), True)


def test_an_opening_balance_may_be_rows_alone():
    row = {"from": "2015-04", "to": "2016-03", "category": "council", "count": 3}
    said = office.read({"opening": {"rows": [row]}})
    assert (said.opening, said.opening_until, len(said.balances)) == ({}, None, 1)
    both = office.read({"opening": {"counts": {"council": 1}, "until": "2023-03"}})
    assert [b.count for b in both.balances] == [1]


WEDNESDAYS = [
    {"from": "2026-04-01", "rule": "nth", "nth": 3, "weekday": 2},
    {"from": "2027-04-01", "rule": "none"},
]


def test_the_day_of_the_regular_meeting_follows_the_rule_in_force():
    held = office.read({"meeting_rules": WEDNESDAYS, "meetings": ["2026-11-10", "2027-06-01"]})
    assert held.meeting(Month(2026, 10)) == date(2026, 10, 21)
    assert held.meeting(Month(2026, 11)) == date(2026, 11, 10)  # a named day goes before the rule
    assert held.meeting(Month(2027, 5)) is None
    assert held.meeting(Month(2026, 3)) is None
    decided = [held.decides_meeting(Month(2027, n)) for n in (3, 4, 5, 6)]
    assert decided == [True, False, False, True]


def test_days_named_one_by_one_decide_even_where_none_is_named():
    held = office.read({"meeting_rules": [{"from": "2026-04-01", "rule": "days"}]})
    assert held.decides_meeting(Month(2026, 11))
    assert held.meeting(Month(2026, 11)) is None
    assert not Office().decides_meeting(Month(2026, 11))


def test_the_deadline_may_follow_the_rule_of_the_meeting():
    held = office.read({"meeting_rules": WEDNESDAYS, "deadline_rule": "meeting"})
    assert held.due(Month(2026, 10)) == (date(2026, 11, 18), False)
    assert held.due(Month(2027, 4)) == (date(2027, 5, 5), True)
