"""Screen 22, what a person decides: asked, corrected, sent back, ruled, resolved; nothing lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QPlainTextEdit, QPushButton

from kashiwa_desktop.app.office_pages import check_desk
from kashiwa_desktop.domain.month import Month
from kashiwa_desktop.domain.revision import Content, RecordKey, make
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.storage import projections, revisions
from kashiwa_desktop.ui.district.check.check_page import CheckPage, LetterKeys
from kashiwa_desktop.ui.widgets.entry.choice_box import ChoiceBox
from kashiwa_desktop.ui.widgets.entry.text_fields import TextLine
from kashiwa_desktop.ui.widgets.text_label import TextLabel
from office_day_world import named
from ui.district.check.test_check_page import _answer
from ui.measure import complaints, settle

OCTOBER = Month(2026, 10)
TWICE, EMPTY, CLEAN = "P004", "P005", "P003"


def press(qtbot, page, word):
    button = named(page, QPushButton, word)
    settle()
    page.reveal(button)
    settle()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(qtbot, page, kind, name, text):
    field = named(page, kind, name)
    page.reveal(field)
    field.setFocus()
    write(field, text)
    return field


def write(field, text):
    """Put text in as an input method does: Qt's test keys know no Japanese."""
    done = QInputMethodEvent()
    done.setCommitString(text)
    QApplication.sendEvent(field, done)


def texts(page):
    return [label.text() for label in page.findChildren(TextLabel) if label.isVisible()]


def review(store, promoter):
    return Reviewing(store).review(promoter, OCTOBER)


def go_to(page, promoter, rest):
    page.show_month(OCTOBER, promoter)
    rest()
    settle()
    assert page.current.review.promoter == promoter


def tear(store, promoter):
    """The promoter changed a record that staff had corrected, without knowing of it."""
    record = review(store, promoter).activities[0].id
    key = RecordKey(promoter, "activity", record)
    Returning(store.working_as("他の 職員")).correct(
        promoter, record, {"attendees": 15}, "人数を直しました。"
    )
    with store.db.write() as tx:
        (first,) = [r for r in revisions.of_record(tx, key) if r.by.role == "promoter"]
        content = Content(key, str(OCTOBER), {**first.body, "attendees": 18})
        late = make(content, [first.id], first.by, at="2026-11-05T09:00:00+09:00", salt="0" * 16)
        revisions.add(tx, [late], made_here=False)
        projections.refresh(tx, [key])
    return record


def test_a_question_about_a_record_by_mouse(check_page, store, qtbot, rest):
    go_to(check_page, CLEAN, rest)
    press(qtbot, check_page, "記録について、推進員さんに確認する")
    settle()
    press(qtbot, check_page, "確認のお願いを書く")
    assert review(store, CLEAN).questions == ()
    choice = named(check_page, ChoiceBox, "どの記録ですか")
    choice.setCurrentIndex(1)
    type_into(qtbot, check_page, QPlainTextEdit, "確認したいこと", "人数は何人ですか。")
    press(qtbot, check_page, "確認のお願いを書く")
    rest()
    (asked,) = review(store, CLEAN).questions
    assert (asked.text, asked.record) == (
        "人数は何人ですか。", review(store, CLEAN).activities[1].id,
    )  # fmt: skip
    assert "確認のお願いを書きました" in check_page.messages.text
    assert any("お返事はまだです" in text for text in texts(check_page))
    press(qtbot, check_page, "済みにする")
    rest()
    assert review(store, CLEAN).questions[0].settled


def test_a_correction_says_what_was_changed_and_by_whom(check_page, store, qtbot, rest):
    go_to(check_page, CLEAN, rest)
    press(qtbot, check_page, "職員が記録を直す")
    settle()
    press(qtbot, check_page, "直して、推進員さんに知らせる")
    assert any("どこも直していません" in text for text in texts(check_page))
    field = named(check_page, TextLine, "参加人数")
    field.setText("たくさん")
    press(qtbot, check_page, "直して、推進員さんに知らせる")
    assert any("読み取れません" in text for text in texts(check_page))
    field.setText("約12人")
    press(qtbot, check_page, "直して、推進員さんに知らせる")
    assert review(store, CLEAN).questions == ()
    told = "人数を名簿のとおりに直しました。"
    type_into(qtbot, check_page, TextLine, "推進員さんに伝えること", told)
    press(qtbot, check_page, "直して、推進員さんに知らせる")
    rest()
    after = review(store, CLEAN)
    assert after.activities[0].attendees == 12
    assert [(q.kind, q.text) for q in after.questions] == [("correction", told)]
    assert after.entered_by == {store.staff}
    assert not named(check_page, QPushButton, "承認して次へ").isEnabled()
    assert any("承認待ち(職員入力分)" in text for text in texts(check_page))


def test_a_corrected_category_brings_its_types(check_page, store, qtbot, rest):
    go_to(check_page, CLEAN, rest)
    press(qtbot, check_page, "職員が記録を直す")
    settle()
    category, kind = (named(check_page, ChoiceBox, name) for name in ("区分", "種別"))
    number = category.findText("地域活動")
    category.setCurrentIndex(number)
    category.activated.emit(number)
    assert kind.currentText() == ""
    type_into(qtbot, check_page, TextLine, "推進員さんに伝えること", "区分を直しました。")
    press(qtbot, check_page, "直して、推進員さんに知らせる")
    assert review(store, CLEAN).questions == ()
    kind.setCurrentIndex(1)
    kind.activated.emit(1)
    press(qtbot, check_page, "直して、推進員さんに知らせる")
    rest()
    first = review(store, CLEAN).activities[0]
    assert (first.category, first.type) == ("community", "briefing")


def test_sent_back_with_its_reason_and_on_the_board(check_page, store, qtbot, rest):
    go_to(check_page, CLEAN, rest)
    press(qtbot, check_page, "月を差し戻す(次の版をお願いする)")
    settle()
    press(qtbot, check_page, "差し戻す")
    assert review(store, CLEAN).cell.state == "received"
    type_into(qtbot, check_page, QPlainTextEdit, "差し戻す理由", "内容をくわしく。")
    press(qtbot, check_page, "差し戻す")
    rest()
    assert review(store, CLEAN).cell.state == "returned"
    assert any("差戻し" in text and "内容をくわしく。" in text for text in texts(check_page))


def test_no_activity_and_full_pay_need_the_ruling_first(check_page, store, qtbot, rest):
    go_to(check_page, EMPTY, rest)
    press(qtbot, check_page, "承認して次へ")
    assert review(store, EMPTY).cell.state == "question"
    line = named(check_page, TextLine, "支払う理由")
    assert line.hasFocus()
    write(line, "療養中も委嘱を続けるため")
    press(qtbot, check_page, "支払判断を書きとめる")
    rest()
    assert review(store, EMPTY).ruling.text == "療養中も委嘱を続けるため"
    press(qtbot, check_page, "承認して次へ")
    rest()
    assert review(store, EMPTY).cell.state == "approved"


def test_a_conflict_shows_only_what_differs_and_needs_its_reason(check_page, store, qtbot, rest):
    record = tear(store, CLEAN)
    go_to(check_page, CLEAN, rest)
    shown = texts(check_page)
    assert "参加人数: 15人" in shown
    assert "参加人数: 18人" in shown
    assert not any(text.startswith(("場所: ", "内容: ")) for text in shown)
    press(qtbot, check_page, "推進員の内容にする")
    assert check_page.current.cards
    type_into(qtbot, check_page, TextLine, "決めた理由", "参加者名簿のとおり")
    press(qtbot, check_page, "推進員の内容にする")
    rest()
    assert check_page.current.cards == ()
    found = next(a for a in review(store, CLEAN).activities if a.id == record)
    assert (found.attendees, found.conflict) == (18, False)


def test_a_conflict_may_be_asked_about_instead(check_page, store, qtbot, rest):
    record = tear(store, CLEAN)
    go_to(check_page, CLEAN, rest)
    press(qtbot, check_page, "決めずに、推進員さんに確認する")
    settle()
    assert named(check_page, ChoiceBox, "どの記録ですか").current() == record
    assert named(check_page, QPlainTextEdit, "確認したいこと").hasFocus()


def test_with_an_open_conflict_only_who_says_so_approves(check_page, store, qtbot, rest):
    tear(store, CLEAN)
    go_to(check_page, CLEAN, rest)
    press(qtbot, check_page, "承認して次へ")
    rest()
    assert review(store, CLEAN).cell.state == "question"
    assert "先にお決めください" in check_page.messages.text
    press(qtbot, check_page, "ちがいを決めないまま承認したいとき")
    settle()
    for how, state in ((False, "question"), (True, "approved")):
        _answer(how)
        press(qtbot, check_page, "ちがいを残したまま承認する")
        rest()
        assert review(store, CLEAN).cell.state == state
        if how:
            break
        go_to(check_page, CLEAN, rest)
        press(qtbot, check_page, "ちがいを決めないまま承認したいとき")
        settle()


def test_look_alikes_are_answered_once(check_page, store, qtbot, rest):
    go_to(check_page, TWICE, rest)
    assert len(check_page.current.alikes) == 1
    press(qtbot, check_page, "別の活動です")
    rest()
    assert check_page.current.alikes == ()
    assert "look_alike" not in {p.code for p in review(store, TWICE).findings}


def test_one_activity_keeps_the_record_that_was_chosen(check_page, store, qtbot, rest):
    go_to(check_page, TWICE, rest)
    keep = check_page.current.alikes[0].other[0]
    gone = check_page.current.alikes[0].one[0]
    press(qtbot, check_page, "同じ活動です。②を残す")
    rest()
    left = {a.id for a in review(store, TWICE).activities}
    assert keep in left
    assert gone not in left


def test_what_is_typed_stays_with_its_month_and_after_closing(
    check_page, store, jobs, qtbot, rest, come_up
):
    go_to(check_page, CLEAN, rest)
    press(qtbot, check_page, "月を差し戻す(次の版をお願いする)")
    settle()
    type_into(qtbot, check_page, QPlainTextEdit, "差し戻す理由", "とちゅう")
    go_to(check_page, TWICE, rest)
    assert named(check_page, QPushButton, "月を差し戻す").isVisible()
    assert not any(
        f.isVisible() and f.toPlainText() == "とちゅう"
        for f in check_page.findChildren(QPlainTextEdit)
    )
    check_page.leave()
    rest()
    later = come_up(CheckPage(check_desk(store), jobs))
    go_to(later, CLEAN, rest)
    assert named(later, QPlainTextEdit, "差し戻す理由").toPlainText() == "とちゅう"
    press(qtbot, later, "差し戻す")
    rest()
    later.leave()
    rest()
    assert check_desk(store).kept.read() == {}


def test_a_refused_act_keeps_what_was_typed(check_page, store, qtbot, rest, monkeypatch):
    go_to(check_page, CLEAN, rest)
    press(qtbot, check_page, "月を差し戻す(次の版をお願いする)")
    settle()
    type_into(qtbot, check_page, QPlainTextEdit, "差し戻す理由", "くわしく")
    store.db.closed_for = "この記録は別の場所へ移してあります。"
    press(qtbot, check_page, "差し戻す")
    rest()
    assert "移してあります" in check_page.messages.text
    assert named(check_page, QPlainTextEdit, "差し戻す理由").toPlainText() == "くわしく"
    store.db.closed_for = ""


# Letter keys -------------------------------------------------------------------------------------


@pytest.fixture
def letters(store, jobs, come_up):
    """The page, and whether letter keys are wanted on this PC."""
    wanted = [False]
    keys = LetterKeys(lambda: wanted[0], lambda on: wanted.__setitem__(0, on))
    return come_up(CheckPage(check_desk(store), jobs, keys)), wanted


def key(page, letter):
    QTest.keyClick(page.focusWidget() or page, letter)
    settle()


def test_letter_keys_are_off_until_they_are_switched_on(letters, store, qtbot, rest):
    page, wanted = letters
    button = named(page, QPushButton, "あとで見る")
    button.setFocus()
    before = page.current.review.promoter
    key(page, "j")
    assert page.current.review.promoter == before
    press(qtbot, page, "詳しい設定")
    settle()
    (box,) = [b for b in page.findChildren(QCheckBox) if b.isVisible()]
    assert box.text() == "文字のキーを使う(J・K・A・R)"
    box.click()
    assert wanted == [True]
    button.setFocus()
    key(page, "j")
    second = page.current.review.promoter
    assert second != before
    key(page, "k")
    assert page.current.review.promoter == before
    go_to(page, CLEAN, rest)
    button.setFocus()
    key(page, "a")
    rest()
    assert review(store, CLEAN).cell.state == "approved"
    go_to(page, TWICE, rest)
    button.setFocus()
    key(page, "r")
    assert named(page, QPlainTextEdit, "差し戻す理由").hasFocus()
    key(page, "j")
    assert page.current.review.promoter == TWICE, "a letter that is typed is text"
    assert named(page, QPlainTextEdit, "差し戻す理由").toPlainText() == "j"


# By keyboard alone -------------------------------------------------------------------------------


def tab_to(page, wanted):
    """Press Tab until the focus stands on a widget; every stop is seen on the way."""
    for _ in range(80):
        focus = QApplication.focusWidget()
        if focus is not None and (focus.accessibleName() or "").startswith(wanted):
            return focus
        QTest.keyClick(focus or page, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never came to {wanted}")


def test_a_month_is_sent_back_and_the_next_approved_by_keyboard_alone(
    check_page, store, qtbot, rest
):
    """R09 of a page: no mouse from the list to the approval."""
    go_to(check_page, CLEAN, rest)
    fold = tab_to(check_page, "月を差し戻す")
    QTest.keyClick(fold, Qt.Key.Key_Space)
    settle()
    field = tab_to(check_page, "差し戻す理由")
    write(field, "くわしく")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName() == "差し戻す"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    rest()
    settle()
    assert review(store, CLEAN).cell.state == "returned"
    choice = tab_to(check_page, "どなたの記録を見ますか")
    QTest.keyClick(choice, Qt.Key.Key_Home)
    for _ in range(choice.count()):
        if check_page.current.review.promoter == "P006":
            break
        QTest.keyClick(choice, Qt.Key.Key_Down)
    assert check_page.current.review.promoter == "P006"
    approve = tab_to(check_page, "承認して次へ")
    QTest.keyClick(approve, Qt.Key.Key_Space)
    rest()
    assert review(store, "P006").cell.state == "approved"


@pytest.mark.parametrize("points", [12, 24])
def test_nothing_is_cut_with_every_card_open(check_page, store, look, rest, points):
    tear(store, TWICE)
    record = review(store, TWICE).activities[1].id
    Returning(store).ask(OCTOBER, TWICE, record, "人数を、もう一度お確かめください。")
    look.show_text_size(points)
    go_to(check_page, TWICE, rest)
    cards = check_page._cards
    for fold in (cards.ask, cards.correct, cards.send_back, cards.despite, check_page._switch):
        fold.open()
    settle()
    settle()
    assert complaints(check_page) == []
    assert isinstance(named(check_page, QComboBox, "どなたの記録を見ますか"), ChoiceBox)
