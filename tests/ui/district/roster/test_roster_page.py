"""Screens 27 and 35: one form at a time, saved by mouse or keyboard, and nothing typed is lost."""

from datetime import date

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from conftest import FULL
from kashiwa_desktop.app.roster_pages import make_desk
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.kept_forms import KeptForms
from kashiwa_desktop.services.money.banking import Banking
from kashiwa_desktop.services.office.accounts import Accounts
from kashiwa_desktop.services.office.money_settings import MoneySettings
from kashiwa_desktop.services.office.office_book import OfficeBook
from kashiwa_desktop.services.office.payment_settings import PaymentSettings
from kashiwa_desktop.services.office.roster import RosterService
from kashiwa_desktop.services.undoing import Undoing
from kashiwa_desktop.ui.district.roster.advanced_page import AdvancedPage
from kashiwa_desktop.ui.district.roster.roster_page import RosterPage
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from office_day_world import named
from ui.measure import complaints, settle


@pytest.fixture
def page(store, jobs, come_up):
    return come_up(RosterPage(make_desk(store, "roster"), jobs))


@pytest.fixture
def advanced(store, jobs, come_up):
    return come_up(AdvancedPage(make_desk(store, "advanced"), jobs))


@pytest.fixture
def press(qtbot):
    def click(page, word):
        qtbot.mouseClick(named(page, QPushButton, word), Qt.MouseButton.LeftButton)
        settle()

    return click


@pytest.fixture
def fill(rest):
    """Open a section and an action, put values in as typed, and save with Ctrl+S."""

    def put(page, section, action, values, row=None):
        page.open_section(section)
        rest()
        settle()
        part = page.part
        if row is not None:
            part._table.choose(row)
        if action:
            part._take_action(action)
        form = part._forms[part._action] if action else part._form
        for name, value in values.items():
            form._entries[name].put(value)
        page.save()
        rest()
        rest()
        settle()
        return form

    return put


def _held(store, promoter, area=None):
    mine = RosterService(store).roster().of_promoter(promoter)
    return [a for a in mine if area in (None, a.area)][-1]


# ── 人と委嘱 ──


def test_what_no_file_can_hold_is_said_at_its_field(page, store, fill):
    before = RosterService(store).roster()
    values = {"name": "字" * 201, "promoter": "P900", "area": "01", "first": date(2026, 11, 1)}
    form = fill(page, "people", "new", values)
    assert form.field("name").message == "▲ 「氏名」は、1字以上200字以内で書いてください。"
    assert RosterService(store).roster() == before


def test_a_second_appointment_is_said_at_its_first_day(page, store, fill):
    held = RosterService(store).roster().appointments[0]
    values = {"who": held.promoter, "area": held.area, "first": date(2026, 11, 1)}
    form = fill(page, "people", "new", values)
    assert "委嘱の期間が重なります" in form.field("first").message
    assert len(RosterService(store).roster().of_promoter(held.promoter)) == 1


def test_somebody_new_and_a_second_area_for_somebody_known(page, store, fill):
    told = []
    page.changed.connect(told.append)
    fill(page, "people", "new", {
        "who": "", "area": "10", "promoter": "P011", "name": "新任 十一", "kana": "シンニン",
        "first": "R8.11.1", "yen": "35,000円",
    })  # fmt: skip
    held = _held(store, "P011")
    assert (held.area, held.first, held.yen) == ("10", date(2026, 11, 1), 35_000)
    assert told == ["新任 十一さんの委嘱を加えました。"]
    fill(page, "people", "new", {"who": "P001", "area": "10", "first": "11/1"})
    assert {a.area for a in RosterService(store).roster().of_promoter("P001")} == {"01", "10"}
    assert len([a for a in RosterService(store).roster().appointments if a.area == "10"]) == 3


def test_every_action_on_an_appointment(page, store, fill):
    fill(page, "people", "contact", {"phone": "04-1", "address": "柏市1"}, row=0)
    fill(page, "people", "amount", {"first": "R9.4.1", "yen": "4万2000"})
    fill(page, "people", "amount", {"first": "R9.4.1", "yen": "42000"})
    fill(page, "people", "leave", {"first": "R8.12.1", "last": "", "reason": "療養"})
    fill(page, "people", "resume", {"on": "R8.12.20"})
    fill(page, "people", "payee", {"name": "遺族 花", "relation": "相続人"})
    fill(page, "people", "proxy", {"name": "代理 子", "standing": "家族", "first": "R8.11.1"})
    fill(page, "people", "adjust", {"month": "R8.11", "yen": "-500", "reason": "返納"})
    fill(page, "people", "rename", {"name": "改姓 花子", "kana": "カイセイ"})
    fill(page, "people", "end", {"last": "R9.3.31", "reason": "逝去"})
    people, held = RosterService(store).roster(), _held(store, "P001")
    assert people.contact("P001").phone == "04-1"
    assert held.amounts == ((date(2027, 4, 1), 42_000),)
    assert held.suspended[0].last == date(2026, 12, 19)
    assert (held.payee.name, people.proxies[0].name) == ("遺族 花", "代理 子")
    assert [(a.month, a.yen) for a in held.adjustments] == [(Month(2026, 11), -500)]
    assert people.person("P001").name == "改姓 花子"
    assert (held.last, held.end_reason) == (date(2027, 3, 31), "逝去")
    for _ in range(10):
        Undoing(store).undo()
    assert _held(store, "P001").last is None


def test_what_must_be_filled_in_is_said_and_nothing_is_written(page, store, fill):
    form = fill(page, "people", "end", {"last": "いつか", "reason": ""}, row=0)
    assert "日付をご確認ください" in form.field("last").message
    assert form.field("reason").message
    assert _held(store, "P001").last is None


def test_what_the_services_refuse_is_said_and_what_was_typed_stays(page, store, fill):
    form = fill(page, "people", "new", {
        "who": "", "area": "10", "promoter": "P001", "name": "別の 人", "first": "11/1",
    })  # fmt: skip
    assert "ほかの方の番号" in page.messages.text
    assert form.typed()["name"] == "別の 人"


def test_what_is_typed_becomes_a_card_and_survives(page, store, jobs, come_up, press, rest):
    page.part._take_action("contact")
    page.part._forms["contact"]._entries["phone"].put("04-書きかけ")
    page.part._table.choose(1)
    page.part.left.emit()  # the field is left while the draft is still being written
    rest()
    settle()
    assert page.part._forms["contact"].typed()["phone"] == "04-7100-0002"
    assert named(page, QPushButton, "続きを書く")
    again = come_up(RosterPage(make_desk(store, "roster"), jobs))
    settle()
    press(again, "続きを書く")
    assert again.part._forms["contact"].typed()["phone"] == "04-書きかけ"
    assert again.part._row().promoter == "P001"
    again.save()
    rest()
    rest()
    assert RosterService(store).roster().contact("P001").phone == "04-書きかけ"
    assert not again.part.is_touched


def test_what_is_typed_stays_through_another_section_and_a_refresh(page, store, rest):
    page.part._take_action("contact")
    page.part._forms["contact"]._entries["phone"].put("04-まだ")
    page.open_section("papers")
    rest()
    page.open_section("people")
    page.refresh()
    rest()
    settle()
    assert page.part._forms["contact"].typed()["phone"] == "04-まだ"
    page.part._forms["contact"]._entries["phone"].put("04-まだまだ")
    page.leave()
    rest()
    kept = [d.fields["typed"]["values"]["phone"] for d in KeptForms(store, "roster").drafts()]
    assert kept == ["04-まだまだ"], "one draft of one form"


# ── the other sections ──


def test_areas_and_places_with_their_days(page, store, fill):
    assert len(OfficeBook(store).look().unchecked) == 10
    fill(page, "areas", "edit", {"name": "田中", "kana": "タナカ"}, row=0)
    assert len(OfficeBook(store).look().unchecked) == 9, "confirmed without a change"
    fill(page, "areas", "zone", {"zone": "北部", "first": "R9.4.1"})
    area = RosterService(store).roster().areas[0]
    assert (area.zone_on(date(2026, 11, 1)), area.zone_on(date(2027, 4, 1))) == ("未設定", "北部")
    fill(page, "areas", "new", {"code": "22", "name": "柏の葉", "first": "R9.4.1"})
    assert RosterService(store).roster().area("22").first == date(2027, 4, 1)
    fill(page, "areas", "new", {"code": "22", "name": "もう一つ"})
    assert "もうあります" in page.messages.text
    fill(page, "places", "new", {"kind": "center", "code": "C1", "name": "中央", "of": "01\n02"})
    fill(page, "places", "edit", {"last": "R9.3.31"}, row=0)
    place = RosterService(store).roster().places[0]
    assert (place.kind, place.of, place.last) == ("center", ("01", "02"), date(2027, 3, 31))


def test_rules_say_that_they_are_initial_until_saved(page, store, fill):
    page.open_section("deadline")
    field = page.part._form.field("deadline_day")
    assert "初期値(要確認)" in field.message
    fill(page, "deadline", None, {
        "deadline_rule": "meeting", "deadline_march": "3", "meetings": "11/18\n12/16",
    })  # fmt: skip
    office = OfficeBook(store).look().office
    assert (office.deadline_rule, office.deadline_march, len(office.meetings)) == ("meeting", 3, 2)
    assert field.message == ""
    fill(page, "meeting", "put", {"first": "R8.4.1", "rule": "nth", "nth": 3, "weekday": 2})
    assert OfficeBook(store).look().office.meeting(Month(2027, 1)) == date(2027, 1, 20)
    fill(page, "meeting", "drop", {}, row=0)
    assert OfficeBook(store).look().office.meeting(Month(2027, 1)) is None
    fill(page, "papers", None, {"approval_boxes": "課長\n担当", "claim": False})
    office = OfficeBook(store).look().office
    assert (office.approval_boxes, office.claim) == (("課長", "担当"), False)
    fill(page, "opening", None, {"until": "R5.3", "council": "287", "network": "4089"})
    assert OfficeBook(store).look().office.opening["council"] == 287


def test_values_by_date(page, store, fill):
    fill(page, "rates", "put", {"first": "R9.4.1", "yen": "42,000"})
    assert OfficeBook(store).look().office.rate(Month(2027, 4)) == 42_000
    assert OfficeBook(store).look().office.rate(Month(2027, 3)) == 40_000
    fill(page, "rates", "drop", {}, row=1)
    assert len(OfficeBook(store).look().office.rates) == 1
    fill(page, "chairs", "put", {"first": "R8.4.1", "name": "会長 一郎"})
    assert OfficeBook(store).look().office.chair(date(2026, 11, 1)) == "会長 一郎"
    before = len(OfficeBook(store).look().examples)
    fill(page, "examples", "put", {
        "text": "商店を訪ねた", "kind": "network/business", "words": "商店", "reason": "企業・商店",
    })  # fmt: skip
    assert len(OfficeBook(store).look().examples) == before + 1
    fill(page, "examples", "drop", {}, row=0)
    assert len(OfficeBook(store).look().examples) == before


def test_a_table_is_seen_line_by_line_before_it_is_taken_in(page, store, press, rest, tmp_path):
    page.open_section("tables")
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    head = "promoter,name,kana,area,from,to,yen\n"
    line = "P011,新任 十一,シンニン,10,2026-11-01,,\n"
    bad.write_text(head + line + "P012,だれか,,ない町,2026-11-01,,\n", encoding="utf-8")
    good.write_text(head + line, encoding="utf-8")
    page.part.open_file(bad)
    rest()
    settle()
    assert "2行のうち 1行を取り込めます" in page.part._seen.text()
    assert not page.part._go.isVisible()
    page.part.open_file(good)
    rest()
    settle()
    press(page, "この表を取り込む")
    rest()
    rest()
    assert _held(store, "P011").area == "10"
    (tmp_path / "out.csv").write_text("an older one", encoding="utf-8")  # to be replaced
    page.part.write_to(tmp_path / "out.csv")
    rest()
    rest()
    assert "書き出しました" in page.messages.text
    assert "新任 十一" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    balance = tmp_path / "balance.csv"
    balance.write_text("year,category,count\n2021,council,30\n", encoding="utf-8")
    page.part._kind.choose("opening")
    page.part.open_file(balance)
    rest()
    settle()
    press(page, "この表を取り込む")
    rest()
    rest()
    assert OfficeBook(store).look().office.balances[0].count == 30


def test_the_new_year_in_one_step_and_back(page, store, press, rest):
    page.open_section("year")
    rest()
    settle()
    part = page.part
    assert len(part._rows) == 9, "who left in August is not asked about"
    part._rows[0]._choice.choose("leaves")
    part._rows[0]._show_reason(None)
    page.save()
    assert part._rows[0]._field.message
    part._rows[0]._reason.setText("任期満了")
    page.save()
    rest()
    rest()
    rest()
    assert (_held(store, "P001").last, _held(store, "P001").end_reason) == (
        date(2027, 3, 31), "任期満了",
    )  # fmt: skip
    Undoing(store).undo()
    assert _held(store, "P001").last is None


def test_the_settings_file_says_who_needs_it_and_wants_the_passphrase(
    page, store, day, rest, tmp_path
):
    page.open_section("file")
    rest()
    assert "前の設定のままの方" in page.part._who.text() or "渡っています" in page.part._who.text()
    page.part._line.setText("ちがう合言葉")
    page.part.write_to(tmp_path / "a.kssc")
    rest()
    assert not (tmp_path / "a.kssc").exists()
    page.part._line.setText(day.passphrase)
    page.part.write_to(tmp_path / "a.kssc")
    rest()
    rest()
    assert (tmp_path / "a.kssc").exists()
    assert page.part._line.text() == ""
    assert "設定ファイルを作りました" in page.messages.text


def test_a_settings_file_takes_no_place_of_another_and_nobody_is_asked_whether_it_may(
    page, day, rest, tmp_path, monkeypatch
):
    taken, asked = tmp_path / "taken.kssc", []
    taken.write_bytes(b"another")

    def choose(*_, options):
        asked.append(options)
        return str(taken), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.open_section("file")
    rest()
    page.part._line.setText(day.passphrase)
    page.part._ask_where()
    rest()
    rest()
    assert asked == [QFileDialog.Option.DontConfirmOverwrite]
    assert taken.read_bytes() == b"another"
    assert "同じ名前のファイルがもうあります" in page.messages.text


# ── 詳しい設定 ──


def test_the_advanced_settings(advanced, store, fill):
    fill(advanced, "tax", "tax", {"first": "R8.11.1", "reward": "fee", "activity": "none"}, row=0)
    assert _held(store, "P001").withholding[0].reward == "fee"
    fill(advanced, "otsu", "put", {"first": "R8.1.1", "at_least": "0", "rate": "3063"})
    fill(advanced, "otsu", "put", {"first": "R8.1.1", "at_least": "88000", "rate": "3500"})
    assert [r.rate for r in OfficeBook(store).look().office.otsu] == [3063, 3500]
    fill(advanced, "otsu", "drop", {}, row=0)
    assert len(OfficeBook(store).look().office.otsu) == 1
    fill(advanced, "prorating", "put", {"first": "R8.4.1", "rule": "days", "rounding": "last"})
    rule = OfficeBook(store).look().office.prorating_in(Month(2026, 11))
    assert (rule.rule, rule.rounding) == ("days", "last")
    fill(advanced, "prorating", "drop", {}, row=0)
    assert OfficeBook(store).look().office.prorating == ()
    fill(advanced, "parts", "put", {"first": "R8.4.1", "yen": "10000"})
    fill(advanced, "style", None, {"amount_style": "daiji", "seal": False})
    said = MoneySettings(store).office()
    assert (said["amount_style"], said["seal"]) == ("daiji", False)
    assert said["activity_parts"] == [{"from": "2026-04-01", "yen": 10_000}]


def test_what_the_supervisor_switches_on_is_taken_back_too(advanced, store, fill):
    fill(advanced, "switches", None, {"noticing": True, "transfers": True, "profile": ""})
    found = PaymentSettings(store).read()
    assert (found.noticing, found.transfers, found.profile) == (True, True, "standard")
    Undoing(store).undo()
    Undoing(store).undo()
    assert PaymentSettings(store).read().noticing is False


def test_staff_are_registered_and_the_list_made_to_count(advanced, store, fill):
    fill(advanced, "staff", "switch", {"on": True})
    assert "管理者" in advanced.messages.text
    assert not Accounts(store).are_on()
    fill(advanced, "staff", "add", {"name": store.staff, "role": "supervisor"})
    fill(advanced, "staff", "add", {"name": "地区 花", "role": "district"})
    fill(advanced, "staff", "switch", {"on": True})
    assert Accounts(store).are_on()
    fill(advanced, "staff", "end", {"last": ""}, row=0)
    names = [m.name for m in Accounts(store).staff(date(2026, 11, 6))]
    assert names == [store.staff]


def test_accounts_are_sealed_only_after_a_question(advanced, store, rest, tmp_path):
    advanced.open_section("bank")
    table = tmp_path / "accounts.csv"
    table.write_text(
        "promoter,bank_code,branch_code,kind,account,holder_kana\n"
        "P001,0001,001,普通,1234567,ｶｼﾜ ﾊﾅｺ\n",
        encoding="utf-8",
    )

    def answer(yes):
        def press():
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, ConfirmDialog):
                (dialog.go if yes else dialog.stay).click()
            else:
                QTimer.singleShot(20, press)

        QTimer.singleShot(20, press)

    answer(yes=False)
    advanced.part._ask([table])
    assert Banking(store).known() == ["office"]
    answer(yes=True)
    advanced.part._ask([table])
    rest()
    rest()
    assert Banking(store).known() == ["P001", "office"]
    assert "1件の口座をしまいました" in advanced.messages.text


@pytest.mark.parametrize("points", [12, 24] if FULL else [24])
@pytest.mark.parametrize("which", ["page", "advanced"])
def test_no_section_is_cut(request, look, rest, which, points):
    one = request.getfixturevalue(which)
    look.show_text_size(points)
    for key in one._sections:
        one.open_section(key)
        rest()
        settle()
        for action in getattr(one.part, "_actions", {}):
            one.part._take_action(action)
            settle()
            assert complaints(one) == [], (key, action)
        assert complaints(one) == [], key
