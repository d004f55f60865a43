"""新しい年度: the April roster in one step, and what the files of the old settings then say."""

from datetime import date

import pytest

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.errors import RefusedError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.log_trail import LogFilter, LogTrail
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.new_year import Choice, NewYear
from kashiwa_desktop.services.office.office_book import OfficeBook
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.office.roster_tables import RosterTables
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.travel.intake import Intake
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.services.travel.submitting import Submitting
from kashiwa_desktop.services.undoing import Undoing
from office_world import activity

MARCH_31, APRIL_1 = date(2027, 3, 31), date(2027, 4, 1)
APRIL = Month(2027, 4)
NEW = NewPromoter("P004", "新任 四郎", "シンニン シロウ", "空地", APRIL_1, 35_000)


@pytest.fixture
def office(town):
    """March: one goes on, one ends with the year and is renewed, one leaves."""
    one = town.office("2027-03-20T10:00")
    RosterService(one).end("P002", "A2", MARCH_31, "任期満了")
    MoneySettings(one).change_terms("P002", "A2", {"yen": 38_000})
    return one


def _turn(office):
    going = {g.promoter: g for g in NewYear(office).plan(2027)}
    choices = [
        Choice(going["P001"].appointment, stays=True),
        Choice(going["P002"].appointment, stays=True),
        Choice(going["P003"].appointment, stays=False, reason="本人の申し出"),
    ]
    return NewYear(office).turn(2027, choices, [NEW])


def test_everybody_of_march_is_asked_about(office):
    plan = NewYear(office).plan(2027)
    assert [(g.promoter, g.area, g.renews) for g in plan] == [
        ("P001", "見本台", False), ("P002", "例ヶ丘", True), ("P003", "試町", False),
    ]  # fmt: skip


def test_the_april_roster_in_one_step(office):
    turned = _turn(office)
    assert (turned.going_on, turned.ended, turned.added) == (2, 1, 1)
    assert turned.vacant == ("試町",)
    people = RosterService(office).roster()
    held = {(a.promoter, a.area): a for a in people.active(APRIL)}
    assert set(held) == {("P001", "A1"), ("P002", "A2"), ("P004", "A4")}
    assert (held["P002", "A2"].first, held["P002", "A2"].yen) == (APRIL_1, 38_000)
    assert held["P002", "A2"].end_reason == ""
    left = people.of_promoter("P003")[0]
    assert (left.last, left.end_reason) == (MARCH_31, "本人の申し出")
    line = LogTrail(office).lines(LogFilter(), whole=True)[0]
    assert (line.what, line.about) == ("新しい年度の名簿にしました", "2027年度")
    assert any("終わり" in c.field and c.after == "2027-03-31" for c in line.changes)
    again = [g.promoter for g in NewYear(office).plan(2027)]
    assert again == ["P001", "P003"], "who was renewed is not asked about twice"


def test_the_whole_step_is_taken_back_at_once(office):
    before = RosterService(office).roster()
    _turn(office)
    Undoing(office).undo()
    assert RosterService(office).roster() == before


def test_who_leaves_needs_a_reason_and_nothing_is_half_written(office):
    going = NewYear(office).plan(2027)
    choices = [Choice(g.appointment, stays=False) for g in going]
    before = RosterService(office).roster()
    with pytest.raises(RefusedError, match="理由"):
        NewYear(office).turn(2027, choices, [NEW])
    assert RosterService(office).roster() == before


def test_a_new_year_with_an_old_settings_file_is_noticed_and_put_right(town, office, tmp_path):
    """A new rate from April; one PC does not know it yet: the office's yen count, and says so."""
    MoneySettings(office).change_office(
        {"rates": [{"from": "2015-04-01", "yen": 40_000}, {"from": "2027-04-01", "yen": 42_000}]}
    )
    _turn(office)
    pc = town.pc("P001", "2027-04-30T10:00")
    Recording(pc).add([{**activity(1), "date": "2027-04-05"}])
    Closing(pc).close(APRIL)
    first = Submitting(pc).submit(APRIL, town.out()).file
    may = town.office("2027-05-02T10:00")
    Intake(may, town.keys).take_in([first])
    review = Reviewing(may).review("P001", APRIL)
    assert {p.code for p in review.findings} == {"honorarium", "late_settings"}
    assert [line.yen for line in review.honorarium] == [42_000]
    text = next(p.text for p in review.findings if p.code == "honorarium")
    assert "推進員 40,000円、事務局 42,000円" in text
    late = dict(OfficeBook(may).look().late)
    assert {"P001", "P002"} <= set(late), "who has to get the settings file"

    settings = OfficeSetup(may).setup_file(tmp_path, town.keys).file
    later = town.pc("P001", "2027-05-03T10:00")
    PromoterSetup(later).read(settings, "P001")
    back = Returning(may).return_file("P001", town.out(), town.keys).file
    Receiving(later).receive(back)
    Closing(later).reopen(APRIL)
    Closing(later).close(APRIL)
    second = Submitting(later).submit(APRIL, town.out()).file
    end = town.office("2027-05-04T10:00")
    Intake(end, town.keys).take_in([second])
    assert {p.code for p in Reviewing(end).review("P001", APRIL).findings} == set()
    assert "P001" not in dict(OfficeBook(end).look().late)


def test_a_table_tells_beforehand_what_it_would_do(town, tmp_path):
    office = town.office()
    table = tmp_path / "people.csv"
    table.write_text(
        "promoter,name,kana,area,from,to,yen\n"
        "P004,新任 四郎,シンニン シロウ,空地,2026-11-01,,\n"
        "P005,どこか 五郎,ドコカ ゴロウ,ない町,2026-11-01,,\n"
        "P001,別の 人,ベツノ ヒト,空地,2026-11-01,,\n"
        "P006,日 付,ヒ ヅケ,空地,11月1日,,\n",
        encoding="utf-8",
    )
    before = RosterService(office).roster()
    seen = RosterTables(office).preview("appointments", table)
    assert (seen.rows, seen.changed) == (4, 2)
    assert [n for n, _ in seen.problems] == [3, 4, 5]
    assert "ない町" in seen.problems[0][1]
    assert "ほかの方の番号" in seen.problems[1][1]
    assert RosterService(office).roster() == before
