"""Zones, support centres and community centres with their time of validity."""

from datetime import date

from kashiwa_desktop.domain.places import BEGINNING, Place, places


def test_a_place_comes_back_as_it_was_written():
    place = Place("support_center", "S1", "見本包括", "ミホン", 2, ("北部", "01"), "04-0000-0000",
                  date(2020, 4, 1), date(2026, 3, 31))  # fmt: skip
    assert places([place.body()]) == (place,)


def test_they_are_in_order_and_the_rest_is_passed_over():
    bodies = [
        {"kind": "place", "place": "zone", "code": "Z2", "name": "南部", "order": 2},
        {"kind": "area", "code": "01"},
        {"kind": "place", "place": "zone", "code": "Z1", "name": "北部", "order": 1},
        {"kind": "place", "place": "center", "code": "C1", "name": "見本センター"},
    ]
    assert [p.code for p in places(bodies)] == ["C1", "Z1", "Z2"]
    assert places(bodies)[0].first == BEGINNING
