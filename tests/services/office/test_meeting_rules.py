"""The office decides the day of the 定例会; the promoters' suggestions follow, and the deadline."""

from datetime import date

import promoter_world
from kashiwa_desktop.domain import meeting_rule
from kashiwa_desktop.domain.meeting_rule import MeetingRule
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services import holidays
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.records.suggesting import Suggesting
from kashiwa_desktop.services.store import office_settings
from kashiwa_desktop.services.travel.home import Home

NOVEMBER = Month(2026, 11)
WEDNESDAY = meeting_rule.parse("第2水曜日")


def test_a_rule_holds_from_its_month_on(town):
    decide(
        town.office(), ("2026-04-01", WEDNESDAY), ("2027-04-01", meeting_rule.parse("第3木曜日"))
    )
    with town.office().db.read() as tx:
        rules = office_settings(tx)
    assert rules.meeting_rule(Month(2026, 4)) == WEDNESDAY
    assert rules.meeting(NOVEMBER) == date(2026, 11, 11)
    assert rules.meeting(Month(2027, 4)) == date(2027, 4, 15)
    assert rules.meeting(Month(2026, 3)) is None


def test_named_days_go_before_the_rule_and_move_the_deadline(town):
    decide(town.office(), ("2026-04-01", WEDNESDAY))
    named = {"deadline_rule": "meeting", "meetings": ["2026-11-19"]}
    MoneySettings(town.office()).change_office(named)
    with town.office().db.read() as tx:
        rules = office_settings(tx)
    assert holidays.deadline(Month(2026, 10), rules) == date(2026, 11, 19)
    assert holidays.deadline(NOVEMBER, rules) == date(2026, 12, 9)


def test_the_rule_reaches_the_promoter_with_the_settings_file(tmp_path):
    made = promoter_world.world(tmp_path, "months")
    pc = made.pc("P001", promoter_world.NOW)
    assert _meeting(pc) == (date(2026, 11, 10), False)  # the second Tuesday, as it was so far
    decide(made.office(), ("2026-11-01", WEDNESDAY))
    file = OfficeSetup(made.office()).setup_file(made.out() / "n.kssc", made.keys).file
    PromoterSetup(pc).read(file, "P001")
    assert _meeting(pc) == (date(2026, 11, 11), True)
    assert Home(pc).show().meeting_day == date(2026, 11, 11)
    decide(made.office(), ("2026-11-01", MeetingRule()))
    file = OfficeSetup(made.office()).setup_file(made.out() / "m.kssc", made.keys).file
    PromoterSetup(pc).read(file, "P001")
    assert _meeting(pc) == (date(2026, 11, 10), False)
    assert Home(pc).show().meeting_day is None
    made.close()


def _meeting(pc):
    """When the 定例会 is offered, and whether because somebody decided so."""
    found = [p for p in Suggesting(pc).look().planned if p.suggestion.type == "regular_meeting"]
    return found[0].day, found[0].agreed


def decide(store, *rules):
    """Let each rule hold from its day on, as 名簿・設定 writes it."""
    body = [{"from": first, **rule.body()} for first, rule in rules]
    MoneySettings(store).change_office({"meeting_rules": body})
