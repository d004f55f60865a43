"""``check --money``: the archive alone proves every sheet, or the command ends with status 1."""

from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.papers.printing import Printing
from office_world import OCTOBER


def test_the_archive_proves_the_money(at, town):
    town.intake().take_in(town.months())
    store = town.office(staff="職員 三")
    Reviewing(store).approve(OCTOBER, ["P001", "P002"])
    Printing(store).honorarium(OCTOBER, None, None)
    good = at("office", "check", "--money")
    assert (good.status, good.value["ok"]) == (0, True)
    assert (good.value["sheets"], good.value["total_yen"]) == (2, 80_000)
    more = ("--month", "2026-10", "--yen", "500", "--reason", "研修")
    assert at("office", "office", "adjust", "P001", "--area", "A1", *more).status == 0
    bad = at("office", "check", "--money")
    assert (bad.status, bad.value["ok"]) == (1, False)
    assert "40,500円" in bad.err
