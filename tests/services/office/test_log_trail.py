"""操作の記録: each setting that is changed stands there with who, when, before and after."""

import csv
from datetime import date

import pytest

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.office_schema import OfficeBody
from kashiwa_desktop.domain.people import Area, Proxy
from kashiwa_desktop.domain.places import Place
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.log_trail import LogFilter, LogTrail
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.roster import NewPromoter, RosterService
from kashiwa_desktop.services.undoing import Undoing

AT = "2026-11-05 10:00"
OFFICE = {
    "name": "別の社会福祉協議会",
    "deadline_day": 7,
    "guideline": 5,
    "claim": False,
    "seal": False,
    "claim_title": "請求書",
    "claim_form": "様式第9号",
    "issuer": "事務局長",
    "officer": "地区担当",
    "phone": "04-0000-0000",
    "phone_hours": "平日 9時から17時",
    "account_title": "謝金",
    "rates": [{"from": "2026-04-01", "yen": 41_000}],
    "chairs": [{"from": "2026-04-01", "name": "会長 一郎"}],
    "closures": ["12-28"],
    "approval_boxes": ["課長"],
    "sheet_boxes": ["確認"],
    "prorating": [{"from": "2026-04-01", "rule": "days", "rounding": "last", "day_yen": 0}],
    "activity_parts": [{"from": "2026-04-01", "yen": 10_000}],
    "amount_style": "daiji",
    "pay_day": 25,
    "otsu": [{"from": "2026-01-01", "at_least": 0, "rate": 3063, "below": None}],
    "opening": {"counts": {"council": 1}, "until": "2023-03"},
    "deadline_rule": "meeting",
    "deadline_march": 3,
    "meetings": ["2026-11-18"],
    "keep_years": 7,
}
if "meeting_rules" in OfficeBody.__struct_fields__:
    OFFICE["meeting_rules"] = [{"from": "2026-04-01", "rule": "nth", "nth": 3, "weekday": 2}]
OFFICE["codes"] = [{"list": "tag", "code": "needs", "label": "困りごと", "from": "2026-04-01"}]
TERMS = {
    "yen": 39_000,
    "amounts": [{"from": "2026-04-01", "yen": 38_000}],
    "withholding": [{"from": "2026-04-01", "to": None, "activity": "none", "reward": "fee"}],
    "payee": {"name": "遺族 花", "kana": "", "address": "", "phone": "", "relation": "相続人"},
    "adjustments": [{"month": "2026-10", "yen": -100, "reason": "調整"}],
}


def _newest(office):
    return LogTrail(office).lines(LogFilter(), whole=True)[0]


def test_every_field_of_the_office_is_tried():
    known = set(OfficeBody.__struct_fields__)
    assert known == OFFICE.keys() | {"accounts"}


@pytest.mark.parametrize("field", sorted(OFFICE))
def test_each_setting_of_the_office(town, field):
    office = town.office()
    MoneySettings(office).change_office({field: OFFICE[field]})
    line = _newest(office)
    assert (line.at, line.who, line.what) == (AT, "職員 一", "事務局の設定を変えました")
    assert len(line.changes) == 1
    assert line.changes[0].field
    assert line.changes[0].field != field, "it has a word"
    assert line.changes[0].before != line.changes[0].after
    Undoing(office).undo()
    back = _newest(office)
    assert back.what == "元に戻しました"
    assert (back.changes[0].before, back.changes[0].after) == (
        line.changes[0].after,
        line.changes[0].before,
    )


@pytest.mark.parametrize("field", sorted(TERMS))
def test_each_term_of_an_appointment(town, field):
    office = town.office()
    MoneySettings(office).change_terms("P001", "A1", {field: TERMS[field]})
    line = _newest(office)
    assert (line.who, line.what, line.about) == (
        "職員 一", "委嘱の条件を変えました", "試験 花子 見本台",
    )  # fmt: skip
    assert any(c.before != c.after for c in line.changes)


ROSTER = {
    "委嘱を加えました": lambda r: r.add_promoter(
        NewPromoter("P009", "新任 九", "シンニン ク", "A4", date(2026, 11, 1))
    ),
    "委嘱を終えました": lambda r: r.end("P001", "A1", date(2026, 11, 30), "逝去"),
    "休止にしました": lambda r: r.suspend("P001", "A1", date(2026, 11, 1), None, "療養"),
    "連絡先を直しました": lambda r: r.set_contact("P001", phone="04-1", address="柏市"),
    "代理を加えました": lambda r: r.add_proxy(Proxy("P001", "代理 子", "家族", date(2026, 11, 1))),
    "氏名を直しました": lambda r: r.rename("P001", "改姓 花子", "カイセイ ハナコ"),
    "地域を直しました": lambda r: r.put_area(Area("A4", "空地町", "アキチチョウ", "南部", 4)),
    "圏域・包括・センターを直しました": lambda r: r.put_place(Place("zone", "Z1", "北部")),
    "区分の例を直しました": lambda r: r.set_examples(
        [{"text": "例", "words": ["例"], "category": "network", "type": "facility", "reason": ""}]
    ),
}


@pytest.mark.parametrize("what", sorted(ROSTER))
def test_each_change_of_the_roster(town, what):
    office = town.office()
    before = RosterService(office).roster()
    ROSTER[what](RosterService(office))
    line = _newest(office)
    assert (line.at, line.who, line.what) == (AT, "職員 一", what)
    assert line.changes
    assert all(c.before != c.after for c in line.changes)
    Undoing(office).undo()
    assert RosterService(office).roster() == before


def test_an_adjustment_and_a_staff_account(town):
    office = town.office()
    MoneySettings(office).adjust("P001", "A1", Month(2026, 10), -500, "返納")
    assert "-500" in _newest(office).changes[0].after
    Accounts(office).add("職員 一", "supervisor")
    assert _newest(office).changes[-1].after == "supervisor"
    Accounts(office).switch(on=True)
    assert [(c.field, c.before, c.after) for c in _newest(office).changes] == [
        ("職員の登録を使う", "(なし)", "はい")
    ]


def test_lines_are_asked_for_by_person_and_day(town):
    town.office("2026-11-01T09:00", "職員 二")
    RosterService(town.office("2026-11-01T09:00", "職員 二")).set_contact("P001", phone="1")
    RosterService(town.office("2026-11-05T09:00", "職員 一")).set_contact("P001", phone="2")
    trail = LogTrail(town.office())
    assert {"職員 一", "職員 二"} <= set(trail.everybody())
    assert [line.who for line in trail.lines(LogFilter(who="職員 二"))] == ["職員 二"]
    assert [x.at[:10] for x in trail.lines(LogFilter(first=date(2026, 11, 5)))] == ["2026-11-05"]
    assert trail.lines(LogFilter(last=date(2015, 1, 1))) == []
    newest = trail.lines(LogFilter())[0]
    assert newest.changes == ()
    assert [(c.before, c.after) for c in trail.line(newest.n).changes] == [("1", "2")]
    assert trail.line(10_000) is None


def test_as_a_table_and_on_paper(town, tmp_path):
    office = town.office()
    RosterService(office).set_contact("P001", address="=1+1")
    trail = LogTrail(office)
    (tmp_path / "log.csv").write_text("an older one", encoding="utf-8")  # to be replaced
    rows = trail.write_table(LogFilter(), tmp_path / "log.csv")
    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert len(table) == rows
    assert table[0]["あと"] == "'=1+1", "a spreadsheet does not run it"
    assert trail.paper(LogFilter(), tmp_path / "log.pdf").pages >= 1
    assert (tmp_path / "log.pdf").read_bytes().startswith(b"%PDF")
