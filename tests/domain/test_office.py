"""The office's settings: safe defaults, and rates and chairs by date."""

from datetime import date

import pytest

from kashiwa_desktop.domain import office
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office


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
        "officer": "担当", "phone": "(見本)", "account_title": "報償費",
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
