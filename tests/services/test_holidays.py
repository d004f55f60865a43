"""Open days of the office, of banks, and the planned day of payment."""

from datetime import date

import pytest

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office import Office
from kashiwa_desktop.services.holidays import bank_is_open, is_open, payday, planned_payday

OFFICE, OCTOBER = Office(), Month(2026, 10)


@pytest.mark.parametrize(
    ("day", "bank", "office"),
    [
        (date(2026, 11, 20), True, True),
        (date(2026, 11, 21), False, False),  # a Saturday
        (date(2026, 11, 23), False, False),  # 勤労感謝の日
        (date(2026, 12, 29), True, False),
        (date(2026, 12, 30), True, False),
        (date(2026, 12, 31), False, False),
        (date(2029, 1, 3), False, False),
        (date(2029, 1, 4), True, True),
    ],
)
def test_banks_have_their_own_closed_days(day, bank, office):
    assert (bank_is_open(day, OFFICE), is_open(day, OFFICE)) == (bank, office)


def test_a_closed_day_the_office_added_counts_for_banks_too():
    added = Office(closures=(*OFFICE.closures, "11-20"))
    assert not bank_is_open(date(2026, 11, 20), added)
    assert bank_is_open(date(2026, 12, 29), added)
    assert not bank_is_open(date(2026, 12, 31), Office(closures=()))


def test_a_planned_day_is_named_until_it_is_past():
    day = payday(OCTOBER, OFFICE)
    assert day == date(2026, 11, 20)
    assert planned_payday(OCTOBER, OFFICE, day) == day
    assert planned_payday(OCTOBER, OFFICE, date(2026, 11, 1)) == day
    assert planned_payday(OCTOBER, OFFICE, date(2026, 11, 21)) is None
