"""Screen 2: recording by mouse, by keys, with mistakes, into closed months, twice in a row."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.suggestion import Planned, Suggestion
from kashiwa_desktop.errors import StoreError
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.recording import Recording
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.entry.example_button import ExampleButton
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.record.record_form import RecordForm
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui.measure import settle
from ui.promoter.conftest import named, rest

LEFT = Qt.MouseButton.LeftButton
NAMES = "髙﨑𠮷 辻\U000e0100 ｶﾌｪ"


def press(qtbot, root, name, kind=BigButton):
    settle()
    qtbot.mouseClick(named(root, name, kind), LEFT)


def words(root):
    return [label.text() for label in root.findChildren(TextLabel) if label.isVisible()]


def said(root, text):
    return any(text in shown for shown in words(root))


@pytest.mark.parametrize("life", ["months"])
def test_with_a_chip_it_takes_two_clicks_after_plus(qtbot, jobs, record_page, recording):
    with (
        qtbot.waitSignal(record_page.recorded) as recorded,
        qtbot.waitSignal(record_page.back_asked),
    ):
        press(qtbot, record_page, "包括と情報交換")
        press(qtbot, record_page, "記録する")
    assert recorded.args == ["『11月12日 包括と情報交換』を記録しました。"]
    made = recording.records(Month(2026, 11))[-1]
    assert (made.date, made.category, made.type) == (date(2026, 11, 12), "network", "professional")
    assert (made.place, made.minutes) == ("近隣センター 会議室", 60)
    assert made.counterparts == ("見本台地域包括支援センター",)


def test_by_keyboard_alone(qtbot, record_page, recording):
    qtbot.keyClick(QApplication.focusWidget(), "2")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus.accessibleName() == "内容(ひとこと)"
    qtbot.keyClicks(focus, "houkatsu 12")
    with qtbot.waitSignal(record_page.recorded):
        record_page.save()
    made = recording.records()[0]
    assert (made.category, made.type, made.title) == ("network", "facility", "houkatsu 12")


def test_arrows_choose_another_type(qtbot, record_page):
    qtbot.keyClick(QApplication.focusWidget(), "4")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert record_page._form.given()["type"] == "regular_meeting"
    assert QApplication.focusWidget().accessibleName() == "推進員定例会"


def test_digits_are_text_while_something_is_typed(qtbot, record_page):
    line = named(record_page, "内容(ひとこと)", TextLine)
    line.setFocus()
    qtbot.keyClicks(line, "1234")
    assert line.text() == "1234"
    assert record_page._form.given()["category"] is None


def test_enter_never_saves(qtbot, jobs, record_page, recording):
    press(qtbot, record_page, "3 地域活動", ExampleButton)
    line = named(record_page, "内容(ひとこと)", TextLine)
    line.setFocus()
    qtbot.keyClicks(line, "a")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_Enter)
    rest(qtbot, jobs)
    assert recording.records() == []


def test_what_is_missing_stands_under_its_field_and_has_the_focus(qtbot, jobs, record_page):
    line = named(record_page, "内容(ひとこと)", TextLine)
    line.setText("書いたこと")
    press(qtbot, record_page, "記録する")
    assert said(record_page, "区分をお選びください")
    assert isinstance(QApplication.focusWidget(), ExampleButton)
    press(qtbot, record_page, "1 支えあい会議の展開", ExampleButton)
    line.clear()
    press(qtbot, record_page, "記録する")
    assert said(record_page, "ここをご記入ください")
    assert QApplication.focusWidget() is line
    assert record_page._form.typed()["category"] == "council"


@pytest.mark.parametrize(
    ("typed", "said_there"),
    [
        ("11/31", "日付をご確認ください"),
        ("2026-12-24", "これから先の日付です"),
        ("", "日付をご記入"),
    ],
)
def test_a_date_that_cannot_be_is_told_at_the_date(qtbot, record_page, typed, said_there):
    press(qtbot, record_page, "2 ネットワークづくり", ExampleButton)
    named(record_page, "内容(ひとこと)", TextLine).setText("訪問")
    date_line = named(record_page, "日付", TextLine)
    date_line.setFocus()
    date_line.setText(typed)
    record_page.save()
    assert said(record_page, said_there)
    assert QApplication.focusWidget() is date_line
    assert date_line.text() == typed


def test_what_is_typed_and_not_understood_is_never_dropped(qtbot, record_page, recording):
    fill_in(record_page)
    record_page._form.more.open()
    line = named(record_page, "始まりの時刻", TextLine)
    line.setText("あさ早く")
    record_page._form.more.open(opened=False)
    record_page.save()
    assert said(record_page, "のようにご記入ください")
    assert QApplication.focusWidget() is line
    assert recording.records() == []


def fill_in(page, **more):
    page._form.fill(
        {"date": "2026-11-10", "category": "network", "type": "facility", "title": "訪問"} | more,
        is_new=True,
    )


def test_all_details_reach_the_record(qtbot, jobs, record_page, recording):
    told = {
        "start": "0930", "end": "１１時", "attendees": "１２人", "place": NAMES,
        "counterparts": [NAMES, "町会"], "content": NAMES, "findings": "気づき", "next": "次",
        "private_note": "ないしょ", "tags": ["needs", "sharing"], "status": "postponed",
        "by_proxy": "コアメンバー", "attachments": "2", "contact_method": "phone",
        "network_results": ["shared"], "host": "社協",
    }  # fmt: skip
    fill_in(record_page, **told)
    with qtbot.waitSignal(record_page.recorded):
        record_page.save()
    made = recording.records()[0]
    assert (made.start, made.end, made.minutes, made.attendees) == ("09:30", "11:00", 90, 12)
    assert (made.place, made.content, made.counterparts) == (NAMES, NAMES, (NAMES, "町会"))
    assert (made.findings, made.next, made.tags) == ("気づき", "次", ("needs", "sharing"))
    assert (made.status, made.by_proxy, made.attachments) == ("postponed", "コアメンバー", 2)
    assert (made.contact_method, made.network_results, made.host) == ("phone", ("shared",), "社協")
    assert recording.private_notes() == {made.id: "ないしょ"}


def test_a_record_comes_back_into_the_form_as_it_was(qtbot, jobs, record_page, recording):
    given = {
        "date": "2026-11-10", "category": "council", "type": "exchange", "title": NAMES,
        "start": "13:30", "end": "15:00", "place": "会館", "private_note": "ないしょ",
        "council": {
            "tier": 1, "number": 7, "attendance": {"furusato": 3}, "chair": "髙﨑",
            "agenda": [{"title": "移動", "kind": "decision", "summary": "a\nb", "conclusion": "c"}],
            "needs": "足", "decisions": "決めた", "joint_areas": ["A2"], "lead_area": "A2",
            "homework": [{"text": "調べる", "owner": "x", "due": "2026-12-10", "done": False}],
            "next_date": "2027-01-14", "recorder": "書記", "staff_present": True,
        },
    }  # fmt: skip
    (record,) = recording.add([given])
    before = recording.record(record)[0]
    record_page.edit(record)
    with qtbot.waitSignal(record_page.recorded) as recorded:
        record_page.save()
    assert "直しました" in recorded.args[0]
    after, note, _ = recording.record(record)
    assert note == "ないしょ"
    assert after.council == before.council
    assert (after.start, after.minutes, after.attendees) == ("13:30", 90, 3)


def test_writing_the_same_anew_leaves_the_day_and_the_findings_behind(record_page, recording):
    (record,) = recording.add([
        {"date": "2026-11-02", "category": "other", "type": "misc", "title": "研修",
         "place": "会館",
         "findings": "学んだ", "minutes": 90, "private_note": "x"},
    ])  # fmt: skip
    record_page.copy(record)
    given = record_page._form.given()
    assert (given["date"], given["title"], given["place"]) == ("2026-11-12", "研修", "会館")
    assert (given["minutes"], given["findings"], given["private_note"]) == (90, "", "")


def test_a_record_can_begin_with_fields_or_with_what_is_planned(record_page):
    record_page.new_with({"category": "other", "type": "regular_meeting", "title": "定例会"})
    given = record_page._form.given()
    assert (given["date"], given["type"], given["title"]) == (
        "2026-11-12", "regular_meeting", "定例会",
    )  # fmt: skip
    usual = Suggestion("other", "misc", "研修", place="会館")
    record_page.new_from(Planned(date(2026, 11, 10), usual))
    given = record_page._form.given()
    assert (given["date"], given["title"], given["place"]) == ("2026-11-10", "研修", "会館")
    record_page.new_from(usual)
    assert record_page._form.given()["date"] == "2026-11-12"


def test_record_and_write_the_next_one_stays_on_the_page(qtbot, jobs, record_page, recording):
    fill_in(record_page)
    left = []
    record_page.back_asked.connect(lambda: left.append(1))
    with qtbot.waitSignal(record_page.recorded):
        press(qtbot, record_page, "記録して次を書く")
    rest(qtbot, jobs)
    assert left == []
    assert record_page._form.typed()["title"] == ""
    assert date(2026, 11, 10) in recording.days(Month(2026, 11))


def test_doubts_hold_nobody_up_and_are_told_with_the_news(qtbot, jobs, record_page, recording):
    recording.add(
        [{"date": "2026-11-10", "category": "network", "type": "facility", "title": "訪問"}]
    )
    fill_in(record_page)
    with qtbot.waitSignal(record_page.recorded) as recorded:
        record_page.save()
    assert "念のためご確認ください" in recorded.args[0]
    assert len(recording.records()) == 2


def test_doubts_stand_under_their_field_as_soon_as_it_is_left(qtbot, jobs, record_page, recording):
    recording.add(
        [{"date": "2026-11-10", "category": "network", "type": "facility", "title": "訪問"}]
    )
    fill_in(record_page)
    record_page._form.left.emit()
    assert said(record_page, "同じ日に同じ区分・同じ内容の記録があります")


@pytest.mark.parametrize("life", ["months"])
def test_a_closed_month_offers_its_two_ways(qtbot, jobs, store, record_page, recording):
    fill_in(record_page, date="2026-10-29")
    record_page.save()
    assert said(record_page, "令和8年10月分は締めてあります")
    with qtbot.waitSignal(record_page.recorded):
        press(qtbot, record_page, "次の版に入れる")
    assert Closing(store).show(Month(2026, 10)).changed_after_close == 1
    record_page.new()
    fill_in(record_page, date="2026-10-30")
    record_page.save()
    with qtbot.waitSignal(record_page.recorded):
        press(qtbot, record_page, "締める前に戻す")
    assert Closing(store).show(Month(2026, 10)).state == "open"


def test_a_failed_save_leaves_everything_typed_and_says_so(
    qtbot, jobs, record_page, recording, monkeypatch
):
    fill_in(record_page, content="長い話")
    full = StoreError("このパソコンの空きが足りません。", code="full")

    def fail(*_args, **_more):
        raise full

    monkeypatch.setattr(Recording, "put", fail)
    record_page.save()
    qtbot.waitUntil(lambda: record_page.messages.isVisible())
    assert "このパソコンの空きが足りません。" in record_page.messages.text
    assert "入力した内容は残っています" in record_page.messages.text
    assert record_page._form.typed()["content"] == "長い話"
    assert record_page._form.isEnabled()


@pytest.mark.parametrize("who", ["P002"])
def test_who_has_two_areas_says_for_which(qtbot, jobs, record_page, recording):
    fill_in(record_page)
    record_page.save()
    assert said(record_page, "どの地域の活動かお選びください")
    press(qtbot, record_page, "試町")
    with qtbot.waitSignal(record_page.recorded):
        record_page.save()
    assert recording.records()[0].area == "A3"


def test_who_has_one_area_is_not_asked(record_page):
    assert not said(record_page, "どの地域の活動ですか")


def test_personal_words_get_a_hint_and_no_block(qtbot, record_page, recording):
    press(qtbot, record_page, "2 ネットワークづくり", ExampleButton)
    named(record_page, "内容(ひとこと)", TextLine).setText("田中さん宅へ 04-7100-0000")
    assert said(record_page, "電話番号・個人のお宅のようなもの")
    with qtbot.waitSignal(record_page.recorded):
        record_page.save()
    assert len(recording.records()) == 1


def test_the_category_is_suggested_with_its_reason_and_only_suggested(qtbot, record_page):
    press(qtbot, record_page, "1 支えあい会議の展開", ExampleButton)
    line = named(record_page, "内容(ひとこと)", TextLine)
    line.setFocus()
    line.setText("支えあい会議の準備を地区担当と")
    assert record_page._form.given()["category"] == "council"
    assert said(record_page, "地区担当との準備や打合せは「その他打合せ等」です")
    press(qtbot, record_page, "「その他打合せ等」にする")
    given = record_page._form.given()
    assert (given["category"], given["type"]) == ("other", "area_officer")
    assert not said(record_page, "かもしれません")


@pytest.mark.parametrize("life", ["months"])
def test_a_chip_replaces_what_a_chip_filled_and_nothing_typed(qtbot, record_page):
    record_page._form.more.open()
    press(qtbot, record_page, "包括と情報交換")
    press(qtbot, record_page, "推進員定例会")
    given = record_page._form.given()
    assert (given["title"], given["place"], given["minutes"]) == (
        "推進員定例会",
        "市社協 会議室",
        120,
    )
    assert given["counterparts"] == []
    named(record_page, "場所", TextLine).setText("自分で書いた場所")
    press(qtbot, record_page, "地区担当と打合せ")
    given = record_page._form.given()
    assert (given["title"], given["place"]) == ("地区担当と打合せ", "自分で書いた場所")


@pytest.mark.parametrize("life", ["months"])
def test_a_council_meeting_opens_its_part_with_the_next_number(qtbot, record_page, recording):
    press(qtbot, record_page, "1 支えあい会議の展開", ExampleButton)
    assert named(record_page, "第何回", TextLine).text() == "3"
    named(record_page, "民生委員・児童委員", TextLine).setText("４人")
    named(record_page, "次回の予定", TextLine).setText("1/14")
    press(qtbot, record_page, "宿題を加える")
    named(record_page, "宿題", TextLine).setText("調べる")
    named(record_page, "内容(ひとこと)", TextLine).setText("支えあい会議")
    assert said(record_page, "合計 4人")
    with qtbot.waitSignal(record_page.recorded):
        record_page.save()
    made = recording.records(Month(2026, 11))[-1]
    assert made.attendees == 4
    assert made.council["number"] == 3
    assert made.council["next_date"] == "2027-01-14"
    assert made.council["homework"] == [{"text": "調べる", "owner": "", "due": None, "done": False}]


def test_a_row_taken_away_can_be_brought_back(qtbot, record_page):
    press(qtbot, record_page, "1 支えあい会議の展開", ExampleButton)
    press(qtbot, record_page, "議題を加える")
    named(record_page, "議題", TextLine).setText("移動の支援")
    press(qtbot, record_page, "消す")
    assert record_page._form.given()["council"]["agenda"] == []
    press(qtbot, record_page, "元に戻す")
    assert record_page._form.given()["council"]["agenda"][0]["title"] == "移動の支援"


def test_text_under_conversion_is_recorded_too(qtbot, record_page, recording):
    press(qtbot, record_page, "2 ネットワークづくり", ExampleButton)
    line = named(record_page, "内容(ひとこと)", TextLine)
    line.setFocus()
    QApplication.sendEvent(line, QInputMethodEvent("ほうかつ", []))
    with qtbot.waitSignal(record_page.recorded):
        record_page.save()
    assert recording.records()[0].title == "ほうかつ"


def test_the_form_is_one_value_going_in_and_out(qtbot, store):
    form = RecordForm(date(2026, 11, 12), lambda _area, _day: 1)
    qtbot.addWidget(form)
    form.fill({}, is_new=True)
    empty = form.typed()
    form.fill(
        {"date": "あした", "title": NAMES, "start": "いつか", "attendees": "many"}, is_new=True
    )
    kept = form.typed()
    assert (kept["date"], kept["start"], kept["attendees"]) == ("あした", "いつか", "many")
    form.fill(kept, is_new=True)
    assert form.typed() == kept
    form.fill({}, is_new=True)
    assert form.typed() == empty


def in_sight(page, widget):
    """Whether the whole widget is in the part of the page that is seen."""
    settle()
    view = page._scroll.viewport()
    top = widget.mapTo(view, widget.rect().topLeft()).y()
    return top >= 0 and top + widget.height() <= view.height()


def test_a_hint_that_comes_up_while_typing_is_seen_and_so_is_the_line(qtbot, record_page):
    line = named(record_page, "内容(ひとこと)", TextLine)
    line.setFocus()
    qtbot.keyClicks(line, "04-7163-0000")
    qtbot.waitUntil(lambda: said(record_page, "電話番号のようなもの"))
    assert in_sight(record_page, record_page._form.words._personal)
    assert in_sight(record_page, line)


@pytest.mark.parametrize("who", ["P002"])
def test_who_has_two_areas_sees_the_choice_first(record_page):
    field = record_page._form.when.places()["area"]
    assert in_sight(record_page, field)
    assert record_page._form.when.places()["date"].y() > field.y()
