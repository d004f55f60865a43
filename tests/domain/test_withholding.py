"""Withholding: the figures of the sources, whole yen rounded down, nothing guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashiwa_desktop.domain.withholding import (
    NoRateError,
    OtsuRow,
    Treatment,
    Withheld,
    read_table,
    withheld,
)
from kashiwa_desktop.paths import resource

DAY = date(2026, 11, 20)
TABLE = read_table(resource("withholding_otsu.csv").read_text(encoding="utf-8"))
FEE = Treatment(date(2026, 4, 1), None, "none", "fee")
SALARY = Treatment(date(2026, 4, 1), None, "none", "salary")


def kept(yen, treatment, kind="whole"):
    return withheld([(kind, yen)], [treatment], TABLE, DAY).yen


def test_nothing_is_withheld_by_default():
    assert withheld([("whole", 40_000)], [], TABLE, DAY) == Withheld(0, "")
    assert kept(40_000, Treatment(date(2026, 4, 1))) == 0


@pytest.mark.parametrize(
    ("treatment", "yen", "tax"),
    [
        (FEE, 40_000, 4_084),
        (FEE, 1_000_000, 102_100),
        (FEE, 1_000_001, 102_100),
        (FEE, 1_500_000, 204_200),
        (SALARY, 40_000, 1_225),
        (SALARY, 10_315, 315),
        (SALARY, 0, 0),
        (FEE, 9, 0),
    ],
)
def test_the_figures_of_the_sources(treatment, yen, tax):
    assert kept(yen, treatment) == tax


def test_the_note_says_by_which_rule():
    found = withheld([("whole", 40_000)], [FEE], TABLE, DAY)
    assert found.note == "報酬(所得税法204条) 40,000円 × 10.21%"
    found = withheld([("whole", 40_000)], [SALARY], TABLE, DAY)
    assert found.note == "給与(乙欄) 40,000円 × 3.063%"
    over = withheld([("whole", 2_000_000)], [FEE], TABLE, DAY)
    assert over.note == "報酬(所得税法204条) 100万円をこえる分 20.42%"


def test_two_lines_may_have_two_classes_and_an_adjustment_follows_the_reward():
    both = Treatment(date(2026, 4, 1), None, "salary", "fee")
    items = [("activity", 10_000), ("reward", 30_000), ("adjustment", -1_000)]
    found = withheld(items, [both], TABLE, DAY)
    assert found.yen == 29_000 * 1021 // 10_000 + 306
    assert found.note.count("、") == 1
    assert withheld([("reward", 10), ("adjustment", -20)], [both], TABLE, DAY) == Withheld(0, "")


def test_a_treatment_holds_between_its_days_and_the_last_one_said_counts():
    old = Treatment(date(2020, 1, 1), date(2026, 11, 19), "fee", "fee")
    assert withheld([("whole", 40_000)], [old], TABLE, DAY).yen == 0
    assert withheld([("whole", 40_000)], [old], TABLE, date(2026, 11, 19)).yen == 4_084
    assert withheld([("whole", 40_000)], [FEE, SALARY], TABLE, DAY).yen == 1_225
    assert withheld([("whole", 40_000)], [FEE], TABLE, date(2026, 3, 31)).yen == 0


def test_a_treatment_is_read():
    body = {"from": "2026-04-01", "to": "2027-03-31", "activity": "salary", "reward": "fee"}
    first, last = date(2026, 4, 1), date(2027, 3, 31)
    assert Treatment.read(body) == Treatment(first, last, "salary", "fee")
    assert Treatment.read({"from": "2026-04-01"}) == Treatment(first)


def test_what_the_table_does_not_say_is_refused():
    for table, yen in ((TABLE, 88_000), ((), 40_000)):
        with pytest.raises(NoRateError):
            withheld([("whole", yen)], [SALARY], table, DAY)
    later = OtsuRow(date(2027, 1, 1), 0, None, 3063)
    with pytest.raises(NoRateError):
        withheld([("whole", 1)], [SALARY], [later], DAY)


def test_the_newest_table_holds_alone():
    rows = [OtsuRow.read({"from": "2026-01-01", "at_least": 0, "rate": 5_000}), *TABLE]
    found = withheld([("whole", 40_000)], [SALARY], rows, DAY)
    assert (found.yen, found.note) == (2_000, "給与(乙欄) 40,000円 × 5%")
    assert rows[0].below is None


@given(st.integers(0, 87_999), st.sampled_from([FEE, SALARY]))
def test_what_is_withheld_grows_with_the_sum_and_stays_below_it(yen, treatment):
    assert 0 <= kept(yen, treatment) <= kept(yen + 1 if yen < 87_999 else yen, treatment) <= yen + 1


def test_the_shipped_table_is_marked_as_unverified():
    text = resource("withholding_otsu.csv").read_text(encoding="utf-8")
    assert "初期値(要確認)" in text
    assert (OtsuRow(date(2013, 1, 1), 0, 88_000, 3063),) == TABLE
    assert read_table("from,at_least,below,rate\n2026-01-01,5,,1\n")[0].below is None
