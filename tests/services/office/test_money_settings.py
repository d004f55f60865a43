"""Settings of money: dated, checked, each in its own revision, and nothing lost beside them."""

from datetime import date

import pytest

from kashiwa_desktop.errors import AppError, RefusedError, WrongUsageError
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.store import office_settings
from kashiwa_desktop.storage import revisions
from office_world import OCTOBER


@pytest.fixture
def settings(town):
    return MoneySettings(town.office())


def test_the_office_changes_one_field_and_keeps_the_others(town, settings):
    settings.change_office({"amount_style": "daiji", "pay_day": 25})
    settings.change_office({"pay_day": None})
    assert settings.office()["amount_style"] == "daiji"
    assert settings.office()["name"] == "試験市社会福祉協議会"
    with town.office().db.read() as tx:
        office = office_settings(tx)
    assert (office.amount_style, office.pay_day) == ("daiji", 20)


@pytest.mark.parametrize(
    "changes", [{"colour": "red"}, {"amount_style": "roman"}, {"rates": [{"from": "x", "yen": 1}]}]
)
def test_what_is_not_a_setting_is_refused(settings, changes):
    with pytest.raises(WrongUsageError):
        settings.change_office(changes)
    assert "colour" not in settings.office()


def test_terms_survive_a_change_of_the_roster(town, settings):
    fee = [{"from": "2026-04-01", "reward": "fee"}]
    settings.change_terms("P001", "A1", {"withholding": fee, "yen": 30_000})
    roster = RosterService(town.office())
    roster.suspend("P001", "A1", date(2026, 5, 1), date(2026, 5, 31), "療養")
    roster.end("P001", "A1", date(2026, 12, 31), "転居")
    terms = settings.terms("P001", "A1")
    assert (terms["withholding"], terms["yen"], terms["end_reason"]) == (fee, 30_000, "転居")
    (held,) = RosterService(town.office()).roster().of_promoter("P001")
    assert held.withholding[0].reward == "fee"
    assert held.last == date(2026, 12, 31)


def test_terms_never_leave_in_a_settings_file(town, settings):
    settings.change_terms("P001", "A1", {"yen": 30_000})
    with town.office().db.read() as tx:
        shared = b"".join(revisions.shared_lines(tx))
    assert b"30000" not in shared


@pytest.mark.parametrize(("promoter", "area"), [("P009", "A1"), ("P001", "A2")])
def test_an_appointment_that_is_not_there(settings, promoter, area):
    with pytest.raises(RefusedError):
        settings.change_terms(promoter, area, {"yen": 1})
    with pytest.raises(WrongUsageError):
        settings.change_terms("P001", "どこか", {"yen": 1})


def test_an_adjustment_needs_a_reason_and_room(settings):
    settings.adjust("P001", "A1", OCTOBER, -40_000, "戻し")
    for yen, reason, code in ((-1, "もっと", "below_zero"), (1, " ", "reason_missing")):
        with pytest.raises(RefusedError) as refused:
            settings.adjust("P001", "A1", OCTOBER, yen, reason)
        assert refused.value.code == code
    assert [a["yen"] for a in settings.terms("P001", "A1")["adjustments"]] == [-40_000]


def test_a_promoter_sets_nothing(town):
    with pytest.raises(AppError):
        MoneySettings(town.pc("P001")).change_office({"pay_day": 1})
