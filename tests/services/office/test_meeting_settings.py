"""The office decides the day of the 定例会; the promoters' suggestions follow, and the deadline."""

from datetime import date

import promoter_world
from kashiwa_desktop.domain import meeting_rule
from kashiwa_desktop.domain.meeting_rule import MeetingRule
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services import holidays
from kashiwa_desktop.services.office.meeting_settings import MeetingSettings
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.records.suggesting import Suggesting
from kashiwa_desktop.services.store import office_settings
from kashiwa_desktop.services.travel.home import Home

NOVEMBER = Month(2026, 11)
WEDNESDAY = meeting_rule.parse("第2水曜日")


def test_a_rule_holds_from_its_month_on_and_can_be_changed(town):
    settings = MeetingSettings(town.office())
    assert settings.rule(NOVEMBER) == MeetingRule()
    settings.decide(WEDNESDAY, date(2026, 4, 15))
    settings.decide(meeting_rule.parse("最終金曜日"), date(2027, 4, 1))
    settings.decide(meeting_rule.parse("第3木曜日"), date(2027, 4, 1))
    assert settings.rule(Month(2026, 4)) == WEDNESDAY
    assert settings.day(NOVEMBER) == date(2026, 11, 11)
    assert settings.day(Month(2027, 4)) == date(2027, 4, 15)
    assert settings.day(Month(2026, 3)) is None


def test_named_days_go_before_the_rule_and_move_the_deadline(town):
    settings = MeetingSettings(town.office())
    settings.decide(WEDNESDAY, date(2026, 4, 1))
    settings.name_days([date(2026, 11, 19), date(2026, 11, 19)])
    MoneySettings(town.office()).change_office({"deadline_rule": "meeting"})
    assert settings.named_days() == [date(2026, 11, 19)]
    with town.office().db.read() as tx:
        rules = office_settings(tx)
    assert holidays.deadline(Month(2026, 10), rules) == date(2026, 11, 19)
    assert holidays.deadline(NOVEMBER, rules) == date(2026, 12, 9)


def test_the_rule_reaches_the_promoter_with_the_settings_file(tmp_path):
    made = promoter_world.world(tmp_path, "months")
    pc = made.pc("P001", promoter_world.NOW)
    assert _meeting(pc) == (date(2026, 11, 10), False)  # the second Tuesday, as it was so far
    MeetingSettings(made.office()).decide(WEDNESDAY, date(2026, 11, 1))
    file = OfficeSetup(made.office()).setup_file(made.out() / "n.kssc", made.keys).file
    PromoterSetup(pc).read(file, "P001")
    assert _meeting(pc) == (date(2026, 11, 11), True)
    assert Home(pc).show().meeting_day == date(2026, 11, 11)
    MeetingSettings(made.office()).decide(MeetingRule(), date(2026, 11, 1))
    file = OfficeSetup(made.office()).setup_file(made.out() / "m.kssc", made.keys).file
    PromoterSetup(pc).read(file, "P001")
    assert _meeting(pc) == (date(2026, 11, 10), False)
    assert Home(pc).show().meeting_day is None
    made.close()


def _meeting(pc):
    """When the 定例会 is offered, and whether because somebody decided so."""
    found = [p for p in Suggesting(pc).look().planned if p.suggestion.type == "regular_meeting"]
    return found[0].day, found[0].agreed
