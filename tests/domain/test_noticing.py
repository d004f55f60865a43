"""気になること: at most five sentences, in words, areas in the office's order, no ranking."""

from datetime import date

import pytest

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.noticing import MOST, AreaFacts, MoneyFacts, notices

CALM = AreaFacts("見本台", (6, 6, 5, 6), late=0, repeated=1, no_council=2)
MONEY = MoneyFacts(2, date(2026, 11, 20), Month(2026, 10), ("見本台",))


def codes(*areas, money=None):
    return [n.code for n in notices(areas, money or MoneyFacts())]


def test_nothing_is_said_of_a_usual_month():
    assert notices([CALM, AreaFacts("新しい地域")], MoneyFacts()) == ()


@pytest.mark.parametrize(
    ("area", "code"),
    [
        (AreaFacts("A", (6, 6, 6), late=3), "late"),
        (AreaFacts("A", (6, 6, 3)), "quiet"),
        (AreaFacts("A", (6,), repeated=3), "repeated"),
        (AreaFacts("A", (6,), no_council=6), "council"),
    ],
)
def test_each_kind_has_its_edge(area, code):
    assert codes(area) == [code]


@pytest.mark.parametrize(
    "area",
    [
        AreaFacts("A", late=2),
        AreaFacts("A", (6, 6, 4)),
        AreaFacts("A", (3, 3, 0)),
        AreaFacts("A", repeated=2),
        AreaFacts("A", no_council=5),
    ],
)
def test_just_before_the_edge_nothing_is_said(area):
    assert codes(area) == []


def test_money_comes_first_and_says_which_day():
    first, second = notices([], MONEY)
    assert first.text == ("支払予定日(11月20日)を過ぎて、支払済みになっていない書類が2件あります。")
    assert (first.code, second.code) == ("unpaid", "changed")
    assert (first.month, second.month) == (Month(2026, 10), None)
    assert "見本台" in second.text
    assert codes(money=MoneyFacts(2, None)) == []


def test_never_more_than_five():
    all_kinds = AreaFacts("A", (6, 6, 1), late=7, repeated=9, no_council=7)
    assert codes(all_kinds, money=MONEY) == ["unpaid", "changed", "late", "quiet", "repeated"]
    assert MOST == 5


def test_areas_stand_in_the_order_given_and_the_rest_is_counted():
    quiet = [AreaFacts(name, (6, 6, yen)) for name, yen in zip("ABCDEF", (3, 0, 2, 1, 0, 3),
                                                               strict=True)]  # fmt: skip
    (notice,) = notices(quiet, MoneyFacts())
    assert "A、B、C、D、ほか2地域" in notice.text
