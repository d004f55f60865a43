"""October of 21 areas through the office's window, with the mouse alone: half an hour's work.

On the day of the deadline a folder of 21 files is taken in, what is clean is approved together,
one is asked, the returns are made. On the day after, a stick comes late, the supervisor prints
and pays. Nothing of the office's side is done by a service; services only look at the end.
"""

import shutil

import pytest
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

import month_story_world
from app.office_hand import StoryHand, every_folder_is_a_stick, printer_into
from kashiwa_desktop.services.checking.reviewing import Reviewing
from kashiwa_desktop.services.money.payments_desk import PaymentsDesk
from kashiwa_desktop.services.papers.printing import Printing
from kashiwa_desktop.services.travel.returning import Returning
from kashiwa_desktop.ui.widgets.entry.text_fields import TextArea
from month_story_world import AREAS, CLEAN, DAY_AFTER, DEADLINE_DAY, PHONE, PROMOTERS, YEN
from office_world import OCTOBER

CLICKS = (15, 17)
"""On each of the two days; docs/manual/office-month.md tells them too."""
STAFF, SUPERVISOR = "見本 花枝", "練習 担当"
ASKED = "同じ内容が2回あります。どちらも実際の活動でしょうか。"
SAFE = "✓ 20人分を保存し、読み直して確かめました。USBメモリーを抜いても大丈夫です"


@pytest.fixture
def story(tmp_path):
    one = month_story_world.made().copied_to(tmp_path / "story")
    yield one
    one.world.close()


@pytest.fixture
def media(tmp_path, monkeypatch):
    return every_folder_is_a_stick(monkeypatch, tmp_path / "media")


@pytest.fixture
def paper(tmp_path, monkeypatch):
    return printer_into(monkeypatch, tmp_path / "paper.pdf")


@pytest.fixture
def hand(qtbot, look, tmp_path):
    one = StoryHand(qtbot, look, tmp_path)
    yield one
    one.close()


def test_a_month_of_21_areas(story, media, paper, hand, figure):
    hand.open_office(story.world, DEADLINE_DAY, STAFF)
    take_in_the_folder(story, hand)
    approve_what_is_clean(story, hand)
    ask_about_the_doubtful_one(hand)
    make_the_returns(media, hand)
    look_who_is_missing(story, hand)
    first_day = hand.clicks
    hand.open_office(story.world, DAY_AFTER, SUPERVISOR)
    take_in_the_late_one(story, media, hand)
    print_the_sheets(paper, hand)
    pay(hand)
    hand.close()
    figure(f"{first_day} clicks on the day of the deadline, {hand.clicks - first_day} on the day"
           f" after, {hand.drops} folder dropped, 3 texts typed")  # fmt: skip
    assert (first_day, hand.clicks - first_day) == CLICKS
    check_what_stands(story)


def take_in_the_folder(story, hand):
    hand.sees("10月分は、19地域のうち0地域から届いています。")
    hand.go("受け取る")
    hand.give_keyword()
    hand.drop(story.inbox)
    hand.sees("取り込めます 18 / 新しい版 0 / 受け取り済み 1 / 確認待ち 0 / 取り込めません 2")
    for file in (f"{story.late}_2026-10_0002.kssz", "P077_2026-10_0002.kssz"):
        hand.sees(f"{file}\n別の事務局あてか、こわれています。")
    hand.picture("11")
    hand.press("18件を受け取る")
    hand.sees("受け取りました 18 / ")
    hand.sees("18件を受け取りました。")
    hand.picture("12")


def approve_what_is_clean(story, hand):
    """The question names each of them and the sum; the doubtful one is not among them."""
    hand.go("確認する")
    hand.sees("承認を待っている月が 18件あります。")
    asked = hand.agree("確認事項のない17件をまとめて承認", picture="13")
    roster = {row.promoter: row.name for row in board(story).rows}
    assert all(roster[promoter] in asked for promoter in story.clean)
    assert roster[story.doubtful] not in asked
    assert f"合計 {CLEAN * YEN:,}円です。" in asked
    hand.sees("17件を承認しました。")
    assert not hand.window.undo_strip.isVisible()


def ask_about_the_doubtful_one(hand):
    hand.sees("承認を待っている月が 1件あります。")
    hand.press("見る")
    hand.press("記録について、推進員さんに確認する")
    hand.write_in("確認したいこと", ASKED, TextArea)
    hand.picture("14")
    hand.press("確認のお願いを書く")
    hand.sees("確認のお願いとお返事 1件")


def make_the_returns(media, hand):
    """A receipt for each of 18, and for the two others that their PCs are registered."""
    (media / "JIMUKYOKU").mkdir()
    hand.press("返事のファイルを作る")
    hand.sees("USBメモリー「JIMUKYOKU」に保存します。")
    hand.press("20人分の返事を作る")
    hand.sees(SAFE)
    hand.picture("15")
    assert len(list((media / "JIMUKYOKU").glob("*.kssr"))) == PROMOTERS
    shutil.rmtree(media / "JIMUKYOKU")


def look_who_is_missing(story, hand):
    hand.go("提出状況")
    hand.sees("10月分は、19地域のうち18地域から届いています。")
    hand.sees("未提出 1人")
    hand.sees(f"電話 {PHONE}")
    name = next(row.name for row in board(story).rows if row.promoter == story.late)
    hand.press(f"{name}さんへの連絡文をコピー")
    assert "10月分の活動記録が、まだ届いていないようです" in QApplication.clipboard().text()
    hand.picture("16")


def take_in_the_late_one(story, media, hand):
    """He comes with his stick: taken in, a receipt written back, and approved."""
    stick = media / "KIOXIA"
    stick.mkdir()
    shutil.copy2(story.late_file, stick)
    hand.go("受け取る")
    hand.give_keyword()
    hand.sees("USBメモリー「KIOXIA」がささっています。")
    hand.press("確かめる")
    hand.press("1件を受け取る")
    hand.picture("21")
    hand.press("返事を入れて、提出用を消す")
    hand.sees("返事を1人分、入れました。提出用を1件、消しました。")
    assert [file.suffix for file in stick.iterdir()] == [".kssr"]
    hand.go("確認する")
    hand.agree("確認事項のない1件をまとめて承認")
    hand.sees("1件を承認しました。")


def print_the_sheets(paper, hand):
    hand.press("管理者の画面へ", root=hand.window)
    hand.sees("19件のうち 18件を承認しました。合計 720,000円")
    assert hand.window.height() == 614
    hand.picture("22")
    hand.press("まとめて印刷(18件)")
    hand.picture("23")
    hand.press("18件を印刷する")
    hand.sees("18件すべて紙に出ましたか")
    hand.picture("24")
    hand.press("出た")
    hand.sees("18件を紙に出しました。")
    printed = QPdfDocument()
    printed.load(str(paper))
    assert printed.pageCount() >= CLEAN + 1


def pay(hand):
    hand.go("支払一覧")
    hand.sees("18件 合計 720,000円")
    hand.picture("25")
    hand.press("支払済みにする")
    asked = hand.agree("18件を支払済みにする")
    assert "18件 差引 720,000円を支払済みにしますか" in asked
    hand.sees("18人分を支払済みにしました。")
    hand.picture("26")


def board(story):
    return Reviewing(story.world.office(DAY_AFTER)).board(OCTOBER, OCTOBER)


def check_what_stands(story):
    """Board, sheets and payments say the same in numbers and in yen."""
    office = story.world.office(DAY_AFTER)
    seen = board(story)
    states = {row.promoter: row.cells[OCTOBER] for row in seen.rows}
    assert len(seen.rows) == AREAS
    assert {p for p, cell in states.items() if cell.state == "approved"} == story.approved
    assert states[story.doubtful].state == "question"
    assert states[story.away].state == "suspended"
    assert states[None].state == "vacant"
    assert {p for p, cell in states.items() if cell.late} == {story.late}
    s = seen.summary
    assert (s.expected, s.received, s.on_time, s.approved, s.missing) == (19, 19, 18, 18, 0)
    (question,) = Returning(office).questions(story.doubtful, OCTOBER)
    assert question.text == ASKED
    for promoter in story.approved:
        assert Reviewing(office).review(promoter, OCTOBER).findings == ()
    paid = PaymentsDesk(office).look(OCTOBER)
    sheets = [sheet for line in paid.lines for sheet in line.sheets]
    assert {line.promoter for line in paid.lines} == story.approved
    assert all(sheet.paid for sheet in sheets)
    in_yen = {sum(sheet.net for sheet in sheets), paid.total_yen, len(story.approved) * YEN}
    assert in_yen == {720_000}
    assert {due.promoter for due in Printing(office).ready(OCTOBER)} == story.approved
