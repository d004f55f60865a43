"""Accounts with roles: off by default, then every name is known and 支払 is for a 管理者."""

from datetime import date

import pytest

from kashiwa_desktop.domain.activity import Activity
from kashiwa_desktop.errors import RefusedError, WrongUsageError
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.money.paying import Paying
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.services.store import refuse_strangers
from kashiwa_desktop.services.travel.intake import Intake
from kashiwa_desktop.services.travel.late_settings import late_settings
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.storage import audit
from office_world import OCTOBER, REVIEWING, activity

BOSS, CLERK, STRANGER = "管理 太郎", "地区 花子", "だれか"


@pytest.fixture
def staffed(town):
    """An office with a supervisor and a clerk, accounts switched on."""
    accounts = Accounts(town.office(staff=BOSS))
    accounts.add(BOSS, "supervisor", date(2026, 4, 1))
    accounts.add(CLERK, "district", date(2026, 4, 1))
    accounts.switch(on=True)
    return town


def contact(town, staff):
    RosterService(town.office(staff=staff)).set_contact("P001", phone=staff)


def refused(call, *args, **named):
    with pytest.raises(RefusedError) as caught:
        call(*args, **named)
    return caught.value.code


def test_off_by_default_any_name_will_do(town):
    assert not Accounts(town.office()).are_on()
    contact(town, STRANGER)
    refuse_strangers(town.office(staff=STRANGER))


def test_on_only_known_names_work(staffed):
    contact(staffed, CLERK)
    contact(staffed, BOSS)
    assert refused(contact, staffed, STRANGER) == "no_account"
    assert refused(refuse_strangers, staffed.office(staff=STRANGER)) == "no_account"
    assert RosterService(staffed.office(staff=BOSS)).roster().contact("P001").phone == BOSS
    refuse_strangers(staffed.office(staff=CLERK))


def test_an_account_counts_between_its_days(staffed):
    Accounts(staffed.office(staff=BOSS)).end(CLERK, date(2026, 11, 4))
    assert refused(contact, staffed, CLERK) == "no_account"
    on_the_day = staffed.office("2026-11-04T10:00", CLERK)
    refuse_strangers(on_the_day)
    names = [m.name for m in Accounts(staffed.office(staff=BOSS)).staff(date(2026, 11, 5))]
    assert names == [BOSS]


def test_accounts_are_managed_by_supervisors(staffed):
    accounts = Accounts(staffed.office(staff=CLERK))
    assert refused(accounts.add, CLERK, "supervisor") == "role"
    assert refused(accounts.end, BOSS) == "role"
    assert refused(accounts.switch, on=False) == "role"
    Accounts(staffed.office(staff=BOSS)).add(CLERK, "supervisor")
    accounts.switch(on=False)
    contact(staffed, STRANGER)


def test_there_is_always_one_who_can_manage_them(town):
    accounts = Accounts(town.office(staff=CLERK))
    accounts.add(CLERK, "district")
    assert refused(accounts.switch, on=True) == "no_supervisor"
    boss = Accounts(town.office(staff=BOSS))
    boss.add(BOSS, "supervisor")
    boss.switch(on=True)
    assert refused(boss.end, BOSS) == "no_supervisor"
    assert refused(boss.add, BOSS, "district") == "no_supervisor"
    assert [(m.name, m.last) for m in boss.staff()] == [(CLERK, None), (BOSS, None)]


def test_the_switch_cannot_be_turned_past_its_check(town):
    with pytest.raises(WrongUsageError):
        MoneySettings(town.office()).change_office({"accounts": True})


def test_wrong_roles_and_names_are_wrong_usage(town):
    accounts = Accounts(town.office())
    for name, role in ((CLERK, "boss"), (" ", "district")):
        with pytest.raises(WrongUsageError):
            accounts.add(name, role)
    assert refused(accounts.end, STRANGER) == "not_found"


def test_payment_is_for_a_supervisor(staffed):
    def pay(staff):
        service = Paying(staffed.office(staff=staff))
        return service.pay(OCTOBER, ["P001"], on=date(2026, 11, 20), method="振込", voucher="1")

    assert refused(pay, CLERK) == "role"
    assert pay(BOSS).done == ()


def test_four_eyes_hold_with_accounts_too(staffed):
    """Even a supervisor does not approve what he entered himself."""
    office = staffed.office(staff=BOSS)
    Intake(office, staffed.keys).take_in([staffed.month("P001")])
    record: Activity = Reviewing(office).review("P001", OCTOBER).activities[0]
    Returning(office).correct("P001", record.id, {"attendees": 99}, "数え直し")
    mine = Reviewing(office).approve(OCTOBER, ["P001"])
    assert mine.done == ()
    assert "ご自分で入力" in mine.left[0].reason


def test_accounts_never_leave_the_office(staffed):
    OfficeSetup(staffed.office(staff=BOSS)).setup_file(staffed.root / "new.kssc", staffed.keys)
    text = (staffed.root / "new.kssc").read_text(encoding="utf-8")
    assert BOSS not in text.replace(f'"who":"{BOSS}"', "")
    assert '"kind":"staff"' not in text


def test_what_was_done_with_accounts_stands_in_the_log(staffed):
    log = Accounts(staffed.office(staff=BOSS)).log
    assert [e.who for e in log("add_staff")] == [BOSS, BOSS]
    assert log("switch_accounts")[0].detail["on"] is True
    with staffed.office(staff=BOSS).db.read() as tx:
        assert audit.is_whole(tx)


# Late settings -------------------------------------------------------------------------------


def submitted(town, promoter="P001"):
    town.intake().take_in([town.month(promoter)])
    return finding(town, promoter)


def finding(town, promoter="P001"):
    found = Reviewing(town.office()).review(promoter, OCTOBER).findings
    return [f for f in found if f.code == "late_settings"]


def test_settings_of_their_day_are_no_finding(town):
    assert submitted(town) == []


def test_old_settings_that_concern_him_are_found_and_end_with_new_ones(town):
    early = town.office("2026-10-01T09:00")
    RosterService(early).add_promoter(
        NewPromoter("P001", "試験 花子", "", "A4", date(2026, 10, 1), 10_000)
    )
    (told,) = submitted(town)
    assert "令和8年4月1日" in told.text
    assert "令和8年10月1日" in told.text
    left = Reviewing(town.office()).approve(OCTOBER, None).left
    assert left[0].promoter == "P001"
    OfficeSetup(town.office()).setup_file(town.root / "new.kssc", town.keys)
    PromoterSetup(town.pc("P001", REVIEWING)).read(town.root / "new.kssc", "P001")
    Recording(town.pc("P001", REVIEWING)).add([activity(20, area="A1")], next_version=True)
    Closing(town.pc("P001", REVIEWING)).close(OCTOBER)
    town.intake("2026-11-06T10:00").take_in([town.submit("P001")])
    assert finding(town) == []


def test_rules_about_the_amount_concern_everybody_the_telephone_of_the_office_nobody(town):
    MoneySettings(town.office("2026-10-02T09:00")).change_office({"phone": "04-0000-0000"})
    assert submitted(town) == []
    rates = [{"from": "2015-04-01", "yen": 40_000}, {"from": "2027-04-01", "yen": 45_000}]
    MoneySettings(town.office("2026-10-03T09:00")).change_office({"rates": rates})
    assert len(submitted(town, "P002")) == 1


def test_what_changed_after_the_receipt_is_not_his_fault(town):
    assert submitted(town) == []
    rates = [{"from": "2015-04-01", "yen": 41_000}]
    MoneySettings(town.office("2026-11-20T09:00")).change_office({"rates": rates})
    assert finding(town) == []
    assert any(f.code == "honorarium" for f in
               Reviewing(town.office()).review("P001", OCTOBER).findings)  # fmt: skip


def test_a_report_that_no_file_brought_is_not_asked(town):
    with town.office().db.read() as tx:
        assert late_settings(tx, "P001", "0" * 64) is None
