"""名簿: people, leave, proxies, telephone, and the tables in and out; the log says who did it."""

from dataclasses import replace
from datetime import date

import pytest

from kashiwa_desktop.domain.board import Cell
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.people import Proxy
from kashiwa_desktop.errors import RefusedError, WrongUsageError
from kashiwa_desktop.services import holidays
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.counting.reporting import Reporting
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.opening_table import OpeningTable
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.office.roster_tables import RosterTables, read_areas
from kashiwa_desktop.services.office.setup import OfficeSetup, PromoterSetup
from kashiwa_desktop.services.office.table_file import COLUMNS
from kashiwa_desktop.services.records.suggesting import Suggesting
from kashiwa_desktop.services.store import office_settings
from kashiwa_desktop.storage import audit, revisions
from office_world import AREAS, OCTOBER

ADDRESS, PHONE = "見本市1-2-3", "04-0000-0000"


def entries(store, event):
    with store.db.read() as tx:
        assert audit.is_whole(tx)
        return audit.entries(tx, event)


def cell(town, promoter, month=OCTOBER):
    board = Reviewing(town.office()).board(month, month)
    return next(r for r in board.rows if r.promoter == promoter).cells[month]


def test_leave_begins_ends_and_is_told_apart_from_missing(town):
    service = RosterService(town.office())
    service.suspend("P001", "見本台", date(2026, 10, 1), None, "療養")
    assert cell(town, "P001") == Cell("suspended")
    back = service.resume("P001", "A1", date(2026, 11, 1))
    assert (back.suspended[0].last, back.suspended[0].reason) == (date(2026, 10, 31), "療養")
    assert cell(town, "P001", Month(2026, 11)).state == "missing"
    for day in (date(2026, 11, 1), date(2026, 10, 1)):
        with pytest.raises(RefusedError) as caught:
            service.resume("P001", "A1", day)
        assert caught.value.code == "not_suspended"


def test_an_end_has_its_reason_and_leaves_the_area_vacant(town):
    service = RosterService(town.office())
    ended = service.end("P002", "例ヶ丘", date(2026, 9, 30), "転居")
    assert (ended.last, ended.end_reason) == (date(2026, 9, 30), "転居")
    board = Reviewing(town.office()).board(OCTOBER, OCTOBER)
    assert next(r for r in board.rows if r.area.code == "A2").cells[OCTOBER].state == "vacant"


def test_changes_keep_what_others_wrote_about_the_appointment(town):
    """A leave after a change of amounts loses nothing of it."""
    money = MoneySettings(town.office())
    money.change_terms("P001", "A1", {"amounts": [{"from": "2026-04-01", "yen": 30_000}]})
    RosterService(town.office()).suspend("P001", "A1", date(2026, 12, 1), None)
    money.change_terms("P001", "A1", {"payee": {"name": "見本 次郎", "relation": "相続人"}})
    RosterService(town.office()).end("P001", "A1", date(2027, 3, 31), "逝去")
    (held,) = RosterService(town.office()).roster().of_promoter("P001")
    assert held.amounts == ((date(2026, 4, 1), 30_000),)
    assert (held.payee.name, held.payee.relation) == ("見本 次郎", "相続人")
    assert (held.end_reason, held.suspended[0].first) == ("逝去", date(2026, 12, 1))


def test_telephone_and_address_stay_in_the_office(town):
    service = RosterService(town.office())
    service.set_contact("P001", phone=PHONE)
    service.set_contact("P001", address=ADDRESS)
    held = service.roster().contact("P001")
    assert (held.phone, held.address) == (PHONE, ADDRESS)
    OfficeSetup(town.office()).setup_file(town.root / "new.kssc", town.keys)
    text = (town.root / "new.kssc").read_text(encoding="utf-8")
    assert PHONE not in text
    assert ADDRESS not in text
    with pytest.raises(RefusedError) as caught:
        service.set_contact("P999", phone="1")
    assert caught.value.code == "not_in_roster"


def test_the_log_says_who_when_before_and_after_and_no_text(town):
    service = RosterService(town.office())
    service.set_contact("P001", phone=PHONE)
    service.set_contact("P001", phone="04-1111-1111")
    service.suspend("P001", "A1", date(2026, 12, 1), None, "入院のため")
    first, second = entries(town.office(), "contact")
    assert (first.who, first.at[:10]) == ("職員 一", "2026-11-05")
    (before,), (after,) = first.detail["changes"], second.detail["changes"]
    assert (before["before"], after["before"]) == ([], [before["after"]])
    with town.office().db.read() as tx:
        held = {r.id for r in revisions.load(tx, [before["after"], after["after"]])}
        told = "".join(repr(e.detail) for e in audit.entries(tx))
    assert held == {before["after"], after["after"]}
    for secret in (PHONE, "04-1111-1111", "入院"):
        assert secret not in told


def test_saying_the_same_again_writes_no_new_revision(town):
    service = RosterService(town.office())
    service.set_contact("P001", phone=PHONE)
    with town.office().db.read() as tx:
        before = revisions.count(tx)
    service.set_contact("P001", phone=PHONE)
    with town.office().db.read() as tx:
        assert revisions.count(tx) == before


def test_who_may_stand_in_is_kept_with_dates(town):
    service = RosterService(town.office())
    proxy = Proxy("P001", "見本 三郎", "コアメンバー", date(2026, 4, 1))
    service.add_proxy(proxy)
    service.add_proxy(replace(proxy, last=date(2027, 3, 31)))
    assert service.roster().proxies == (replace(proxy, last=date(2027, 3, 31)),)
    with pytest.raises(RefusedError):
        service.add_proxy(replace(proxy, promoter="P999"))


def test_a_number_is_never_given_to_somebody_else(town):
    service = RosterService(town.office())
    service.end("P001", "A1", date(2026, 9, 30), "退任")
    with pytest.raises(RefusedError) as caught:
        service.add_promoter(NewPromoter("P001", "別人 四郎", "", "A1", date(2026, 10, 1)))
    assert caught.value.code == "number_used"
    service.add_promoter(NewPromoter("P001", "試験 花子", "", "A4", date(2026, 10, 1), 20_000))
    with pytest.raises(RefusedError) as caught:
        service.add_promoter(NewPromoter("P001", "試験 花子", "", "A4", date(2026, 10, 1)))
    assert caught.value.code == "already_appointed"


def test_category_examples_reach_the_promoter(town):
    example = {"text": "体操の会", "words": ["体操"], "category": "community", "type": "briefing",
               "reason": "見本の決まりです"}  # fmt: skip
    RosterService(town.office()).set_examples([example])
    for wrong in ([{"text": "x"}], [{**example, "category": "planet"}], [3]):
        with pytest.raises(WrongUsageError):
            RosterService(town.office()).set_examples(wrong)
    OfficeSetup(town.office()).setup_file(town.root / "new.kssc", town.keys)
    PromoterSetup(town.pc("P001")).read(town.root / "new.kssc", "P001")
    assert [e.reason for e in Suggesting(town.pc("P001")).look().examples] == ["見本の決まりです"]


# Tables --------------------------------------------------------------------------------------


def table(town, text, kind):
    path = town.root / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    return RosterTables(town.office()).read(kind, path)


@pytest.mark.parametrize("kind", sorted(COLUMNS))
def test_a_table_that_was_written_changes_nothing_when_it_comes_back(town, kind):
    service = RosterService(town.office())
    service.set_contact("P001", phone="+81-4", address="=1+1")
    service.add_proxy(Proxy("P001", "見本 三郎", "@コア", date(2026, 4, 1)))
    table(town, "kind,code,name,of\nzone,Z1,北部,\ncenter,C1,見本センター,A1 A2\n", "places")
    table(town, "area,on,population,over_65\nA1,2026-04-01,9000,\n", "statistics")
    before = service.roster()
    out = town.root / "out.csv"
    rows = RosterTables(town.office()).write(kind, out)
    assert rows == len(out.read_text(encoding="utf-8-sig").splitlines()) - 1
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert RosterTables(town.office()).read(kind, out) == 0
    assert service.roster() == before


def test_no_cell_of_a_table_is_a_formula(town):
    RosterService(town.office()).set_contact("P001", phone="-1+1", address="=HYPERLINK(1)")
    RosterTables(town.office()).write("contacts", town.root / "c.csv")
    text = (town.root / "c.csv").read_text(encoding="utf-8-sig")
    assert "P001,'-1+1,'=HYPERLINK(1)" in text


def test_a_change_of_zone_is_a_line_with_its_day(town):
    changed = table(
        town,
        "code,name,kana,zone,order,from,to\n"
        "A1,見本台,ミホンダイ,北部,1,2015-04-01,\nA1,見本台,ミホンダイ,南部,1,2026-04-01,\n",
        "areas",
    )
    assert changed == 1
    area = RosterService(town.office()).roster().area("A1")
    assert (area.zone, area.first) == ("南部", date(2015, 4, 1))
    assert area.zone_on(date(2026, 3, 31)) == "北部"
    assert len(RosterService(town.office()).roster().areas) == len(AREAS)


def test_april_brings_a_whole_new_roster_in_one_table(town):
    changed = table(
        town,
        "promoter,name,kana,area,from,to,yen\n"
        "P001,試験 花子,シケン ハナコ,A1,2015-04-01,2027-03-31,\n"
        "P004,新任 四郎,シンニン シロウ,見本台,2027-04-01,,35000\n"
        "P004,新任 四郎,シンニン シロウ,A4,2027-04-01,2028-03-31,\n",
        "appointments",
    )
    people = RosterService(town.office()).roster()
    april = Month(2027, 4)
    assert [(a.promoter, a.area) for a in people.active(april)] == [
        ("P004", "A1"), ("P002", "A2"), ("P003", "A3"), ("P004", "A4"),
    ]  # fmt: skip
    assert people.of_promoter("P001")[0].last == date(2027, 3, 31)
    mine = {a.area: (a.yen, a.last) for a in people.of_promoter("P004")}
    assert mine == {"A1": (35_000, None), "A4": (None, date(2028, 3, 31))}
    assert changed >= 5
    with town.office().db.read() as tx:
        assert revisions.heads_in_conflict(tx, "settings") == []
    (entry,) = entries(town.office(), "table")
    assert (entry.detail["kind"], entry.detail["rows"]) == ("appointments", 3)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("areas", "name\n見本\n", "columns"),
        ("areas", "code,name\n,見本\n", "row"),
        ("areas", "code,name,from\nA9,見本,2026-02-30\n", "row"),
        ("places", "kind,code,name\nplanet,Z1,北部\n", "row"),
        ("appointments", "promoter,name,area,from\nP009,新,A9,2027-04-01\n", "area"),
        ("appointments", "promoter,name,area,from,yen\nP009,新,A1,2027-04-01,-1\n", "field"),
        ("appointments", "promoter,name,area,from\nP001,別人,A1,2027-04-01\n", "number_used"),
        ("contacts", "promoter,phone\nP999,1\n", "row"),
        ("proxies", "promoter,name,from\nP999,見本,2027-04-01\n", "row"),
        ("proxies", "promoter,name,from\nP001,見本,いつか\n", "row"),
    ],
)
def test_a_table_with_a_wrong_line_changes_nothing_and_says_which(town, kind, text, code):
    before = RosterService(town.office()).roster()
    with pytest.raises(RefusedError) as caught:
        table(town, text, kind)
    assert caught.value.code == code
    assert code == "columns" or "2行目" in caught.value.text
    assert RosterService(town.office()).roster() == before


def test_a_table_that_is_none_is_refused(town):
    tables, path = RosterTables(town.office()), town.root / "t.csv"
    for call in (lambda: tables.read("planets", path), lambda: tables.write("planets", path)):
        with pytest.raises(WrongUsageError):
            call()
    with pytest.raises(RefusedError) as caught:
        read_areas(path)
    assert caught.value.code == "unreadable"
    path.write_bytes("code,name\nA9,見本\n".encode("utf-16"))
    with pytest.raises(RefusedError) as caught:
        read_areas(path)
    assert caught.value.code == "encoding"


# The opening balance as a file ---------------------------------------------------------------


def opening(town, text, name="opening.csv"):
    path = town.root / name
    path.write_text(text, encoding="utf-8-sig")
    return OpeningTable(town.office()).read(path)


def test_the_balance_comes_as_a_table_or_as_json(town):
    rows = opening(town, "year,area,category,count,days\n2015,見本台,council,3,2\n2016,,,5,\n")
    assert [(str(r.first), str(r.last), r.area, r.count) for r in rows] == [
        ("2015-04", "2016-03", "A1", 3), ("2016-04", "2017-03", "", 5),
    ]  # fmt: skip
    found = Reporting(town.office()).totals(Month(2015, 4), OCTOBER, ["year"])
    assert [(row.group[0], row.count) for row in found.rows] == [("2015", 3), ("2016", 5)]
    rows = opening(town, '{"counts": {"council": 287}, "until": "2023-03"}', "o.json")
    assert [r.count for r in rows] == [287]
    rows = opening(town, '[{"from": "2015-04", "to": "2015-04", "count": 1}]', "o.json")
    assert Reporting(town.office()).totals(Month(2015, 4), OCTOBER, []).total.count == 1


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("year,area\n2015,A1\n", RefusedError),
        ("from,to,count\n2015-04,2015-03,1\n", RefusedError),
        ("from,to,count\n2015-04,,1\n", RefusedError),
        ("year,count\n2015,many\n", RefusedError),
        ("year,count\n2015,-1\n", WrongUsageError),
        ("year,area,count\n2015,どこか,1\n", WrongUsageError),
        ("year,category,count\n2015,planet,1\n", WrongUsageError),
        ("year,type,count\n2015,study,1\n", WrongUsageError),
        ("year,category,type,count\n2015,council,facility,1\n", WrongUsageError),
        ('{"counts": {"planet": 1}, "until": "2023-03"}', WrongUsageError),
        ("{broken", WrongUsageError),
    ],
)
def test_a_balance_that_cannot_be_is_refused_whole(town, text, error):
    with pytest.raises(error):
        opening(town, text)
    with town.office().db.read() as tx:
        assert office_settings(tx).balances == ()
    with pytest.raises(RefusedError):
        OpeningTable(town.office()).read(town.root / "nowhere.csv")


# The rules and the change of the fiscal year ---------------------------------------------------


def test_the_deadline_rule_of_the_office_is_the_boards(town):
    MoneySettings(town.office()).change_office(
        {"deadline_rule": "meeting", "meetings": ["2026-11-01"], "deadline_march": 2}
    )
    with town.office().db.read() as tx:
        rules = office_settings(tx)
    assert holidays.deadline(OCTOBER, rules) == date(2026, 11, 1)
    assert holidays.deadline(Month(2027, 3), rules) == date(2027, 4, 2)
    assert holidays.deadline(Month(2026, 11), rules) == date(2026, 12, 7)
    town.intake("2026-11-02T10:00").take_in([town.month("P001")])
    assert cell(town, "P001").late


@pytest.mark.parametrize("number", ["aux", "P 001", "山1", "a/b", "../x", "COM1", "P001."])
def test_a_number_that_cannot_name_a_file_is_refused(town, number):
    new = NewPromoter(number, "試験 花子", "", "A1", date(2026, 10, 1))
    with pytest.raises(RefusedError, match="英字・数字") as told:
        RosterService(town.office()).add_promoter(new)
    assert told.value.code == "number"


def test_two_numbers_never_name_the_same_file(town):
    service = RosterService(town.office())
    service.add_promoter(NewPromoter("P-x7", "試験 花子", "", "A1", date(2026, 10, 1)))
    with pytest.raises(RefusedError, match="大文字と小文字だけ"):
        service.add_promoter(NewPromoter("p-X7", "試験 次郎", "", "A4", date(2026, 10, 1)))
