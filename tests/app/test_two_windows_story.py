"""There and back through the windows of both sides, on two data folders, with the mouse alone.

October is handed over on a stick; the office asks about a record and corrects another in 確認する,
makes the return on 返事のファイル; the promoter answers and hands over the next version; the office
sees the answers and approves; the receipt goes home. Both sides then hold the same.
"""

import shutil
from itertools import pairwise

import pytest

from app.office_hand import StoryHand, every_folder_is_a_stick
from app.test_reply_story import ANSWERED, ASKED, SAFE, heads
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.months.closing import Closing
from kashiwa_desktop.services.records.deciding import Deciding
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea, TextLine
from office_world import OCTOBER

CLICKS = (20, 7, 11, 2)
"""Office, promoter, office, promoter; docs/manual/there-and-back.md tells them too."""
APPROVED, HOME = "2026-11-24T10:00", "2026-11-25T09:00"
QUESTION, ANSWER = "どなたとお会いになりましたか。", "包括の職員の方です。"
TOLD = "会議の記録に合わせました。"
AGREES = "この直し方でよい"


@pytest.fixture
def stick(tmp_path, monkeypatch):
    """One stick that travels; whichever PC is used, it is in it."""
    place = every_folder_is_a_stick(monkeypatch, tmp_path / "media") / "KIOXIA"
    place.mkdir()
    return place


@pytest.fixture
def hand(qtbot, look, tmp_path):
    one = StoryHand(qtbot, look, tmp_path)
    yield one
    one.close()


def test_october_goes_there_and_back_twice(town, stick, hand, figure):
    shutil.copy2(town.month(), stick)
    town.close()
    ends = [
        ask_and_correct(town, stick, hand),
        answer_and_hand_over(town, stick, hand),
        see_and_approve(town, stick, hand),
        read_the_receipt(town, stick, hand),
    ]
    hand.close()
    clicks = tuple(b - a for a, b in pairwise([0, *ends]))
    figure("clicks: office {}, promoter {}, office {}, promoter {}".format(*clicks))
    assert clicks == CLICKS
    check_both_sides(town)


def ask_and_correct(town, stick, hand):
    """The office's first day: taken in, one question, one correction, one return."""
    hand.open_office(town, ASKED, "職員 一")
    hand.go("受け取る")
    hand.give_keyword()
    hand.press("確かめる")
    hand.press("1件を受け取る")
    hand.press("返事を入れて、提出用を消す")
    hand.go("確認する")
    hand.sees("見本台 試験 花子 10月分")
    hand.press("記録について、推進員さんに確認する")
    hand.choose("どの記録ですか", "10月1日")
    hand.write_in("確認したいこと", QUESTION, TextArea)
    hand.picture("31")
    hand.press("確認のお願いを書く")
    hand.sees("確認のお願いとお返事 1件")
    hand.press("職員が記録を直す")
    hand.choose("どの記録ですか", "10月8日")
    hand.write_in("参加人数", "12", TextLine)
    hand.write_in("推進員さんに伝えること", TOLD, TextLine)
    hand.picture("32")
    hand.press("直して、推進員さんに知らせる")
    hand.sees("確認のお願いとお返事 2件")
    hand.press("返事のファイルを作る")
    hand.press("1人分の返事を作る")
    hand.sees("USBメモリーを抜いても大丈夫です")
    hand.picture("33")
    return hand.clicks


def answer_and_hand_over(town, stick, hand):
    """At home: the newest return is dropped on the window, answered, and October handed over."""
    newest = max(stick.glob("*.kssr"), key=lambda file: file.name)
    hand.open_at(town, ANSWERED)
    hand.drop_on_window(newest)
    hand.sees("事務局からの返事(11月20日に作られたもの)を読み込みました。")
    for n in range(2):
        if hand.window.page._ask.current.kind == "question":
            hand.write_in("お返事", ANSWER, TextArea)
            hand.picture("34")
            hand.press("このお返事にする")
        else:
            hand.sees("事務局が直した内容")
            hand.picture("35")
            hand.press(AGREES)
        hand.sees("これで全部です。" if n else "次はこちらです。")
    hand.press("10月分の次の版を提出する")
    hand.agree("10月分を締める")
    hand.press("提出用をUSBメモリーに保存する")
    hand.sees(SAFE)
    hand.picture("36")
    return hand.clicks


def see_and_approve(town, stick, hand):
    """A colleague, as no one approves what he corrected: sees both answers and approves."""
    hand.open_office(town, APPROVED, "職員 二")
    hand.go("受け取る")
    hand.give_keyword()
    hand.press("確かめる")
    hand.sees("取り込めます 0 / 新しい版 1")
    hand.press("1件を受け取る")
    hand.go("確認する")
    hand.sees(f"お返事: {ANSWER}")
    hand.sees(f"お返事: {AGREES}")
    hand.picture("37")
    for left in (1, 0):
        hand.press_first("済みにする")
        if left:
            hand.sees("確認のお願いとお返事 1件")
    hand.press("承認して次へ")
    hand.sees("見本台 試験 花子を承認しました。")
    hand.picture("38")
    hand.press("返事のファイルを作る")
    hand.press("1人分の返事を作る")
    hand.sees("USBメモリーを抜いても大丈夫です")
    return hand.clicks


def read_the_receipt(town, stick, hand):
    """At home the return is found on the stick, and 今月 says that October is approved."""
    hand.open_at(town, HOME)
    hand.press("読み込む")
    hand.sees("承認された月 1件")
    hand.go("今月")
    hand.sees("10月分は承認されました。")
    hand.picture("39")
    return hand.clicks


def check_both_sides(town):
    office, pc = town.office(HOME), town.pc(at=HOME)
    assert heads(office) == heads(pc)
    assert Deciding(office).conflicts() == Deciding(pc).conflicts() == []
    shown, review = Closing(pc).show(OCTOBER), Reviewing(office).review("P001", OCTOBER)
    assert (shown.state, review.cell.state) == ("approved", "approved")
    assert (shown.version, review.report.version) == (2, 2)
    assert shown.code == review.report.code
    assert {a.date.day: a.attendees for a in review.activities} == {1: 3, 8: 12, 15: 3}
    said = {(q.text, q.answer.text, q.answer.agrees, q.settled) for q in review.questions}
    assert said == {(QUESTION, ANSWER, None, True), (TOLD, "", True, True)}
