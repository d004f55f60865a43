"""設定が新しくなりました: what is otherwise for this promoter, old beside new, and nothing else."""

from datetime import date

from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.travel.receiving import Receiving
from kashiwa_desktop.services.travel.returning import Returning


def read_in(town, promoter="P001", at="2026-10-20T10:00"):
    file = OfficeSetup(town.office(at)).setup_file(town.out(), town.keys).file
    return Receiving(town.pc(promoter, at=at)).take(file).news


def test_what_concerns_him_is_told_old_beside_new(town):
    office = town.office("2026-10-20T09:00")
    MoneySettings(office).change_office(
        {
            "rates": [{"from": "2015-04-01", "yen": 40_000}, {"from": "2027-04-01", "yen": 42_000}],
            "deadline_day": 10,
            "guideline": 5,
            "officer": "試験 一郎",
            "phone": "04-0000-0000",
            "pay_day": 25,
            "meeting_rules": [{"from": "2026-04-01", "rule": "nth", "nth": 3, "weekday": 2}],
        }
    )
    RosterService(office).rename("P001", "試験 花", "シケン ハナ")
    told = read_in(town)
    assert told == (
        "お名前: 試験 花子 → 試験 花",
        "見本台の委嘱: 平成27年4月1日から、月額40,000円 → "
        "平成27年4月1日から、月額40,000円(令和9年4月分から42,000円)",
        "10月分の締切: 令和8年11月5日(木) → 令和8年11月10日(火)",
        "10月分のお支払い予定: 令和8年11月20日(金) → 令和8年11月25日(水)",
        "推進員定例会: 日にちは決まっていません → 10月21日、11月18日",
        "1か月のめやす: 6回 → 5回",
        "事務局の担当: なし → 試験 一郎",
        "事務局の電話: なし → 04-0000-0000",
    )


def test_an_end_comes_with_the_settings_a_leave_with_his_own_return(town):
    later = "2026-11-02T09:00"
    RosterService(town.office(later)).end("P001", "見本台", date(2027, 3, 31), "期間満了")
    (line,) = read_in(town, at="2026-11-02T10:00")
    assert line.endswith(" → 平成27年4月1日から令和9年3月31日まで、月額40,000円")
    office = town.office("2026-11-03T09:00")
    RosterService(office).suspend("P001", "見本台", date(2026, 11, 1), date(2026, 11, 30), "療養")
    file = Returning(office).return_file("P001", town.out(), town.keys).file
    (line,) = Receiving(town.pc(at="2026-11-03T10:00")).take(file).news
    assert line.endswith("、月額40,000円、いまは休止")


def test_what_concerns_others_is_no_news(town):
    office = town.office("2026-10-20T09:00")
    RosterService(office).end("P002", "例ヶ丘", date(2027, 3, 31), "期間満了")
    assert read_in(town) == ()


def test_the_first_settings_of_a_new_pc_are_no_news(town):
    RosterService(town.office("2026-10-20T09:00")).rename("P001", "試験 花", "シケン ハナ")
    file = OfficeSetup(town.office("2026-10-20T10:00")).setup_file(town.out(), town.keys).file
    store = town.pc("P001-new", at="2026-10-20T10:00")
    PromoterSetup(store).read(file, "P001")
    assert Receiving(store).take(file).news == ()
