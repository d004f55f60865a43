"""The invented resources: one of each kind, some old, nothing that looks like a real person."""

from datetime import date

from kashiwa_desktop.domain import resource as rules
from kashiwa_desktop.domain import resource_form
from kashiwa_desktop.domain.people import Appointment, Area, Roster
from kashiwa_desktop.sample.register import left_behind, resources
from kashiwa_desktop.sample.world import promoters

TODAY = date(2026, 11, 12)
AREAS = [Area(f"{n:02d}", f"見本{n}") for n in range(1, 9)]


def read(given, promoter):
    held = (Appointment("a", promoter, "01", date(2020, 4, 1)),)
    roster = Roster(tuple(AREAS), appointments=held)
    return rules.read(resource_form.read(given, roster, promoter, TODAY), "r", promoter)


def test_the_first_promoter_has_each_kind_one_old_and_one_never_made_sure_of():
    first, *others = promoters(AREAS, 1)
    mine = [read(given, "P001") for given in resources(first, TODAY)]
    assert {r.kind for r in mine} == set(rules.KINDS)
    assert [r.age(TODAY) for r in mine if r.is_stale(TODAY)] == [None, 230]
    assert [len(resources(p, TODAY)) for p in others] == [3, 1, 2, 3, 0, 0, 0]
    assert len(left_behind(TODAY)) == 3


def test_nothing_in_them_is_missing_or_doubtful():
    for given in [*resources(promoters(AREAS, 1)[0], TODAY), *left_behind(TODAY)]:
        one = read(given, "P001")
        assert rules.missing(given, TODAY) == []
        assert [p.code for p in rules.doubts(one, [], TODAY) if p.code != "stale"] == []
        assert "04-0000-" in one.contact or not one.contact
