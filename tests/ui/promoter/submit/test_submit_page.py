"""Screen 4: closing, saving to a stick, and everything that may be said on the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.travel.handing_over import HandingOver
from kashiwa_desktop.ui.promoter.submit.submit_save_card import room_words
from kashiwa_desktop.ui.ways import Screen, Way
from kashiwa_desktop.ui.widgets.big_button import BigButton
from kashiwa_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from ui.measure import settle
from ui.promoter import more_pages
from ui.promoter.conftest import come_up, named, rest

LEFT = Qt.MouseButton.LeftButton
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
SAFE = "✓ USBメモリーを抜いても大丈夫です"


@pytest.fixture
def life():
    return "months"


@pytest.fixture
def page(qtbot, store, jobs, media):
    return come_up(qtbot, more_pages.submit_page(store, jobs, media), jobs)


@pytest.fixture
def say_yes(monkeypatch):
    """Answer every question by its verb; returns what was asked."""
    asked = []

    def ask(question, parent):
        dialog = ConfirmDialog(question, parent)
        asked.append(question)
        assert dialog.stay.isDefault()
        dialog.go.click()
        done = dialog.result() == ConfirmDialog.DialogCode.Accepted
        dialog.deleteLater()
        return done

    monkeypatch.setattr(ConfirmDialog, "ask", staticmethod(ask))
    return asked


def press(qtbot, jobs, page, name):
    settle()
    qtbot.mouseClick(named(page, name, BigButton), LEFT)
    rest(qtbot, jobs)


def said(page, text):
    settle()
    return any(text in one.text() for one in page.findChildren(TextLabel) if one.isVisible())


def offered(page):
    """The buttons of the bar at the bottom."""
    return [b.word for b in page.action_bar.findChildren(BigButton) if b.isVisible()]


def test_a_clean_month_takes_three_clicks(qtbot, jobs, page, store, stick, say_yes):
    page.show_month(NOVEMBER)
    press(qtbot, jobs, page, "11月分を締める")  # the second click is the verb of the question
    assert [q.verb for q in say_yes] == ["締める"]
    view = Closing(store).show(NOVEMBER)
    assert (view.state, view.version) == ("closed", 1)
    assert said(page, view.code)
    assert offered(page) == ["提出用をUSBメモリーに保存する"]
    press(qtbot, jobs, page, "提出用をUSBメモリーに保存する")
    assert [path.suffix for path in stick.iterdir()] == [".kssz"]
    assert said(page, SAFE)
    assert said(page, "USBメモリーに保存しました(まだ届いていません)")
    assert offered(page) == ["印刷する"]


def test_nothing_is_closed_when_the_question_is_left(qtbot, jobs, page, store, monkeypatch):
    monkeypatch.setattr(ConfirmDialog, "ask", staticmethod(lambda question, parent: False))
    page.show_month(NOVEMBER)
    press(qtbot, jobs, page, "11月分を締める")
    assert Closing(store).show(NOVEMBER).state == "open"


def test_the_month_that_is_due_comes_first_and_saved_files_make_the_next_version(
    qtbot, jobs, stick, page, store, say_yes
):
    assert page.month == OCTOBER
    assert said(page, "締めました(第1版)。")
    press(qtbot, jobs, page, "提出用をUSBメモリーに保存する")
    press(qtbot, jobs, page, "締める前に戻す")
    assert said(page, "10月分を締める前に戻しました。")
    press(qtbot, jobs, page, "10月分を締める")
    assert "第2版" in say_yes[0].text
    assert said(page, "締めました(第2版)。")
    assert Closing(store).show(OCTOBER).version == 2


def test_before_a_stick_is_there_nothing_can_be_saved(qtbot, jobs, page, media):
    save = named(page, "提出用をUSBメモリーに保存する", BigButton)
    assert not save.isEnabled()
    assert said(page, "USBメモリーをさしてください")
    (media / "USB 1").mkdir()
    qtbot.waitUntil(save.isEnabled, timeout=5000)
    assert said(page, "USBメモリー「USB 1」があります")
    (media / "USB 2").mkdir()
    qtbot.waitUntil(lambda: named(page, "USB 2").isVisible(), timeout=5000)
    press(qtbot, jobs, page, "USB 2")
    press(qtbot, jobs, page, "提出用をUSBメモリーに保存する")
    assert list((media / "USB 2").iterdir())
    assert not list((media / "USB 1").iterdir())


def test_a_stick_that_goes_away_is_said_and_not_safe(qtbot, jobs, page, stick):
    page.refresh()
    save = named(page, "提出用をUSBメモリーに保存する", BigButton)
    assert save.isEnabled()
    stick.rmdir()
    stick.parent.joinpath("KIOXIA").write_text("not a folder any more", encoding="utf-8")
    page._submit(stick / "gone", page._tell_saved_on_stick, on_stick=True)
    rest(qtbot, jobs)
    assert said(page, "保存先が見つかりません")
    assert not said(page, SAFE)


def test_a_folder_for_email_says_nothing_of_sticks(qtbot, jobs, page, tmp_path, monkeypatch):
    place = tmp_path / "mail"
    place.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(place))
    press(qtbot, jobs, page, "フォルダーに保存する(メールで送るとき)")
    assert said(page, "✓ 保存しました")
    assert said(page, "フォルダーに保存しました(まだ届いていません)")
    assert not said(page, "USBメモリーに保存しました")
    assert not said(page, SAFE)
    assert list(place.glob("*.kssz"))


def test_the_meeting_has_three_answers(qtbot, jobs, page, store, say_yes):
    page.show_month(NOVEMBER)
    with qtbot.waitSignal(page.wants) as wanted:
        press(qtbot, jobs, page, "記録する")
    assert wanted.args[0].given[0]["type"] == "regular_meeting"
    press(qtbot, jobs, page, "欠席でした")
    assert said(page, "推進員定例会は欠席しました。")
    press(qtbot, jobs, page, "答えを変える")
    press(qtbot, jobs, page, "今月は開かれませんでした")
    remark = named(page, "成果・課題・提案", TextArea)
    remark.set_text("サロンの担い手を探しています")
    press(qtbot, jobs, page, "11月分を締める")
    report = Closing(store).show(NOVEMBER).report
    assert report.remark == "推進員定例会は開かれませんでした。\nサロンの担い手を探しています"
    press(qtbot, jobs, page, "締める前に戻す")
    assert remark.text() == "サロンの担い手を探しています"
    assert said(page, "推進員定例会は開かれませんでした。")


def test_what_is_typed_is_kept(qtbot, jobs, page, store):
    page.show_month(NOVEMBER)
    named(page, "成果・課題・提案", TextArea).set_text("途中まで")
    qtbot.waitUntil(
        lambda: HandingOver(store).show(NOVEMBER).words.remark == "途中まで", timeout=4000
    )
    named(page, "成果・課題・提案", TextArea).set_text("途中までと、つづき")
    page.show_month(OCTOBER)
    page.show_month(NOVEMBER)
    assert named(page, "成果・課題・提案", TextArea).text() == "途中までと、つづき"


def test_a_month_without_activity_needs_its_reason(qtbot, jobs, page, store, recording, say_yes):
    for activity in recording.records(NOVEMBER):
        recording.delete(activity.id)
    page.show_month(NOVEMBER)
    press(qtbot, jobs, page, "活動がなかった月として締める")
    assert not say_yes
    assert said(page, "ここをご記入ください")
    reason = named(page, "活動がなかったわけ", TextLine)
    assert reason.hasFocus()
    reason.setText("体調をくずしました")
    press(qtbot, jobs, page, "活動がなかった月として締める")
    view = Closing(store).show(NOVEMBER)
    assert (view.empty, view.report.reason) == (True, "体調をくずしました")
    assert said(page, "活動がなかった月: 体調をくずしました")


def test_findings_lead_to_their_record_and_open_months_are_named(
    qtbot, jobs, page, store, recording
):
    twice = {
        "date": "2026-11-09", "category": "other", "type": "area_officer",
        "title": "地区担当と打合せ",
    }  # fmt: skip
    recording.add([twice])
    Closing(store).reopen(Month(2026, 9))
    page.show_month(NOVEMBER)
    assert said(page, "令和8年9月 がまだ締めてありません。")
    with qtbot.waitSignal(page.wants) as wanted:
        press(qtbot, jobs, page, "見る")
    assert (wanted.args[0].screen, wanted.args[0].act) == (Screen.LIST, "show_record")
    assert wanted.args[0].given[0] in {a.id for a in recording.records(NOVEMBER)}
    press(qtbot, jobs, page, "9月分を見る")
    assert page.month == Month(2026, 9)


def test_a_change_after_closing_asks_for_closing_again(
    qtbot, jobs, stick, page, store, recording, say_yes
):
    press(qtbot, jobs, page, "提出用をUSBメモリーに保存する")
    first = recording.records(OCTOBER)[0]
    recording.edit(first.id, {"title": "直した内容"}, next_version=True)
    page.refresh()
    assert said(page, "締めたあとに1件変わりました。もう一度締めると第2版になります。")
    press(qtbot, jobs, page, "10月分を締める")
    assert Closing(store).show(OCTOBER).version == 2
    assert offered(page) == ["提出用をUSBメモリーに保存する"]


def test_the_honorarium_stands_there_and_printing_leads_on(qtbot, jobs, page):
    assert said(page, "委託金(活動・報償費) 見本台 40,000円")
    with qtbot.waitSignal(page.wants) as wanted:
        press(qtbot, jobs, page, "月報を印刷する")
    assert wanted.args == [Way(Screen.PRINT, "show_month", (OCTOBER,))]


def test_the_keyboard_alone_is_enough(qtbot, jobs, page, store, stick, say_yes):
    page.show_month(NOVEMBER)
    close = named(page, "11月分を締める", BigButton)
    for _ in range(40):
        if close.hasFocus():
            break
        qtbot.keyClick(page.focusWidget() or page, Qt.Key.Key_Tab)
    assert close.hasFocus()
    qtbot.keyClick(close, Qt.Key.Key_Space)
    rest(qtbot, jobs)
    assert Closing(store).show(NOVEMBER).state == "closed"


def test_room_is_said_in_words():
    assert room_words(31_900_000_000) == "31.9 GB"
    assert room_words(850_000_000) == "850 MB"


@pytest.mark.parametrize("size", [12, 24])
def test_what_matters_is_in_view_without_scrolling(
    qtbot, jobs, stick, page, store, look, say_yes, size
):
    look.show_text_size(size)
    page.resize(830, 586)
    page.show_month(NOVEMBER)
    press(qtbot, jobs, page, "11月分を締める")
    code = Closing(store).show(NOVEMBER).code
    qtbot.waitUntil(lambda: in_view(page, code))
    press(qtbot, jobs, page, "提出用をUSBメモリーに保存する")
    qtbot.waitUntil(lambda: in_view(page, SAFE))


def in_view(page, text):
    """Whether a whole label lies between the upper edge and the bar at the bottom."""
    [label] = [one for one in page.findChildren(TextLabel) if one.text() == text]
    top = label.mapTo(page, label.rect().topLeft()).y()
    return label.isVisible() and top >= 0 and top + label.height() <= page.action_bar.y()
